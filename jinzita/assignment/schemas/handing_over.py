"""Handing over many customers, on the wire."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.assignment.models import HandOver
from jinzita.assignment.selectors.handing_over import (
    MOST_IDS,
    MOST_RECEIVERS,
    Obstacle,
    Preview,
    Receiver,
    Wanted,
)
from jinzita.customers.schemas.bulk import ByOut
from jinzita.kernel.wire import Id, Money, PageOut, Strict, Text

GradeIn = Literal["vip", "important", "ordinary", "small", "prospect"]
StageIn = Literal["suspect", "prospect", "customer", "member", "fan", "dormant", "lost"]


class HandOverWantedIn(Strict):
    """Whose customers, which of them, to whom. What is left out does not narrow."""

    user_id: Id | None = Field(None, description="Those of this person")
    department_id: Id | None = Field(None, description="Those of this department and of all below it")
    grades: list[GradeIn] = Field(default_factory=list)
    stages: list[StageIn] = Field(default_factory=list)
    ids: list[Id] | None = Field(None, min_length=1, max_length=MOST_IDS, description="These customers alone")
    filter: dict[str, Any] | Text | None = None
    q: Text | None = Field(None, max_length=100)
    to: list[Id] = Field(min_length=1, max_length=MOST_RECEIVERS, description="Who gets them")
    how: Literal["equally", "by_load"] = Field(
        "equally", description="by_load: so that all have about as many afterwards"
    )
    within_department: bool = Field(False, description="Each customer goes to somebody of its department")
    over_capacity: bool = Field(False, description="Receivers may hold more than the limit of the pool")


class HandOverIn(HandOverWantedIn):
    reason: Text = Field(max_length=300)
    expected: int = Field(ge=1, description="The number of customers that the preview told")


class ObstacleOut(Schema):
    code: str = Field(description="capacity, no_receiver, no_owner, own, out_of_reach or blind")
    count: int = Field(description="How many customers stay where they are because of it")
    names: list[str] = Field(description="The people or departments concerned")


class LeavingOut(Schema):
    grade: str
    customers: int
    revenue: Money | None


class FormerOwnerOut(Schema):
    name: str
    customers: int


class ReceiverOut(Schema):
    id: int
    name: str
    department: str | None
    holdings: int
    capacity: int | None
    gets: int
    by_grade: dict[str, int]
    revenue: Money | None


class HandOverPreviewOut(Schema):
    customers: int = Field(description="How many would be handed over")
    by_grade: list[LeavingOut] | None = Field(description="Null: too many to tell beforehand")
    owners: list[FormerOwnerOut] = Field(description="Whose they are, the 50 with the most")
    receivers: list[ReceiverOut]
    obstacles: list[ObstacleOut]


class HandOverOut(Schema):
    id: int
    at: datetime
    by: ByOut
    reason: str
    state: str = Field(description="waiting, running, done, failed or cancelled")
    total: int
    moved: int
    left: dict[str, int] = Field(description="How many stayed, by why")
    to: str
    job_id: int
    change_set_id: int | None
    undone: str = Field(description="The change set: done, undoing, undone or partly_undone; or empty")


class HandOverPage(PageOut):
    items: list[HandOverOut]


def wanted_of(data: HandOverWantedIn) -> Wanted:
    """What is wanted, as the domain takes it."""
    given = data.dict(include=set(HandOverWantedIn.model_fields))
    text = given["filter"]
    given["filter"] = text if text is None or isinstance(text, str) else json.dumps(text)
    return Wanted(**given)


def preview_out(one: Preview) -> dict[str, Any]:
    """What a hand-over would do."""
    grades = None
    if one.by_grade is not None:
        grades = [
            {"grade": grade, "customers": count, "revenue": _money(revenue)}
            for grade, (count, revenue) in one.by_grade.items()
        ]
    return {
        "customers": one.deal.count, "by_grade": grades,
        "owners": [{"name": name, "customers": count} for name, count in one.owners],
        "receivers": [_receiver_out(each) for each in one.deal.receivers],
        "obstacles": [_obstacle_out(each) for each in one.deal.obstacles],
    }  # fmt: skip


def hand_over_out(one: HandOver) -> dict[str, Any]:
    """A hand-over that was asked for."""
    changes, name = one.change_set, one.by.shown_name if one.by else "system"
    return {
        "id": one.pk, "at": one.at, "by": {"id": one.by_id, "name": name},
        "reason": one.reason, "state": one.job.state, "total": one.total, "moved": one.moved,
        "left": one.left, "to": changes.words.get("to", "") if changes else "", "job_id": one.job_id,
        "change_set_id": one.change_set_id, "undone": changes.state if changes else "",
    }  # fmt: skip


def _receiver_out(one: Receiver) -> dict[str, Any]:
    person = one.person
    return {
        "id": person.pk, "name": person.shown_name,
        "department": person.department.name if person.department else None, "holdings": one.held,
        "capacity": one.capacity, "gets": one.gets, "by_grade": one.by_grade, "revenue": _money(one.revenue),
    }  # fmt: skip


def _obstacle_out(one: Obstacle) -> dict[str, Any]:
    return {"code": one.code, "count": one.count, "names": list(one.names)}


def _money(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 2)
