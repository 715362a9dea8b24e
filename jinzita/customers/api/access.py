"""Doors of why somebody sees a customer, and of what a role masks."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from jinzita.customers.schemas import access as shapes
from jinzita.customers.selectors import access as reads
from jinzita.customers.services import revealing
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
    summary="Show a masked value; the reason is kept in the audit log",
)
def reveal(request: HttpRequest, data: shapes.RevealIn, customer_id: int = PathId) -> dict[str, Any]:
    value = revealing.reveal(
        by=viewer_of(request), customer_id=customer_id, field=data.field, reason=data.reason
    )
    return {"field": data.field, "value": value}
