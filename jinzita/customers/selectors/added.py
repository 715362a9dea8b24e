"""What capabilities above know of customers. Which customers may be seen, the caller decided."""

from collections.abc import Sequence

from django.db.models import QuerySet

from jinzita.customers.fields.added import added_values
from jinzita.customers.models import Customer
from jinzita.kernel.records import Field


def show_added(rows: Sequence[Customer]) -> None:
    """Put on these customers what is known above, as `shown_added`: ``{code: value}``."""
    reads = added_values()
    known = Customer.objects.filter(pk__in=[row.pk for row in rows]).order_by()
    found = {pk: values for pk, *values in known.values_list("pk", *reads.values())} if reads else {}
    for row in rows:
        row.shown_added = dict(zip(reads, found.get(row.pk, ()), strict=False))  # type: ignore[attr-defined]


def with_added(rows: QuerySet[Customer], fields: Sequence[Field]) -> QuerySet[Customer]:
    """The customers with what is known above, for those of the fields that come from there."""
    return rows.annotate(**added_values(one.code for one in fields))
