"""Doors of a customer's team."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from jinzita.customers.schemas.team import TeamIn, TeamOut, team_out
from jinzita.customers.selectors.team import team_of
from jinzita.customers.services.team import replace_team
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["customers"])
_PATH = "/customers/{customer_id}/team"


@router.get(_PATH, response=responses(TeamOut), summary="Who works for a customer beside its owner")
def get_team(request: HttpRequest, customer_id: int = PathId) -> dict[str, Any]:
    return team_out(team_of(viewer_of(request), customer_id))


@router.put(_PATH, response=responses(TeamOut), summary="Replace a customer's team")
def put_team(request: HttpRequest, data: TeamIn, customer_id: int = PathId) -> dict[str, Any]:
    items = [one.dict() for one in data.items]
    replace_team(by=viewer_of(request), customer_id=customer_id, items=items, version=data.version)
    return get_team(request, customer_id)
