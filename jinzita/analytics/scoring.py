"""Points, contributions and score of a block of customers, from indicator values through fitted scales."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jinzita.analytics import grades, scales
from jinzita.analytics.value_model import Indicator, ValueModel

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """What a full run learned: scale per indicator key, indicators left out, bounds of the grades."""

    scales: dict[str, scales.Saved]
    bounds: dict[str, Any]
    left_out: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-able form, kept with the run."""
        return {"scales": self.scales, "bounds": self.bounds, "left_out": list(self.left_out)}

    @classmethod
    def from_dict(cls, saved: dict[str, Any]) -> Fitted:
        """Read what `to_dict` gave."""
        return cls(saved["scales"], saved["bounds"], tuple(saved.get("left_out", ())))

    def used(self, model: ValueModel) -> tuple[Indicator, ...]:
        """The model's indicators that take part."""
        return tuple(i for i in model.indicators if i.key not in self.left_out)


@dataclass
class Scored:
    """Scores of a block. Points are NaN where the indicator is left out for a customer, contributions are
    0."""

    score: Floats
    weight: Floats
    points: dict[str, Floats] = field(default_factory=dict)

    def contribution(self, indicator: Indicator) -> Floats:
        """What an indicator added to each score: weight × points ÷ sum of the weights; NaN where left out."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return indicator.weight * self.points[indicator.key] / self.weight


def numbers(column: pa.Array | pa.ChunkedArray) -> Floats:
    """An Arrow column as doubles, null as NaN."""
    return (
        column.cast(pa.float64()).to_numpy(zero_copy_only=False)
        if isinstance(column, pa.Array)
        else (column.cast(pa.float64()).to_numpy())
    )


def points_of(indicator: Indicator, saved: scales.Saved, column: pa.Array | pa.ChunkedArray) -> Floats:
    """Points of an indicator for a column of values, the model's rule for unknown values applied."""
    if saved["scale"] == "map":
        result = _points_of_categories(saved, column)
    else:
        result = scales.points(saved, numbers(column))
    missing = indicator.missing_points()
    if missing is not None:
        result[np.isnan(result)] = missing
    return result


def _points_of_categories(saved: scales.Saved, column: pa.Array | pa.ChunkedArray) -> Floats:
    encoded = column.cast(pa.string())
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    encoded = encoded.dictionary_encode()
    table = scales.category_points(saved, [*encoded.dictionary.to_pylist(), None])
    positions = encoded.indices.fill_null(len(table) - 1).to_numpy(zero_copy_only=False)
    return table[positions]


def combine(indicators: tuple[Indicator, ...], points: dict[str, Floats], count: int) -> Scored:
    """The weighted mean of the points that are known. The score is rounded to 9 decimals.

    Rounding keeps the last bits of a sum from lifting a customer over a band's bound (80 exactly stays at
    80).
    """
    total = np.zeros(count)
    weight = np.zeros(count)
    for indicator in indicators:
        p = points[indicator.key]
        known = ~np.isnan(p)
        total += np.where(known, indicator.weight * p, 0.0)
        weight += np.where(known, float(indicator.weight), 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.round(total / weight, grades.ROUNDING)
    return Scored(score, weight, points)


def score_block(model: ValueModel, fitted: Fitted, block: pa.RecordBatch | pa.Table) -> Scored:
    """Score customers from a block of indicator values (columns ``value.KEY``)."""
    used = fitted.used(model)
    points = {i.key: points_of(i, fitted.scales[i.key], block.column(f"value.{i.key}")) for i in used}
    return combine(used, points, block.num_rows)
