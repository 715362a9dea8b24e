"""The door of a customer's timeline."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from jinzita.customers import schemas, selectors
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID, Cursor, Limit, Moment, PathId

router = Router(tags=["customers"])
Since = Query(None, description="From this moment on")
Until = Query(None, description="Before this moment")


@router.get(
    "/customers/{customer_id}/timeline", response=responses(schemas.TimelinePage), summary="All that happened"
)
def get_timeline(
    request: HttpRequest, customer_id: int = PathId, limit: int = Limit, cursor: str | None = Cursor,
    kinds: str | None = Query(None, max_length=400, examples=["transaction,receipt"]),
    by_id: int | None = Query(None, ge=1, le=LARGEST_ID, description="What this colleague did"),
    since: Moment | None = Since, until: Moment | None = Until,
    q: str | None = Query(None, max_length=100, description="Words in notes and other texts"),
) -> Any:  # fmt: skip
    wanted = [one.strip() for one in kinds.split(",") if one.strip()] if kinds else None
    found, following = selectors.timeline.entries(
        viewer_of(request), customer_id, kinds=wanted, by_id=by_id, since=since, until=until, q=q,
        limit=limit, cursor=cursor,
    )  # fmt: skip
    return {"items": [schemas.entry_out(one, settings.COMPANY_CURRENCY) for one in found], "next": following}
