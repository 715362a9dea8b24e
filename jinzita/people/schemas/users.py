"""Accounts on the wire."""

from datetime import datetime

from ninja import Field, Schema

from jinzita.kernel.pinyin import ways_to_write
from jinzita.kernel.wire import Id, Named, Strict
from jinzita.people.models import User


class UserOut(Schema):
    id: int
    username: str
    name: str
    email: str
    title: str
    phone: str
    role: str = Field(alias="role_id")
    department: Named | None
    manager: Named | None = Field(description="The person's own; otherwise the department's head manages")
    active: bool = Field(alias="is_active")
    last_login: datetime | None
    said: list[str] = Field(description="The name as it may be typed: as it is, in pinyin, by its initials")

    @staticmethod
    def resolve_said(one: User) -> list[str]:
        return list(ways_to_write(one.shown_name, person=True))

    @staticmethod
    def resolve_manager(one: User) -> Named | None:
        return Named(id=one.manager.pk, name=one.manager.shown_name) if one.manager else None


class UserPage(Schema):
    items: list[UserOut]
    next: str | None


class UserCountOut(Schema):
    count: int


class UserIn(Strict):
    username: str = Field(max_length=80, examples=["wang.li"])
    name: str = Field("", max_length=100)
    email: str = Field("", max_length=254)
    role: str = Field("reader", max_length=40, description="Code of a role", examples=["salesperson"])
    department_id: Id | None = None
    manager_id: Id | None = Field(None, description="When it is not the department's head")
    title: str = Field("", max_length=100)
    phone: str = Field("", max_length=40)


class UserChangeIn(Strict):
    name: str | None = Field(None, max_length=100)
    email: str | None = Field(None, max_length=254)
    title: str | None = Field(None, max_length=100)
    phone: str | None = Field(None, max_length=40)
    role: str | None = None
    department_id: Id | None = None
    manager_id: Id | None = None
    active: bool | None = None


class UserMadeOut(Schema):
    user: UserOut
    password: str = Field(description="Shown once; hand it over safely")


class PasswordOut(Schema):
    password: str = Field(description="Shown once")
