"""Overrides of grades on the wire."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinzita.kernel.access import Viewer
from jinzita.kernel.wire import Day, Named, PageOut, Strict, Text
from jinzita.value.models import GradeOverride
from jinzita.value.selectors.overrides import may_decide, may_end


class OverriddenOut(Named):
    """The customer, with the grade that counts and the computed one."""

    grade: str
    computed_grade: str
    score: float | None
    owner: Named | None


class GradeOverrideOut(Schema):
    id: int
    customer: OverriddenOut
    grade: str = Field(description="That shall count: vip, important, ordinary or small")
    reason: str
    until: date = Field(description="The last day on which it counts")
    state: str = Field(description="asked, in_force, declined, withdrawn or ended")
    asked_by: Named | None
    asked_at: datetime
    decided_by: Named | None
    decided_at: datetime | None
    answer: str = Field(description="The words of who decided")
    ended_by: Named | None = Field(description="Null also when its last day was over")
    ended_at: datetime | None
    ended_why: str
    may_decide: bool = Field(description="Whether you may approve or decline it")
    may_end: bool = Field(description="Whether you may withdraw or end it")


class GradeOverridePage(PageOut):
    items: list[GradeOverrideOut]


class OverrideAskIn(Strict):
    grade: Text = Field(max_length=9, examples=["important"])
    reason: Text = Field(min_length=1, max_length=400, examples=["战略客户，已签框架协议"])
    until: Day = Field(description="The last day on which it shall count")


class OverrideDecisionIn(Strict):
    approved: bool
    answer: Text = Field("", max_length=400, description="Needed when declining")


class OverrideEndIn(Strict):
    why: Text = Field("", max_length=400, description="Needed for one in force")


def override_out(viewer: Viewer, one: GradeOverride) -> dict[str, Any]:
    """An override as lists show it."""
    standing, owner = one.customer.standing, one.customer.owner
    return {
        "id": one.pk,
        "customer": {
            "id": one.customer_id, "name": one.customer.name, "grade": standing.grade,
            "computed_grade": standing.computed_grade or standing.grade, "score": standing.score,
            "owner": _named(owner),
        },
        "grade": one.grade, "reason": one.reason, "until": one.until, "state": one.state,
        "asked_by": _named(one.asked_by), "asked_at": one.asked_at,
        "decided_by": _named(one.decided_by), "decided_at": one.decided_at, "answer": one.answer,
        "ended_by": _named(one.ended_by), "ended_at": one.ended_at, "ended_why": one.ended_why,
        "may_decide": may_decide(viewer, one), "may_end": may_end(viewer, one),
    }  # fmt: skip


def _named(user: Any) -> dict[str, Any] | None:
    return {"id": user.pk, "name": user.shown_name} if user else None
