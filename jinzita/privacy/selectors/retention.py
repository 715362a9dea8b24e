"""Whom it is time to forget: customers with whom nothing happened for longer than the company keeps them."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from jinzita.customers.fields import KINDS
from jinzita.customers.selectors import visible_to
from jinzita.kernel import jobs, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.models import Job
from jinzita.privacy.models import Overdue, RetentionRule

LOOK, ERASE = "retention", "erasure"
# The kinds of customers that have a rule of their own.
RULED = tuple(one.value for one in KINDS)


def rules(viewer: Viewer) -> dict[str, int | None]:
    """After how many years customers of each kind are proposed for erasure; None: never."""
    viewer.require(Permission.HANDLE_PRIVACY)
    found = dict(RetentionRule.objects.values_list("kind", "years"))
    return {kind: found.get(kind) for kind in RULED}


def require_ruled(kind: str) -> None:
    """Raise Invalid unless this is a kind of customers."""
    if kind not in RULED:
        raise Invalid.at("kind", "unknown_choice", f"kind must be one of {', '.join(RULED)}.")


def overdue(viewer: Viewer) -> QuerySet[Overdue]:
    """Those proposed, as far as the viewer may know of them."""
    viewer.require(Permission.HANDLE_PRIVACY)
    return Overdue.objects.filter(customer__in=visible_to(viewer).filter(erased_at=None))


def counts(viewer: Viewer) -> dict[str, int]:
    """How many of each kind are proposed."""
    rows = overdue(viewer).values_list("customer__kind").annotate(n=Count("pk"))
    return {kind: dict(rows).get(kind, 0) for kind in RULED}


def last_look(viewer: Viewer) -> dict[str, Any] | None:
    """The job that found them."""
    viewer.require(Permission.HANDLE_PRIVACY)
    found = Job.objects.filter(kind=LOOK).order_by("-pk").first()
    return jobs.as_dict(found) if found else None


def page(
    viewer: Viewer, *, kind: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[list[Overdue], str | None]:
    """The proposed, the longest forgotten first."""
    rows = overdue(viewer)
    if kind:
        require_ruled(kind)
        rows = rows.filter(customer__kind=kind)
    if cursor:
        day, last = _read(cursor)
        rows = rows.filter(Q(last_on__gt=day) | Q(last_on=day, pk__gt=last))
    found = list(rows.select_related("customer__owner").order_by("last_on", "pk")[: limit + 1])
    following = (
        f"{found[limit - 1].last_on.isoformat()}~{found[limit - 1].pk}" if len(found) > limit else None
    )
    return found[:limit], following


def _read(cursor: str) -> tuple[date, int]:
    day, _, last = cursor.partition("~")
    if not last.isascii() or not last.isdigit() or len(last) > 18:
        raise Invalid.at("cursor", "unknown_cursor", "This cursor is not one of this list.")
    return values.day(day, "cursor"), int(last)
