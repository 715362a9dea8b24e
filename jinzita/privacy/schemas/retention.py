"""Retention on the wire."""

from datetime import date
from typing import Any

from ninja import Field, Schema

from jinzita.kernel.wire import Day, Id, Named, PageOut, Strict, Text, WorkOut
from jinzita.privacy.models import Overdue


class WithReason(Strict):
    reason: Text = Field(min_length=1, max_length=400, description="Why; kept in the audit log")


class YearsIn(Strict):
    """After how many years without activity; null: never."""

    organisation: int | None = Field(None, ge=1, le=100)
    person: int | None = Field(None, ge=1, le=100)


class CountsOfKindsOut(Schema):
    organisation: int
    person: int


class RetentionOut(Schema):
    years: YearsIn
    counts: CountsOfKindsOut
    job: WorkOut | None = Field(description="The last look through all customers")


class OverdueOut(Schema):
    id: int
    name: str
    kind: str
    owner: Named | None
    last_on: date = Field(description="When anything happened the last time")


class OverduePage(PageOut):
    items: list[OverdueOut]


class EraseManyIn(WithReason):
    ids: list[Id] | None = Field(None, min_length=1, max_length=5_000, description="null: all, of the kind")
    kind: Text | None = Field(None, max_length=12)
    expected: int | None = Field(None, ge=0, description="Without ids: how many were seen")


class PostponeErasureIn(WithReason):
    ids: list[Id] = Field(min_length=1, max_length=5_000)
    until: Day


class PostponedOut(Schema):
    count: int


def overdue_out(one: Overdue) -> dict[str, Any]:
    owner = one.customer.owner
    return {
        "id": one.pk, "name": one.customer.name, "kind": one.customer.kind, "last_on": one.last_on,
        "owner": {"id": owner.pk, "name": owner.shown_name} if owner else None,
    }  # fmt: skip
