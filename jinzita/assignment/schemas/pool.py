"""The public pool, on the wire."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.assignment.models import PoolRule, PoolWarning
from jinzita.assignment.selectors.capacity import Capacity
from jinzita.assignment.selectors.pool import PoolRow
from jinzita.customers.schemas.grades import GradedOut, graded
from jinzita.kernel.wire import Day, Id, Named, PageOut, Strict, Text

Days = Field(None, ge=1, le=3650)


class PooledOut(GradedOut):
    """A customer free to claim; telephone and e-mail are shown to whoever claimed it."""

    id: int
    name: str
    score: float | None
    department: str | None
    former_owner: str | None
    pooled_at: datetime
    days: int
    cause: str = Field(description="no_contact, no_deal or released")
    claimable: bool = Field(description="False: it was the viewer's own too shortly ago")


class PoolPage(PageOut):
    items: list[PooledOut]


class PoolCountOut(Schema):
    count: int


class CapacityOut(Schema):
    holdings: int
    capacity: int | None
    claimed_today: int
    claims_per_day: int | None


class PersonCapacityOut(CapacityOut):
    id: int
    name: str
    department: str | None


class PoolAssignIn(Strict):
    customer_ids: list[Id] = Field(min_length=1, max_length=500)
    owner_id: Id
    over_capacity: bool = Field(False, description="Also when the person then holds more than one may")


class PoolGivenOut(Schema):
    assigned: int


class ReleaseIn(Strict):
    why: Text = Field(max_length=300)


class PostponeIn(Strict):
    until: Day
    why: Text = Field(max_length=300)


class DecideIn(Strict):
    approved: bool


class PoolWarningOut(GradedOut):
    id: int
    name: str
    score: float | None
    owner: Named
    department: str | None
    cause: str
    due_on: date
    warned_on: date
    last_contact: datetime | None
    last_deal: datetime | None
    asks: bool = Field(description="More time is asked for, and nobody decided on it yet")
    asked_until: date | None
    asked_by: str | None
    asked_why: str
    postponed_until: date | None
    approved_by: str | None


class PoolWarningPage(PageOut):
    items: list[PoolWarningOut]


class PoolRuleIn(Strict):
    grade: Literal["vip", "important", "ordinary", "small", "prospect"]
    department_id: Id | None = None
    quiet_days: int | None = Days
    dealless_days: int | None = Days
    protected_days: int = Field(30, ge=0, le=3650)
    warn_days: int = Field(7, ge=0, le=365)


class PoolRuleOut(Schema):
    id: int
    grade: str
    department: Named | None
    quiet_days: int | None
    dealless_days: int | None
    protected_days: int
    warn_days: int


class PoolLimitsIn(Strict):
    claims_per_day: int | None = Field(None, ge=1, le=10_000)
    capacity: int | None = Field(None, ge=1, le=10_000_000)
    former_days: int = Field(30, ge=0, le=3650)
    open_to: Literal["company", "department"] = "company"


class PoolLimitsOut(Schema):
    claims_per_day: int | None
    capacity: int | None
    former_days: int
    open_to: str


class PoolSetupOut(Schema):
    rules: list[PoolRuleOut]
    limits: PoolLimitsOut


def pooled_out(row: PoolRow, now: datetime) -> dict[str, Any]:
    """A customer of the pool."""
    one, pooled = row.customer, row.pooled
    return {
        "id": one.pk, "name": one.name, **graded(one.standing), "score": one.standing.score,
        "department": one.department.name if one.department else None,
        "former_owner": pooled.former_owner.shown_name if pooled.former_owner else None,
        "pooled_at": pooled.pooled_at, "days": max(0, (now - pooled.pooled_at).days), "cause": pooled.cause,
        "claimable": row.claimable,
    }  # fmt: skip


def capacity_out(one: Capacity) -> dict[str, Any]:
    return {
        "holdings": one.holdings, "capacity": one.capacity, "claimed_today": one.claimed_today,
        "claims_per_day": one.claims_per_day,
    }  # fmt: skip


def warning_out(one: PoolWarning) -> dict[str, Any]:
    """A customer about to fall back."""
    owner = one.ownership.owner
    return {
        "id": one.pk, "name": one.customer.name, **graded(one.customer.standing),
        "score": one.customer.standing.score,
        "department": one.customer.department.name if one.customer.department else None,
        "warned_on": one.warned_on, "asks": one.asked_until is not None,
        "owner": {"id": owner.pk, "name": owner.shown_name}, "cause": one.cause,
        "due_on": one.due_on, "last_contact": one.last_contact, "last_deal": one.last_deal,
        "asked_until": one.asked_until, "asked_by": one.asked_by.shown_name if one.asked_by else None,
        "asked_why": one.asked_why, "postponed_until": one.postponed_until,
        "approved_by": one.approved_by.shown_name if one.approved_by else None,
    }  # fmt: skip


def rule_out(one: PoolRule) -> dict[str, Any]:
    department = one.department
    return {
        "id": one.pk, "grade": one.grade,
        "department": {"id": department.pk, "name": department.name} if department else None,
        "quiet_days": one.quiet_days, "dealless_days": one.dealless_days,
        "protected_days": one.protected_days, "warn_days": one.warn_days,
    }  # fmt: skip
