"""The trash, for those who may take customers and contacts out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db.models import Q, QuerySet

from jinzita.customers.fields.trash import CONTACT_TRASH, TRASH
from jinzita.customers.models import Contact, Customer
from jinzita.customers.selectors import contacts
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.customers.selectors.visible import within_reach
from jinzita.customers.selectors.words import found_by
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.field_access import by_code
from jinzita.kernel.records import Field, filters, listing
from jinzita.people.selectors.grouping import Group, groups_of


def customers(viewer: Viewer, *, filter: str | None = None, q: str | None = None) -> QuerySet[Customer]:
    """The customers in the trash that fit a filter and that the words find. Raises Forbidden, Invalid."""
    viewer.require(Permission.DELETE)
    rows = within_reach(viewer).filter(
        filters.where(by_code(viewer, TRASH), filter), trashed_at__isnull=False
    )
    if q and q.strip():
        rows = rows.filter(found_by(q, kept=kept_back(viewer, "customers")))
    return rows


def people(viewer: Viewer, *, filter: str | None = None, q: str | None = None) -> QuerySet[Contact]:
    """The contacts in the trash that fit a filter and that the words find. Raises Forbidden, Invalid."""
    viewer.require(Permission.DELETE)
    rows = contacts.visible_contacts(viewer, trashed=True).filter(
        filters.where(_contact_fields(viewer), filter)
    )
    if q and q.strip():
        rows = rows.filter(contacts.found_by(q, kept_back(viewer, "contacts")))
    return rows


def customers_page(
    viewer: Viewer, *, filter: str | None = None, q: str | None = None, sort: str | None = None,
    limit: int = 50, cursor: str | None = None, offset: int = 0,
) -> listing.Page[Customer]:  # fmt: skip
    """A page of them, the last thrown away first unless `sort` says otherwise."""
    return listing.page(
        customers(viewer, filter=filter, q=q).select_related("standing", "owner", "department", "trashed_by"),
        by_code(viewer, TRASH), default_sort=TRASH.default_sort, sort=sort, limit=limit, cursor=cursor,
        offset=offset,
    )  # fmt: skip


def people_page(
    viewer: Viewer, *, filter: str | None = None, q: str | None = None, sort: str | None = None,
    limit: int = 50, cursor: str | None = None, offset: int = 0,
) -> listing.Page[Contact]:  # fmt: skip
    """A page of them, the last thrown away first unless `sort` says otherwise."""
    return listing.page(
        contacts.shown(viewer, people(viewer, filter=filter, q=q)).select_related("trashed_by"),
        _contact_fields(viewer), default_sort=CONTACT_TRASH.default_sort, sort=sort, limit=limit,
        cursor=cursor, offset=offset,
    )  # fmt: skip


def customers_grouped(
    viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None
) -> list[Group]:
    """The customers in the trash in groups by a field. Raises Forbidden, Invalid."""
    return groups_of(customers(viewer, filter=filter, q=q), by_code(viewer, TRASH), by=by)


def people_grouped(
    viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None
) -> list[Group]:
    """The contacts in the trash in groups by a field. Raises Forbidden, Invalid."""
    return groups_of(people(viewer, filter=filter, q=q), _contact_fields(viewer), by=by)


def purge_on(one: Customer | Contact) -> datetime | None:
    """When a record in the trash goes for good."""
    return one.trashed_at + timedelta(days=settings.TRASH_DAYS) if one.trashed_at else None


def _contact_fields(viewer: Viewer) -> Mapping[str, Field]:
    found = by_code(viewer, CONTACT_TRASH)
    return {**found, "customer": replace(found["customer"], belongs=partial(_is_at, viewer))}


def _is_at(viewer: Viewer, customers: Sequence[int] | None) -> Q:
    """The condition that somebody is at one of these customers, or at any, as far as the viewer sees them."""
    seats = contacts.positions_seen(viewer).order_by()
    seats = seats if customers is None else seats.filter(customer__in=customers)
    return Q(pk__in=seats.values("contact_id"))
