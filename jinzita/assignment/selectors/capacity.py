"""How many customers a person looks after and may still take, and to whom customers can be given."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from jinzita.assignment.selectors.rules import limits
from jinzita.customers.fields.owners import Reason
from jinzita.customers.selectors import owners
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.people import selectors as people

MOST_SHOWN = 500


@dataclass(frozen=True)
class Capacity:
    """What a person holds and took today; None: without limit."""

    holdings: int
    capacity: int | None
    claimed_today: int
    claims_per_day: int | None


def capacity(viewer: Viewer, *, now: datetime) -> Capacity:
    """How much the viewer holds and may still take."""
    viewer.require(Permission.READ)
    return capacities({viewer.user_id} if viewer.user_id else set(), now=now).get(
        viewer.user_id or 0, Capacity(0, None, 0, None)
    )


def capacities(user_ids: Collection[int], *, now: datetime) -> dict[int, Capacity]:
    """The same of several people, in two queries."""
    bounds = limits()
    held = owners.holdings(user_ids)
    claimed = owners.came(user_ids, reason=Reason.CLAIMED, since=_midnight(now))
    return {
        one: Capacity(held.get(one, 0), bounds.capacity, claimed.get(one, 0), bounds.claims_per_day)
        for one in user_ids
    }


def receivers(viewer: Viewer) -> QuerySet[Any]:
    """The people to whom the viewer may give customers."""
    viewer.require(Permission.ASSIGN)
    users = people.users(viewer).filter(is_active=True)
    if viewer.reach is Reach.DEPARTMENTS:
        return users.filter(Q(department_id__in=viewer.department_ids) | Q(pk=viewer.user_id))
    if viewer.reach is not Reach.ALL:
        return users.filter(pk__in=viewer.team_ids | {viewer.user_id or 0})
    return users


def team_capacities(viewer: Viewer, *, now: datetime) -> list[tuple[Any, Capacity]]:
    """What the people hold to whom the viewer may give customers."""
    shown = list(receivers(viewer)[:MOST_SHOWN])
    found = capacities({one.pk for one in shown}, now=now)
    return [(one, found[one.pk]) for one in shown]


def _midnight(now: datetime) -> datetime:
    """When the company's day of a moment began."""
    today = now.astimezone(settings.COMPANY_TIME_ZONE).date()
    return datetime.combine(today, time.min, settings.COMPANY_TIME_ZONE)
