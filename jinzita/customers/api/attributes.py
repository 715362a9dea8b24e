"""Doors of the company's attributes."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from jinzita.customers import schemas, selectors
from jinzita.kernel.api import responses, viewer_of

router = Router(tags=["customers"])


@router.get(
    "/attributes",
    response=responses(list[schemas.AttributeOut]),
    summary="The company's attributes of customers",
)
def get_attributes(request: HttpRequest) -> Any:
    return [schemas.attribute_out(one) for one in selectors.attribute_definitions(viewer_of(request))]
