"""Doors of the mails that left, or could not."""

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID, PathId
from jinzita.people.schemas import notifications as shapes
from jinzita.people.selectors import mails as reads
from jinzita.people.services import mails as writes

router = Router(tags=["people"])


@router.get("/mails", response=responses(shapes.MailPage), summary="Mails, newest first")
def list_mails(
    request: HttpRequest,
    limit: int = Query(50, ge=1, le=200),
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID),
    state: Literal["waiting", "sent", "failed", "kept"] | None = None,
) -> dict[str, Any]:
    found = reads.all_mails(viewer_of(request)).defer("html")
    if state:
        found = found.filter(state=state)
    if cursor:
        found = found.filter(pk__lt=cursor)
    rows = list(found[: limit + 1])
    return {
        "items": [shapes.mail(one) for one in rows[:limit]],
        "next": str(rows[limit - 1].pk) if len(rows) > limit else None,
        "mail_server": bool(settings.SMTP_URL),
    }


@router.get("/mails/{mail_id}", response=responses(shapes.MailFullOut), summary="One mail with its text")
def get_mail(request: HttpRequest, mail_id: int = PathId) -> dict[str, Any]:
    return shapes.mail(reads.read_mail(viewer_of(request), mail_id))


@router.post("/mails/{mail_id}/send", response=responses(shapes.MailOut), summary="Try to send a mail again")
def send_mail(request: HttpRequest, mail_id: int = PathId) -> dict[str, Any]:
    return shapes.mail(writes.send_again(by=viewer_of(request), mail_id=mail_id))
