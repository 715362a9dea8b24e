"""The door of the audit log."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from jinzita.kernel import audit
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.field_access import conceal_changes, kind_of
from jinzita.kernel.wire import LARGEST_ID
from jinzita.people import schemas

router = Router(tags=["people"])


@router.get("/audit", response=responses(schemas.AuditPage), summary="The audit log, newest first")
def list_audit(
    request: HttpRequest,
    limit: int = Query(50, ge=1, le=200),
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID),
) -> dict[str, Any]:
    viewer = viewer_of(request)
    entries = audit.entries(viewer).order_by("-id")
    if cursor:
        entries = entries.filter(pk__lt=cursor)
    rows = list(entries[: limit + 1])
    items = [
        {
            "id": row.pk, "at": row.at, "actor": row.actor_name, "via": row.via, "action": row.action,
            "subject_type": row.subject_type, "subject_id": row.subject_id,
            "changes": conceal_changes(viewer, kind_of(row.subject_type), row.changes),
        }
        for row in rows[:limit]
    ]  # fmt: skip
    return {"items": items, "next": str(rows[limit - 1].pk) if len(rows) > limit else None}
