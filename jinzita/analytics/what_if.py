"""What-if: a changed model scored on indicator values already computed, before anybody publishes it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from jinzita.analytics import grades, scales
from jinzita.analytics.errors import Detail, NotComputed
from jinzita.analytics.runs import says_nothing
from jinzita.analytics.scoring import Fitted, Floats, combine, numbers, points_of
from jinzita.analytics.summary import GradeRow, grade_codes_of, grade_rows
from jinzita.analytics.value_model import GRADES, Indicator, ValueModel

MOVERS = 50


@dataclass(frozen=True)
class Mover:
    """A customer whose grade would change."""

    customer_id: int | str
    from_grade: str
    to_grade: str
    from_score: float | None
    to_score: float | None


@dataclass(frozen=True)
class Move:
    """How many customers would go from one grade to another (staying included)."""

    from_grade: str
    to_grade: str
    customers: int


@dataclass(frozen=True)
class WhatIf:
    """The pyramid as it is (`before`) and as it would be (`after`), who would move, and the new scales."""

    before: tuple[GradeRow, ...]
    after: tuple[GradeRow, ...]
    moved: tuple[Move, ...]
    movers: tuple[Mover, ...]
    fitted: Fitted
    seconds: float


def what_if(result: Path, fitted: Fitted, old_model: ValueModel, new_model: ValueModel) -> WhatIf:
    """Score a changed model on a run's result file; only what changed is fitted and computed anew.

    `movers` are the up to 50 customers whose grade would change and whose score would change most. Raises
    NotComputed when the new model needs an indicator, window, formula or population that the run did not
    have.
    """
    start = time.perf_counter()
    check_computed(old_model, new_model, fitted)
    narrow = pq.read_table(result, columns=["customer_id", "score", "grade", "revenue", "profit"])
    old_scores = numbers(narrow.column("score"))
    old_codes = grade_codes_of(narrow.column("grade"))
    chosen = old_codes != grades.PROSPECT_CODE
    points, saved, left_out = _points(result, fitted, old_model, new_model, chosen)
    used = tuple(i for i in new_model.indicators if i.key not in left_out)
    scores = combine(used, points, len(old_scores)).score
    ids = narrow.column("customer_id").to_numpy()
    revenue, profit = numbers(narrow.column("revenue")), numbers(narrow.column("profit"))
    bounds = grades.fit_bounds(new_model.bands, scores[chosen], ids[chosen], revenue[chosen])
    codes = grades.grade_codes(bounds, scores, ids)
    codes[~chosen] = grades.PROSPECT_CODE
    return WhatIf(
        before=grade_rows(old_codes, old_scores, revenue, profit),
        after=grade_rows(codes, scores, revenue, profit),
        moved=_moved(old_codes[chosen], codes[chosen]),
        movers=_movers(ids, old_codes, codes, old_scores, scores),
        fitted=Fitted(saved, bounds, left_out),
        seconds=round(time.perf_counter() - start, 3),
    )


def check_computed(old_model: ValueModel, new_model: ValueModel, fitted: Fitted) -> None:
    """Raise NotComputed, naming every indicator, when a run of the old model cannot serve the new one."""
    computed = {i.measure() for i in old_model.indicators if i.key not in fitted.left_out}
    faults = [
        Detail(
            f"indicator[{n}]",
            "not_computed",
            f"{i.key} was not computed in the last run; start a run with this model to see it",
            {"indicator": i.key},
        )
        for n, i in enumerate(new_model.indicators)
        if i.measure() not in computed and not (new_model.leave_out_empty and i.key in fitted.left_out)
    ]
    if old_model.population != new_model.population:
        faults.append(
            Detail(
                "population",
                "another_population",
                "the last run was of another population; start a run with this one",
            )
        )
    if faults:
        message = "\n".join(f"{f.where}: {f.message}" for f in faults)
        raise NotComputed(message, code="not_computed", details=faults)


def _points(
    result: Path, fitted: Fitted, old_model: ValueModel, new_model: ValueModel, chosen: npt.NDArray[np.bool_]
) -> tuple[dict[str, Floats], dict[str, scales.Saved], tuple[str, ...]]:
    before = {i.key: i for i in old_model.indicators}

    def one(indicator: Indicator) -> tuple[Floats | None, scales.Saved]:
        key = indicator.key
        if key in fitted.left_out:
            return None, fitted.scales[key]
        if _same_points(indicator, before[key]):
            return numbers(_column(result, f"points.{key}")), fitted.scales[key]
        column = _column(result, f"value.{key}")
        if indicator.categorical:
            saved = scales.fit_categories(indicator)
        else:
            values = numbers(column)[chosen]
            if new_model.leave_out_empty and says_nothing(values):
                return None, fitted.scales[key]
            saved = scales.fit(indicator, values)
        return points_of(indicator, saved, column), saved

    with ThreadPoolExecutor(max_workers=2) as pool:
        done = dict(
            zip((i.key for i in new_model.indicators), pool.map(one, new_model.indicators), strict=True)
        )
    points = {key: p for key, (p, _) in done.items() if p is not None}
    return (
        points,
        {key: s for key, (_, s) in done.items()},
        tuple(k for k, (p, _) in done.items() if p is None),
    )


def _same_points(new: Indicator, old: Indicator) -> bool:
    """Whether only the weight or the label differs, so that the run's points still hold."""
    return (new.scale, new.better, new.lo, new.hi, new.steps, new.categories, new.missing) == (
        old.scale, old.better, old.lo, old.hi, old.steps, old.categories, old.missing,
    )  # fmt: skip


def _column(result: Path, name: str) -> pa.ChunkedArray:
    return pq.read_table(result, columns=[name], use_threads=False).column(0)


def _moved(before: grades.Codes, after: grades.Codes) -> tuple[Move, ...]:
    size = len(GRADES)
    table = np.bincount(before.astype(np.int64) * size + after, minlength=size * size).reshape(size, size)
    return tuple(
        Move(GRADES[a], GRADES[b], int(table[a, b])) for a in range(size) for b in range(size) if table[a, b]
    )


def _movers(
    ids: npt.NDArray[Any], before: grades.Codes, after: grades.Codes, old: Floats, new: Floats
) -> tuple[Mover, ...]:
    names = [*GRADES, "prospect"]
    where = np.flatnonzero(before != after)
    change = np.nan_to_num(np.abs(new[where] - old[where]))
    if len(where) > MOVERS:
        keep = np.argpartition(-change, MOVERS)[:MOVERS]
        where, change = where[keep], change[keep]
    where = where[np.lexsort((where, -change))]
    return tuple(
        Mover(_plain(ids[n]), names[before[n]], names[after[n]], _known(old[n]), _known(new[n]))
        for n in where
    )


def _plain(value: Any) -> int | str:
    plain: int | str = value.item() if hasattr(value, "item") else value
    return plain


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
