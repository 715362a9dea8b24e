"""Movement between two runs: who went from which grade to which, and which indicators moved them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jinzita.analytics.scoring import Floats, numbers
from jinzita.analytics.summary import grade_codes_of
from jinzita.analytics.value_model import GRADES, PROSPECT

ABSENT = "none"
_NAMES = (*GRADES, PROSPECT, ABSENT)
_ABSENT_CODE = len(_NAMES) - 1
_CONTRIBUTION = "contribution."


@dataclass(frozen=True)
class Flow:
    """Customers who went from one grade to another (or stayed), and their revenue in the later run.

    "none" stands for customers whom one of the runs did not have.
    """

    from_grade: str
    to_grade: str
    customers: int
    revenue: float


@dataclass(frozen=True)
class Reason:
    """How much an indicator's contribution to the score changed."""

    indicator: str
    change: float


@dataclass(frozen=True)
class Riser:
    """A customer whose score changed much, with the indicators that changed it most."""

    customer_id: int | str
    from_grade: str
    to_grade: str
    from_score: float
    to_score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Movement:
    """From-to table, and those whose score rose and fell most."""

    flows: tuple[Flow, ...]
    risers: tuple[Riser, ...]
    fallers: tuple[Riser, ...]


@dataclass(frozen=True)
class _Side:
    ids: pa.Array
    codes: npt.NDArray[np.int8]
    scores: Floats
    revenue: Floats


def movement(earlier: Path, later: Path, *, most: int = 20, reasons: int = 3) -> Movement:
    """Compare two result files of `score_all`.

    `risers` and `fallers` are the `most` customers, scored in both, whose score changed most, each with up to
    `reasons` indicators whose contribution changed most in that direction.
    """
    old, new = _read(earlier), _read(later)
    place = pc.index_in(new.ids, value_set=old.ids)
    at = place.fill_null(-1).to_numpy(zero_copy_only=False)
    before = np.where(at >= 0, old.codes[at] if len(old.codes) else _ABSENT_CODE, _ABSENT_CODE)
    flows = _flows(before, new.codes, new.revenue)
    gone = pc.invert(pc.is_in(old.ids, value_set=new.ids)).to_numpy(zero_copy_only=False)
    flows += _flows(old.codes[gone], np.full(int(gone.sum()), _ABSENT_CODE), np.zeros(int(gone.sum())))
    both = at >= 0
    old_scores = np.where(both, old.scores[at] if len(old.scores) else np.nan, np.nan)
    change = np.nan_to_num(new.scores - old_scores)
    up, down = _extremes(change, most), _extremes(-change, most)
    rows = np.concatenate((up, down))
    why = _changes(earlier, later, at[rows], rows)
    risers = [
        Riser(
            new.ids[int(n)].as_py(),
            _NAMES[before[n]],
            _NAMES[new.codes[n]],
            float(old_scores[n]),
            float(new.scores[n]),
            _reasons({key: values[k] for key, values in why.items()}, change[n], reasons),
        )
        for k, n in enumerate(rows)
    ]
    return Movement(tuple(flows), tuple(risers[: len(up)]), tuple(risers[len(up) :]))


def _read(path: Path) -> _Side:
    table = pq.read_table(path, columns=["customer_id", "grade", "score", "revenue"])
    ids = table.column("customer_id").combine_chunks()
    codes = grade_codes_of(table.column("grade"))
    return _Side(ids, codes, numbers(table.column("score")), numbers(table.column("revenue")))


def _flows(before: npt.NDArray[Any], after: npt.NDArray[Any], revenue: Floats) -> list[Flow]:
    size = len(_NAMES)
    cell = before.astype(np.int64) * size + after
    counts = np.bincount(cell, minlength=size * size)
    money = np.bincount(cell, weights=revenue, minlength=size * size)
    return [
        Flow(_NAMES[n // size], _NAMES[n % size], int(counts[n]), round(float(money[n]), 4))
        for n in np.flatnonzero(counts)
    ]


def _extremes(change: Floats, most: int) -> npt.NDArray[np.intp]:
    """The rows with the largest positive change, largest first, ties in the order of the file."""
    candidates = np.flatnonzero(change > 0)
    if len(candidates) > most:
        limit = np.partition(change[candidates], -most)[-most]
        candidates = candidates[change[candidates] >= limit]
    return candidates[np.lexsort((candidates, -change[candidates]))][:most]


def _changes(
    earlier: Path, later: Path, old_rows: npt.NDArray[Any], new_rows: npt.NDArray[Any]
) -> dict[str, Floats]:
    """Change of each contribution, for these rows only; an indicator that one run lacks counts as 0 there."""
    keys: dict[str, Floats] = {}
    for path, rows, sign in ((earlier, old_rows, -1.0), (later, new_rows, 1.0)):
        for name in pq.read_schema(path).names:
            if name.startswith(_CONTRIBUTION) and len(rows):
                column = pq.read_table(path, columns=[name]).column(0).take(pa.array(rows))
                key = name[len(_CONTRIBUTION) :]
                keys[key] = keys.get(key, np.zeros(len(rows))) + sign * np.nan_to_num(numbers(column))
    return keys


def _reasons(changes: dict[str, float], direction: float, most: int) -> tuple[Reason, ...]:
    along = [(key, float(c)) for key, c in changes.items() if c * direction > 1e-9]
    along.sort(key=lambda item: (-abs(item[1]), item[0]))
    return tuple(Reason(key, change) for key, change in along[:most])
