"""Duties and their record on the wire."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinzita.customers.selectors.grades import graded
from jinzita.kernel.wire import Id, Named, PageOut, Strict, Text
from jinzita.treatment.models import Duty
from jinzita.treatment.schemas.policies import TreatmentTerms, TreatmentVersionOut, version_out
from jinzita.treatment.selectors.customers import CustomerDuties
from jinzita.treatment.selectors.record import Figures, Line, Record


class DutyCustomerOut(Schema):
    id: int
    name: str
    grade: str
    computed_grade: str = Field(description="What the score says; another one while an override is in force")
    override: dict[str, Any] | None = Field(description="Why the grade is not the computed one")
    score: float | None


class DutyOut(Schema):
    """A duty; `customer` is null when it went to somebody whose customers the viewer does not see."""

    id: int
    item: str = Field(description="visit, contact, answer or sponsor")
    customer: DutyCustomerOut | None
    grade: str = Field(description="The customer's when it was owed")
    owner: Named
    department: str | None
    span: int = Field(description="Days the policy allows; hours of an answer")
    opened_on: date
    due_on: date
    due_at: datetime
    state: str = Field(description="due, done, missed or excused")
    interaction_id: int | None = Field(description="That kept it, or made it good")
    trigger_id: int | None = Field(description="The interaction to be answered")
    done_at: datetime | None
    missed_on: date | None
    escalated_to: Named | None
    escalated_on: date | None
    excuse: str
    excused_by: Named | None
    excused_at: datetime | None


class DutyPage(PageOut):
    items: list[DutyOut]


class DutyCountOut(Schema):
    count: int


class DutiesTodayOut(Schema):
    """Own duties overdue or due within a week, the best customers first; `escalated`: others' that rose."""

    duties: list[DutyOut]
    more: int
    escalated: list[DutyOut]


class DutyExcuseIn(Strict):
    why: Text = Field(max_length=300)


class DutySponsorIn(Strict):
    user_id: Id | None


class DutySponsorOut(Schema):
    user: Named
    named_by: str
    named_at: datetime


class CustomerTreatmentOut(Schema):
    """What a customer is owed by its grade; `version` null: no policy holds for it."""

    grade: str
    terms: TreatmentTerms
    version: TreatmentVersionOut | None
    sponsor: DutySponsorOut | None
    duties: list[DutyOut]
    done: int
    missed: int


class DutyFiguresOut(Schema):
    """What came due: kept, missed (of these not made good), excused, still due; the share kept, days late."""

    done: int
    missed: int
    unmade: int
    excused: int
    due: int
    kept: float | None
    delay: float | None


class DutyRecordLineOut(DutyFiguresOut):
    id: int | None
    name: str


class DutyRecordItemOut(DutyFiguresOut):
    item: str


class DutyRecordMonthOut(DutyFiguresOut):
    month: date


class DutyRecordOut(Schema):
    """The record of a period, as far as the viewer may see it."""

    first: date
    last: date
    total: DutyFiguresOut
    before: DutyFiguresOut
    people: list[DutyRecordLineOut]
    departments: list[DutyRecordLineOut]
    items: list[DutyRecordItemOut]
    trend: list[DutyRecordMonthOut]


def _named(one: Any) -> dict[str, Any] | None:
    return {"id": one.pk, "name": one.shown_name} if one else None


def duty_out(one: Duty) -> dict[str, Any]:
    customer = None if getattr(one, "hidden", False) else {
        "id": one.customer_id, "name": one.customer.name, **graded(one.customer.standing),
        "score": one.customer.standing.score,
    }  # fmt: skip
    return {
        "id": one.pk, "item": one.item, "customer": customer, "grade": one.grade, "owner": _named(one.owner),
        "department": one.department.name if one.department else None, "span": one.span,
        "opened_on": one.opened_on, "due_on": one.due_on, "due_at": one.due_at, "state": one.state,
        "interaction_id": one.done_by_id if customer else None,
        "trigger_id": one.trigger_id if customer else None,
        "done_at": one.done_at, "missed_on": one.missed_on, "escalated_to": _named(one.escalated_to),
        "escalated_on": one.escalated_on, "excuse": one.excuse, "excused_by": _named(one.excused_by),
        "excused_at": one.excused_at,
    }  # fmt: skip


def treatment_out(one: CustomerDuties) -> dict[str, Any]:
    held = one.treatment
    sponsor = one.sponsor and {
        "user": _named(one.sponsor.user), "named_at": one.sponsor.named_at,
        "named_by": one.sponsor.named_by.shown_name if one.sponsor.named_by else "",
    }  # fmt: skip
    return {
        "grade": held.grade, "terms": terms_out(held.terms),
        "version": version_out(held.version) if held.version else None, "sponsor": sponsor,
        "duties": [duty_out(each) for each in one.duties], "done": one.done, "missed": one.missed,
    }  # fmt: skip


def terms_out(terms: Any) -> dict[str, Any]:
    percent = terms.discount_percent
    return {
        **vars(terms), "sponsor_roles": list(terms.sponsor_roles),
        "discount_percent": None if percent is None else f"{percent.normalize():f}",
    }  # fmt: skip


def figures_out(one: Figures) -> dict[str, Any]:
    return {**vars(one), "kept": one.kept}


def _line(one: Line) -> dict[str, Any]:
    return {"id": one.key, "name": one.name, **figures_out(one.figures)}


def record_out(one: Record) -> dict[str, Any]:
    return {
        "first": one.first, "last": one.last, "total": figures_out(one.total),
        "before": figures_out(one.before), "people": [_line(each) for each in one.people],
        "departments": [_line(each) for each in one.departments],
        "items": [{"item": each.key, **figures_out(each.figures)} for each in one.items],
        "trend": [{"month": month, **figures_out(figures)} for month, figures in one.trend],
    }  # fmt: skip
