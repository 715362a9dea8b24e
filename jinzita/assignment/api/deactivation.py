"""The door by which somebody leaves."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router

from jinzita.assignment import services
from jinzita.assignment.schemas.deactivation import DeactivationIn, DeactivationOut
from jinzita.kernel import jobs
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["people"])


@router.post(
    "/users/{user_id}/deactivate",
    response=responses(DeactivationOut),
    summary="Close an account and hand its customers over",
)
def deactivate_user(request: HttpRequest, data: DeactivationIn, user_id: int = PathId) -> dict[str, Any]:
    done = services.deactivate_user(
        by=viewer_of(request), user_id=user_id, now=datetime.now(UTC), **data.dict()
    )
    job = jobs.as_dict(done.job) if done.job else None
    return {"customers": done.customers, "job": job, "keys": done.keys}
