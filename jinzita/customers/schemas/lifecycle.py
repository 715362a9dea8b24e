"""The lifecycle on the wire."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.customers.models import Lifecycle, StageChange, StageRule
from jinzita.customers.selectors.lifecycle import REACHABLE
from jinzita.kernel.wire import Day, Money, Named, Strict, Text

StageCode = Literal["suspect", "prospect", "customer", "member", "fan", "dormant", "lost"]


class StageIn(Strict):
    stage: StageCode
    reason: Text = Field(min_length=1, max_length=400)
    until: Day | None = Field(None, description="Last day on which the rules leave it; for good when null")


class StageChangeOut(Schema):
    was: str
    now: str
    at: datetime
    by_rule: bool
    reason: str
    by: Named | None


class StageOut(Schema):
    stage: str
    since: datetime | None
    by_rule: bool
    until: date | None
    reachable: list[str]
    changes: list[StageChangeOut]


class StageRuleIn(Strict):
    """Every condition that is told must be fulfilled."""

    stage: StageCode
    purchases: int | None = Field(None, ge=0, le=1_000_000, description="At least so many purchases")
    idle_months: int | None = Field(None, ge=1, le=600, description="No purchase for so many months")
    interactions: int | None = Field(None, ge=0, le=1_000_000, description="In the last twelve months")
    opportunities: int | None = Field(None, ge=0, le=1_000_000)
    referrals: int | None = Field(None, ge=0, le=1_000_000)


class StageRulesIn(Strict):
    rules: list[StageRuleIn] = Field(max_length=50)


class StageFiguresOut(Schema):
    """Of the customers in a stage now, what they did in the period."""

    stage: str
    customers: int
    buyers: int
    orders: int
    amount: Money | None = Field(description="Null where your role keeps amounts back")
    products: int = Field(description="Different products per customer, summed")
    with_products: int
    contacted: int
    interactions: int
    referrals: int


class StageMoveOut(Schema):
    was: str
    now: str
    customers: int


class LifecycleOut(Schema):
    stages: list[StageFiguresOut]
    moves: list[StageMoveOut]


def stage_out(one: Lifecycle, changes: list[StageChange]) -> dict[str, Any]:
    return {
        "stage": one.stage, "since": changes[0].at if changes else None, "by_rule": one.by_rule,
        "until": one.until, "reachable": list(REACHABLE[one.stage]),
        "changes": [
            {
                "was": each.was, "now": each.now, "at": each.at, "by_rule": each.by_rule,
                "reason": each.reason,
                "by": {"id": each.by.pk, "name": each.by.shown_name} if each.by else None,
            }
            for each in changes
        ],
    }  # fmt: skip


def rule_out(one: StageRule) -> dict[str, Any]:
    names = ("stage", "purchases", "idle_months", "interactions", "opportunities", "referrals")
    return {name: getattr(one, name) for name in names}
