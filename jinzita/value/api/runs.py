"""Doors of runs."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID
from jinzita.value import services
from jinzita.value.schemas import runs as wire
from jinzita.value.selectors import pyramid, runs

router = Router(tags=["value"], by_alias=True)
IdPath = Path(..., ge=1, le=LARGEST_ID)
AnyModelQuery = Query(None, ge=1, le=LARGEST_ID, description="Model; default: all")


def _today() -> date:
    return datetime.now(settings.COMPANY_TIME_ZONE).date()


@router.get("/value/runs", response=responses(wire.RunPage), summary="Runs, newest first")
def list_runs(
    request: HttpRequest, model: int | None = AnyModelQuery, limit: int = Query(50, ge=1, le=200),
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID, description="From the page before"),
) -> Any:  # fmt: skip
    rows, following = runs.page(viewer_of(request), model_id=model, limit=limit, before=cursor)
    return {"items": [wire.run_out(one) for one in rows], "next": following}


@router.post("/value/runs", response=responses(wire.RunOut, 202), summary="Start a full run")
def start_run(request: HttpRequest, data: wire.RunIn) -> Any:
    one = services.start_run(by=viewer_of(request), model_id=data.model_id, as_of=data.as_of, today=_today())
    return Status(202, wire.run_out(one))


@router.get("/value/runs/{run_id}", response=responses(wire.RunDetail), summary="One run with its scales")
def get_run(request: HttpRequest, run_id: int = IdPath) -> Any:
    viewer = viewer_of(request)
    one = runs.run(viewer, run_id)
    return wire.run_detail(one, pyramid.tiers(viewer, one), pyramid.kept_in(viewer, one))


@router.post(
    "/value/runs/{run_id}/repeat",
    response=responses(wire.RunOut, 202),
    summary="The same version and day again",
)
def repeat_run(request: HttpRequest, run_id: int = IdPath) -> Any:
    return Status(
        202, wire.run_out(services.repeat_run(by=viewer_of(request), run_id=run_id, today=_today()))
    )
