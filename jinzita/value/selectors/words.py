"""What indicators are called: by the model, the catalogue, or the company's definition of an attribute."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from jinzita.analytics.catalogue import Unit, attribute_name, unit_of
from jinzita.analytics.value_model import Indicator
from jinzita.customers.selectors.attributes import attribute_definitions
from jinzita.kernel.access import Viewer


@dataclass(frozen=True)
class Wording:
    """Labels and units; `attributes` maps an attribute's code to its words and its unit."""

    attributes: dict[str, tuple[dict[str, str], str]]

    def label(self, one: Indicator) -> dict[str, str]:
        """The indicator's words in both languages; what the model itself says comes first."""
        known = self.attributes.get(attribute_name(one.code) or "")
        if known is None or isinstance(one.label, str):
            return one.words()
        return {**known[0], **(one.label or {})}

    def unit(self, one: Indicator) -> str:
        """money, ratio, days, count or number."""
        known = self.attributes.get(attribute_name(one.code) or "")
        return known[1] if known else unit_of(one.code)


def wording(viewer: Viewer, indicators: Iterable[Indicator]) -> Wording:
    """The words for these indicators; asks once, and only when one of them is an attribute."""
    names = {name for one in indicators if (name := attribute_name(one.code))}
    if not names:
        return Wording({})
    units = set(get_args(Unit))
    return Wording({
        one.code: (
            {"en": one.label_en, "zh": one.label_zh},
            "money" if one.type == "money" else one.unit if one.unit in units else "number",
        )
        for one in attribute_definitions(viewer, archived=True).filter(code__in=names)
    })  # fmt: skip
