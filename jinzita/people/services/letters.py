"""The letters about somebody's account, in that person's language."""

import html
from dataclasses import dataclass

from django.conf import settings

from jinzita.people.models import User


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def invitation(person: User, inviter: str, link: str, *, days: int) -> Letter:
    company = settings.COMPANY_NAME
    if person.language == "en":
        return _letter(
            f"{company}: your account",
            f"Hello {person.shown_name},\n\n{inviter} made an account for you. Your user name is "
            f"{person.username}.\nSet your password here within {days} days; the link works once:",
            link,
            "If you did not expect this, you can ignore it.",
        )
    return _letter(
        f"{company}：您的账号已开通",
        f"{person.shown_name}，您好：\n\n{inviter} 已为您开通账号，用户名为 {person.username}。"
        f"\n请在 {days} 天内通过以下链接设置密码，链接仅可使用一次：",
        link,
        "如果您并不知情，请忽略本邮件。",
    )


def password_reset(person: User, link: str) -> Letter:
    company = settings.COMPANY_NAME
    if person.language == "en":
        return _letter(
            f"{company}: set a new password",
            f"Hello {person.shown_name},\n\nsomebody asked to set a new password for your account "
            f"{person.username}. You can do so here:",
            link,
            "If it was not you, you need not do anything; your password stays as it is.",
        )
    return _letter(
        f"{company}：重置密码",
        f"{person.shown_name}，您好：\n\n我们收到了重置账号 {person.username} 密码的请求，"
        "请通过以下链接设置新密码：",
        link,
        "如非本人操作，无需处理，您的密码不会改变。",
    )


def _letter(subject: str, body: str, link: str, foot: str) -> Letter:
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in body.split("\n") if part)
    page = (
        f'<div style="font:14px/1.6 sans-serif;color:#1f2329">{paragraphs}'
        f'<p><a href="{html.escape(link)}">{html.escape(link)}</a></p>'
        f'<p style="color:#6b7280;font-size:12px">{html.escape(foot)}</p></div>'
    )
    return Letter(subject, f"{body}\n\n{link}\n\n{foot}\n", page)
