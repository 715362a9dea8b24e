"""Doors of the lifecycle."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from jinzita.customers import schemas
from jinzita.customers.selectors import lifecycle as reads
from jinzita.customers.services import lifecycle as services
from jinzita.kernel import values
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["customers"])
_OF = "/customers/{customer_id}/stage"


def _clock() -> dict[str, Any]:
    now = datetime.now(UTC)
    return {"now": now, "today": now.astimezone(settings.COMPANY_TIME_ZONE).date()}


@router.get("/lifecycle", response=responses(schemas.LifecycleOut), summary="Stages and their key figures")
def get_lifecycle(
    request: HttpRequest,
    since: str | None = Query(None, max_length=10, description="First day; a year ago unless told"),
    until: str | None = Query(None, max_length=10, description="Day after the last; tomorrow unless told"),
) -> Any:
    today: date = _clock()["today"]
    first = values.day(since, "since") if since else date.fromordinal(today.toordinal() - 365)
    last = values.day(until, "until") if until else date.fromordinal(today.toordinal() + 1)
    stages, moves = reads.figures(viewer_of(request), first, last)
    return {"stages": stages, "moves": moves}


@router.get("/lifecycle/rules", response=responses(list[schemas.StageRuleIn]), summary="Rules of the stages")
def get_stage_rules(request: HttpRequest) -> Any:
    return [schemas.rule_out(one) for one in reads.rules(viewer_of(request))]


@router.put("/lifecycle/rules", response=responses(list[schemas.StageRuleIn]), summary="Change the rules")
def put_stage_rules(request: HttpRequest, data: schemas.StageRulesIn) -> Any:
    services.set_rules(by=viewer_of(request), rules=[one.dict() for one in data.rules])
    return get_stage_rules(request)


@router.get(_OF, response=responses(schemas.StageOut), summary="A customer's stage and its way there")
def get_stage(request: HttpRequest, customer_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    one = reads.stage_of(viewer, customer_id)
    return schemas.stage_out(one, list(reads.changes(viewer, customer_id)))


@router.put(_OF, response=responses(schemas.StageOut), summary="Put a customer into a stage by hand")
def put_stage(request: HttpRequest, data: schemas.StageIn, customer_id: int = PathId) -> Any:
    services.set_stage(by=viewer_of(request), customer_id=customer_id, **data.dict(), **_clock())
    return get_stage(request, customer_id)


@router.delete(
    _OF, response=responses(schemas.StageOut), summary="Let the rules say a customer's stage again"
)
def release_stage(request: HttpRequest, customer_id: int = PathId) -> Any:
    services.release(by=viewer_of(request), customer_id=customer_id, **_clock())
    return get_stage(request, customer_id)
