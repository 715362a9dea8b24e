"""What people can be told of: one registry of all kinds of notice, each declared by the capability it is of.

A kind has a name and a sentence in both languages; `{word}` in a sentence is filled from the notice's words,
`{word:customer|customers}` says the first for one, the second for any other number of them, and `{word:day}`
a day as the reader writes it.
Each person chooses by which channels each kind arrives.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any

from jinzita.kernel.access import Permission

BROWSER, EMAIL, ROBOT = "browser", "email", "robot"
CHANNELS = (BROWSER, EMAIL, ROBOT)
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Kind:
    """One kind of notice: name and sentence by language, and its channels unless chosen otherwise.

    `permission`: only those who hold it are offered the choice. `urgent`: does not wait for a digest.
    """

    code: str
    name: Mapping[str, str]
    text: Mapping[str, str]
    channels: frozenset[str]
    permission: Permission | None = None
    urgent: bool = False

    def sentence(self, words: Mapping[str, Any], language: str) -> str:
        """The sentence of a notice; a word that is missing shows as a dash, several are listed, and of one
        that is given by language that of the reader is said.
        """
        said = {name: _said(one, language) for name, one in words.items()}
        return _Words(language).vformat(self.text[language], (), said)


def _said(word: Any, language: str) -> Any:
    if isinstance(word, list):
        return ("、" if language == "zh" else ", ").join(word)
    return word.get(language) if isinstance(word, Mapping) else word


class _Words(Formatter):
    def __init__(self, language: str) -> None:
        self._language = language

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        value = kwargs.get(str(key))
        return "–" if value is None else value

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        # Only plain words: no attributes and no items of what the sender gave.
        return self.get_value(field_name, args, kwargs), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "day":
            return day_in_words(str(value), self._language)
        one, _, many = format_spec.partition("|")
        return (one if value == 1 else many) if many else str(value)


def day_in_words(day: str, language: str) -> str:
    """2026年11月23日, or 23 Nov 2026, as the browser writes it; what is no day stays as it is."""
    try:
        one = date.fromisoformat(day)
    except ValueError:
        return day
    if language == "zh":
        return f"{one.year}年{one.month}月{one.day}日"
    return f"{one.day} {_MONTHS[one.month - 1]} {one.year}"


# As the browser shortens them in English, whatever the server's locale is.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")


_kinds: dict[str, Kind] = {}


def declare(
    code: str, *, en: str, zh: str, text_en: str, text_zh: str,
    default_channels: Iterable[str] = (BROWSER,), permission: Permission | None = None, urgent: bool = False,
) -> Kind:  # fmt: skip
    """Declare a kind of notice; done once, where the capability that sends it is loaded."""
    made = Kind(
        code, {"en": en, "zh": zh}, {"en": text_en, "zh": text_zh},
        frozenset(default_channels), permission, urgent,
    )  # fmt: skip
    if _kinds.setdefault(code, made) != made:
        raise RuntimeError(f"the notice {code} is declared twice")
    return made


def kind(code: str) -> Kind | None:
    return _kinds.get(code)


def kinds() -> list[Kind]:
    """All declared kinds, in the order of their declaration."""
    return list(_kinds.values())


declare(
    "new_sign_in",
    en="A sign-in from a new device", zh="新设备登录",
    text_en="Your account was signed in to from {device} at {place}.",
    text_zh="您的账号在 {device} 上登录（{place}）。如非本人操作，请立即修改密码。",
    default_channels=(BROWSER, EMAIL), urgent=True,
)  # fmt: skip
declare(
    "second_factor_removed",
    en="My second factor was removed", zh="我的两步验证被解除",
    text_en="{by} removed the second factor of your account: signing in takes the password alone now.",
    text_zh="{by} 已解除您的两步验证，现在仅凭密码即可登录。如非您本人要求，请立即联系系统管理员。",
    default_channels=(BROWSER, EMAIL), urgent=True,
)  # fmt: skip
declare(
    "mail_failed",
    en="A mail could not be sent", zh="邮件发送失败",
    text_en="The mail “{subject}” to {to} could not be sent: {error}",
    text_zh="发往 {to} 的邮件《{subject}》未能送达：{error}",
    default_channels=(BROWSER,), permission=Permission.MANAGE_PEOPLE,
)  # fmt: skip
declare(
    "rating_opened",
    en="I am asked to rate colleagues", zh="请我评价同事",
    text_en="Please rate {count} {count:duty|duties} of colleagues you rely on, "
    "for {year} Q{quarter}, until {until:day}.",
    text_zh="请于 {until:day} 前完成 {year} 年第 {quarter} 季度的内部客户评价（{count} 项）。",
    default_channels=(BROWSER, EMAIL),
)  # fmt: skip
declare(
    "rating_reminder",
    en="Ratings of mine are missing", zh="评价即将截止",
    text_en="{count} {count:rating|ratings} for {year} Q{quarter} {count:is|are} still missing; "
    "the round closes on {until:day}.",
    text_zh="{year} 年第 {quarter} 季度的内部客户评价还有 {count} 项未完成，{until:day} 截止。",
    default_channels=(BROWSER, EMAIL),
)  # fmt: skip
declare(
    "rating_results",
    en="My ratings have come in", zh="我的评价结果已出",
    text_en="The ratings for {year} Q{quarter} are closed; see what your internal customers say.",
    text_zh="{year} 年第 {quarter} 季度评价已结束，可查看内部客户对您的评价。",
)  # fmt: skip
