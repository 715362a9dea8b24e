"""Doors of policies: what each grade is owed."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId
from jinzita.treatment import services
from jinzita.treatment.schemas import policies as wire
from jinzita.treatment.selectors import load, policies

router = Router(tags=["treatment"])


@router.get(
    "/treatment/policies",
    response=responses(list[wire.TreatmentPolicyOut]),
    summary="What each grade is owed",
)
def list_policies(request: HttpRequest) -> Any:
    return [wire.policy_out(one) for one in policies.policies(viewer_of(request))]


@router.get(
    "/treatment/policies/{model_id}", response=responses(wire.TreatmentPolicyOut), summary="One policy"
)
def get_policy(request: HttpRequest, model_id: int = PathId) -> Any:
    return wire.policy_out(policies.policy(viewer_of(request), model_id))


@router.get(
    "/treatment/policies/{model_id}/versions",
    response=responses(list[wire.TreatmentVersionDetail]),
    summary="Its published versions, newest first",
)
def list_versions(request: HttpRequest, model_id: int = PathId) -> Any:
    return [wire.version_out(one) for one in policies.versions(viewer_of(request), model_id)]


@router.put(
    "/treatment/policies/{model_id}/draft",
    response=responses(wire.TreatmentPolicyOut),
    summary="Work on a policy; nothing follows from it until it is published",
)
def save_draft(request: HttpRequest, data: wire.TreatmentDocument, model_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    services.save_draft(by=viewer, model_id=model_id, document=data.dict(), now=datetime.now(UTC))
    return wire.policy_out(policies.policy(viewer, model_id))


@router.delete(
    "/treatment/policies/{model_id}/draft",
    response=responses(wire.TreatmentPolicyOut),
    summary="Leave the policy as it is in force",
)
def discard_draft(request: HttpRequest, model_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    services.discard_draft(by=viewer, model_id=model_id)
    return wire.policy_out(policies.policy(viewer, model_id))


@router.post(
    "/treatment/policies/{model_id}/publish",
    response=responses(wire.TreatmentPolicyOut),
    summary="Bring the draft into force",
)
def publish(request: HttpRequest, data: wire.TreatmentPublishIn, model_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    services.publish(by=viewer, model_id=model_id, note=data.note, now=datetime.now(UTC))
    return wire.policy_out(policies.policy(viewer, model_id))


@router.post(
    "/treatment/load",
    response=responses(wire.TreatmentLoadOut),
    summary="What these numbers would ask of whom",
)
def try_load(request: HttpRequest, data: wire.TreatmentLoadIn) -> Any:
    now = datetime.now(settings.COMPANY_TIME_ZONE)
    found = load.load(viewer_of(request), data.model_id, data.document.dict(), now=now)
    return wire.load_out(found)
