"""The trash, for those who may take customers and contacts out of it."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Q, QuerySet

from jinzita.customers.models import Contact, Customer
from jinzita.customers.selectors import contacts
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.customers.selectors.visible import within_reach
from jinzita.customers.selectors.words import found_by
from jinzita.kernel import values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid

Trashed = TypeVar("Trashed", Customer, Contact)


def trash(
    viewer: Viewer, *, q: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[list[Customer], str | None]:
    """Customers in the trash, the last thrown away first."""
    viewer.require(Permission.DELETE)
    rows = within_reach(viewer).filter(trashed_at__isnull=False)
    if q and q.strip():
        rows = rows.filter(found_by(q, kept=kept_back(viewer, "customers")))
    return _page(rows.select_related("standing", "trashed_by"), limit, cursor)


def contact_trash(
    viewer: Viewer, *, q: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[list[Contact], str | None]:
    """Contacts in the trash, the last thrown away first."""
    viewer.require(Permission.DELETE)
    rows = contacts.shown(viewer, contacts.visible_contacts(viewer, trashed=True))
    if q and q.strip():
        rows = rows.filter(contacts.found_by(q, kept_back(viewer, "contacts")))
    return _page(rows.select_related("trashed_by"), limit, cursor)


def _page(rows: QuerySet[Trashed], limit: int, cursor: str | None) -> tuple[list[Trashed], str | None]:
    if cursor:
        at, pk = _read(cursor)
        rows = rows.filter(Q(trashed_at__lt=at) | Q(trashed_at=at, pk__lt=pk))
    found = list(rows.order_by("-trashed_at", "-pk")[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], f"{last.trashed_at.isoformat() if last.trashed_at else ''}~{last.pk}"


def purge_on(one: Customer | Contact) -> datetime | None:
    """When a record in the trash goes for good."""
    return one.trashed_at + timedelta(days=settings.TRASH_DAYS) if one.trashed_at else None


def _read(cursor: str) -> tuple[Any, int]:
    at, _, pk = cursor.partition("~")
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        raise Invalid.at("cursor", "unknown_cursor", "This cursor is not one of this list.")
    return values.moment(at, "cursor"), int(pk)
