"""Doors of consents and contact preferences."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.customers.selectors import require_visible
from jinzita.kernel import values
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID, PathId
from jinzita.privacy.schemas import consent as schemas
from jinzita.privacy.selectors import consent as reads
from jinzita.privacy.services import consent as services

router = Router(tags=["privacy"])
_OF = "/customers/{customer_id}"
Contact = Query(None, ge=1, le=LARGEST_ID, description="A contact at the customer instead of the customer")
Channel = Query(..., max_length=6, description="call, sms, email, wechat, post or visit")
Purpose = Query(..., max_length=20, description="service, contract, marketing or survey")


@router.get(
    f"{_OF}/may-contact", response=responses(schemas.DecisionOut), summary="May a customer be contacted"
)
def get_may_contact(
    request: HttpRequest, customer_id: int = PathId, channel: str = Channel, purpose: str = Purpose,
    contact_id: int | None = Contact,
    at: str | None = Query(None, max_length=40, description="Now unless told"),
) -> Any:  # fmt: skip
    require_visible(viewer_of(request), customer_id)
    when = values.moment(at, "at") if at else datetime.now(UTC)
    return schemas.decision_out(
        services.may_contact(
            customer_id=customer_id, contact_id=contact_id, channel=channel, purpose=purpose, at=when
        )
    )


@router.get(f"{_OF}/consents", response=responses(schemas.ConsentsOut), summary="What a customer allowed")
def get_consents(
    request: HttpRequest, customer_id: int = PathId, contact_id: int | None = Contact
) -> Any:  # fmt: skip
    return schemas.consents_out(
        reads.overview(viewer_of(request), customer_id, contact_id, datetime.now(UTC))
    )


@router.post(
    f"{_OF}/consents", response=responses(schemas.ConsentsOut, 201), summary="Write down what a customer said"
)
def post_consent(request: HttpRequest, data: schemas.ConsentIn, customer_id: int = PathId) -> Status[Any]:
    services.record_consent(
        by=viewer_of(request), customer_id=customer_id, now=datetime.now(UTC), **data.dict()
    )
    return Status(201, get_consents(request, customer_id, data.contact_id))


@router.get(
    f"{_OF}/consents/history", response=responses(list[schemas.ConsentOut]), summary="All that was ever said"
)
def get_history(
    request: HttpRequest, customer_id: int = PathId, contact_id: int | None = Contact,
    channel: str | None = Query(None, max_length=6), purpose: str | None = Query(None, max_length=20),
) -> Any:  # fmt: skip
    rows = reads.statements(
        viewer_of(request), customer_id, contact_id=contact_id, channel=channel, purpose=purpose
    )  # fmt: skip
    return [schemas.consent_out(one) for one in rows]


@router.put(
    f"{_OF}/contact-preference", response=responses(schemas.PreferenceOut),
    summary="Say how a customer likes to be reached",
)  # fmt: skip
def put_preference(request: HttpRequest, data: schemas.PreferenceIn, customer_id: int = PathId) -> Any:
    return schemas.preference_out(
        services.set_preference(by=viewer_of(request), customer_id=customer_id, **data.dict())
    )


@router.get(
    "/consent-rules", response=responses(schemas.ConsentRulesOut), summary="What each purpose asks for"
)
def get_rules(request: HttpRequest) -> Any:
    viewer = viewer_of(request)
    return schemas.rules_out(reads.hours(viewer), reads.purposes(viewer))


@router.put(
    "/consent-rules", response=responses(schemas.ConsentRulesOut), summary="Change what each purpose asks for"
)
def put_rules(request: HttpRequest, data: schemas.ConsentRulesIn) -> Any:
    services.set_rules(by=viewer_of(request), **data.dict())
    return get_rules(request)
