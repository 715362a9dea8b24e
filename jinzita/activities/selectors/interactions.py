"""Interactions as a viewer may see them: those with the customers the viewer sees."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from jinzita.activities.fields import INTERACTIONS
from jinzita.activities.models import Interaction
from jinzita.customers import selectors as customers
from jinzita.customers.selectors import timeline
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.field_access import by_code, conceal, conceal_one
from jinzita.kernel.records import listing


def interactions(
    viewer: Viewer, customer_id: int, *, sort: str | None = None, limit: int = 50, cursor: str | None = None
) -> listing.Page[Interaction]:
    """A page of the interactions with a customer, newest first. Raises NotFound, Invalid."""
    customers.require_visible(viewer, customer_id, INTERACTIONS.code)
    rows = Interaction.objects.filter(customer_id=customer_id).select_related("by")
    found = listing.page(
        rows, by_code(viewer, INTERACTIONS), default_sort=INTERACTIONS.default_sort, sort=sort,
        limit=limit, cursor=cursor,
    )  # fmt: skip
    return replace(found, items=conceal(viewer, INTERACTIONS, found.items))


def interaction(viewer: Viewer, interaction_id: int) -> Interaction:
    """One interaction."""
    rows = customers.of_visible(viewer, Interaction.objects.select_related("by"), INTERACTIONS.code)
    found = rows.filter(pk=interaction_id).first()
    if found is None:
        raise NotFound(f"There is no interaction {interaction_id}.")
    return conceal_one(viewer, INTERACTIONS, found)


def last_contact(customer: str) -> str:
    """SQL of the moment of the last interaction with the customer whose id is in this column."""
    return (
        "(SELECT max(i.occurred_at) FROM activities_interaction i"
        f" WHERE i.customer_id = {customer})"
    )  # fmt: skip


def first_contact_since(customer: str, *, kinds: str, since: str, until: str) -> str:
    """SQL of id and moment of the first interaction of these kinds in a span of time."""
    return (
        "SELECT i.id, i.occurred_at FROM activities_interaction i"
        f" WHERE i.customer_id = {customer} AND i.kind = ANY({kinds})"
        f" AND i.occurred_at >= {since} AND i.occurred_at <= {until} ORDER BY i.occurred_at, i.id LIMIT 1"
    )


def last_contact_until(customer: str, *, kinds: str, until: str) -> str:
    """SQL of id and moment of the last interaction of these kinds up to a moment."""
    return (
        "SELECT i.id, i.occurred_at FROM activities_interaction i"
        f" WHERE i.customer_id = {customer} AND i.kind = ANY({kinds}) AND i.occurred_at <= {until}"
        " ORDER BY i.occurred_at DESC, i.id DESC LIMIT 1"
    )


def still_there(interaction: str, customer: str) -> str:
    """SQL that says whether an interaction is still one with this customer."""
    return (
        "EXISTS (SELECT FROM activities_interaction i"
        f" WHERE i.id = {interaction} AND i.customer_id = {customer})"
    )


def told_between(customer: str, *, kinds: str, since: str, until: str) -> str:
    """SQL of a customer's interactions of these kinds that happened in a span of time."""
    return (
        "SELECT i.id, i.occurred_at, i.created_at FROM activities_interaction i"
        f" WHERE i.customer_id = {customer} AND i.kind = ANY({kinds})"
        f" AND i.occurred_at > {since} AND i.occurred_at <= {until}"
    )


def counts_by_kind(whose: QuerySet[Any], *, since: datetime, until: datetime) -> dict[str, int]:
    """How many interactions of each kind these customers had in a span of time."""
    rows = Interaction.objects.filter(customer__in=whose, occurred_at__gt=since, occurred_at__lte=until)
    return dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))


def on_timeline(customer_id: int) -> timeline.Rows:
    """A customer's interactions as the timeline takes them."""
    return timeline.rows(
        Interaction.objects.filter(customer_id=customer_id), at="occurred_at", title="subject",
        detail={"kind": "kind", "note": "note", "source": "source", "source_key": "source_key"},
        by=Coalesce(NullIf("by__name", Value("")), "by__username", Value("")), by_id="by_id",
    )  # fmt: skip
