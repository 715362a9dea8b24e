"""Doors of sales: opportunities."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.idempotency import hash_of, once
from jinzita.kernel.wire import Cursor, IdempotencyKey, Limit, PathId, RecordedOut, Sort, items_of
from jinzita.sales import schemas, selectors, services

router = Router(tags=["opportunities"])


@router.post(
    "/opportunities", response=responses(RecordedOut, 201), summary="Record opportunities, one or a batch"
)
def record_opportunities(
    request: HttpRequest, data: schemas.OpportunitiesIn, idempotency_key: str | None = IdempotencyKey
) -> Status[Any]:
    viewer = viewer_of(request)

    def work() -> dict[str, Any]:
        items, batch = items_of(data)
        return services.record_opportunities(by=viewer, items=items, batch=batch).as_dict()

    return Status(201, once(viewer, idempotency_key, "POST /opportunities", hash_of(request.body), work))


@router.get(
    "/opportunities/{opportunity_id}", response=responses(schemas.OpportunityOut), summary="One opportunity"
)
def get_opportunity(request: HttpRequest, opportunity_id: int = PathId) -> Any:
    return selectors.opportunity(viewer_of(request), opportunity_id)


@router.get(
    "/customers/{customer_id}/opportunities",
    response=responses(schemas.OpportunityPage),
    summary="A customer's opportunities",
)
def list_opportunities(
    request: HttpRequest, customer_id: int = PathId, limit: int = Limit, cursor: str | None = Cursor,
    sort: str | None = Sort,
) -> Any:  # fmt: skip
    return selectors.opportunities(viewer_of(request), customer_id, sort=sort, limit=limit, cursor=cursor)
