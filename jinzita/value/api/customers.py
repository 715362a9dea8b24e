"""Doors of what a customer is worth, and why."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID
from jinzita.value.schemas import customers as wire
from jinzita.value.selectors import customers, groups

router = Router(tags=["value"], by_alias=True)
IdPath = Path(..., ge=1, le=LARGEST_ID)


@router.get(
    "/value/customers/{customer_id}",
    response=responses(wire.CustomerValueOut),
    summary="A customer's score, and why",
)
def get_customer_value(request: HttpRequest, customer_id: int = IdPath) -> Any:
    viewer = viewer_of(request)
    return wire.customer_value_out(viewer, customers.customer_value(viewer, customer_id))


@router.get(
    "/value/customers/{customer_id}/group", response=responses(wire.GroupValueOut),
    summary="What a customer's group is worth, member by member and as one",
)  # fmt: skip
def get_group_value(request: HttpRequest, customer_id: int = IdPath) -> Any:
    return groups.group_value(viewer_of(request), customer_id)


@router.get(
    "/value/customers/{customer_id}/indicators/{key}/records", response=responses(wire.RecordsOut),
    summary="The records an indicator came from",
)  # fmt: skip
def get_records(request: HttpRequest, customer_id: int = IdPath, key: str = Path(..., max_length=200)) -> Any:
    return customers.records(viewer_of(request), customer_id, key)
