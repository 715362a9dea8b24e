"""Doors of grades put above the computed ones."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID, Limit, PathId
from jinzita.value import services
from jinzita.value.schemas import overrides as wire
from jinzita.value.selectors import overrides as reads

router = Router(tags=["value"])
StatesQuery = Query(None, description="Default: asked and in_force")


def _today() -> date:
    return datetime.now(settings.COMPANY_TIME_ZONE).date()


@router.get(
    "/value/overrides", response=responses(wire.GradeOverridePage), summary="Overridden grades, newest first"
)
def list_overrides(
    request: HttpRequest,
    state: list[str] | None = StatesQuery,
    to_decide: bool = Query(False, description="Only those that wait for you"),
    limit: int = Limit,
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID, description="From the page before"),
) -> Any:
    viewer = viewer_of(request)
    found, following = reads.page(
        viewer, states=state or reads.PENDING, to_decide=to_decide, limit=limit, before=cursor
    )
    return {
        "items": [wire.override_out(viewer, one) for one in found],
        "next": None if following is None else str(following),
    }


@router.get(
    "/value/customers/{customer_id}/overrides", response=responses(list[wire.GradeOverrideOut]),
    summary="What was asked for a customer's grade, newest first",
)  # fmt: skip
def list_of_customer(request: HttpRequest, customer_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    return [wire.override_out(viewer, one) for one in reads.of_customer(viewer, customer_id)]


@router.post(
    "/value/customers/{customer_id}/overrides", response=responses(wire.GradeOverrideOut, 201),
    summary="Ask that another grade counts for a while",
)  # fmt: skip
def ask(request: HttpRequest, data: wire.OverrideAskIn, customer_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    made = services.ask_override(
        by=viewer, customer_id=customer_id, grade=data.grade, reason=data.reason, until=data.until,
        now=datetime.now(UTC), today=_today(),
    )  # fmt: skip
    return Status(201, wire.override_out(viewer, made))


@router.post(
    "/value/overrides/{override_id}/decide", response=responses(wire.GradeOverrideOut),
    summary="Approve or decline what a colleague asked for",
)  # fmt: skip
def decide(request: HttpRequest, data: wire.OverrideDecisionIn, override_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    one = services.decide_override(
        by=viewer, override_id=override_id, approved=data.approved, answer=data.answer,
        now=datetime.now(UTC), today=_today(),
    )  # fmt: skip
    return wire.override_out(viewer, one)


@router.post(
    "/value/overrides/{override_id}/end", response=responses(wire.GradeOverrideOut),
    summary="Withdraw a request, or end an override before its day",
)  # fmt: skip
def end(request: HttpRequest, data: wire.OverrideEndIn, override_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    one = services.end_override(
        by=viewer, override_id=override_id, why=data.why, now=datetime.now(UTC), today=_today()
    )
    return wire.override_out(viewer, one)
