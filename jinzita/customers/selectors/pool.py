"""The public pool as a viewer may see it: names and grades of those nobody owns, no ways to reach them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from jinzita.customers.models import Customer, Ownership, Pooled, PoolLimits, PoolRule, PoolWarning, Reason
from jinzita.customers.selectors.customers import found_by, require_visible, visible_to
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Invalid, NotFound
from jinzita.people import selectors as people


def limits() -> PoolLimits:
    """What one person may take, and who sees the pool."""
    return PoolLimits.objects.filter(pk=1).first() or PoolLimits()


def rules(viewer: Viewer) -> list[PoolRule]:
    viewer.require(Permission.READ)
    return list(PoolRule.objects.select_related("department").order_by("department_id", "pk"))


def open_to(viewer: Viewer) -> QuerySet[Customer]:
    """The customers in the pool that this viewer may know of: the company's, or those of the departments."""
    viewer.require(Permission.READ)
    rows = Customer.objects.filter(
        pk__in=Pooled.objects.values("pk"), owner=None, trashed_at=None, merged_into=None
    )
    if viewer.reach is Reach.ALL or limits().open_to == PoolLimits.Open.COMPANY:
        return rows
    mine = set(viewer.department_ids)
    if viewer.user_id is not None and (own := people.user(viewer, viewer.user_id).department_id):
        mine.add(own)
    return rows.filter(Q(department_id__in=mine) | Q(department=None))


def require_open(viewer: Viewer, customer_id: int) -> None:
    """Raise NotFound unless the viewer may know of this customer of the pool."""
    if not open_to(viewer).filter(pk=customer_id).exists():
        raise NotFound(f"There is no customer {customer_id} in the pool.")


@dataclass(frozen=True)
class PoolRow:
    """A customer of the pool, as the list shows it."""

    customer: Customer
    pooled: Pooled
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
    pooled = Pooled.objects.select_related("former_owner").in_bulk([one.pk for one in shown])
    former = _former_of(viewer, [one.pk for one in shown], now)
    items = [PoolRow(one, pooled[one.pk], one.pk not in former) for one in shown if one.pk in pooled]
    last = shown[-1] if len(found) > limit else None
    return items, f"{last.rank!r}|{last.pk}" if last else None  # type: ignore[attr-defined]


def _read(cursor: str) -> tuple[float, int]:
    try:
        score, last_id = cursor.split("|")
        return float(score), int(last_id)
    except ValueError:
        raise Invalid.at("cursor", "unknown_cursor", "This cursor is not one of this list.") from None


def _former_of(viewer: Viewer, ids: list[int], now: datetime) -> set[int]:
    """Those the viewer owned too shortly ago to take again."""
    days = limits().former_days
    ended = Ownership.objects.filter(
        customer_id__in=ids, owner_id=viewer.user_id, until__gt=now - timedelta(days=days)
    )
    return set(ended.values_list("customer_id", flat=True)) if days else set()


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


def capacities(user_ids: set[int], *, now: datetime) -> dict[int, Capacity]:
    """The same of several people, in two queries."""
    bounds = limits()
    owned = Customer.objects.filter(owner_id__in=user_ids, trashed_at=None, merged_into=None)
    held = dict(owned.values_list("owner_id").annotate(n=Count("pk")).order_by())
    midnight = datetime.combine(
        now.astimezone(settings.COMPANY_TIME_ZONE).date(), time.min, settings.COMPANY_TIME_ZONE
    )
    taken = Ownership.objects.filter(owner_id__in=user_ids, reason=Reason.CLAIMED, since__gte=midnight)
    claimed = dict(taken.values_list("owner_id").annotate(n=Count("pk")).order_by())
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
    shown = list(receivers(viewer)[:500])
    found = capacities({one.pk for one in shown}, now=now)
    return [(one, found[one.pk]) for one in shown]


def refusal(viewer: Viewer, pooled: Pooled, *, now: datetime) -> tuple[str, str] | None:
    """Which limit stands against a claim: its code and a sentence; None when nothing does."""
    mine = capacity(viewer, now=now)
    if mine.claims_per_day is not None and mine.claimed_today >= mine.claims_per_day:
        return (
            "claims_spent",
            f"You claimed {mine.claimed_today} customers today; that is the limit of a day.",
        )
    if mine.capacity is not None and mine.holdings >= mine.capacity:
        return "capacity_full", f"You look after {mine.holdings} customers; the limit is {mine.capacity}."
    if pooled.pk in _former_of(viewer, [pooled.pk], now):
        days = limits().former_days
        return "own_former", f"This customer was yours; within {days} days only a colleague can claim it."
    return None


def warnings(viewer: Viewer, *, mine: bool = False, asked: bool = False, most: int = 200) -> list[Any]:
    """The visible customers about to fall back, the soonest first."""
    rows = PoolWarning.objects.filter(customer__in=visible_to(viewer)).select_related(
        "customer__standing", "owner", "asked_by", "approved_by"
    )
    if mine:
        rows = rows.filter(owner_id=viewer.user_id)
    if asked:
        rows = rows.filter(asked_until__isnull=False).exclude(asked_by_id=viewer.user_id)
    return list(rows.order_by("due_on", "pk")[:most])


def ownerships(viewer: Viewer, customer_id: int) -> list[Ownership]:
    """Whose a visible customer was, the present owner first. Raises NotFound."""
    require_visible(viewer, customer_id)
    rows = Ownership.objects.filter(customer_id=customer_id).select_related("owner", "department")
    return list(rows.order_by(F("until").desc(nulls_first=True), "-id")[:200])


def day_of(moment: datetime) -> date:
    """The company's day of an instant."""
    return moment.astimezone(settings.COMPANY_TIME_ZONE).date()


def owned_since() -> Subquery:
    """Since when the customer of a row is its owner's; to annotate customers."""
    rows = Ownership.objects.filter(customer_id=OuterRef("pk"), until__isnull=True)
    return Subquery(rows.values("since")[:1])
