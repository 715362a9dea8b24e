"""Kept changes of rows whose customer a viewer does not reach, or not any more: who handed customers on
neither sees nor takes back what became of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from jinzita.customers.models import Contact, Customer, Position
from jinzita.customers.selectors.visible import in_reach
from jinzita.kernel.access import Reach, Viewer
from jinzita.kernel.models import ChangedRow
from jinzita.kernel.undo.tables import tables_named


def unseen(viewer: Viewer, rows: Iterable[ChangedRow]) -> set[int]:
    """Ids of those of the rows that are of customers, or of contacts at none but such, out of reach.

    Customers in the trash and merged ones are reached like others.
    """
    if viewer.reach is Reach.ALL:
        return set()
    by_table: dict[str, list[ChangedRow]] = defaultdict(list)
    for row in rows:
        by_table[row.table].append(row)
    found: set[int] = set()
    for table in tables_named(by_table):
        of = _customers_of(table.model, by_table[table.name])
        reached = in_reach(viewer, {one for several in of.values() for one in several})
        found |= {pk for pk, several in of.items() if not several & reached}
    return found


def _customers_of(model: type[Model], rows: Sequence[ChangedRow]) -> dict[int, set[int]]:
    """By changed row the customers it is of; rows that are of none are left out."""
    ids = [row.row_id for row in rows]
    there: dict[int, set[int]] = defaultdict(set)
    path = _path(model)
    pairs: QuerySet[Any, Any]
    if model is Contact:
        pairs = Position.objects.filter(contact_id__in=ids).values_list("contact_id", "customer_id")
    elif path:
        pairs = model._default_manager.filter(pk__in=ids).values_list("pk", path)
    else:
        return {}
    for pk, customer_id in pairs:
        if customer_id is not None:
            there[pk].add(customer_id)
    for row in rows:
        image: dict[str, Any] = row.after or row.before or {}
        if row.row_id not in there and path in image and image[path]:  # a row that is gone
            there[row.row_id].add(image[path])
    return {row.pk: there[row.row_id] for row in rows if row.row_id in there}


def _path(model: type[Model]) -> str | None:
    """Where a row names its customer: itself, by a column of its own, or that of the record it belongs to."""
    if model is Customer:
        return "pk"
    direct = _naming(model)
    if direct:
        return direct
    for field in _keys(model):
        further = _naming(field.related_model)
        if further:
            return f"{field.name}__{further}"
    return None


def _naming(model: Any) -> str | None:
    return next((one.attname for one in _keys(model) if one.related_model is Customer), None)


def _keys(model: type[Model]) -> list[Any]:
    return [one for one in model._meta.concrete_fields if isinstance(one, ForeignKey)]
