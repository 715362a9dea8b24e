"""Lines of transactions in bulk: a file of lines describes whole orders.

The transaction of a line is made of the line that comes first in the file, and its amount is the sum of all
its lines, so an order may lie in several batches and a changed line changes its order.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction

from jinzita.agreements.fields import TRANSACTION_LINES, TRANSACTIONS
from jinzita.agreements.models import Transaction
from jinzita.customers.services.loading.customers import Naming, note_meant, of_customers, settle_customers
from jinzita.kernel import loading, undo, warehouse
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.loading import Loaded, Manner
from jinzita.products.services import ensure_products


@transaction.atomic
def load_lines(
    *, by: Viewer, source: str, rows: pa.Table, naming: Naming | None = None,
    manner: Manner = loading.AS_THEY_ARE,
) -> Loaded:  # fmt: skip
    """Create or change lines, and the transactions they make up.

    `rows` has number, source_key, transaction, customer, occurred_at, product, quantity, amount (signed)
    and `ordinal` (which line of its order it is, from 1), and may have product_name. Products nobody knows
    are made. A file of lines is always taken whole: of `manner` only what blank cells mean counts.
    """
    by.require(Permission.IMPORT)
    naming = naming or Naming(source)
    rows, refusals = settle_customers(by=by, naming=naming, rows=rows)
    names = rows["product_name"] if "product_name" in rows.column_names else None
    ensure_products(by=by, source=source, keys=rows["product"], names=names)
    heads = _load_heads(source, naming, rows)
    target = replace(loading.target_of(TRANSACTION_LINES, customer=None), customer="transaction_id")
    columns = ["number", "source_key", "transaction", "product", "quantity", "amount"]
    loaded = loading.load(
        target, rows.select(columns), source=source, most_customers=None, manner=replace(manner, only=None)
    )
    refusals.add_to(loaded)
    # What the loader takes for the customers of lines are the transactions they belong or belonged to.
    touched = sorted(loaded.customer_ids | set(heads.changed_ids))
    loaded.customer_ids, loaded.months = heads.customer_ids, heads.months
    if touched:
        _recompute(touched, loaded)
        warehouse.touch("transactions", loaded.months)
        warehouse.touch("transaction_lines", loaded.months)
    return loaded


def _load_heads(source: str, naming: Naming, rows: pa.Table) -> Loaded:
    """Make or change the transactions of orders that begin in these rows; the others are there already."""
    keys = rows["transaction"].combine_chunks().dictionary_encode()
    first = np.full(len(keys.dictionary), len(keys), dtype=np.int64)
    np.minimum.at(first, keys.indices.to_numpy(), np.arange(len(keys)))
    begins = rows["ordinal"].to_numpy()[first] == 1 if len(first) else np.empty(0, bool)
    with connection.cursor() as cursor:
        # An order whose first line could not be used is made of its next one.
        cursor.execute(
            "SELECT position FROM unnest(%s::text[]) WITH ORDINALITY AS k (key, position) WHERE NOT EXISTS"
            " (SELECT FROM agreements_transaction t WHERE t.source = %s AND t.source_key = k.key)",
            [keys.dictionary.to_pylist(), source],
        )
        new = [position - 1 for (position,) in cursor.fetchall()]
    begins[new] = True
    heads = rows.take(pa.array(first[begins]))
    table = pa.table(
        {
            "number": heads["number"],
            "source_key": heads["transaction"],
            "customer": heads["customer"],
            "customer_id": heads["customer_id"],
            "occurred_at": heads["occurred_at"],
        }
    )
    target = of_customers(loading.target_of(TRANSACTIONS, moment="occurred_at"))
    # A new transaction's amount is nothing until its lines are there.
    target = replace(target, defaults={**target.defaults, "amount": "0"})
    loaded = loading.load(target, table.drop_columns(["customer"]), source=source, want_ids=True)
    note_meant(target.table, source=source, naming=naming, rows=table)
    return loaded


def _recompute(transaction_ids: list[int], loaded: Loaded) -> None:
    """Set amount and kind of transactions by their lines; note their customers and months."""
    undo.changing(Transaction._meta.db_table, transaction_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH sums AS (SELECT transaction_id, sum(amount) AS total FROM agreements_transactionline"
            "  WHERE transaction_id = ANY(%s) GROUP BY transaction_id)"
            " UPDATE agreements_transaction t SET amount = abs(s.total), updated_at = now(),"
            "  kind = CASE WHEN s.total < 0 THEN 'return' ELSE 'sale' END FROM sums s"
            "  WHERE s.transaction_id = t.id AND (t.amount, t.kind) IS DISTINCT FROM"
            "   (abs(s.total), CASE WHEN s.total < 0 THEN 'return' ELSE 'sale' END)",
            [transaction_ids],
        )
        cursor.execute(
            "SELECT DISTINCT date_trunc('month', occurred_at AT TIME ZONE %s)::date"
            " FROM agreements_transaction WHERE id = ANY(%s)",
            [settings.COMPANY_TIME_ZONE.key, transaction_ids],
        )
        loaded.months |= {month for (month,) in cursor.fetchall()}
        cursor.execute(
            "SELECT DISTINCT customer_id FROM agreements_transaction WHERE id = ANY(%s) LIMIT %s",
            [transaction_ids, loading.MOST_CUSTOMERS_NAMED + 1],
        )
        loaded.customer_ids |= {customer_id for (customer_id,) in cursor.fetchall()}
