"""Accounts on the wire."""

from datetime import datetime

from ninja import Field, Schema

from jinzita.kernel.wire import Id, Named, Strict


class UserOut(Schema):
    id: int
    username: str
    name: str
    email: str
    role: str
    department: Named | None
    active: bool = Field(alias="is_active")
    last_login: datetime | None


class UserIn(Strict):
    username: str = Field(max_length=80, examples=["wang.li"])
    name: str = Field("", max_length=100)
    email: str = Field("", max_length=254)
    role: str = Field("reader", description="administrator, manager, salesperson or reader")
    department_id: Id | None = None


class UserChangeIn(Strict):
    name: str | None = Field(None, max_length=100)
    email: str | None = Field(None, max_length=254)
    role: str | None = None
    department_id: Id | None = None
    active: bool | None = None


class UserMadeOut(Schema):
    user: UserOut
    password: str = Field(description="Shown once; hand it over safely")


class PasswordOut(Schema):
    password: str = Field(description="Shown once")
