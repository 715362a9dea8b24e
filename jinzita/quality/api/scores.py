"""Doors of the quality score: a record's own, the sums, the policy."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel import jobs
from jinzita.kernel.access import Viewer
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId, WorkOut
from jinzita.quality.schemas import scores as schemas
from jinzita.quality.selectors import scores as selectors
from jinzita.quality.services import scores as services

router = Router(tags=["quality"])


def _explained(viewer: Viewer, customer_id: int) -> dict[str, Any]:
    found = selectors.explained(
        viewer, customer_id, today=_now().astimezone(settings.COMPANY_TIME_ZONE).date()
    )
    words = schemas.labels(viewer)
    return {
        **vars(found),
        "missing": schemas.labelled(found.missing, words),
        "faults": schemas.explained(found.faults, words),
    }


@router.get(
    "/customers/{customer_id}/quality",
    response=responses(schemas.CustomerQualityOut),
    summary="How well this record is kept, and why",
)
def get_customer_quality(request: HttpRequest, customer_id: int = PathId) -> Any:
    return _explained(viewer_of(request), customer_id)


@router.post(
    "/customers/{customer_id}/verified",
    response=responses(schemas.CustomerQualityOut),
    summary="This record was looked through today",
)
def verify_customer(request: HttpRequest, customer_id: int = PathId) -> Any:
    now = _now()
    services.verify(
        by=viewer_of(request), customer_id=customer_id, now=now,
        today=now.astimezone(settings.COMPANY_TIME_ZONE).date(),
    )  # fmt: skip
    return _explained(viewer_of(request), customer_id)


@router.get(
    "/quality/summary", response=responses(schemas.QualitySummaryOut), summary="The quality of the records"
)
def get_quality_summary(request: HttpRequest) -> Any:
    viewer = viewer_of(request)
    found, words = selectors.summary(viewer), schemas.labels(viewer)
    return {
        **found,
        "missing": schemas.labelled(found["missing"], words),
        "faults": schemas.labelled(found["faults"], words),
    }


@router.post("/quality/rate", response=responses(WorkOut, 202), summary="Score all records now")
def rate_quality(request: HttpRequest) -> Status[Any]:
    return Status(202, jobs.as_dict(services.begin(by=viewer_of(request))))


def _now() -> datetime:
    return datetime.now(UTC)
