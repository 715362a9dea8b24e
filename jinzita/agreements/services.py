"""Writes of agreements."""

from collections.abc import Mapping, Sequence
from typing import Any

from jinzita.agreements.events import TransactionsRecorded
from jinzita.agreements.models import Transaction
from jinzita.customers import services as customers
from jinzita.kernel.access import Viewer

_TRANSACTIONS = customers.FactTable(
    model=Transaction, word="transaction", fact="transactions",
    columns=("occurred_at", "kind", "amount", "cost", "note"), moment="occurred_at", news=TransactionsRecorded,
)  # fmt: skip


def record_transactions(
    *, by: Viewer, items: Sequence[Mapping[str, Any]], batch: bool = True
) -> customers.Recorded:
    """Record up to 1,000 sales and returns, all or none: new, changed or known by source and key.

    An item has customer_id or customer (source, key), occurred_at, amount ≥ 0, and may have kind (sale unless
    told), cost, note, source, source_key. Raises Forbidden, Invalid, Conflict.
    """
    return customers.record(by=by, table=_TRANSACTIONS, items=items, batch=batch)
