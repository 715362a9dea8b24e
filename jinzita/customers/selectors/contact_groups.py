"""The list of contacts in groups: how many have each value of a field."""

from functools import partial
from typing import Any

from django.db.models import Count, QuerySet

from jinzita.customers.models import Contact
from jinzita.customers.selectors import contacts
from jinzita.customers.selectors.grouping import TAGS, tag_counts
from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Field, grouping
from jinzita.people.selectors.grouping import Group, groups_of


def grouped_contacts(
    viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None
) -> list[Group]:
    """The values of a field among the contacts that fit, each with its number, the most frequent first.

    Who takes several parts in decisions, at several customers, is counted with each.
    """
    rows = contacts.matching(viewer, filter=filter, q=q)
    return groups_of(rows, contacts.fields_of(viewer), by=by, own=partial(_several, viewer))


def contact_tags(viewer: Viewer) -> list[dict[str, Any]]:
    """All tags with the number of contacts that carry them, the most frequent first."""
    return [{"name": value, "contacts": count} for value, count in tag_counts(contacts.matching(viewer))]


def _several(viewer: Viewer, rows: QuerySet[Contact], field: Field) -> grouping.Counts | None:
    if field.code == "role":
        found = _by_role(viewer, rows)
    elif field.code == TAGS:
        found = tag_counts(rows)
    else:
        return None
    return grouping.with_unfilled(found, rows, field)


def _by_role(viewer: Viewer, rows: QuerySet[Contact]) -> grouping.Counts:
    seats = contacts.positions_seen(viewer).order_by().filter(contact__in=rows.order_by().values("pk"))
    found = seats.exclude(role="").values("role").annotate(n=Count("contact", distinct=True))
    return list(found.values_list("role", "n"))
