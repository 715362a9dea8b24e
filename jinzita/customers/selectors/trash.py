"""The trash, for those who may take customers out of it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from jinzita.customers.models import Customer
from jinzita.customers.selectors.customers import found_by, within_reach
from jinzita.kernel import values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid


def trash(
    viewer: Viewer, *, q: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[list[Customer], str | None]:
    """Customers in the trash, the last thrown away first."""
    viewer.require(Permission.DELETE)
    rows = within_reach(viewer).filter(trashed_at__isnull=False)
    if q and q.strip():
        rows = rows.filter(found_by(q))
    if cursor:
        at, pk = _read(cursor)
        rows = rows.filter(Q(trashed_at__lt=at) | Q(trashed_at=at, pk__lt=pk))
    rows = rows.select_related("standing", "trashed_by").order_by("-trashed_at", "-pk")
    found = list(rows[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], f"{last.trashed_at.isoformat() if last.trashed_at else ''}~{last.pk}"


def purge_on(one: Customer) -> datetime | None:
    """When a customer in the trash goes for good."""
    return one.trashed_at + timedelta(days=settings.TRASH_DAYS) if one.trashed_at else None


def _read(cursor: str) -> tuple[Any, int]:
    at, _, pk = cursor.partition("~")
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        raise Invalid.at("cursor", "unknown_cursor", "This cursor is not one of this list.")
    return values.moment(at, "cursor"), int(pk)
