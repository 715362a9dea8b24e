"""The signed-in person on the wire."""

from ninja import Field, Schema

from jinzita.kernel.wire import Named, Strict
from jinzita.people.models import Department, User


class MeOut(Schema):
    id: int
    username: str
    name: str
    email: str
    role: str = Field(examples=["manager"])
    role_label: dict[str, str] = Field(examples=[{"en": "Manager", "zh": "经理"}])
    reach: str = Field(description="Whose customers are seen: own, team, departments or all")
    department: Named | None
    language: str | None
    theme: str | None
    must: list[str] = Field(
        description="What is to be done before anything else", examples=[["second_factor"]]
    )
    can: list[str] = Field(description="Permissions held", examples=[["read", "record_facts"]])


class MeIn(Strict):
    name: str | None = Field(None, max_length=100)
    email: str | None = Field(None, max_length=254)
    language: str | None = Field(None, description="zh-hans or en", examples=["zh-hans"])
    theme: str | None = Field(None, description="light or dark", examples=["dark"])


class PasswordChangeIn(Strict):
    current: str
    new: str


def named(one: Department | None) -> Named | None:
    return Named(id=one.pk, name=one.name) if one else None


def person(one: User | None) -> Named | None:
    return Named(id=one.pk, name=one.shown_name) if one else None


def me(user: User, can: list[str], reach: str, must: list[str]) -> MeOut:
    return MeOut(
        id=user.pk, username=user.username, name=user.shown_name, email=user.email, role=user.role.code,
        role_label={"en": user.role.label_en, "zh": user.role.label_zh}, reach=reach,
        department=named(user.department), language=user.language or None, theme=user.theme or None, can=can,
        must=must,
    )  # fmt: skip
