"""Doors of models and versions, the pyramid, customers' scores, what-if, runs."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID
from jinzita.value import schemas, services
from jinzita.value.selectors import analysis, customers, groups, models, pyramid, runs

router = Router(tags=["value"], by_alias=True)
IdPath = Path(..., ge=1, le=LARGEST_ID)
ModelQuery = Query(None, ge=1, le=LARGEST_ID, description="Model; default: the first that was run")
FromQuery = Query(None, alias="from", ge=1, le=LARGEST_ID, description="Run; default: the one before")
AnyModelQuery = Query(None, ge=1, le=LARGEST_ID, description="Model; default: all")
RunQuery = Query(None, ge=1, le=LARGEST_ID, description="Run; default: the one in force")


def _today() -> date:
    return datetime.now(settings.COMPANY_TIME_ZONE).date()


@router.get("/value/models", response=responses(list[schemas.ModelOut]), summary="The value models")
def list_models(request: HttpRequest) -> Any:
    viewer = viewer_of(request)
    last = runs.in_force(viewer)
    return [
        schemas.model_out(one, last.get(one.pk), models.has_customers(one))
        for one in models.value_models(viewer)
    ]


@router.post(
    "/value/models/validate",
    response=responses(schemas.ModelText),
    summary="Check a model, and have it in both forms",
)
def validate_model(request: HttpRequest, data: schemas.ModelIn) -> Any:
    model, toml = models.checked(viewer_of(request), document=data.document, toml=data.toml)
    return schemas.model_text(model, toml)


@router.get(
    "/value/models/{model_id}/versions",
    response=responses(list[schemas.VersionOut]),
    summary="Versions of a model, newest first",
)
def list_versions(request: HttpRequest, model_id: int = IdPath) -> Any:
    return [schemas.version_out(one) for one in models.versions(viewer_of(request), model_id)]


@router.post(
    "/value/models/{model_id}/versions",
    response=responses(schemas.VersionDetail, 201),
    summary="Publish a new version; a run of it starts by itself",
)
def publish_version(request: HttpRequest, data: schemas.PublishIn, model_id: int = IdPath) -> Any:
    version = services.publish_version(
        by=viewer_of(request), model_id=model_id, document=data.document, toml=data.toml, note=data.note
    )
    return Status(201, schemas.version_detail(version))


@router.get(
    "/value/versions/{version_id}",
    response=responses(schemas.VersionDetail),
    summary="One version of a model",
)
def get_version(request: HttpRequest, version_id: int = IdPath) -> Any:
    return schemas.version_detail(models.version(viewer_of(request), version_id))


@router.get(
    "/value/versions/{a}/diff/{b}",
    response=responses(list[schemas.DifferenceOut]),
    summary="What changed between two versions",
)
def diff_versions(request: HttpRequest, a: int = IdPath, b: int = IdPath) -> Any:
    return models.version_differences(viewer_of(request), a, b)


@router.get(
    "/value/indicators",
    response=responses(list[schemas.IndicatorOut]),
    summary="The indicators the engine knows",
)
def list_indicators(request: HttpRequest) -> Any:
    return models.catalogue(viewer_of(request))


@router.get("/value/pyramid", response=responses(schemas.PyramidOut), summary="The customer value pyramid")
def get_pyramid(request: HttpRequest, model: int | None = ModelQuery, run: int | None = RunQuery) -> Any:
    found = pyramid.pyramid(viewer_of(request), model_id=model, run_id=run)
    return {**found, "model": schemas.model_ref(found["model"]), "run": schemas.run_ref(found["run"])}


@router.get("/value/movement", response=responses(schemas.MovementOut), summary="Who moved between two runs")
def get_movement(
    request: HttpRequest, model: int | None = ModelQuery, to: int | None = RunQuery,
    from_: int | None = FromQuery,
) -> Any:  # fmt: skip
    found = pyramid.movement(viewer_of(request), model_id=model, from_run=from_, to_run=to)
    return {**found, "from": schemas.run_ref(found["from"]), "to": schemas.run_ref(found["to"])}


@router.get(
    "/value/customers/{customer_id}",
    response=responses(schemas.CustomerValueOut),
    summary="A customer's score, and why",
)
def get_customer_value(request: HttpRequest, customer_id: int = IdPath) -> Any:
    viewer = viewer_of(request)
    return schemas.customer_value_out(viewer, customers.customer_value(viewer, customer_id))


@router.get(
    "/value/customers/{customer_id}/group", response=responses(schemas.GroupValueOut),
    summary="What a customer's group is worth, member by member and as one",
)  # fmt: skip
def get_group_value(request: HttpRequest, customer_id: int = IdPath) -> Any:
    return groups.group_value(viewer_of(request), customer_id)


@router.get(
    "/value/customers/{customer_id}/indicators/{key}/records", response=responses(schemas.RecordsOut),
    summary="The records an indicator came from",
)  # fmt: skip
def get_records(request: HttpRequest, customer_id: int = IdPath, key: str = Path(..., max_length=200)) -> Any:
    return customers.records(viewer_of(request), customer_id, key)


@router.get(
    "/value/models/{model_id}/distributions",
    response=responses(list[schemas.DistributionOut]),
    summary="How each indicator is spread",
)
def get_distributions(request: HttpRequest, model_id: int = IdPath) -> Any:
    return [schemas.distribution_out(line) for line in pyramid.distributions(viewer_of(request), model_id)]


@router.post(
    "/value/models/{model_id}/what-if",
    response=responses(schemas.WhatIfOut),
    summary="The pyramid a changed model would give",
)
def try_what_if(request: HttpRequest, data: schemas.DocumentIn, model_id: int = IdPath) -> Any:
    return analysis.what_if(viewer_of(request), model_id, data.document)


@router.post(
    "/value/weights/ahp", response=responses(schemas.JudgedOut), summary="Weights from pairwise judgements"
)
def get_ahp_weights(request: HttpRequest, data: schemas.JudgementsIn) -> Any:
    return analysis.ahp_weights(viewer_of(request), data.labels, data.judgements)


@router.post(
    "/value/models/{model_id}/weights/entropy",
    response=responses(schemas.WeightsOut),
    summary="Weights from the data's entropy",
)
def get_entropy_weights(request: HttpRequest, data: schemas.DocumentIn, model_id: int = IdPath) -> Any:
    return {"weights": analysis.entropy_weights(viewer_of(request), model_id, data.document)}


@router.get("/value/adviser", response=responses(schemas.AdviceOut), summary="Should we grade at all?")
def get_advice(request: HttpRequest, model: int | None = ModelQuery) -> Any:
    found = pyramid.advice(viewer_of(request), model)
    curve = found["pareto"]
    return {**found, "gini": curve["gini"], "top20_revenue_share": curve["top20_revenue_share"]}


@router.get("/value/runs", response=responses(schemas.RunPage), summary="Runs, newest first")
def list_runs(
    request: HttpRequest, model: int | None = AnyModelQuery, limit: int = Query(50, ge=1, le=200),
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID, description="From the page before"),
) -> Any:  # fmt: skip
    rows, following = runs.page(viewer_of(request), model_id=model, limit=limit, before=cursor)
    return {"items": [schemas.run_out(one) for one in rows], "next": following}


@router.post("/value/runs", response=responses(schemas.RunOut, 202), summary="Start a full run")
def start_run(request: HttpRequest, data: schemas.RunIn) -> Any:
    one = services.start_run(by=viewer_of(request), model_id=data.model_id, as_of=data.as_of, today=_today())
    return Status(202, schemas.run_out(one))


@router.get("/value/runs/{run_id}", response=responses(schemas.RunDetail), summary="One run with its scales")
def get_run(request: HttpRequest, run_id: int = IdPath) -> Any:
    viewer = viewer_of(request)
    one = runs.run(viewer, run_id)
    return schemas.run_detail(one, pyramid.tiers(viewer, one), pyramid.kept_in(viewer, one))


@router.post(
    "/value/runs/{run_id}/repeat",
    response=responses(schemas.RunOut, 202),
    summary="The same version and day again",
)
def repeat_run(request: HttpRequest, run_id: int = IdPath) -> Any:
    return Status(
        202, schemas.run_out(services.repeat_run(by=viewer_of(request), run_id=run_id, today=_today()))
    )
