"""What a person was told, and how that person wants to be told."""

from typing import Any

from django.db.models import QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Forbidden
from jinzita.people import notices
from jinzita.people.models import CompanySetting, Notice, NoticeSettings


def own_notices(viewer: Viewer) -> QuerySet[Notice]:
    """The own notices, newest first; nobody sees another's."""
    viewer.require(Permission.READ)
    return Notice.objects.filter(user_id=viewer.user_id or 0, shown=True).order_by("-id")


def unread_count(viewer: Viewer) -> int:
    """Unread notices, counted to a thousand."""
    return own_notices(viewer).filter(read_at=None).order_by()[:1000].count()


def own_settings(viewer: Viewer) -> NoticeSettings:
    """The viewer's choices, with what was never chosen as it is by default (not saved)."""
    viewer.require(Permission.READ)
    if viewer.user_id is None or viewer.via == "key":
        raise Forbidden("This needs a signed-in person.")
    return NoticeSettings.objects.filter(pk=viewer.user_id).first() or NoticeSettings(user_id=viewer.user_id)


def offered(viewer: Viewer) -> list[notices.Kind]:
    """The kinds of notice this viewer may ever get."""
    return [one for one in notices.kinds() if one.permission is None or viewer.may(one.permission)]


def channels_of(choices: NoticeSettings | None, kind: notices.Kind) -> frozenset[str]:
    """By which channels a person gets a kind of notice."""
    if choices is None or kind.code not in choices.channels:
        return kind.channels
    return frozenset(choices.channels[kind.code])


def company_robot(viewer: Viewer) -> dict[str, Any]:
    """The company's chat robot; its secret is never shown."""
    viewer.require(Permission.MANAGE_PEOPLE)
    found = CompanySetting.objects.filter(pk="robot").first()
    value = found.value if found else {}
    return {
        "robot": value.get("robot", ""), "url": value.get("url", ""), "has_secret": bool(value.get("secret"))
    }  # fmt: skip


def has_company_robot() -> bool:
    found = CompanySetting.objects.filter(pk="robot").first()
    return bool(found and found.value.get("robot"))
