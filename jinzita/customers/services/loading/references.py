"""Attributes that name a customer which came in after the row that names it."""

from collections.abc import Sequence

from django.db import connection, transaction

from jinzita.customers.fields.attributes import PREFIX
from jinzita.customers.models import Customer
from jinzita.kernel import undo, warehouse
from jinzita.kernel.access import Permission, Viewer

_SET = """
UPDATE customers_customer c
SET attributes = c.attributes || n.found, version = c.version + 1, updated_at = now()
FROM (SELECT id, jsonb_object_agg(code, other) AS found
      FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) u (id, code, other) GROUP BY id) n
WHERE c.id = n.id"""


@transaction.atomic
def set_references(*, by: Viewer, items: Sequence[tuple[int, str, int]]) -> None:
    """Let attributes of customers just imported name others: (customer, ``attributes.CODE``, whom)."""
    by.require(Permission.IMPORT)
    if not items:
        return
    ids, codes, others = zip(*items, strict=True)
    undo.changing(Customer._meta.db_table, list(dict.fromkeys(ids)))
    with connection.cursor() as cursor:
        cursor.execute(_SET, [list(ids), [one.removeprefix(PREFIX) for one in codes], list(others)])
    warehouse.touch("customers")
