"""Doors of receivables: invoices and receipts."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.idempotency import hash_of, once
from jinzita.kernel.wire import Cursor, IdempotencyKey, Limit, PathId, RecordedOut, Sort, items_of
from jinzita.receivables import schemas, selectors, services

router = Router(tags=["receivables"])


@router.post("/invoices", response=responses(RecordedOut, 201), summary="Record invoices, one or a batch")
def record_invoices(
    request: HttpRequest, data: schemas.InvoicesIn, idempotency_key: str | None = IdempotencyKey
) -> Status[Any]:
    viewer = viewer_of(request)

    def work() -> dict[str, Any]:
        items, batch = items_of(data)
        return services.record_invoices(by=viewer, items=items, batch=batch).as_dict()

    return Status(201, once(viewer, idempotency_key, "POST /invoices", hash_of(request.body), work))


@router.get("/invoices/{invoice_id}", response=responses(schemas.InvoiceOut), summary="One invoice")
def get_invoice(request: HttpRequest, invoice_id: int = PathId) -> Any:
    return selectors.invoice(viewer_of(request), invoice_id)


@router.get(
    "/customers/{customer_id}/invoices",
    response=responses(schemas.InvoicePage),
    summary="A customer's invoices",
)
def list_invoices(
    request: HttpRequest, customer_id: int = PathId, limit: int = Limit, cursor: str | None = Cursor,
    sort: str | None = Sort,
) -> Any:  # fmt: skip
    return selectors.invoices(viewer_of(request), customer_id, sort=sort, limit=limit, cursor=cursor)


@router.post("/receipts", response=responses(RecordedOut, 201), summary="Record receipts, one or a batch")
def record_receipts(
    request: HttpRequest, data: schemas.ReceiptsIn, idempotency_key: str | None = IdempotencyKey
) -> Status[Any]:
    viewer = viewer_of(request)

    def work() -> dict[str, Any]:
        items, batch = items_of(data)
        return services.record_receipts(by=viewer, items=items, batch=batch).as_dict()

    return Status(201, once(viewer, idempotency_key, "POST /receipts", hash_of(request.body), work))


@router.get("/receipts/{receipt_id}", response=responses(schemas.ReceiptOut), summary="One receipt")
def get_receipt(request: HttpRequest, receipt_id: int = PathId) -> Any:
    return selectors.receipt(viewer_of(request), receipt_id)


@router.get(
    "/customers/{customer_id}/receipts",
    response=responses(schemas.ReceiptPage),
    summary="A customer's receipts",
)
def list_receipts(
    request: HttpRequest, customer_id: int = PathId, limit: int = Limit, cursor: str | None = Cursor,
    sort: str | None = Sort,
) -> Any:  # fmt: skip
    return selectors.receipts(viewer_of(request), customer_id, sort=sort, limit=limit, cursor=cursor)
