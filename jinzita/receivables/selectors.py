"""Invoices and receipts as a viewer may see them: those of the customers the viewer sees."""

from dataclasses import replace

from jinzita.customers import selectors as customers
from jinzita.customers.selectors import timeline
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.field_access import by_code, conceal, conceal_one
from jinzita.kernel.records import listing
from jinzita.receivables.fields import INVOICES, RECEIPTS
from jinzita.receivables.models import Invoice, Receipt


def invoices(
    viewer: Viewer, customer_id: int, *, sort: str | None = None, limit: int = 50, cursor: str | None = None
) -> listing.Page[Invoice]:
    """A page of a customer's invoices, newest first. Raises NotFound, Invalid."""
    customers.require_visible(viewer, customer_id, INVOICES.code)
    rows = Invoice.objects.filter(customer_id=customer_id)
    found = listing.page(
        rows,
        by_code(viewer, INVOICES),
        default_sort=INVOICES.default_sort,
        sort=sort,
        limit=limit,
        cursor=cursor,
    )
    return replace(found, items=conceal(viewer, INVOICES, found.items))


def invoice(viewer: Viewer, invoice_id: int) -> Invoice:
    """One invoice."""
    found = customers.of_visible(viewer, Invoice.objects.all(), INVOICES.code).filter(pk=invoice_id).first()
    if found is None:
        raise NotFound(f"There is no invoice {invoice_id}.")
    return conceal_one(viewer, INVOICES, found)


def visible_invoices(viewer: Viewer, invoice_ids: set[int]) -> dict[int, int]:
    """The customer of each of these invoices the viewer may know of."""
    rows = customers.of_visible(viewer, Invoice.objects.filter(pk__in=invoice_ids), INVOICES.code)
    return dict(rows.values_list("pk", "customer_id"))


def receipts(
    viewer: Viewer, customer_id: int, *, sort: str | None = None, limit: int = 50, cursor: str | None = None
) -> listing.Page[Receipt]:
    """A page of a customer's receipts, newest first. Raises NotFound, Invalid."""
    customers.require_visible(viewer, customer_id, RECEIPTS.code)
    rows = Receipt.objects.filter(customer_id=customer_id).select_related("invoice")
    found = listing.page(
        rows,
        by_code(viewer, RECEIPTS),
        default_sort=RECEIPTS.default_sort,
        sort=sort,
        limit=limit,
        cursor=cursor,
    )
    return replace(found, items=conceal(viewer, RECEIPTS, found.items))


def receipt(viewer: Viewer, receipt_id: int) -> Receipt:
    """One receipt."""
    rows = Receipt.objects.select_related("invoice")
    found = customers.of_visible(viewer, rows, RECEIPTS.code).filter(pk=receipt_id).first()
    if found is None:
        raise NotFound(f"There is no receipt {receipt_id}.")
    return conceal_one(viewer, RECEIPTS, found)


def invoices_on_timeline(customer_id: int) -> timeline.Rows:
    """A customer's invoices as the timeline takes them."""
    return timeline.rows(
        Invoice.objects.filter(customer_id=customer_id),
        day="issued_on",
        amount="amount",
        detail={"due_on": "due_on", "source": "source", "source_key": "source_key"},
    )


def receipts_on_timeline(customer_id: int) -> timeline.Rows:
    """A customer's receipts as the timeline takes them."""
    return timeline.rows(
        Receipt.objects.filter(customer_id=customer_id),
        day="received_on",
        amount="amount",
        detail={"invoice_id": "invoice_id", "source": "source", "source_key": "source_key"},
    )
