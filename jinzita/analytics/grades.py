"""Grades: where the bands fall in a population, and which grade one score gets."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from jinzita.analytics.value_model import GRADES, Bands

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
CustomerId = int | str
SMALL = len(GRADES) - 1
PROSPECT_CODE = len(GRADES)
ROUNDING = 9


def fit_bounds(bands: Bands, scores: Floats, ids: npt.NDArray[Any], revenue: Floats) -> dict[str, Any]:
    """Where each grade ends, JSON-able: {"by", "vip": {"score", "customer_id"}, …}.

    By score, a score above the bound is in the grade (`customer_id` is absent). By share and revenue, the
    bound is the last customer in the grade, ties ranked by customer id; None means that the grade holds
    nobody. Whoever stands across a share's line belongs to the better grade, so that the best customer is
    never left without one. A customer with negative revenue adds nothing to a share of revenue.
    """
    limits = dict(zip(GRADES, bands.limits(), strict=False))
    if bands.by == "score":
        return {"by": "score", **{grade: {"score": float(limit)} for grade, limit in limits.items()}}
    order = ranking(scores, ids)
    if bands.by == "share":
        before = np.arange(len(order), dtype=np.float64) / max(len(order), 1)
    else:
        taken = np.maximum(revenue[order], 0.0)
        total = taken.sum()
        before = (np.cumsum(taken) - taken) / total if total > 0 else np.ones(len(order))
    bounds: dict[str, Any] = {"by": bands.by}
    for grade, limit in limits.items():
        count = int(np.searchsorted(np.round(before, ROUNDING), limit, side="left"))
        last = order[count - 1] if count else None
        known = last is not None and np.isfinite(scores[last])
        bounds[grade] = (
            {
                "score": float(scores[last]),
                "customer_id": ids[last].item() if hasattr(ids[last], "item") else ids[last],
            }
            if known
            else None
        )
    return bounds


def ranking(scores: Floats, ids: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
    """Positions from best to worst; ties by customer id, the unscored last. `ids` must be sorted already."""
    return np.argsort(-np.where(np.isfinite(scores), scores, -np.inf), kind="stable")


def grade_codes(bounds: dict[str, Any], scores: Floats, ids: npt.NDArray[Any]) -> Codes:
    """0 (vip) to 3 (small) for each score; a score that is not known is small."""
    codes = np.full(len(scores), SMALL, dtype=np.int8)
    for code in reversed(range(SMALL)):
        bound = bounds[GRADES[code]]
        if bound is None:
            continue
        with np.errstate(invalid="ignore"):
            inside = scores > bound["score"]
            if "customer_id" in bound:
                inside |= (scores == bound["score"]) & (ids <= bound["customer_id"])
        codes[inside] = code
    return codes
