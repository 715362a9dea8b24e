"""What customers are called in a sentence."""

from collections.abc import Iterable

from jinzita.customers.models import Customer

MOST_NAMED = 3


def names_of(customer_ids: Iterable[int]) -> list[str]:
    """The names of the first few of these customers, for whoever is told of what became of them."""
    first = list(dict.fromkeys(customer_ids))[:MOST_NAMED]
    rows = Customer.objects.filter(pk__in=first, trashed_at=None, merged_into=None).order_by("pk")
    return list(rows.values_list("name", flat=True))
