"""What customers and contacts are called, where others tell of them."""

from collections.abc import Collection, Iterable

from jinzita.customers.models import Customer
from jinzita.customers.selectors.contacts import visible_contacts
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Viewer

MOST_NAMED = 3


def names_of(customer_ids: Iterable[int]) -> list[str]:
    """The names of the first few of these customers, for whoever is told of what became of them."""
    first = list(dict.fromkeys(customer_ids))[:MOST_NAMED]
    rows = Customer.objects.filter(pk__in=first, trashed_at=None, merged_into=None).order_by("pk")
    return list(rows.values_list("name", flat=True))


def customers_named(viewer: Viewer, ids: Collection[int]) -> dict[int, str]:
    """The names of those of these customers that the viewer may know of."""
    return dict(visible_to(viewer).filter(pk__in=ids).values_list("pk", "name"))


def contacts_named(viewer: Viewer, ids: Collection[int]) -> dict[int, str]:
    """The names of those of these contacts that the viewer may know of."""
    return dict(visible_contacts(viewer).filter(pk__in=ids).values_list("pk", "name"))
