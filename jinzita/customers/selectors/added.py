"""What capabilities above know of customers and contacts. Which of them may be seen, the caller decided."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import QuerySet

from jinzita.customers.fields.added import added_values
from jinzita.customers.models import Contact, Customer
from jinzita.kernel.records import Field

Row = TypeVar("Row", Customer, Contact)
_KIND: dict[type[Customer] | type[Contact], str] = {Customer: "customers", Contact: "contacts"}


def show_added(model: type[Customer] | type[Contact], rows: Sequence[Customer] | Sequence[Contact]) -> None:
    """Put on these customers, or contacts, what is known above, as `shown_added`: ``{code: value}``."""
    reads = added_values(of=_KIND[model])
    known = model._default_manager.filter(pk__in=[row.pk for row in rows]).order_by()
    found = {pk: values for pk, *values in known.values_list("pk", *reads.values())} if reads else {}
    for row in rows:
        row.shown_added = dict(zip(reads, found.get(row.pk, ()), strict=False))  # type: ignore[union-attr]


def with_added(rows: QuerySet[Row], fields: Sequence[Field]) -> QuerySet[Row]:
    """The rows with what is known above, for those of the fields that come from there."""
    return rows.annotate(**added_values((one.code for one in fields), of=_KIND[rows.model]))
