"""Notices on their way out of the house: when each leaves, gathered into digests, by mail and by robot."""

import html
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Conflict, Problem
from jinzita.people import notices
from jinzita.people.models import CompanySetting, Notice, NoticeDelivery, NoticeSettings, User
from jinzita.people.selectors import notifications as reads
from jinzita.people.services import mails, robots

# Waits before a robot is tried again; afterwards the message is given up, the notice stays in the browser.
ROBOT_WAITS = (60, 600, 3_600)
PIECE = 50
MOST_IN_DIGEST = 50


@dataclass(frozen=True)
class Address:
    """A robot's kind, address and secret; `shared`: many read it, so messages say for whom they are."""

    robot: str
    url: str
    secret: str
    shared: bool


def deliver(*, now: datetime) -> None:
    """Send what is due, note for the rest when it will be."""
    while _deliver_piece(now) == PIECE:
        pass


@transaction.atomic
def _deliver_piece(now: datetime) -> int:
    ready = NoticeDelivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related(
        "notice", "user"
    )
    rows = list(ready.exclude(due_at__gt=now).order_by("notice_id", "id")[:PIECE])
    choices = NoticeSettings.objects.in_bulk({row.user_id for row in rows})
    leaving: dict[tuple[int, str], list[NoticeDelivery]] = defaultdict(list)
    for row in rows:
        own = choices.get(row.user_id) or NoticeSettings(user_id=row.user_id)
        due = when(row.notice, own, now) if row.attempts == 0 else now
        if due > now:
            NoticeDelivery.objects.filter(pk=row.pk).update(due_at=due)
        else:
            leaving[row.user_id, row.channel].append(row)
    for (user_id, channel), group in leaving.items():
        own = choices.get(user_id) or NoticeSettings(user_id=user_id)
        _send(group, channel, own, now)
    return len(rows)


def when(notice: Notice, own: NoticeSettings, now: datetime) -> datetime:
    """The moment a notice may leave: the person's digest, and not within quiet hours unless it is urgent."""
    kind = notices.kind(notice.event)
    if kind is not None and kind.urgent:
        return now
    zone = ZoneInfo(own.time_zone) if own.time_zone else settings.COMPANY_TIME_ZONE
    moment = notice.at
    if own.digest == NoticeSettings.Digest.HOURLY:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    elif own.digest == NoticeSettings.Digest.DAILY:
        moment = _next(_time(own.digest_at), moment.astimezone(zone))
    return _after_quiet(max(moment, now), own, zone)


def _after_quiet(moment: datetime, own: NoticeSettings, zone: ZoneInfo) -> datetime:
    if own.quiet_from is None or own.quiet_to is None:
        return moment
    begin, end, local = _time(own.quiet_from), _time(own.quiet_to), moment.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    quiet = begin <= clock < end if begin <= end else clock >= begin or clock < end
    return _next(end, local) if quiet else moment


def _next(clock: time, local: datetime) -> datetime:
    """The next time the clock shows this, after `local`."""
    day = datetime.combine(local.date(), clock, local.tzinfo)
    return day if day > local else datetime.combine(local.date() + timedelta(days=1), clock, local.tzinfo)


def _time(value: time | str) -> time:
    return time.fromisoformat(value) if isinstance(value, str) else value


def _send(group: Sequence[NoticeDelivery], channel: str, own: NoticeSettings, now: datetime) -> None:
    person = group[0].user
    keys = [row.pk for row in group]
    if not person.is_active:
        NoticeDelivery.objects.filter(pk__in=keys).delete()
        return
    if channel == notices.EMAIL:
        if person.email:
            subject, text, page = letter(person, [row.notice for row in group])
            mails.send_mail(to=person.email, subject=subject, text=text, html=page, kind="notice")
    elif (address := robot_of(own)) is not None:
        try:
            robots.send(address.robot, address.url, address.secret, _spoken(person, group, address), now=now)
        except robots.RobotRefused:
            _later(group, now)
            return
    NoticeDelivery.objects.filter(pk__in=keys).delete()


