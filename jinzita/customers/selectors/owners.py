"""Whose customers are and were, and which of them are free to claim."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from jinzita.customers.models import Customer, Ownership, Pooled
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Viewer

MOST_SHOWN = 200


def ownerships(viewer: Viewer, customer_id: int) -> list[Ownership]:
    """Whose a visible customer was, the present owner first. Raises NotFound."""
    require_visible(viewer, customer_id)
    rows = Ownership.objects.filter(customer_id=customer_id).select_related("owner", "department")
    return list(rows.order_by(F("until").desc(nulls_first=True), "-id")[:MOST_SHOWN])


def owned_since() -> Subquery:
    """Since when the customer of a row is its owner's; to annotate customers."""
    rows = Ownership.objects.filter(customer_id=OuterRef("pk"), until__isnull=True)
    return Subquery(rows.values("since")[:1])


def holdings(user_ids: Collection[int]) -> dict[int, int]:
    """How many customers these people have, whoever asks; those in the trash are left out."""
    rows = Customer.objects.filter(owner_id__in=user_ids, trashed_at=None, merged_into=None)
    return dict(rows.values_list("owner_id").annotate(n=Count("pk")).order_by())


def came(user_ids: Collection[int], *, reason: str, since: datetime) -> dict[int, int]:
    """How many customers came to these people by `reason` from a moment on."""
    rows = Ownership.objects.filter(owner_id__in=user_ids, reason=reason, since__gte=since)
    return dict(rows.values_list("owner_id").annotate(n=Count("pk")).order_by())


def went_from(user_id: int | None, customer_ids: Collection[int], *, since: datetime) -> set[int]:
    """Those of the customers that were this person's until some time after `since`."""
    rows = Ownership.objects.filter(customer_id__in=customer_ids, owner_id=user_id, until__gt=since)
    return set(rows.values_list("customer_id", flat=True))


def free() -> QuerySet[Customer]:
    """The customers in the pool. Who may know of which of them, the caller decides."""
    pooled = Pooled.objects.values("pk")
    return Customer.objects.filter(pk__in=pooled, owner=None, trashed_at=None, merged_into=None)


def pool() -> QuerySet[Pooled]:
    """The same, with since when and why they are in the pool and whose they were."""
    rows = Pooled.objects.filter(customer__owner=None, customer__trashed_at=None, customer__merged_into=None)
    return rows.select_related("customer__standing", "customer__department", "former_owner")
