"""Fields that name a customer which came in after the row that names it."""

from collections.abc import Collection, Sequence

from django.db import connection, transaction

from jinzita.customers.fields.attributes import PREFIX
from jinzita.customers.fields.parent import PARENT
from jinzita.customers.models import Customer
from jinzita.customers.services.loading.parents import put_under
from jinzita.kernel import undo, warehouse
from jinzita.kernel.access import Permission, Viewer

_SET = """
UPDATE customers_customer c
SET attributes = c.attributes || n.found, version = c.version + 1, updated_at = now()
FROM (SELECT id, jsonb_object_agg(code, other) AS found
      FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) u (id, code, other) GROUP BY id) n
WHERE c.id = n.id"""


@transaction.atomic
def set_references(*, by: Viewer, items: Collection[tuple[int, str, int]]) -> dict[tuple[int, str], str]:
    """Let customers just imported name others: (customer, ``attributes.CODE`` or ``parent``, whom).

    Answers those of which that cannot be, (customer, field), and why.
    """
    by.require(Permission.IMPORT)
    if not items:
        return {}
    _set_attributes([one for one in items if one[1] != PARENT.code])
    refused = put_under({customer: whom for customer, field, whom in items if field == PARENT.code})
    warehouse.touch("customers")
    return {(customer, PARENT.code): why for customer, why in refused.items()}


def _set_attributes(items: Sequence[tuple[int, str, int]]) -> None:
    if not items:
        return
    ids, codes, others = zip(*items, strict=True)
    undo.changing(Customer._meta.db_table, list(dict.fromkeys(ids)))
    with connection.cursor() as cursor:
        cursor.execute(_SET, [list(ids), [one.removeprefix(PREFIX) for one in codes], list(others)])