def _later(group: Sequence[NoticeDelivery], now: datetime) -> None:
    for row in group:
        if row.attempts >= len(ROBOT_WAITS):
            row.delete()
        else:
            wait = timedelta(seconds=ROBOT_WAITS[row.attempts])
            NoticeDelivery.objects.filter(pk=row.pk).update(attempts=row.attempts + 1, due_at=now + wait)


def robot_of(own: NoticeSettings) -> Address | None:
    """Where a person's messages go: the own robot, else the company's, else nowhere."""
    if own.robot:
        return Address(own.robot, own.robot_url, own.robot_secret, shared=False)
    company = CompanySetting.objects.filter(pk="robot").first()
    if company is None or not company.value.get("robot"):
        return None
    value = company.value
    return Address(value["robot"], value["url"], value["secret"], shared=True)


def _spoken(person: User, group: Sequence[NoticeDelivery], address: Address) -> str:
    lines = [f"{one} {link}".rstrip() for one, link in sentences(person, [row.notice for row in group])]
    return (
        f"{person.shown_name}：{lines[0]}"
        if address.shared and len(lines) == 1
        else "\n".join(([f"{person.shown_name}："] if address.shared else []) + lines)
    )


def sentences(person: User, told: Sequence[Notice]) -> list[tuple[str, str]]:
    """Each notice as a sentence in the person's language, with the address to look at."""
    language = language_of(person)
    found = []
    for notice in told[:MOST_IN_DIGEST]:
        kind = notices.kind(notice.event)
        if kind is not None:
            link = f"{settings.PUBLIC_URL}{notice.link}" if notice.link else ""
            found.append((kind.sentence(notice.words, language), link))
    return found


def language_of(person: User) -> str:
    return "en" if person.language == "en" else "zh"


def letter(person: User, told: Sequence[Notice]) -> tuple[str, str, str]:
    """Subject, text and page of a mail with these notices."""
    lines, zh = sentences(person, told), language_of(person) == "zh"
    more = len(told) - len(lines)
    one = lines[0][0] if lines else ""
    subject = one if len(told) == 1 else (f"{len(told)} 条新通知" if zh else f"{len(told)} new notices")
    rest = (f"还有 {more} 条" if zh else f"and {more} more") if more > 0 else ""
    foot = "您可以在“个人资料”中调整通知方式：" if zh else "You can change how you are told in your profile: "
    address = f"{settings.PUBLIC_URL}/me"
    text = "\n\n".join([*(f"{line}\n{link}".rstrip() for line, link in lines), *([rest] if rest else [])])
    items = "".join(
        f'<p style="margin:0 0 12px">{html.escape(line)}'
        + (f'<br><a href="{html.escape(link)}">{html.escape(link)}</a>' if link else "")
        + "</p>"
        for line, link in lines
    )
    page = (
        f'<div style="font:14px/1.6 sans-serif;color:#1f2329">{items}<p>{html.escape(rest)}</p>'
        f'<p style="color:#6b7280;font-size:12px">{foot}<a href="{address}">{address}</a></p></div>'
    )
    return f"{settings.COMPANY_NAME}: {subject}", f"{text}\n\n—\n{foot}{address}\n", page


def send_sample(*, by: Viewer, now: datetime) -> None:
    """A message now by every way there is to the viewer, to see whether it arrives.

    Raises Conflict with what the robot said when it refuses.
    """
    own = reads.own_settings(by)
    person, robot = User.objects.get(pk=own.user_id), robot_of(own)
    if not person.email and robot is None:
        raise Conflict("There is no e-mail address and no robot to send to.", code="nowhere_to_send")
    text = _SAMPLE[language_of(person)]
    if person.email:
        mails.send_mail(to=person.email, subject=f"{settings.COMPANY_NAME}: {text}", text=text, kind="sample")
    if robot is not None:
        try:
            robots.send(robot.robot, robot.url, robot.secret, text, now=now)
        except robots.RobotRefused as error:
            problem = Problem("", error.code, str(error), {"answer": str(error)})
            raise Conflict(
                "The robot did not take the message.", code="robot_refused", problems=[problem]
            ) from None


_SAMPLE = {"en": "This is a test message of Jinzita.", "zh": "这是一条来自金字塔的测试消息。"}
