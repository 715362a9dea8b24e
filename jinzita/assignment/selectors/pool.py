"""The public pool as a viewer may see it: names and grades of those nobody owns, no ways to reach them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import FloatField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from jinzita.assignment.models import PoolLimits
from jinzita.assignment.selectors.capacity import capacity
from jinzita.assignment.selectors.rules import limits
from jinzita.customers.selectors import owners
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.customers.selectors.words import found_by
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.people import selectors as people


def open_to(viewer: Viewer) -> QuerySet[Any]:
    """The customers in the pool that this viewer may know of: the company's, or those of the departments."""
    viewer.require(Permission.READ)
    rows = owners.free()
    if viewer.reach is Reach.ALL or limits().open_to == PoolLimits.Open.COMPANY:
        return rows
    mine = set(viewer.department_ids)
    if viewer.user_id is not None and (own := people.user(viewer, viewer.user_id).department_id):
        mine.add(own)
    return rows.filter(Q(department_id__in=mine) | Q(department=None))


@dataclass(frozen=True)
class PoolRow:
    """A customer of the pool, since when and why it is there, and whether the viewer may claim it."""

    customer: Any
    pooled: Any
    claimable: bool


def page(
    viewer: Viewer, *, now: datetime, grade: str | None = None, q: str | None = None, limit: int = 50,
    cursor: str | None = None,
) -> tuple[list[PoolRow], str | None]:  # fmt: skip
    """A page of the pool, the best first, and the cursor of the next."""
    rank = Coalesce("standing__score", Value(-1.0), output_field=FloatField())
    rows = open_to(viewer).select_related("standing", "department").annotate(rank=rank)
    if grade:
        rows = rows.filter(standing__grade=grade)
    if q and q.strip():
        rows = rows.filter(found_by(q, kept=kept_back(viewer, "customers") | {"phone", "email"}))
    if cursor:
        score, last_id = _read(cursor)
        rows = rows.filter(Q(rank__lt=score) | Q(rank=score, pk__gt=last_id))
    found = list(rows.order_by("-rank", "pk")[: limit + 1])
    shown = found[:limit]
    ids = [one.pk for one in shown]
    pooled, former = owners.pooled(ids), _former_of(viewer, ids, now)
    items = [PoolRow(one, pooled[one.pk], one.pk not in former) for one in shown if one.pk in pooled]
    last = shown[-1] if len(found) > limit else None
    return items, f"{last.rank!r}|{last.pk}" if last else None


def refusal(viewer: Viewer, customer_id: int, *, now: datetime) -> tuple[str, str] | None:
    """Which limit stands against a claim: its code and a sentence; None when nothing does."""
    mine = capacity(viewer, now=now)
    if mine.claims_per_day is not None and mine.claimed_today >= mine.claims_per_day:
        return (
            "claims_spent",
            f"You claimed {mine.claimed_today} customers today; that is the limit of a day.",
        )
    if mine.capacity is not None and mine.holdings >= mine.capacity:
        return "capacity_full", f"You look after {mine.holdings} customers; the limit is {mine.capacity}."
    if _former_of(viewer, [customer_id], now):
        days = limits().former_days
        return "own_former", f"This customer was yours; within {days} days only a colleague can claim it."
    return None


def _read(cursor: str) -> tuple[float, int]:
    try:
        score, last_id = cursor.split("|")
        return float(score), int(last_id)
    except ValueError:
        raise Invalid.at("cursor", "unknown_cursor", "This cursor is not one of this list.") from None


def _former_of(viewer: Viewer, customer_ids: Collection[int], now: datetime) -> set[int]:
    """Those the viewer owned too shortly ago to take again."""
    days = limits().former_days
    return owners.went_from(viewer.user_id, customer_ids, since=now - timedelta(days=days)) if days else set()
