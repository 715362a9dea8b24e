"""Opportunities as a viewer may see them: those with the customers the viewer sees."""

from dataclasses import replace

from django.db.models import TextField
from django.db.models.functions import Cast

from jinzita.customers import selectors as customers
from jinzita.customers.selectors import timeline
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.field_access import by_code, conceal, conceal_one
from jinzita.kernel.records import listing
from jinzita.sales.fields import OPPORTUNITIES
from jinzita.sales.models import Opportunity


def opportunities(
    viewer: Viewer, customer_id: int, *, sort: str | None = None, limit: int = 50, cursor: str | None = None
) -> listing.Page[Opportunity]:
    """A page of a customer's opportunities, the last made first. Raises NotFound, Invalid."""
    customers.require_visible(viewer, customer_id, OPPORTUNITIES.code)
    rows = Opportunity.objects.filter(customer_id=customer_id)
    found = listing.page(
        rows, by_code(viewer, OPPORTUNITIES), default_sort=OPPORTUNITIES.default_sort, sort=sort,
        limit=limit, cursor=cursor,
    )  # fmt: skip
    return replace(found, items=conceal(viewer, OPPORTUNITIES, found.items))


def opportunity(viewer: Viewer, opportunity_id: int) -> Opportunity:
    """One opportunity."""
    rows = customers.of_visible(viewer, Opportunity.objects.all(), OPPORTUNITIES.code)
    found = rows.filter(pk=opportunity_id).first()
    if found is None:
        raise NotFound(f"There is no opportunity {opportunity_id}.")
    return conceal_one(viewer, OPPORTUNITIES, found)


def on_timeline(customer_id: int) -> tuple[timeline.Rows, ...]:
    """A customer's opportunities as the timeline takes them: when they closed, or when they were entered."""
    shown = {
        "status": "status", "probability": Cast("probability", TextField()), "expected_on": "expected_on",
        "source": "source", "source_key": "source_key",
    }  # fmt: skip
    every = Opportunity.objects.filter(customer_id=customer_id)
    return (
        timeline.rows(
            every.filter(closed_on__isnull=False),
            day="closed_on",
            title="name",
            amount="amount",
            detail=shown,
        ),
        timeline.rows(
            every.filter(closed_on=None), at="created_at", title="name", amount="amount", detail=shown
        ),
    )
