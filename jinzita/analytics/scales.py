"""Scales: an indicator's value becomes 0-100 points, the same way in a full run and for one customer.

A scale is fitted once on the scored customers and kept as a small JSON-able dict; `points` applies it. All
arithmetic is elementwise IEEE on doubles, so one customer alone gets the same digits as in a run of millions.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from jinzita.analytics.value_model import Indicator

Floats = npt.NDArray[np.float64]
Saved = dict[str, Any]
KNOT_SHARE = 0.001
LOW_PERCENTILE, HIGH_PERCENTILE = 1.0, 99.0


def fit(indicator: Indicator, values: Floats) -> Saved:
    """Fit the scale of an indicator to the values of the scored customers (NaN = not known).

    The answer is JSON-able and bounded: at most about 1,100 knots, points within 0.2 of the exact scale.
    """
    known = values[np.isfinite(values)]
    if indicator.scale == "percentile":
        return {"scale": "percentile", "better": indicator.better, **_percentile_knots(np.sort(known))}
    if indicator.scale in ("linear", "log"):
        lo, hi = _ends(indicator, known)
        return {"scale": indicator.scale, "better": indicator.better, "lo": lo, "hi": hi}
    return {"scale": "steps", "better": indicator.better, "steps": [list(step) for step in indicator.steps]}


def fit_categories(indicator: Indicator) -> Saved:
    """The scale of a map of categories, which learns nothing from the population."""
    return {"scale": "map", "better": indicator.better, "map": dict(indicator.categories)}


def _percentile_knots(ordered: Floats) -> Saved:
    """Knots (value, share below, share below or equal), so close that between two lies at most 0.1 %.

    Between knots a point lies between the upper share of the one and the lower share of the other, and so
    does the exact scale: the error is at most their distance.
    """
    count = len(ordered)
    if not count:
        return {"values": [], "below": [], "upto": []}
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    ends = np.append(starts[1:], count)
    chosen = [0]
    step = KNOT_SHARE * count
    while chosen[-1] < len(starts) - 1:
        here = chosen[-1]
        # A whole number, or every search would turn the array into floats first.
        reach = int(np.searchsorted(starts, int(ends[here] + step), side="right")) - 1
        chosen.append(max(here + 1, reach))
    return {
        "values": ordered[starts[chosen]].tolist(),
        "below": (starts[chosen] / count).tolist(),
        "upto": (ends[chosen] / count).tolist(),
    }


def _ends(indicator: Indicator, known: Floats) -> tuple[float | None, float | None]:
    """lo and hi on the scale's own axis (for `log`, of the logarithm); None when nothing is known."""
    if indicator.scale == "log":
        known = np.log1p(np.maximum(known, 0.0))

    def end(given: float | None, percentile: float) -> float | None:
        if given is None:
            return float(np.percentile(known, percentile)) if len(known) else None
        return float(np.log1p(max(given, 0.0))) if indicator.scale == "log" else float(given)

    return end(indicator.lo, LOW_PERCENTILE), end(indicator.hi, HIGH_PERCENTILE)


def points(saved: Saved, values: Floats) -> Floats:
    """Points of each value through a fitted scale; NaN where the value (or the scale) is not known."""
    kind = saved["scale"]
    if kind == "percentile":
        result = _percentile_points(saved, values)
    elif kind in ("linear", "log"):
        result = _linear_points(saved, np.log1p(np.maximum(values, 0.0)) if kind == "log" else values)
    else:
        result = _step_points(saved, values)
    if saved["better"] == "low":
        result = 100.0 - result
    result[~np.isfinite(values)] = np.nan
    return result


def category_points(saved: Saved, values: list[str | None]) -> Floats:
    """Points of each category; a category not on the map counts as `other`, or as not known without it."""
    table = dict(saved["map"])
    other = table.get("other", float("nan"))
    result = np.array([float("nan") if v is None else table.get(v, other) for v in values], dtype=np.float64)
    return 100.0 - result if saved["better"] == "low" else result


def _percentile_points(saved: Saved, values: Floats) -> Floats:
    knots = np.asarray(saved["values"], dtype=np.float64)
    if not len(knots):
        return np.full(len(values), np.nan)
    below = 100.0 * np.asarray(saved["below"], dtype=np.float64)
    upto = 100.0 * np.asarray(saved["upto"], dtype=np.float64)
    at = np.searchsorted(knots, values, side="right") - 1
    outside_low = at < 0
    at = np.maximum(at, 0)
    next_one = np.minimum(at + 1, len(knots) - 1)
    start, width = knots[at], knots[next_one] - knots[at]
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        share = np.minimum(np.where(width > 0, (values - start) / width, 0.0), 1.0)
        result = upto[at] + share * (below[next_one] - upto[at])
    # Rounding must not lift a point over the next knot, nor the last stretch (which has no next) over 100.
    result = np.minimum(result, np.where(next_one > at, below[next_one], upto[at]))
    result = np.where(values == start, (below[at] + upto[at]) / 2.0, result)
    result[outside_low] = 0.0
    return result


def _linear_points(saved: Saved, values: Floats) -> Floats:
    lo, hi = saved["lo"], saved["hi"]
    if lo is None or hi is None:
        return np.full(len(values), np.nan)
    if hi <= lo:  # everybody had the same value: better than it is all, worse is nothing
        return np.where(values > lo, 100.0, np.where(values < hi, 0.0, 50.0))
    return 100.0 * np.clip((values - lo) / (hi - lo), 0.0, 1.0)


def _step_points(saved: Saved, values: Floats) -> Floats:
    thresholds = np.array([step[0] for step in saved["steps"]], dtype=np.float64)
    worth = np.array([0.0, *(step[1] for step in saved["steps"])], dtype=np.float64)
    return worth[np.searchsorted(thresholds, values, side="right")]


def curve(saved: Saved, *, limit: int = 200) -> list[list[float]]:
    """The scale as a line to draw: up to `limit` [value, points] pairs, rising in value."""
    kind = saved["scale"]
    if kind == "percentile":
        xs = np.asarray(saved["values"], dtype=np.float64)
    elif kind in ("linear", "log") and saved["lo"] is not None and saved["hi"] is not None:
        xs = np.linspace(saved["lo"], saved["hi"], 50)
        xs = np.expm1(xs) if kind == "log" else xs
    elif kind == "steps":
        xs = np.array([step[0] for step in saved["steps"]], dtype=np.float64)
    else:
        return []
    if len(xs) > limit:
        xs = xs[np.unique(np.linspace(0, len(xs) - 1, limit).astype(int))]
    return [[float(x), float(y)] for x, y in zip(xs, points(saved, xs), strict=True)]
