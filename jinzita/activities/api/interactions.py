"""Doors of interactions."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.activities.schemas import interactions as wire
from jinzita.activities.selectors import interactions as selectors
from jinzita.activities.services import interactions as services
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.idempotency import hash_of, once
from jinzita.kernel.wire import Cursor, IdempotencyKey, Limit, PathId, RecordedOut, Sort, items_of

router = Router(tags=["interactions"])


@router.post(
    "/interactions", response=responses(RecordedOut, 201), summary="Record interactions, one or a batch"
)
def record_interactions(
    request: HttpRequest, data: wire.InteractionsIn, idempotency_key: str | None = IdempotencyKey
) -> Status[Any]:
    viewer = viewer_of(request)

    def work() -> dict[str, Any]:
        items, batch = items_of(data)
        return services.record_interactions(by=viewer, items=items, batch=batch).as_dict()

    return Status(201, once(viewer, idempotency_key, "POST /interactions", hash_of(request.body), work))


@router.get(
    "/interactions/{interaction_id}", response=responses(wire.InteractionOut), summary="One interaction"
)
def get_interaction(request: HttpRequest, interaction_id: int = PathId) -> Any:
    return selectors.interaction(viewer_of(request), interaction_id)


@router.get(
    "/customers/{customer_id}/interactions",
    response=responses(wire.InteractionPage),
    summary="A customer's interactions",
)
def list_interactions(
    request: HttpRequest, customer_id: int = PathId, limit: int = Limit, cursor: str | None = Cursor,
    sort: str | None = Sort,
) -> Any:  # fmt: skip
    return selectors.interactions(viewer_of(request), customer_id, sort=sort, limit=limit, cursor=cursor)
