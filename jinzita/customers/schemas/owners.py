"""Whose a customer was, on the wire."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinzita.customers.models import Ownership
from jinzita.kernel.wire import Named


class OwnershipOut(Schema):
    owner: Named
    department: str | None
    since: datetime
    until: datetime | None
    by: str
    reason: str = Field(description="given, assigned, claimed, handed_over, imported, merged or taken_back")
    ended_as: str
    note: str


def ownership_out(one: Ownership) -> dict[str, Any]:
    """A time of ownership."""
    return {
        "owner": {"id": one.owner_id, "name": one.owner.shown_name},
        "department": one.department.name if one.department else None,
        "since": one.since, "until": one.until, "by": one.by_name, "reason": one.reason,
        "ended_as": one.ended_as, "note": one.note,
    }  # fmt: skip
