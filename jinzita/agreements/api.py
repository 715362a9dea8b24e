"""Doors of agreements: transactions."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.agreements import schemas, selectors, services
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.idempotency import hash_of, once
from jinzita.kernel.wire import Cursor, IdempotencyKey, Limit, PathId, RecordedOut, Sort, items_of

router = Router(tags=["transactions"])


@router.post(
    "/transactions", response=responses(RecordedOut, 201), summary="Record transactions, one or a batch"
)
def record_transactions(
    request: HttpRequest, data: schemas.TransactionsIn, idempotency_key: str | None = IdempotencyKey
) -> Status[Any]:
    viewer = viewer_of(request)

    def work() -> dict[str, Any]:
        items, batch = items_of(data)
        return services.record_transactions(by=viewer, items=items, batch=batch).as_dict()

    return Status(201, once(viewer, idempotency_key, "POST /transactions", hash_of(request.body), work))


@router.get(
    "/transactions/{transaction_id}",
    response=responses(schemas.TransactionDetailOut),
    summary="One transaction",
)
def get_transaction(request: HttpRequest, transaction_id: int = PathId) -> Any:
    return schemas.transaction_detail(selectors.transaction(viewer_of(request), transaction_id))


@router.get(
    "/customers/{customer_id}/transactions", response=responses(schemas.TransactionPage),
    summary="A customer's transactions",
)  # fmt: skip
def list_transactions(
    request: HttpRequest, customer_id: int = PathId, limit: int = Limit, cursor: str | None = Cursor,
    sort: str | None = Sort,
) -> Any:  # fmt: skip
    return selectors.transactions(viewer_of(request), customer_id, sort=sort, limit=limit, cursor=cursor)
