"""Doors of handing over many customers."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.assignment import selectors, services
from jinzita.assignment.schemas import handing_over as wire
from jinzita.kernel import idempotency, jobs
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID, IdempotencyKey, Limit, WorkOut

router = Router(tags=["assignment"])


@router.post(
    "/hand-overs/preview", response=responses(wire.HandOverPreviewOut), summary="What handing over would do"
)
def preview(request: HttpRequest, data: wire.HandOverWantedIn) -> Any:
    wanted = wire.wanted_of(data)
    return wire.preview_out(
        selectors.handing_over.preview(viewer_of(request), wanted, now=datetime.now(UTC))
    )  # fmt: skip


@router.post("/hand-overs", response=responses(WorkOut, 202), summary="Hand customers over")
def hand_over(
    request: HttpRequest, data: wire.HandOverIn, idempotency_key: str | None = IdempotencyKey
) -> Status[Any]:
    viewer = viewer_of(request)

    def work() -> dict[str, Any]:
        one = services.handing_over.request(
            by=viewer, wanted=wire.wanted_of(data), reason=data.reason, expected=data.expected,
            now=datetime.now(UTC),
        )  # fmt: skip
        return jobs.as_dict(one.job)

    body = idempotency.hash_of(request.body)
    return Status(202, idempotency.once(viewer, idempotency_key, "POST /hand-overs", body, work))


@router.get(
    "/hand-overs", response=responses(wire.HandOverPage), summary="What was handed over, newest first"
)
def list_hand_overs(
    request: HttpRequest, limit: int = Limit, cursor: int | None = Query(None, ge=1, le=LARGEST_ID)
) -> Any:
    rows = selectors.handing_over.hand_overs(viewer_of(request))
    if cursor:
        rows = rows.filter(pk__lt=cursor)
    found = list(rows[: limit + 1])
    return {
        "items": [wire.hand_over_out(one) for one in found[:limit]],
        "next": str(found[limit - 1].pk) if len(found) > limit else None,
    }
