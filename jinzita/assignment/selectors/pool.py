"""The public pool as a viewer may see it: names and grades of those nobody owns, no ways to reach them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from jinzita.assignment.fields import POOL
from jinzita.assignment.models import PoolLimits
from jinzita.assignment.selectors.capacity import capacity
from jinzita.assignment.selectors.rules import limits
from jinzita.customers.selectors import owners
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.customers.selectors.words import found_by
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Conflict
from jinzita.kernel.field_access import by_code
from jinzita.kernel.records import filters, listing
from jinzita.people import selectors as people
from jinzita.people.selectors.grouping import Group, groups_of


def open_to(viewer: Viewer) -> QuerySet[Any]:
    """The customers in the pool that this viewer may know of: the company's, or those of the departments."""
    return owners.free().filter(_within(viewer, "department"))


def _within(viewer: Viewer, department: str) -> Q:
    viewer.require(Permission.READ)
    if viewer.reach is Reach.ALL or limits().open_to == PoolLimits.Open.COMPANY:
        return Q()
    mine = set(viewer.department_ids)
    if viewer.user_id is not None and (own := people.user(viewer, viewer.user_id).department_id):
        mine.add(own)
    return Q(**{f"{department}__in": mine}) | Q(**{department: None})


@dataclass(frozen=True)
class PoolRow:
    """A customer of the pool, since when and why it is there, and whether the viewer may claim it."""

    customer: Any
    pooled: Any
    claimable: bool


def matching(viewer: Viewer, *, filter: str | None = None, q: str | None = None) -> QuerySet[Any]:
    """What is in the pool for this viewer and fits a filter and the words searched for. Raises Invalid."""
    rows = owners.pool().filter(_within(viewer, "customer__department"))
    rows = rows.filter(filters.where(by_code(viewer, POOL), filter))
    if not (q and q.strip()):
        return rows
    found = owners.free().filter(found_by(q, kept=kept_back(viewer, "customers") | {"phone", "email"}))
    return rows.filter(customer__in=found)


def page(
    viewer: Viewer, *, now: datetime, filter: str | None = None, q: str | None = None,
    sort: str | None = None, limit: int = 50, cursor: str | None = None, offset: int = 0,
) -> listing.Page[Any]:  # fmt: skip
    """A page of the pool as `PoolRow`s, the best first unless `sort` says otherwise. Raises Invalid."""
    found = listing.page(
        matching(viewer, filter=filter, q=q), by_code(viewer, POOL), default_sort=POOL.default_sort,
        sort=sort, limit=limit, cursor=cursor, offset=offset,
    )  # fmt: skip
    former = _former_of(viewer, [one.pk for one in found.items], now)
    return listing.Page([PoolRow(one.customer, one, one.pk not in former) for one in found.items], found.next)


def grouped(viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None) -> list[Group]:
    """The pool in groups by a field. Raises Invalid."""
    return groups_of(matching(viewer, filter=filter, q=q), by_code(viewer, POOL), by=by)


def refusal(viewer: Viewer, customer_id: int, *, now: datetime) -> Conflict | None:
    """What stands against a claim, beside capacity; None when nothing does."""
    mine = capacity(viewer, now=now)
    if mine.claims_per_day is not None and mine.claimed_today >= mine.claims_per_day:
        return Conflict(
            f"You claimed {mine.claimed_today} customers today; that is the limit of a day.",
            code="claims_spent",
        )
    if _former_of(viewer, [customer_id], now):
        days = limits().former_days
        return Conflict(
            f"This customer was yours; within {days} days only a colleague can claim it.", code="own_former"
        )
    return None


def _former_of(viewer: Viewer, customer_ids: Collection[int], now: datetime) -> set[int]:
    """Those the viewer owned too shortly ago to take again."""
    days = limits().former_days
    return owners.went_from(viewer.user_id, customer_ids, since=now - timedelta(days=days)) if days else set()
