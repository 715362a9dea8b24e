"""Roles on the wire."""

from collections.abc import Iterable, Mapping
from typing import Any

from ninja import Field, Schema

from jinzita.kernel.access import FieldAccess, Permission, Reach
from jinzita.kernel.field_access import restrictable
from jinzita.kernel.records import RecordKind
from jinzita.kernel.wire import Strict, Text
from jinzita.people.models import Role, User
from jinzita.people.roles import ADMINISTRATOR


class RoleWords(Schema):
    en: str
    zh: str


class RoleOut(Schema):
    """What a role may do and see."""

    code: str = Field(examples=["manager"])
    label: RoleWords
    about: RoleWords
    ready: bool = Field(description="Comes with the product and cannot be deleted")
    locked: bool = Field(description="Always includes everything")
    permissions: list[str] = Field(examples=[["read", "export"]])
    reach: str = Field(description="Whose customers are seen: own, team, departments or all")
    reaches: dict[str, str] = Field(description="Narrower for single kinds of record")
    fields: dict[str, str] = Field(
        description="What is kept back, by kind.code: see, masked or hidden",
        examples=[{"customers.phone": "masked"}],
    )
    people: int = Field(description="Active people who have it")


class RoleChangeIn(Strict):
    label_en: Text = Field("", max_length=80)
    label_zh: Text = Field("", max_length=80)
    about_en: Text = Field("", max_length=300)
    about_zh: Text = Field("", max_length=300)
    permissions: list[Text] = Field(default_factory=list, max_length=100)
    reach: Text = Field("own", max_length=12)
    reaches: dict[str, Text] = Field(default_factory=dict, max_length=100)
    fields: dict[str, Text] = Field(default_factory=dict, max_length=2000)


class RoleIn(RoleChangeIn):
    copy_of: Text | None = Field(None, max_length=40, description="The role it begins as")


class ChosenField(Schema):
    code: str = Field(description="With its kind, as customers.phone", examples=["customers.phone"])
    label: RoleWords


class ChosenKind(Schema):
    code: str
    label: RoleWords
    fields: list[ChosenField]


class RoleChoicesOut(Schema):
    """What a role can be made of."""

    permissions: list[str]
    reaches: list[str]
    access: list[str]
    kinds: list[ChosenKind]


class AdministratorOut(Schema):
    id: int
    name: str


def role_out(one: Role, people: Mapping[str, int]) -> dict[str, Any]:
    locked = one.code == ADMINISTRATOR
    return {
        "code": one.code,
        "label": {"en": one.label_en, "zh": one.label_zh},
        "about": {"en": one.about_en, "zh": one.about_zh},
        "ready": one.ready,
        "locked": locked,
        "permissions": [each.value for each in Permission] if locked else one.permissions,
        "reach": Reach.ALL.value if locked else one.reach,
        "reaches": {} if locked else one.reaches,
        "fields": {} if locked else one.fields,
        "people": people.get(one.code, 0),
    }


def role_choices(kinds: Iterable[RecordKind]) -> dict[str, Any]:
    return {
        "permissions": [each.value for each in Permission],
        "reaches": [each.value for each in Reach],
        "access": [each.value for each in FieldAccess],
        "kinds": [_kind(one) for one in kinds],
    }


def _kind(one: RecordKind) -> dict[str, Any]:
    return {
        "code": one.code,
        "label": {"en": one.en, "zh": one.zh},
        "fields": [
            {"code": f"{one.code}.{field.code}", "label": {"en": field.en, "zh": field.zh}}
            for field in one.read_fields()
            if restrictable(field)
        ],
    }


def administrator_out(one: User) -> dict[str, Any]:
    return {"id": one.pk, "name": one.shown_name}
