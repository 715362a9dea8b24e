"""Customers about to fall back to the pool."""

from typing import Any

from django.db.models import QuerySet

from jinzita.assignment.models import PoolWarning
from jinzita.customers.selectors import visible_to
from jinzita.kernel.access import Viewer

MOST_SHOWN = 200


def standing() -> QuerySet[PoolWarning]:
    """The warnings that count: those of customers who are still that owner's, without a break."""
    return PoolWarning.objects.filter(ownership__until=None)


def warnings(viewer: Viewer, *, mine: bool = False, asked: bool = False) -> list[Any]:
    """The visible customers about to fall back, the soonest first."""
    rows = standing().filter(customer__in=visible_to(viewer))
    rows = rows.select_related("customer__standing", "ownership__owner", "asked_by", "approved_by")
    if mine:
        rows = rows.filter(ownership__owner_id=viewer.user_id)
    if asked:
        rows = rows.filter(asked_until__isnull=False).exclude(asked_by_id=viewer.user_id)
    return list(rows.order_by("due_on", "pk")[:MOST_SHOWN])
