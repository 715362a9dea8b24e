"""How each indicator is spread over the customers, and the curve by which its scale turns values into
points."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jinzita.analytics import scales
from jinzita.analytics.scoring import Fitted, numbers
from jinzita.analytics.value_model import PROSPECT, Indicator, ValueModel

BINS = 40
QUANTILES = {"p01": 1, "p25": 25, "median": 50, "p75": 75, "p99": 99}


@dataclass(frozen=True)
class Distribution:
    """One indicator over the customers scored.

    `quantiles` has min, p01, p25, median, p75, p99, max and mean (empty when nothing is known). The histogram
    spans the 1st to the 99th percentile; what lies outside falls into its outermost bars. `categories` counts
    the values of an indicator mapped from text.
    """

    key: str
    code: str
    window_months: int | None
    count: int
    missing: int
    quantiles: dict[str, float]
    histogram_edges: tuple[float, ...]
    histogram_counts: tuple[int, ...]
    scale_curve: tuple[tuple[float, float], ...]
    categories: dict[str, int]


def distributions(result: Path, model: ValueModel, fitted: Fitted) -> list[Distribution]:
    """The distribution of every indicator that took part in a run."""
    grade = pq.read_table(result, columns=["grade"]).column(0)
    scored = pc.not_equal(grade.cast(pa.string()), PROSPECT)
    return [_one(result, i, fitted.scales[i.key], scored) for i in fitted.used(model)]


def _one(result: Path, indicator: Indicator, saved: scales.Saved, scored: pa.ChunkedArray) -> Distribution:
    column = pq.read_table(result, columns=[f"value.{indicator.key}"]).column(0).filter(scored)
    if indicator.categorical:
        counted = pc.value_counts(column.cast(pa.string()).drop_null())
        categories = {str(c["values"]): int(c["counts"]) for c in counted.to_pylist()}
        known = sum(categories.values())
        return _built(indicator, known, len(column) - known, {}, (), (), (), categories)
    values = numbers(column)
    finite = values[np.isfinite(values)]
    if not len(finite):
        return _built(indicator, 0, len(values), {}, (), (), (), {})
    figures = dict(zip(QUANTILES, np.percentile(finite, list(QUANTILES.values())).tolist(), strict=True))
    figures = {
        "min": float(finite.min()),
        **figures,
        "max": float(finite.max()),
        "mean": float(finite.mean()),
    }
    low, high = figures["p01"], figures["p99"]
    if low == high:
        low, high = figures["min"], figures["max"]
    counts, edges = np.histogram(
        np.clip(finite, low, high), bins=BINS if high > low else 1, range=(low, high)
    )
    curve = tuple((x, y) for x, y in scales.curve(saved))
    return _built(
        indicator, len(finite), len(values) - len(finite), figures, tuple(edges.tolist()),
        tuple(counts.tolist()), curve, {},
    )  # fmt: skip


def _built(
    indicator: Indicator,
    count: int,
    missing: int,
    quantiles: dict[str, float],
    edges: tuple[float, ...],
    counts: tuple[int, ...],
    curve: tuple[tuple[float, float], ...],
    categories: dict[str, int],
) -> Distribution:
    return Distribution(
        indicator.key, indicator.code, indicator.window_months, count, missing, quantiles, edges, counts,
        curve, categories,
    )  # fmt: skip
