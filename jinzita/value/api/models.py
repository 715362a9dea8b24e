"""Doors of value models, their versions and indicators."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID
from jinzita.value import services
from jinzita.value.schemas import models as wire
from jinzita.value.selectors import models, runs

router = Router(tags=["value"], by_alias=True)
IdPath = Path(..., ge=1, le=LARGEST_ID)


@router.get("/value/models", response=responses(list[wire.ModelOut]), summary="The value models")
def list_models(request: HttpRequest) -> Any:
    viewer = viewer_of(request)
    last = runs.in_force(viewer)
    return [
        wire.model_out(one, last.get(one.pk), models.has_customers(one))
        for one in models.value_models(viewer)
    ]


@router.post(
    "/value/models/validate",
    response=responses(wire.ModelText),
    summary="Check a model, and have it in both forms",
)
def validate_model(request: HttpRequest, data: wire.ModelIn) -> Any:
    model, toml = models.checked(viewer_of(request), document=data.document, toml=data.toml)
    return wire.model_text(model, toml)


@router.get(
    "/value/models/{model_id}/versions",
    response=responses(list[wire.VersionOut]),
    summary="Versions of a model, newest first",
)
def list_versions(request: HttpRequest, model_id: int = IdPath) -> Any:
    return [wire.version_out(one) for one in models.versions(viewer_of(request), model_id)]


@router.post(
    "/value/models/{model_id}/versions",
    response=responses(wire.VersionDetail, 201),
    summary="Publish a new version; a run of it starts by itself",
)
def publish_version(request: HttpRequest, data: wire.PublishIn, model_id: int = IdPath) -> Any:
    version = services.publish_version(
        by=viewer_of(request), model_id=model_id, document=data.document, toml=data.toml, note=data.note
    )
    return Status(201, wire.version_detail(version))


@router.get(
    "/value/versions/{version_id}",
    response=responses(wire.VersionDetail),
    summary="One version of a model",
)
def get_version(request: HttpRequest, version_id: int = IdPath) -> Any:
    return wire.version_detail(models.version(viewer_of(request), version_id))


@router.get(
    "/value/versions/{a}/diff/{b}",
    response=responses(list[wire.DifferenceOut]),
    summary="What changed between two versions",
)
def diff_versions(request: HttpRequest, a: int = IdPath, b: int = IdPath) -> Any:
    return models.version_differences(viewer_of(request), a, b)


@router.get(
    "/value/indicators",
    response=responses(list[wire.IndicatorOut]),
    summary="The indicators the engine knows",
)
def list_indicators(request: HttpRequest) -> Any:
    return models.catalogue(viewer_of(request))
