"""The pyramid and how customers moved on it; shares are 0-1."""

from typing import Any

from ninja import Field, Schema

from jinzita.value.schemas.references import ModelRef, RunRef, VersionRef, Words


class TierOut(Schema):
    """One grade of the pyramid; null where it is not known."""

    grade: str = Field(examples=["vip"])
    customers: int
    customer_share: float
    revenue: float | None = Field(description="Null where your role keeps amounts back; shares stay")
    revenue_share: float
    profit: float | None
    average_score: float | None
    lowest_score: float | None
    moved_in: int | None = Field(None, description="Since the run before")
    moved_out: int | None = None
    change: int | None = None


class ParetoOut(Schema):
    points: list[tuple[float, float]] = Field(
        description="Share of customers, share of revenue; best first, at most 200"
    )
    top20_revenue_share: float
    gini: float


class PyramidOut(Schema):
    model: ModelRef
    version: VersionRef
    run: RunRef
    stale: int = Field(description="Customers re-scored by themselves since the run")
    grades: list[TierOut]
    pareto: ParetoOut
    prospects: int
    overridden: int = Field(description="Of its customers, those that count by an override; not looked back")
    currency: str


class FlowOut(Schema):
    from_: str = Field(alias="from", serialization_alias="from")
    to: str
    customers: int
    revenue: float | None


class ReasonOut(Schema):
    indicator: str
    window_months: int | None
    label: Words
    change: float = Field(description="Points of the score")


class MoverOut(Schema):
    customer_id: int
    name: str
    from_grade: str
    to_grade: str
    from_score: float | None
    to_score: float | None
    reasons: list[ReasonOut] = Field(default_factory=list)


class MovementOut(Schema):
    from_: RunRef = Field(alias="from", serialization_alias="from")
    to: RunRef
    flows: list[FlowOut] = Field(
        description="Prospects and customers that one run did not have stand as prospect"
    )
    risers: list[MoverOut]
    fallers: list[MoverOut]


class Histogram(Schema):
    edges: list[float]
    counts: list[int]


class DistributionOut(Schema):
    key: str
    code: str
    window_months: int | None
    label: Words
    unit: str = Field(description="money, ratio, days, count or number")
    count: int
    missing: int
    min: float | None = None
    p01: float | None = None
    p25: float | None = None
    median: float | None = None
    p75: float | None = None
    p99: float | None = None
    max: float | None = None
    mean: float | None = None
    histogram: Histogram
    scale_curve: list[tuple[float, float]] = Field(description="Value and points")
    categories: dict[str, int] = Field(description="Customers per category, for an attribute that is one")


def distribution_out(line: dict[str, Any]) -> dict[str, Any]:
    return {
        **line, **line["quantiles"],
        "histogram": {"edges": line["histogram_edges"], "counts": line["histogram_counts"]},
    }  # fmt: skip
