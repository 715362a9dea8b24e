"""Notices, the choices of how to be told, and mails on the wire."""

from datetime import datetime, time
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.kernel.wire import Id, PageOut, Strict, Text
from jinzita.people import notices
from jinzita.people.models import Mail, Notice, NoticeSettings

Channel = Literal["browser", "email", "robot"]
RobotKind = Literal["", "wecom", "dingtalk", "feishu"]


class NoticeOut(Schema):
    id: int
    event: str = Field(description="Kind of notice", examples=["mention"])
    title: dict[str, str] = Field(description="Name of the kind, by language")
    text: dict[str, str] = Field(description="What happened, by language")
    link: str = Field(description="Page of the application to look at; may be empty")
    at: datetime
    read: bool


class NoticePage(PageOut):
    items: list[NoticeOut]
    unread: int


class ReadIn(Strict):
    ids: list[Id] | None = Field(None, max_length=1000, description="Notices now read; null: all of them")


class UnreadOut(Schema):
    unread: int


class NoticeKindOut(Schema):
    code: str
    name: dict[str, str]
    channels: list[str] = Field(description="By which it arrives now")
    default: list[str]


class NoticeSettingsOut(Schema):
    events: list[NoticeKindOut]
    channels: list[str]
    digest: str
    digest_at: time
    quiet_from: time | None
    quiet_to: time | None
    time_zone: str = Field(description="Empty: the company's")
    robot: str
    robot_url: str
    robot_has_secret: bool
    company_robot: bool = Field(description="The company has a robot for those who set up none")
    mail_server: bool = Field(description="A mail server is set up")


class NoticeSettingsIn(Strict):
    channels: dict[str, list[Channel]] | None = Field(None, description="Channels by kind of notice")
    digest: Literal["at_once", "hourly", "daily"] | None = None
    digest_at: time | None = None
    quiet_from: time | None = None
    quiet_to: time | None = None
    time_zone: Text | None = Field(None, max_length=60)
    robot: RobotKind | None = None
    robot_url: Text | None = Field(None, max_length=500)
    robot_secret: Text | None = Field(None, max_length=200, description="Null leaves it as it is")


class CompanyRobotOut(Schema):
    robot: str
    url: str
    has_secret: bool


class CompanyRobotIn(Strict):
    robot: RobotKind
    url: Text = Field(max_length=500)
    secret: Text | None = Field(None, max_length=200, description="Null leaves it as it is")


class MailOut(Schema):
    id: int
    to: str
    subject: str
    kind: str
    state: str = Field(description="waiting, sent, failed, or kept (no mail server is set up)")
    attempts: int
    error: str
    created_at: datetime
    sent_at: datetime | None


class MailFullOut(MailOut):
    text: str


class MailPage(PageOut):
    items: list[MailOut]
    mail_server: bool


def notice(one: Notice) -> dict[str, Any]:
    kind = notices.kind(one.event)
    title = dict(kind.name) if kind else dict.fromkeys(notices.LANGUAGES, one.event)
    text = {code: kind.sentence(one.words, code) if kind else "" for code in notices.LANGUAGES}
    return {
        "id": one.pk, "event": one.event, "title": title, "text": text, "link": one.link, "at": one.at,
        "read": one.read_at is not None,
    }  # fmt: skip


def notice_settings(
    own: NoticeSettings,
    offered: list[tuple[notices.Kind, frozenset[str]]],
    *,
    company_robot: bool,
    mail_server: bool,
) -> dict[str, Any]:
    events = [
        {
            "code": kind.code,
            "name": dict(kind.name),
            "channels": sorted(chosen),
            "default": sorted(kind.channels),
        }
        for kind, chosen in offered
    ]
    return {
        "events": events,
        "channels": list(notices.CHANNELS),
        "digest": own.digest,
        "digest_at": own.digest_at,
        "quiet_from": own.quiet_from,
        "quiet_to": own.quiet_to,
        "time_zone": own.time_zone,
        "robot": own.robot,
        "robot_url": own.robot_url,
        "robot_has_secret": bool(own.robot_secret),
        "company_robot": company_robot,
        "mail_server": mail_server,
    }


def mail(one: Mail) -> dict[str, Any]:
    return {
        "id": one.pk, "to": one.to, "subject": one.subject, "kind": one.kind, "state": one.state,
        "attempts": one.attempts, "error": one.error, "created_at": one.created_at, "sent_at": one.sent_at,
        "text": one.text,
    }  # fmt: skip
