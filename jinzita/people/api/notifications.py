"""Doors of notices and of how people want to be told."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID
from jinzita.people.schemas import notifications as shapes
from jinzita.people.selectors import notifications as reads
from jinzita.people.services import leaving
from jinzita.people.services import notifications as writes

router = Router(tags=["people"])


@router.get("/notifications", response=responses(shapes.NoticePage), summary="My notices, newest first")
def list_notices(
    request: HttpRequest,
    limit: int = Query(30, ge=1, le=200),
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID),
    unread: bool = Query(False, description="Only those not read yet"),
    event: str | None = Query(None, max_length=60, description="Only those of this kind, such as mention"),
) -> dict[str, Any]:
    viewer = viewer_of(request)
    found = reads.own_notices(viewer)
    if unread:
        found = found.filter(read_at=None)
    if event:
        found = found.filter(event=event)
    if cursor:
        found = found.filter(pk__lt=cursor)
    rows = list(found[: limit + 1])
    return {
        "items": [shapes.notice(one) for one in rows[:limit]],
        "next": str(rows[limit - 1].pk) if len(rows) > limit else None,
        "unread": reads.unread_count(viewer),
    }


@router.post("/notifications/read", response=responses(shapes.UnreadOut), summary="Note notices as read")
def read_notices(request: HttpRequest, data: shapes.ReadIn) -> dict[str, int]:
    return {"unread": writes.mark_read(by=viewer_of(request), ids=data.ids, now=datetime.now(UTC))}


@router.get(
    "/me/notification-settings", response=responses(shapes.NoticeSettingsOut), summary="How I am told"
)
def get_notification_settings(request: HttpRequest) -> dict[str, Any]:
    return _settings(request)


@router.put(
    "/me/notification-settings", response=responses(shapes.NoticeSettingsOut), summary="Change how I am told"
)
def put_notification_settings(request: HttpRequest, data: shapes.NoticeSettingsIn) -> dict[str, Any]:
    given = data.dict(exclude_unset=True)
    optional = {"quiet_from", "quiet_to"}
    changes = {name: value for name, value in given.items() if value is not None or name in optional}
    writes.save_settings(by=viewer_of(request), changes=changes)
    return _settings(request)


@router.post(
    "/me/notification-settings/test", response=responses(None, 204), summary="Send me a message to try it"
)
def try_notification_settings(request: HttpRequest) -> Status[None]:
    leaving.send_sample(by=viewer_of(request), now=datetime.now(UTC))
    return Status(204, None)


@router.get("/company-robot", response=responses(shapes.CompanyRobotOut), summary="The company's chat robot")
def get_company_robot(request: HttpRequest) -> dict[str, Any]:
    return reads.company_robot(viewer_of(request))


@router.put(
    "/company-robot", response=responses(shapes.CompanyRobotOut), summary="Set the company's chat robot"
)
def put_company_robot(request: HttpRequest, data: shapes.CompanyRobotIn) -> dict[str, Any]:
    viewer = viewer_of(request)
    writes.save_company_robot(by=viewer, robot=data.robot, url=data.url, secret=data.secret)
    return reads.company_robot(viewer)


def _settings(request: HttpRequest) -> dict[str, Any]:
    viewer = viewer_of(request)
    own = reads.own_settings(viewer)
    offered = [(kind, reads.channels_of(own, kind)) for kind in reads.offered(viewer)]
    return shapes.notice_settings(
        own, offered, company_robot=reads.has_company_robot(), mail_server=bool(settings.SMTP_URL)
    )
