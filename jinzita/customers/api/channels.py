"""Doors of the ways to reach a customer."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from jinzita.customers import schemas, services
from jinzita.customers.api.today import today
from jinzita.customers.selectors import channels as reading
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["customers"])
_PATH = "/customers/{customer_id}/channels"


@router.get(_PATH, response=responses(schemas.ChannelsOut), summary="Phones, e-mails and the like")
def get_channels(request: HttpRequest, customer_id: int = PathId) -> Any:
    ways, version = reading.channels(viewer_of(request), customer_id)
    return {"items": [vars(one) for one in ways], "version": version}


@router.put(_PATH, response=responses(schemas.ChannelsOut), summary="Replace phones, e-mails and the like")
def put_channels(request: HttpRequest, data: schemas.ChannelsIn, customer_id: int = PathId) -> Any:
    services.replace_channels(
        by=viewer_of(request), customer_id=customer_id, items=[one.dict() for one in data.items],
        version=data.version, today=today(),
    )  # fmt: skip
    return get_channels(request, customer_id)
