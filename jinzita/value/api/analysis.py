"""Doors of what-if, weights and the adviser."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID
from jinzita.value.schemas import analysis as wire
from jinzita.value.schemas.models import DocumentIn
from jinzita.value.selectors import analysis, pyramid

router = Router(tags=["value"], by_alias=True)
IdPath = Path(..., ge=1, le=LARGEST_ID)
ModelQuery = Query(None, ge=1, le=LARGEST_ID, description="Model; default: the first that was run")


@router.post(
    "/value/models/{model_id}/what-if",
    response=responses(wire.WhatIfOut),
    summary="The pyramid a changed model would give",
)
def try_what_if(request: HttpRequest, data: DocumentIn, model_id: int = IdPath) -> Any:
    return analysis.what_if(viewer_of(request), model_id, data.document)


@router.post(
    "/value/weights/ahp", response=responses(wire.JudgedOut), summary="Weights from pairwise judgements"
)
def get_ahp_weights(request: HttpRequest, data: wire.JudgementsIn) -> Any:
    return analysis.ahp_weights(viewer_of(request), data.labels, data.judgements)


@router.post(
    "/value/models/{model_id}/weights/entropy",
    response=responses(wire.WeightsOut),
    summary="Weights from the data's entropy",
)
def get_entropy_weights(request: HttpRequest, data: DocumentIn, model_id: int = IdPath) -> Any:
    return {"weights": analysis.entropy_weights(viewer_of(request), model_id, data.document)}


@router.get("/value/adviser", response=responses(wire.AdviceOut), summary="Should we grade at all?")
def get_advice(request: HttpRequest, model: int | None = ModelQuery) -> Any:
    found = pyramid.advice(viewer_of(request), model)
    curve = found["pareto"]
    return {**found, "gini": curve["gini"], "top20_revenue_share": curve["top20_revenue_share"]}
