"""Doors of forgetting somebody: a customer, or a contact."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from jinzita.customers import schemas
from jinzita.customers.schemas.erasure import EraseIn
from jinzita.customers.selectors.channels import ways_of_contacts
from jinzita.customers.services.erasure import people as erasure
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["customers"])


@router.post(
    "/customers/{customer_id}/erase", response=responses(schemas.CustomerOut),
    summary="Erase what is personal of a customer, for good; its facts stay",
)  # fmt: skip
def erase_customer(request: HttpRequest, data: EraseIn, customer_id: int = PathId) -> Any:
    one = erasure.erase_customer(
        by=viewer_of(request), customer_id=customer_id, reason=data.reason, now=datetime.now(UTC)
    )
    return schemas.customer_out(one)


@router.post(
    "/contacts/{contact_id}/erase", response=responses(schemas.ContactDetailOut),
    summary="Erase what is personal of a contact, for good",
)  # fmt: skip
def erase_contact(request: HttpRequest, data: EraseIn, contact_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    one = erasure.erase_contact(by=viewer, contact_id=contact_id, reason=data.reason, now=datetime.now(UTC))
    return schemas.contact_detail_out(one, ways_of_contacts([one], viewer)[one.pk])
