"""The door of the audit log."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from jinzita.kernel import audit, values
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID
from jinzita.people import schemas

router = Router(tags=["people"])
From = Query(None, alias="from", description="First day, in the company's time zone")
To = Query(None, alias="to", description="Last day")


@router.get("/audit", response=responses(schemas.AuditPage), summary="The audit log, newest first")
def list_audit(
    request: HttpRequest,
    limit: int = Query(50, ge=1, le=200),
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID),
    actor: int | None = Query(None, ge=1, le=LARGEST_ID, description="Id of the person who acted"),
    action: str | None = Query(None, max_length=60, examples=["export"]),
    subject_type: str | None = Query(None, max_length=40, examples=["customer"]),
    subject_id: int | None = Query(None, ge=1, le=LARGEST_ID),
    since: date | None = From,
    until: date | None = To,
    q: str | None = Query(None, max_length=100, description="Part of a name, an action or a value"),
) -> dict[str, Any]:
    viewer = viewer_of(request)
    bounds = [values.start_of(values.in_bounds(day, "from")) if day else None for day in (since, until)]
    rows = audit.entries(
        viewer, actor_id=actor, action=action, subject_type=subject_type, subject_id=subject_id,
        since=bounds[0], until=bounds[1] + timedelta(days=1) if bounds[1] else None,
        q=values.plain_text(q, "q", longest=100) if q else None, below=cursor, most=limit + 1,
    )  # fmt: skip
    names = audit.names_of(viewer, schemas.subjects_of(rows[:limit]))
    items = [schemas.audit_out(viewer, row, names) for row in rows[:limit]]
    return {"items": items, "next": str(rows[limit - 1].pk) if len(rows) > limit else None}
