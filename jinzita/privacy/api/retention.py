"""Doors of retention: how long customers are kept, and what is decided about those kept long enough."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.kernel import jobs
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import Cursor, Limit, WorkOut
from jinzita.privacy.schemas import retention as wire
from jinzita.privacy.selectors import retention as reads
from jinzita.privacy.services import retention

router = Router(tags=["privacy"])


@router.get(
    "/retention", response=responses(wire.RetentionOut), summary="How long customers are kept, who is overdue"
)
def get_retention(request: HttpRequest) -> Any:
    viewer = viewer_of(request)
    return {"years": reads.rules(viewer), "counts": reads.counts(viewer), "job": reads.last_look(viewer)}


@router.put("/retention", response=responses(WorkOut, 202), summary="Say how long customers are kept")
def put_retention(request: HttpRequest, data: wire.YearsIn) -> Status[Any]:
    return Status(202, jobs.as_dict(retention.set_rules(by=viewer_of(request), years=data.dict())))


@router.post("/retention/look", response=responses(WorkOut, 202), summary="Look through all customers now")
def look_for_overdue(request: HttpRequest) -> Status[Any]:
    return Status(202, jobs.as_dict(retention.request_look(by=viewer_of(request))))


@router.get("/retention/overdue", response=responses(wire.OverduePage), summary="Customers kept long enough")
def list_overdue(
    request: HttpRequest, limit: int = Limit, cursor: str | None = Cursor,
    kind: str | None = Query(None, max_length=12, description="organisation or person"),
) -> Any:  # fmt: skip
    found, following = reads.page(viewer_of(request), kind=kind, limit=limit, cursor=cursor)
    return {"items": [wire.overdue_out(one) for one in found], "next": following}


@router.post(
    "/retention/erase", response=responses(WorkOut, 202), summary="Erase customers kept long enough, for good"
)
def erase_overdue(request: HttpRequest, data: wire.EraseManyIn) -> Status[Any]:
    return Status(202, jobs.as_dict(retention.request_erasure(by=viewer_of(request), **data.dict())))


@router.post(
    "/retention/postpone", response=responses(wire.PostponedOut), summary="Keep customers for longer"
)
def postpone_erasure(request: HttpRequest, data: wire.PostponeErasureIn) -> Any:
    return {"count": retention.postpone(by=viewer_of(request), **data.dict(), today=_today())}


def _today() -> date:
    return datetime.now(settings.COMPANY_TIME_ZONE).date()
