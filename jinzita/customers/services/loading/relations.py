"""Relations between customers, in bulk from files: added to those there are, each once."""

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from jinzita.customers.models import Relation
from jinzita.customers.selectors.relations import SYMMETRIC
from jinzita.customers.services.loading.customers import Naming, settle_customers
from jinzita.customers.services.loading.known import without
from jinzita.kernel import loading, undo
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.loading import Loaded, Manner

ITSELF = "itself"
# What says the same from both sides is there already when it was entered from the other.
_ADD = """
    INSERT INTO customers_relation (customer_id, other_id, kind, since, note)
    SELECT customer_id, other_id, kind, since, coalesce(note, '') FROM (
        SELECT DISTINCT ON (kind, one, two) * FROM (
            SELECT n.*, mutual,
                CASE WHEN mutual THEN least(customer_id, other_id) ELSE customer_id END AS one,
                CASE WHEN mutual THEN greatest(customer_id, other_id) ELSE other_id END AS two
            FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::date[], %s::text[])
                n (number, customer_id, other_id, kind, since, note),
                LATERAL (SELECT kind = ANY(%s)) b (mutual)
        ) n
        WHERE NOT EXISTS (SELECT FROM customers_relation r WHERE r.kind = n.kind AND (
            (r.customer_id = n.customer_id AND r.other_id = n.other_id)
            OR (n.mutual AND r.customer_id = n.other_id AND r.other_id = n.customer_id)))
        ORDER BY kind, one, two, number
    ) fresh ORDER BY number ON CONFLICT DO NOTHING RETURNING id, customer_id, other_id
"""


@transaction.atomic
def load_relations(
    *, by: Viewer, source: str, rows: pa.Table, naming: Naming | None = None,
    manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Say how customers stand to others; `rows` has number, customer, kind, other (an id), since and note.

    Customers are named as `settle_customers` says. A relation that is there stays as it is.
    """
    by.require(Permission.IMPORT)
    rows, refusals = settle_customers(by=by, naming=naming or Naming(source), rows=rows)
    loaded = Loaded()
    refusals.add_to(loaded)
    own = to_themselves(rows)
    loaded.refused += [(number, ITSELF) for number in own]
    rows = without(rows, own)
    given = [_column(rows, name) for name in ("number", "customer_id", "other", "kind", "since", "note")]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [*given, list(SYMMETRIC)])
        made = cursor.fetchall()
    undo.made(Relation._meta.db_table, [pk for pk, *_ in made])
    loaded.created = len(made)
    loaded.customer_ids = {one for _, *both in made for one in both}
    loaded.unchanged = rows.num_rows - len(made)
    return loaded


def to_themselves(rows: pa.Table) -> list[int]:
    """The numbers of the rows whose customer (`customer_id`) is the other one too: that is no relation."""
    return rows.filter(pc.equal(rows["customer_id"], rows["other"]))["number"].to_pylist()


def _column(rows: pa.Table, name: str) -> list[object]:
    return rows[name].to_pylist() if name in rows.column_names else [None] * rows.num_rows
