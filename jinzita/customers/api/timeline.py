"""The door of a customer's timeline."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from jinzita.customers import schemas, selectors
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import Cursor, Limit, PathId

router = Router(tags=["customers"])


@router.get(
    "/customers/{customer_id}/timeline", response=responses(schemas.TimelinePage), summary="All that happened"
)
def get_timeline(
    request: HttpRequest, customer_id: int = PathId, limit: int = Limit, cursor: str | None = Cursor,
    kinds: str | None = Query(None, max_length=200, examples=["transaction,receipt"]),
) -> Any:  # fmt: skip
    wanted = [one.strip() for one in kinds.split(",") if one.strip()] if kinds else None
    found, following = selectors.timeline.entries(
        viewer_of(request), customer_id, kinds=wanted, limit=limit, cursor=cursor
    )  # fmt: skip
    return {"items": [schemas.entry_out(one, settings.COMPANY_CURRENCY) for one in found], "next": following}
