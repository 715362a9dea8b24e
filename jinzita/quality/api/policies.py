"""Doors of the policy: how records are judged, tried before it is published."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from jinzita.kernel.api import responses, viewer_of
from jinzita.quality.schemas import policies as wire
from jinzita.quality.schemas.scores import labelled, labels
from jinzita.quality.selectors import policies
from jinzita.quality.services import policies as services

router = Router(tags=["quality"])


@router.get("/quality/policy", response=responses(wire.QualityPolicyOut), summary="How the score is made up")
def get_quality_policy(request: HttpRequest) -> Any:
    return wire.policy_out(policies.policy(viewer_of(request)))


@router.get(
    "/quality/policy/versions",
    response=responses(list[wire.QualityPolicyVersionDetail]),
    summary="Its published versions, newest first",
)
def list_quality_policy_versions(request: HttpRequest) -> Any:
    return [wire.version_out(one) for one in policies.versions(viewer_of(request))]


@router.get(
    "/quality/policy/fields",
    response=responses(list[wire.QualityAskableOut]),
    summary="The fields a record can be asked for",
)
def list_askable_fields(request: HttpRequest) -> Any:
    viewer = viewer_of(request)
    return labelled([{"code": code} for code in policies.codes(viewer)], labels(viewer))


@router.put(
    "/quality/policy/draft",
    response=responses(wire.QualityPolicyOut),
    summary="Work on the policy; nothing follows from it until it is published",
)
def save_quality_draft(request: HttpRequest, data: wire.QualityPolicyDocument) -> Any:
    viewer = viewer_of(request)
    services.save_draft(by=viewer, document=data.dict(), now=datetime.now(UTC))
    return wire.policy_out(policies.policy(viewer))


@router.delete(
    "/quality/policy/draft",
    response=responses(wire.QualityPolicyOut),
    summary="Leave the policy as it is in force",
)
def discard_quality_draft(request: HttpRequest) -> Any:
    viewer = viewer_of(request)
    services.discard_draft(by=viewer)
    return wire.policy_out(policies.policy(viewer))


@router.post(
    "/quality/policy/publish",
    response=responses(wire.QualityPolicyOut),
    summary="Bring the draft into force; all records are scored by it",
)
def publish_quality_policy(request: HttpRequest, data: wire.QualityPolicyPublishIn) -> Any:
    viewer = viewer_of(request)
    services.publish(by=viewer, note=data.note, now=datetime.now(UTC))
    return wire.policy_out(policies.policy(viewer))


@router.post(
    "/quality/policy/try",
    response=responses(wire.QualityPolicyTriedOut),
    summary="What a policy would change: mean scores before and after, and the records below a bound",
)
def try_quality_policy(request: HttpRequest, data: wire.QualityPolicyTryIn) -> Any:
    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    return policies.what_if(viewer_of(request), data.document.dict(), bound=data.bound, today=today)
