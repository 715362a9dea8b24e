"""The timeline on the wire."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinzita.customers.selectors.timeline import Entry
from jinzita.kernel.wire import Money, PageOut


class TimelineEntryOut(Schema):
    kind: str = Field(examples=["transaction"])
    id: int
    at: datetime
    title: str
    amount: Money | None
    currency: str
    detail: dict[str, Any]
    by: str = Field(description="The colleague, when known")
    by_id: int | None = Field(description="The same, when it is a user")


class TimelinePage(PageOut):
    items: list[TimelineEntryOut]


def entry_out(one: Entry, currency: str) -> dict[str, Any]:
    """An entry of the timeline."""
    return {
        "kind": one.kind, "id": one.id, "at": one.at, "title": one.title, "amount": one.amount,
        "currency": currency, "detail": one.detail, "by": one.by,
        "by_id": one.by_id,
    }  # fmt: skip
