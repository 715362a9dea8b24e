"""People of the map on the wire."""

from typing import Any

from ninja import Field, Schema

from jinzita.kernel.wire import Named, PageOut, Strict, Text
from jinzita.people.models import User
from jinzita.people.schemas.myself import named, person
from jinzita.people.selectors import photos
from jinzita.people.selectors.cards import Found, MapDepartment


class PersonOut(Schema):
    """A person in a few words."""

    id: int
    name: str
    title: str
    photo: str | None = Field(description="Address of the photo, for those signed in")
    active: bool


class CardDutyOut(Schema):
    id: int = Field(description="Of the duty as this person holds it")
    name: str
    statement: str


class PersonCardOut(PersonOut):
    username: str
    email: str
    phone: str
    department: Named | None
    about: str
    languages: list[str]
    skills: list[str]
    duties: list[CardDutyOut]
    found_by: list[str] = Field(
        description="What a search found: name, duty, skill or department", examples=[["duty"]]
    )


class PersonCardPage(PageOut):
    items: list[PersonCardOut]


class MapDepartmentOut(Schema):
    id: int
    name: str
    parent_id: int | None
    path: str
    head: PersonOut | None
    members: int = Field(description="People directly in it")
    people: int = Field(description="People in it and in those below")


class PeopleMapOut(Schema):
    departments: list[MapDepartmentOut]
    without_department: int = Field(description="People in no department")


class PersonDetailOut(PersonCardOut):
    manager: Named | None
    may_edit: bool
    may_see_ratings: bool


class CardChangeIn(Strict):
    phone: Text = Field("", max_length=40)
    about: Text = Field("", max_length=500)
    languages: list[Text] = Field(default_factory=list, examples=[["中文", "English"]], max_length=100)
    skills: list[Text] = Field(default_factory=list, max_length=100)


class PhotoOut(Schema):
    photo: str


def person_out(one: User | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "id": one.pk, "name": one.shown_name, "title": one.title, "photo": photo_address(one),
        "active": one.is_active,
    }  # fmt: skip


def photo_address(one: User) -> str | None:
    """Where the photo lies, if there is one."""
    card = getattr(one, "card", None)
    return photos.address(one.pk, card.photo) if card and card.photo else None


def card_out(found: Found) -> dict[str, Any]:
    one, card = found.person, found.card
    return {
        **(person_out(one) or {}),
        "username": one.username, "email": one.email, "phone": one.phone, "department": named(one.department),
        "about": card.about if card else "", "languages": card.languages if card else [],
        "skills": card.skills if card else [],
        "duties": [
            {"id": each.pk, "name": each.duty.name, "statement": each.statement} for each in found.duties
        ],
        "found_by": found.by,
    }  # fmt: skip


def detail_out(
    found: Found, manager: User | None, *, may_edit: bool, may_see_ratings: bool
) -> dict[str, Any]:
    return {
        **card_out(found), "manager": person(manager), "may_edit": may_edit,
        "may_see_ratings": may_see_ratings,
    }  # fmt: skip


def department_out(one: MapDepartment) -> dict[str, Any]:
    of = one.department
    return {
        "id": of.pk, "name": of.name, "parent_id": of.parent_id, "path": of.path,
        "head": person_out(of.head), "members": one.members, "people": one.people,
    }  # fmt: skip
