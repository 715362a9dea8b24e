"""How well records are kept, on the wire."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinzita.customers.fields import CUSTOMERS
from jinzita.kernel.access import Viewer

# What is asked of records beside their declared fields, and what can be wrong with them.
WORDS = {
    "address": ("Address", "地址"),
    "contact": ("Contact", "联系人"),
    "credit_code": ("Unified social credit code", "统一社会信用代码"),
    "stale": ("Out of date: look it through", "资料陈旧，请核实"),
    "phone_fake": ("Made-up phone", "电话疑似随手填写"),
    "email_fake": ("Made-up e-mail", "邮箱疑似随手填写"),
    "days": ("Days that are none", "日期疑似占位值"),
    "contact_birthday": ("A contact's birthday", "联系人生日有误"),
    "phone_dead": ("Phone marked as not working", "电话已标记为无效"),
    "email_dead": ("E-mail marked as not working", "邮箱已标记为无效"),
}
# Why something is a fault, by its code; of an attribute, "days".
WHY = {
    "name": ("The name says nothing: too short, a test or a placeholder.", "名称过短，或为测试、占位文字。"),
    "phone": ("This is no telephone number.", "不是有效的电话号码。"),
    "phone_fake": (
        "A well-known example, one digit again and again, or counting.",
        "是常见示例号码、重复数字或连续数字。",
    ),
    "email": ("This is no e-mail address.", "不是有效的邮箱地址。"),
    "email_fake": ("Nobody is reached at such an address.", "这样的邮箱通常无人使用。"),
    "credit_code": ("The check digit does not fit.", "校验位不正确。"),
    "days": (
        "Such a day comes from an empty cell or stands for “none”.",
        "这一日期通常来自空单元格，或用来表示“无”。",
    ),
    "contact_birthday": (
        "A contact's birthday stands for “none”, lies in the future or more than 130 years ago.",
        "有联系人的生日疑似占位值、晚于今天，或早于 130 年前。",
    ),
    "phone_dead": ("Somebody noted that it does not work.", "已有同事标记为无效。"),
    "email_dead": ("Somebody noted that it does not work.", "已有同事标记为无效。"),
    "kind": (
        "A person has no credit code; perhaps this is an organisation.",
        "个人没有统一社会信用代码，可能应为组织。",
    ),
}


class QualityWordsOut(Schema):
    en: str
    zh: str


class QualityPartOut(Schema):
    """What a part costs, of what it weighs."""

    code: str = Field(examples=["completeness"])
    cost: float
    weight: int


class QualityFindingOut(Schema):
    """A field that is missing or wrong."""

    code: str = Field(examples=["attributes.region"])
    label: QualityWordsOut
    why: QualityWordsOut | None = Field(None, description="Of what is wrong: what is the matter with it")
    points: float


class CustomerQualityOut(Schema):
    """Why a record has its score."""

    score: int
    parts: list[QualityPartOut]
    missing: list[QualityFindingOut]
    faults: list[QualityFindingOut]
    fresh_on: date
    verified_on: date | None
    verified_by: str


class QualityCountOut(Schema):
    code: str
    label: QualityWordsOut
    customers: int


class QualityWeekOut(Schema):
    week: date
    score: float | None


class QualityOfOut(Schema):
    """The records of one department or owner; id null: of none."""

    id: int | None
    name: str
    customers: int
    score: float | None
    before: float | None = Field(description="The week before")
    missing: int = Field(description="Important fields that are missing")


class QualitySummaryOut(Schema):
    """As of the last round over all records."""

    at: datetime | None
    customers: int
    score: float | None
    parts: list[QualityPartOut]
    bands: list[int] = Field(description="Customers by score: below 10, below 20, to 100")
    missing: list[QualityCountOut]
    faults: list[QualityCountOut]
    trend: list[QualityWeekOut]
    departments: list[QualityOfOut]
    owners: list[QualityOfOut]
    job: dict[str, Any] | None


def labels(viewer: Viewer) -> dict[str, dict[str, str]]:
    """The words of every field, in both languages."""
    found = {code: {"en": en, "zh": zh} for code, (en, zh) in WORDS.items()}
    return found | {one.code: {"en": one.en, "zh": one.zh} for one in CUSTOMERS.read_fields(viewer)}


def labelled(items: list[Any], words: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """These, each with the words of its code."""
    rows = [dict(one) if isinstance(one, dict) else dict(vars(one)) for one in items]
    return [{**row, "label": words.get(row["code"], {"en": row["code"], "zh": row["code"]})} for row in rows]


def explained(faults: list[Any], words: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """Faults with their words, and why each is one."""
    found = labelled(faults, words)
    for row in found:
        why = WHY.get(row["code"]) or (WHY["days"] if row["code"].startswith("attributes.") else None)
        row["why"] = {"en": why[0], "zh": why[1]} if why else None
    return found
