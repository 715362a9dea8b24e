"""Doors of the pyramid, of who moved on it, and of how indicators are spread."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID
from jinzita.value.schemas import pyramid as wire
from jinzita.value.schemas.references import model_ref, run_ref
from jinzita.value.selectors import pyramid

router = Router(tags=["value"], by_alias=True)
IdPath = Path(..., ge=1, le=LARGEST_ID)
ModelQuery = Query(None, ge=1, le=LARGEST_ID, description="Model; default: the first that was run")
FromQuery = Query(None, alias="from", ge=1, le=LARGEST_ID, description="Run; default: the one before")
RunQuery = Query(None, ge=1, le=LARGEST_ID, description="Run; default: the one in force")


@router.get("/value/pyramid", response=responses(wire.PyramidOut), summary="The customer value pyramid")
def get_pyramid(request: HttpRequest, model: int | None = ModelQuery, run: int | None = RunQuery) -> Any:
    found = pyramid.pyramid(viewer_of(request), model_id=model, run_id=run)
    return {**found, "model": model_ref(found["model"]), "run": run_ref(found["run"])}


@router.get("/value/movement", response=responses(wire.MovementOut), summary="Who moved between two runs")
def get_movement(
    request: HttpRequest, model: int | None = ModelQuery, to: int | None = RunQuery,
    from_: int | None = FromQuery,
) -> Any:  # fmt: skip
    found = pyramid.movement(viewer_of(request), model_id=model, from_run=from_, to_run=to)
    return {**found, "from": run_ref(found["from"]), "to": run_ref(found["to"])}


@router.get(
    "/value/models/{model_id}/distributions",
    response=responses(list[wire.DistributionOut]),
    summary="How each indicator is spread",
)
def get_distributions(request: HttpRequest, model_id: int = IdPath) -> Any:
    return [wire.distribution_out(line) for line in pyramid.distributions(viewer_of(request), model_id)]
