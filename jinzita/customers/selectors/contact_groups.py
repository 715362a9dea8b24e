"""The list of contacts in groups: how many have each value of a field."""

from typing import Any

from django.db.models import Count, F, QuerySet

from jinzita.customers.fields.contacts import CONTACTS
from jinzita.customers.models import Contact
from jinzita.customers.selectors import contacts
from jinzita.customers.selectors.grouping import MOST_GROUPS, TAGS, counted, labels_of, tag_counts
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid


def grouped_contacts(
    viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None
) -> list[dict[str, Any]]:
    """The values of a field among the contacts that fit, each with its number, the most frequent first.

    Who takes several parts in decisions, at several customers, is counted with each.
    """
    field = contacts.fields_of(viewer).get(by)
    if field is None or not field.groupable or viewer.access(CONTACTS.code, by).concealed:
        raise Invalid.at("by", "unknown_field", "The list cannot be grouped by this field.")
    rows = contacts.matching(viewer, filter=filter, q=q)
    found: list[tuple[Any, int]]
    if field.belongs:
        found = _by_role(viewer, rows)
    else:
        found = tag_counts(rows) if field.code == TAGS else counted(rows, F(field.orm))
    labels = labels_of(field, [value for value, _ in found])
    return [{"value": value, "label": labels.get(value), "count": count} for value, count in found]


def contact_tags(viewer: Viewer) -> list[dict[str, Any]]:
    """All tags with the number of contacts that carry them, the most frequent first."""
    return [{"name": value, "contacts": count} for value, count in tag_counts(contacts.matching(viewer))]


def _by_role(viewer: Viewer, rows: QuerySet[Contact]) -> list[tuple[str | None, int]]:
    seats = contacts.positions_seen(viewer).order_by().filter(contact__in=rows.order_by().values("pk"))
    found = seats.exclude(role="").values("role").annotate(n=Count("contact", distinct=True))
    pairs: list[tuple[str | None, int]] = list(found.values_list("role", "n"))
    none = rows.exclude(contacts.plays(viewer, None)).count()
    if none:
        pairs.append((None, none))
    return sorted(pairs, key=lambda pair: -pair[1])[:MOST_GROUPS]
