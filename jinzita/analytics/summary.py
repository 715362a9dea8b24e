"""The pyramid of a run: customers, revenue and profit per grade, Pareto curve and Gini coefficient."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from jinzita.analytics import grades
from jinzita.analytics.scoring import Floats, numbers
from jinzita.analytics.value_model import GRADES, PROSPECT

CURVE_POINTS = 200
TOP_SHARE = 0.2


@dataclass(frozen=True)
class GradeRow:
    """One tier of the pyramid. Shares are 0-1; `profit` is None when no cost is known in the grade."""

    grade: str
    customers: int
    customer_share: float
    revenue: float
    revenue_share: float
    profit: float | None
    average_score: float | None
    lowest_score: float | None


@dataclass(frozen=True)
class Pareto:
    """Revenue concentration: `points` run from (0, 0) to (1, 1), best customers first, at most 200."""

    points: tuple[tuple[float, float], ...]
    top20_revenue_share: float
    gini: float


@dataclass(frozen=True)
class Pyramid:
    """A run at a glance. Shares are of the customers scored; prospects are only counted."""

    grades: tuple[GradeRow, ...]
    pareto: Pareto
    customers: int
    prospects: int
    revenue: float
    profit: float | None
    customers_with_negative_revenue: int


def summarise(result: Path) -> Pyramid:
    """The pyramid of a result file."""
    table = pq.read_table(result, columns=["score", "grade", "revenue", "profit"])
    codes = grade_codes_of(table.column("grade"))
    scores, revenue = numbers(table.column("score")), numbers(table.column("revenue"))
    profit = numbers(table.column("profit"))
    chosen = codes != grades.PROSPECT_CODE
    rows = grade_rows(codes, scores, revenue, profit)
    return Pyramid(
        grades=rows,
        pareto=pareto(revenue[chosen]),
        customers=int(chosen.sum()),
        prospects=int((~chosen).sum()),
        revenue=_total(revenue[chosen]),
        profit=_known_sum(profit[chosen]),
        customers_with_negative_revenue=int((revenue[chosen] < 0).sum()),
    )


def grade_codes_of(column: pa.ChunkedArray) -> grades.Codes:
    """Grades of a result file as codes: 0 (vip) to 3 (small), 4 = prospect."""
    table = {name: code for code, name in enumerate([*GRADES, PROSPECT])}
    parts = []
    for chunk in column.chunks:
        encoded = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
        codes = np.array([table[name] for name in encoded.dictionary.to_pylist()], dtype=np.int8)
        parts.append(codes[encoded.indices.to_numpy(zero_copy_only=False)])
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int8)


def grade_rows(codes: grades.Codes, scores: Floats, revenue: Floats, profit: Floats) -> tuple[GradeRow, ...]:
    """One row per grade, best first; prospects are left out."""
    chosen = codes != grades.PROSPECT_CODE
    customers, money = int(chosen.sum()), _total(revenue[chosen])
    rows = []
    for code, grade in enumerate(GRADES):
        inside = codes == code
        count = int(inside.sum())
        share = _total(revenue[inside])
        known = scores[inside & np.isfinite(scores)]
        rows.append(
            GradeRow(
                grade=grade,
                customers=count,
                customer_share=count / customers if customers else 0.0,
                revenue=share,
                revenue_share=share / money if money > 0 else 0.0,
                profit=_known_sum(profit[inside]),
                average_score=_total(known) / len(known) if len(known) else None,
                lowest_score=float(known.min()) if len(known) else None,
            )
        )
    return tuple(rows)


def _total(values: npt.NDArray[Any]) -> float:
    """A sum free of the order of its terms to the last cent (numpy adds in pairs)."""
    return round(float(values.sum()), 4)


def _known_sum(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return _total(known) if len(known) else None


def pareto(revenue: Floats) -> Pareto:
    """Pareto curve, revenue share of the best 20 % of customers, Gini coefficient; negative revenue counts
    as 0.

    Gini = Σ (2 i − n − 1) xᵢ ÷ (n Σ x), with x rising (Gini 1912; mean difference form).
    """
    rising = np.sort(np.maximum(revenue, 0.0))
    count, total = len(rising), float(rising.sum())
    if not count or total <= 0:
        return Pareto(((0.0, 0.0), (1.0, 1.0)), 0.0, 0.0)
    ranks = 2.0 * np.arange(1, count + 1) - count - 1.0
    gini = float((ranks * rising).sum() / (count * total))
    upto = np.concatenate(([0.0], np.cumsum(rising[::-1]))) / total
    upto[-1] = 1.0  # whatever rounding says
    at = np.unique(np.round(np.linspace(0, count, min(CURVE_POINTS, count + 1))).astype(np.int64))
    points = tuple((float(n / count), float(min(upto[n], 1.0))) for n in at)
    top = TOP_SHARE * count
    whole = int(top)
    # A fifth of 7 customers is one whole customer and four tenths of the next.
    best = upto[whole] + (top - whole) * (upto[min(whole + 1, count)] - upto[whole])
    return Pareto(points, float(best), gini)
