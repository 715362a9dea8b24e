"""Writes of receivables."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from jinzita.customers import services as customers
from jinzita.customers.services.loading.customers import load_facts
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Problem
from jinzita.receivables import selectors
from jinzita.receivables.events import InvoicesRecorded, ReceiptsRecorded
from jinzita.receivables.fields import INVOICES, RECEIPTS
from jinzita.receivables.models import Invoice, Receipt

_INVOICES = customers.FactTable(
    model=Invoice,
    word="invoice",
    fact="invoices",
    columns=("issued_on", "due_on", "amount"),
    moment="issued_on",
    news=InvoicesRecorded,
)
_RECEIPTS = customers.FactTable(
    model=Receipt,
    word="receipt",
    fact="receipts",
    columns=("received_on", "amount", "invoice_id"),
    moment="received_on",
    news=ReceiptsRecorded,
)


def record_invoices(
    *, by: Viewer, items: Sequence[Mapping[str, Any]], batch: bool = True
) -> customers.Recorded:
    """Record up to 1,000 invoices, all or none: new, changed or known by source and key.

    An item has customer_id or customer (source, key), issued_on, due_on (not before it), amount ≥ 0, and may
    have source, source_key. Raises Forbidden, Invalid, Conflict.
    """
    return customers.record(by=by, table=_INVOICES, items=items, check=_due_after_issue, batch=batch)


def record_receipts(
    *, by: Viewer, items: Sequence[Mapping[str, Any]], batch: bool = True
) -> customers.Recorded:
    """Record up to 1,000 receipts, all or none: new, changed or known by source and key.

    An item has customer_id or customer (source, key), received_on, amount ≥ 0, and may have invoice_id (one
    of the same customer), source, source_key. Raises Forbidden, Invalid, Conflict.
    """
    ids = {item["invoice_id"] for item in items if item.get("invoice_id")}
    owners = selectors.visible_invoices(by, ids) if ids else {}

    def invoice_is_theirs(item: Mapping[str, Any], place: str) -> list[Problem]:
        named = item.get("invoice_id")
        if not named or (named in owners and item.get("customer_id") in (None, owners[named])):
            return []
        sentence = f"There is no invoice {named} of this customer."
        return [Problem(f"{place}invoice_id", "unknown_invoice", sentence, {"invoice": named})]

    return customers.record(by=by, table=_RECEIPTS, items=items, check=invoice_is_theirs, batch=batch)


def _due_after_issue(item: Mapping[str, Any], place: str) -> list[Problem]:
    if item["due_on"] >= item["issued_on"]:
        return []
    return [Problem(f"{place}due_on", "before_issue", "An invoice is not due before it is issued.")]


# Invoices in bulk.
load_invoices = partial(load_facts, kind=INVOICES, fact="invoices", moment="issued_on")


# Receipts in bulk.
load_receipts = partial(load_facts, kind=RECEIPTS, fact="receipts", moment="received_on")
