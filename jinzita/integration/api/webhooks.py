"""Doors of webhooks."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.integration.schemas import webhooks as shapes
from jinzita.integration.selectors import webhooks as reads
from jinzita.integration.services import webhooks as writes
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID, PathId

router = Router(tags=["integration"])


@router.get("/webhooks", response=responses(shapes.WebhooksOut), summary="Who is told of our news")
def list_webhooks(request: HttpRequest) -> dict[str, Any]:
    found = list(reads.webhooks(viewer_of(request)))
    standings = reads.standings([one.pk for one in found])
    events = [
        {"code": one.code, "label": {"en": one.en, "zh": one.zh}, "data": one.data} for one in reads.EVENTS
    ]
    return {"items": [shapes.webhook(one, standings.get(one.pk, {})) for one in found], "events": events}


@router.post("/webhooks", response=responses(shapes.WebhookMadeOut, 201), summary="Register a webhook")
def create_webhook(request: HttpRequest, data: shapes.WebhookIn) -> Status[Any]:
    viewer = viewer_of(request)
    made, secret = writes.create_webhook(by=viewer, name=data.name, url=data.url, events=data.events)
    return Status(201, {**shapes.webhook(reads.webhook(viewer, made.pk), {}), "secret": secret})


@router.patch("/webhooks/{webhook_id}", response=responses(shapes.WebhookOut), summary="Change a webhook")
def patch_webhook(
    request: HttpRequest, data: shapes.WebhookChangeIn, webhook_id: int = PathId
) -> dict[str, Any]:
    viewer = viewer_of(request)
    changes = {name: value for name, value in data.dict(exclude_unset=True).items() if value is not None}
    writes.update_webhook(by=viewer, webhook_id=webhook_id, changes=changes)
    standing = reads.standings([webhook_id]).get(webhook_id, {})
    return shapes.webhook(reads.webhook(viewer, webhook_id), standing)


@router.delete(
    "/webhooks/{webhook_id}", response=responses(None, 204), summary="Remove a webhook and its log"
)
def delete_webhook(request: HttpRequest, webhook_id: int = PathId) -> Status[None]:
    writes.delete_webhook(by=viewer_of(request), webhook_id=webhook_id)
    return Status(204, None)


@router.post("/webhooks/{webhook_id}/secret", response=responses(shapes.SecretOut), summary="A new secret")
def renew_secret(request: HttpRequest, webhook_id: int = PathId) -> dict[str, str]:
    return {"secret": writes.renew_secret(by=viewer_of(request), webhook_id=webhook_id)}


@router.post(
    "/webhooks/{webhook_id}/test", response=responses(shapes.DeliveryOut, 202), summary="Send a test"
)
def send_test(request: HttpRequest, webhook_id: int = PathId) -> Status[Any]:
    made = writes.send_test(by=viewer_of(request), webhook_id=webhook_id)
    return Status(202, shapes.delivery(reads.delivery(viewer_of(request), webhook_id, made.pk)))


@router.post(
    "/webhooks/{webhook_id}/replay", response=responses(shapes.ReplayedOut, 202), summary="Deliver again"
)
def replay(request: HttpRequest, data: shapes.ReplayIn, webhook_id: int = PathId) -> Status[Any]:
    count = writes.replay(
        by=viewer_of(request), webhook_id=webhook_id, delivery_id=data.delivery_id, since=data.since
    )
    return Status(202, {"count": count})


@router.get(
    "/webhooks/{webhook_id}/deliveries", response=responses(shapes.DeliveryPage), summary="What was delivered"
)
def list_deliveries(
    request: HttpRequest,
    webhook_id: int = PathId,
    limit: int = Query(50, ge=1, le=200),
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID),
    state: Literal["waiting", "done", "failed"] | None = None,
) -> dict[str, Any]:
    found = reads.deliveries(viewer_of(request), webhook_id).defer("data", "answer")
    if state:
        found = found.filter(state=state)
    if cursor:
        found = found.filter(pk__lt=cursor)
    rows = list(found[: limit + 1])
    items = [shapes.delivery(one) for one in rows[:limit]]
    return {"items": items, "next": str(rows[limit - 1].pk) if len(rows) > limit else None}


@router.get(
    "/webhooks/{webhook_id}/deliveries/{delivery_id}",
    response=responses(shapes.DeliveryFullOut),
    summary="One delivery with request and answer",
)
def get_delivery(request: HttpRequest, webhook_id: int = PathId, delivery_id: int = PathId) -> dict[str, Any]:
    return shapes.full_delivery(reads.delivery(viewer_of(request), webhook_id, delivery_id))
