"""Telling people: in the browser at once, by mail and chat robot as each person chose."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import transaction

from jinzita.kernel import audit, outbox, outgoing
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.stream import Audience, tell
from jinzita.people import notices
from jinzita.people.models import CompanySetting, Notice, NoticeDelivery, NoticeSettings, User
from jinzita.people.selectors import notifications as reads

# One piece of news for more people than this is written in pieces.
PIECE = 1_000
LONGEST_WORD = 300


@transaction.atomic
def notify(
    *, by: Viewer, user_ids: Iterable[int], event: str, words: Mapping[str, Any], link: str = ""
) -> int:
    """Tell these people of an event of a declared kind; whoever caused it is not told. Answers how many are.

    `words` fill the kind's sentence, lists of texts as the reader's language lists them; `link` is the page
    of this application where it can be looked at.
    """
    kind = notices.kind(event)
    if kind is None:
        raise RuntimeError(f"no notice {event} is declared")
    wanted = sorted({one for one in user_ids if one != by.user_id})
    plain = {name: _word(value) for name, value in words.items()}
    told = 0
    for start in range(0, len(wanted), PIECE):
        told += _notify_piece(wanted[start : start + PIECE], kind, plain, link)
    return told


def _notify_piece(user_ids: list[int], kind: notices.Kind, words: dict[str, Any], link: str) -> int:
    active = list(
        User.objects.filter(pk__in=user_ids, is_active=True).order_by("pk").values_list("pk", flat=True)
    )
    choices = NoticeSettings.objects.in_bulk(active)
    channels = {one: reads.channels_of(choices.get(one), kind) for one in active}
    made = Notice.objects.bulk_create(
        Notice(user_id=one, event=kind.code, words=words, link=link, shown=notices.BROWSER in channels[one])
        for one in active
        if channels[one]
    )
    outside = [
        NoticeDelivery(notice=notice, user_id=notice.user_id, channel=channel)
        for notice in made
        for channel in sorted(channels[notice.user_id] - {notices.BROWSER})
    ]
    NoticeDelivery.objects.bulk_create(outside)
    if outside:
        outbox.defer("people.deliver_notices", queue="default", once="deliver_notices")
    shown = frozenset(notice.user_id for notice in made if notice.shown)
    if shown:
        tell("notice", {"event": kind.code}, audience=Audience(private=True, user_ids=shown))
    return len(made)


@transaction.atomic
def mark_read(*, by: Viewer, ids: list[int] | None, now: datetime) -> int:
    """Note own notices (None: all) as read; answers how many are still unread."""
    unread = reads.own_notices(by).order_by().filter(read_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    if unread.update(read_at=now) and by.user_id is not None:
        # The other windows of this person.
        tell("notice", {"event": ""}, audience=Audience(private=True, user_ids=frozenset({by.user_id})))
    return reads.unread_count(by)


@transaction.atomic
def save_settings(*, by: Viewer, changes: dict[str, Any]) -> NoticeSettings:
    """Change by which channels, when and where this person is told."""
    own = reads.own_settings(by)
    if "channels" in changes:
        own.channels = _checked_channels(changes["channels"])
    if changes.get("time_zone"):
        _checked_zone(changes["time_zone"])
    for name in ("digest", "digest_at", "quiet_from", "quiet_to", "time_zone", "robot", "robot_url"):
        if name in changes:
            setattr(own, name, changes[name] if changes[name] is not None or "quiet" in name else "")
    if changes.get("robot_secret") is not None:
        own.robot_secret = changes["robot_secret"]
    if (own.quiet_from is None) != (own.quiet_to is None):
        raise Invalid.at("quiet_to", "both_or_none", "Quiet hours need a beginning and an end.")
    check_robot(own.robot, own.robot_url)
    own.save()
    audit.record(by=by, action="update", subject_type="notice_settings", subject_id=by.user_id)
    return own


@transaction.atomic
def save_company_robot(*, by: Viewer, robot: str, url: str, secret: str | None) -> None:
    """The company's own chat robot, used for people who set up none of their own."""
    by.require(Permission.MANAGE_PEOPLE)
    check_robot(robot, url)
    before = CompanySetting.objects.filter(pk="robot").first()
    kept = before.value.get("secret", "") if before else ""
    value = {"robot": robot, "url": url, "secret": kept if secret is None else secret}
    CompanySetting.objects.update_or_create(pk="robot", defaults={"value": value})
    audit.record(by=by, action="update", subject_type="company_robot", changes={"robot": robot})


def check_robot(robot: str, url: str) -> None:
    """Raise Invalid unless a robot of this kind may be called at this address."""
    if robot not in NoticeSettings.Robot.values:
        raise Invalid.at("robot", "unknown_choice", "The robot must be one of wecom, dingtalk, feishu.")
    if robot:
        outgoing.check_url(url, "robot_url", allow_private=settings.WEBHOOK_ALLOW_PRIVATE)


@transaction.atomic
def forget(*, now: datetime, days: int = 180) -> None:
    """Notices older than half a year go."""
    Notice.objects.filter(at__lt=now - timedelta(days=days)).delete()


def _word(value: Any) -> Any:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, list):
        return [str(one)[:LONGEST_WORD] for one in value]
    return str(value)[:LONGEST_WORD]


def _checked_channels(chosen: Mapping[str, list[str]]) -> dict[str, list[str]]:
    for event, channels in chosen.items():
        if notices.kind(event) is None:
            raise Invalid.at(f"channels.{event}", "unknown_key", f"There is no notice “{event}”.")
        unknown = set(channels) - set(notices.CHANNELS)
        if unknown:
            raise Invalid.at(f"channels.{event}", "unknown_choice", f"There is no channel “{min(unknown)}”.")
    return {event: sorted(set(channels)) for event, channels in chosen.items()}


def _checked_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid.at("time_zone", "unknown_choice", "There is no such time zone.") from None
