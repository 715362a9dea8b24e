"""Transactions as a viewer may see them: those of the customers the viewer sees."""

from dataclasses import replace

from django.db.models import Prefetch, TextField
from django.db.models.functions import Cast

from jinzita.agreements.fields import TRANSACTION_LINES, TRANSACTIONS
from jinzita.agreements.models import Transaction, TransactionLine
from jinzita.customers import selectors as customers
from jinzita.customers.selectors import timeline
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.field_access import by_code, conceal, conceal_one
from jinzita.kernel.records import listing


def transactions(
    viewer: Viewer, customer_id: int, *, sort: str | None = None, limit: int = 50, cursor: str | None = None
) -> listing.Page[Transaction]:
    """A page of a customer's transactions, newest first. Raises NotFound, Invalid."""
    customers.require_visible(viewer, customer_id, TRANSACTIONS.code)
    rows = Transaction.objects.filter(customer_id=customer_id)
    found = listing.page(
        rows,
        by_code(viewer, TRANSACTIONS),
        default_sort=TRANSACTIONS.default_sort,
        sort=sort,
        limit=limit,
        cursor=cursor,
    )
    return replace(found, items=conceal(viewer, TRANSACTIONS, found.items))


def transaction(viewer: Viewer, transaction_id: int) -> Transaction:
    """One transaction with its lines and their products."""
    lines = TransactionLine.objects.select_related("product").order_by("pk")
    rows = customers.of_visible(
        viewer, Transaction.objects.prefetch_related(Prefetch("lines", lines)), TRANSACTIONS.code
    )
    found = rows.filter(pk=transaction_id).first()
    if found is None:
        raise NotFound(f"There is no transaction {transaction_id}.")
    for line in conceal(viewer, TRANSACTION_LINES, found.lines.all()):
        if viewer.access(TRANSACTIONS.code, "amount").concealed:
            line.amount = None  # type: ignore[assignment]  # shown, never saved
    return conceal_one(viewer, TRANSACTIONS, found)


def on_timeline(customer_id: int) -> timeline.Rows:
    """A customer's transactions as the timeline takes them."""
    return timeline.rows(
        Transaction.objects.filter(customer_id=customer_id),
        at="occurred_at",
        title="note",
        amount="amount",
        detail={
            "kind": "kind",
            "cost": Cast("cost", TextField()),
            "source": "source",
            "source_key": "source_key",
        },
    )
