"""Transactions: one or a batch by hand or by a program, and in bulk from files."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from jinzita.agreements.events import TransactionsRecorded
from jinzita.agreements.fields import TRANSACTIONS
from jinzita.agreements.models import Transaction
from jinzita.customers import services as customers
from jinzita.customers.services.loading.customers import load_facts
from jinzita.kernel.access import Viewer

_TRANSACTIONS = customers.FactTable(
    model=Transaction,
    word="transaction",
    fact="transactions",
    columns=("occurred_at", "kind", "amount", "cost", "note"),
    moment="occurred_at",
    news=TransactionsRecorded,
)


def record_transactions(
    *, by: Viewer, items: Sequence[Mapping[str, Any]], batch: bool = True
) -> customers.Recorded:
    """Record up to 1,000 sales and returns, all or none: new, changed or known by source and key.

    An item has customer_id or customer (source, key), occurred_at, amount ≥ 0, and may have kind (sale unless
    told), cost, note, source, source_key. Raises Forbidden, Invalid, Conflict.
    """
    return customers.record(by=by, table=_TRANSACTIONS, items=items, batch=batch)


# Transactions in bulk.
load_transactions = partial(load_facts, kind=TRANSACTIONS, fact="transactions", moment="occurred_at")
