"""The door of the audit log."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from jinzita.kernel import audit, values
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.records.filters.tree import Op
from jinzita.kernel.wire import LARGEST_ID, Filter, Limit, Offset
from jinzita.people import schemas
from jinzita.people.selectors import log

router = Router(tags=["people"])
From = Query(None, alias="from", description="First day, in the company's time zone")
To = Query(None, alias="to", description="Last day")


@router.get("/audit", response=responses(schemas.AuditPage), summary="The audit log, newest first")
def list_audit(
    request: HttpRequest,
    filter: str | None = Filter,
    limit: int = Limit,
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID),
    offset: int = Offset,
    actor: int | None = Query(None, ge=1, le=LARGEST_ID, description="Id of the person who acted"),
    action: str | None = Query(None, max_length=60, examples=["export"]),
    subject_type: str | None = Query(None, max_length=40, examples=["customer"]),
    subject_id: int | None = Query(None, ge=1, le=LARGEST_ID),
    since: date | None = From,
    until: date | None = To,
    q: str | None = Query(None, max_length=100, description="Part of a name, an action or a value"),
) -> dict[str, Any]:
    viewer = viewer_of(request)
    begin = values.start_of(values.in_bounds(since, "from")) if since else None
    end = values.start_of(values.in_bounds(until, "to")) if until else None
    given: list[tuple[str, Op, Any]] = [
        ("actor", "eq", actor), ("action", "eq", action), ("subject_type", "eq", subject_type),
        ("subject_id", "eq", subject_id), ("at", "ge", begin), ("at", "lt", end and end + timedelta(days=1)),
    ]  # fmt: skip
    rows = log.lines(
        viewer, filter=filter, also=[one for one in given if one[2] is not None],
        q=values.plain_text(q, "q", longest=100) if q else None, below=cursor, offset=offset, most=limit + 1,
    )  # fmt: skip
    names = audit.names_of(viewer, schemas.subjects_of(rows[:limit]))
    items = [schemas.audit_out(viewer, row, names) for row in rows[:limit]]
    return {"items": items, "next": str(rows[limit - 1].pk) if len(rows) > limit else None}
