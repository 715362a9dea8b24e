"""Doors of why somebody sees a customer, and of what a role masks."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from jinzita.customers.schemas import access as shapes
from jinzita.customers.selectors import access as reads
from jinzita.customers.selectors.subjects import CONTACT, CUSTOMER, Subject
from jinzita.customers.services import revealing
from jinzita.kernel.access import Permission
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["customers"])


@router.get(
    "/customers/{customer_id}/access",
    response=responses(shapes.CustomerAccessOut),
    summary="Why I see this customer, and who else can",
)
def get_access(request: HttpRequest, customer_id: int = PathId) -> dict[str, Any]:
    return shapes.access_out(reads.why_seen(viewer_of(request), customer_id))


@router.post(
    "/customers/{customer_id}/reveal",
    response=responses(shapes.RevealedOut),
    summary="Show a masked value of a customer; the reason is kept in the audit log",
)
def reveal(request: HttpRequest, data: shapes.RevealIn, customer_id: int = PathId) -> dict[str, Any]:
    return _revealed(request, CUSTOMER, customer_id, data)


@router.post(
    "/contacts/{contact_id}/reveal",
    response=responses(shapes.RevealedOut),
    summary="Show a masked value of a contact; the reason is kept in the audit log",
)
def reveal_of_contact(
    request: HttpRequest, data: shapes.RevealIn, contact_id: int = PathId
) -> dict[str, Any]:
    viewer_of(request).require(Permission.REVEAL)
    return _revealed(request, CONTACT, contact_id, data)


def _revealed(request: HttpRequest, of: Subject, record_id: int, data: shapes.RevealIn) -> dict[str, Any]:
    found = revealing.reveal(
        by=viewer_of(request), of=of, record_id=record_id, field=data.field, reason=data.reason
    )
    return {"field": data.field, "value": found.value, "channels": [vars(way) for way in found.channels]}
