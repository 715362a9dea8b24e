"""What another model would give, weights worked out, and whether to grade at all.

Shares are 0-1; amounts are plain numbers.
"""

from datetime import date

from ninja import Field, Schema

from jinzita.kernel.wire import Strict, Text
from jinzita.value.schemas.pyramid import MoverOut, ParetoOut, TierOut


class MoveOut(Schema):
    from_: str = Field(alias="from", serialization_alias="from")
    to: str
    customers: int


class WhatIfOut(Schema):
    took_ms: int
    grades: list[TierOut] = Field(description="As it would be; moves are against the present")
    before: list[TierOut]
    moved: list[MoveOut]
    movers: list[MoverOut] = Field(description="At most 50")
    lowest: dict[str, float | None]


class JudgementsIn(Strict):
    labels: list[Text] = Field(min_length=1, max_length=15)
    judgements: list[list[float]] = Field(
        max_length=15,
        description="How many times more important the row is than the column",
        examples=[[[1, 3], [0.3333, 1]]],
    )


class JudgedOut(Schema):
    weights: list[float] = Field(description="In the order of the labels, adding to 1")
    consistency_ratio: float
    lambda_max: float
    acceptable: bool = Field(description="Whether the ratio is at most 0.1")


class WeightsOut(Schema):
    weights: dict[str, float]


class ConditionOut(Schema):
    code: str = Field(examples=["repeat_business"])
    met: bool
    measured: dict[str, float | None]
    threshold: dict[str, float | None]


class AdviceOut(Schema):
    verdict: str = Field(description="yes, partly or no")
    as_of: date
    conditions: list[ConditionOut]
    pareto: ParetoOut
    gini: float
    top20_revenue_share: float
