"""The door of a customer's trash; what lies in it is restored at the note or the file."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from jinzita.activities.schemas.trash import RemovedOut
from jinzita.activities.selectors.trash import removed
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId

router = Router(tags=["notes"])


@router.get(
    "/customers/{customer_id}/removed",
    response=responses(list[RemovedOut]),
    summary="Notes and files in its trash that the caller may restore",
)
def list_removed(request: HttpRequest, customer_id: int = PathId) -> Any:
    return removed(viewer_of(request), customer_id)
