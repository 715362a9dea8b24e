"""The value model of the bench: every indicator of the value model's page, once."""

from datetime import date

from bench.generate import AS_OF
from jinzita.analytics.catalogue import CATALOGUE
from jinzita.analytics.value_model import Indicator, Scale, ValueModel

TIME_ZONE = "Asia/Shanghai"
DAY = date.fromisoformat(AS_OF)
# A window on one indicator of each kind of fact that has one; everything else looks at the whole history.
WINDOWS = {"revenue": 12, "average_receipt": 12, "praise_count": 6}
SCALES: dict[str, Scale] = {
    "revenue": "log",
    "profit": "log",
    "largest_transaction": "log",
    "tenure_days": "linear",
}
REGIONS = (("华北", 60.0), ("华东", 100.0), ("华南", 80.0), ("other", 40.0))


def all_indicators() -> ValueModel:
    """A model with every indicator the engine knows and two attributes, one a number and one a category."""
    known = tuple(
        Indicator(
            entry.code,
            weight=20.0 if entry.code == "revenue" else 3.0,
            scale=SCALES.get(entry.code, "percentile"),
            better=entry.better,
            window_months=WINDOWS.get(entry.code),
        )
        for entry in CATALOGUE.values()
    )
    attributes = (
        Indicator("attribute:size", weight=5.0, scale="log"),
        Indicator("attribute:region", weight=2.0, scale="map", categories=REGIONS),
    )
    return ValueModel("bench", known + attributes)


KEYS = tuple(indicator.key for indicator in all_indicators().indicators)
