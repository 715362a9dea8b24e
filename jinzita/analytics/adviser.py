"""Should you grade at all? Three conditions, measured on the company's own customers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow.parquet as pq

from jinzita.analytics.scoring import numbers
from jinzita.analytics.summary import Pareto, pareto

# A manager knows up to about 150 people by name and business (Dunbar 1992): beyond, grades do the
# remembering.
CUSTOMERS_ONE_CAN_KNOW = 150
REPEAT_SHARE = 0.3
TOP_SHARE_OF_REVENUE = 0.5
GINI = 0.4


@dataclass(frozen=True)
class Condition:
    """One condition: whether it is met, what was measured, and what it was measured against."""

    code: Literal["enough_customers", "repeat_business", "visible_difference"]
    met: bool
    measured: dict[str, float]
    threshold: dict[str, float]


@dataclass(frozen=True)
class Advice:
    """The verdict: "yes" when all three conditions are met; "no" when value hardly differs, or only one is
    met; else "partly"."""

    verdict: Literal["yes", "partly", "no"]
    conditions: tuple[Condition, ...]
    pareto: Pareto


def advise(result: Path, *, customers_one_can_know: int = CUSTOMERS_ONE_CAN_KNOW) -> Advice:
    """Whether grading pays, from a result file whose model counts transactions over the whole history.

    Repeat business is measured by `sales`, the number of sales of each customer.
    """
    table = pq.read_table(result, columns=["revenue", "sales"])
    sales = numbers(table.column("sales"))
    customers = sales > 0
    count = int(customers.sum())
    repeating = float((sales[customers] > 1).mean()) if count else 0.0
    average = float(sales[customers].mean()) if count else 0.0
    curve = pareto(numbers(table.column("revenue"))[customers])
    conditions = (
        Condition(
            "enough_customers",
            count > customers_one_can_know,
            {"customers": count},
            {"customers": customers_one_can_know},
        ),
        Condition(
            "repeat_business",
            repeating >= REPEAT_SHARE,
            {"repeat_share": repeating, "sales_per_customer": average},
            {"repeat_share": REPEAT_SHARE},
        ),
        Condition(
            "visible_difference",
            bool(np.greater_equal(curve.top20_revenue_share, TOP_SHARE_OF_REVENUE) or curve.gini >= GINI),
            {"top20_revenue_share": curve.top20_revenue_share, "gini": curve.gini},
            {"top20_revenue_share": TOP_SHARE_OF_REVENUE, "gini": GINI},
        ),
    )
    met = sum(condition.met for condition in conditions)
    verdict: Literal["yes", "partly", "no"] = "partly"
    if met == len(conditions):
        verdict = "yes"
    elif met < 2 or not conditions[2].met:
        verdict = "no"
    return Advice(verdict, conditions, curve)
