"""What people's endpoints take and give."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinzita.kernel.wire import Id, Named, Strict
from jinzita.people.models import ApiKey, Department, User


class MeOut(Schema):
    id: int
    username: str
    name: str
    email: str
    role: str = Field(examples=["manager"])
    department: Named | None
    language: str | None
    theme: str | None
    can: list[str] = Field(description="Permissions held", examples=[["read", "record_facts"]])


class MeIn(Strict):
    name: str | None = Field(None, max_length=100)
    email: str | None = Field(None, max_length=254)
    language: str | None = Field(None, description="zh-hans or en", examples=["zh-hans"])
    theme: str | None = Field(None, description="light or dark", examples=["dark"])


class PasswordChangeIn(Strict):
    current: str
    new: str


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


class DepartmentOut(Schema):
    id: int
    name: str
    parent_id: int | None
    path: str = Field(description="Ids from the root down", examples=["/1/4/"])
    members: int = Field(description="People directly in it")


class DepartmentIn(Strict):
    name: str = Field(max_length=100)
    parent_id: Id | None = None


class DepartmentChangeIn(Strict):
    name: str | None = Field(None, max_length=100)
    parent_id: Id | None = None


class ApiKeyOut(Schema):
    id: int
    name: str
    prefix: str
    scopes: list[str]
    expires_at: datetime | None
    created_at: datetime
    created_by: str
    last_used_at: datetime | None
    revoked_at: datetime | None


class ApiKeyIn(Strict):
    name: str = Field(max_length=100, examples=["billing system"])
    scopes: list[str] = Field(examples=[["facts:write"]])
    expires_at: datetime | None = None


class ApiKeyMadeOut(ApiKeyOut):
    key: str = Field(description="Shown once; send it as a bearer token")


class AuditOut(Schema):
    id: int
    at: datetime
    actor: str
    via: str
    action: str
    subject_type: str
    subject_id: int | None
    changes: dict[str, Any]


class AuditPage(Schema):
    items: list[AuditOut]
    next: str | None


class CompanyOut(Schema):
    company: str
    version: str
    languages: list[str]
    currency: str
    time_zone: str
    scopes: list[str] = Field(description="Scopes an API key may have")
    roles: list[str]


def named(one: Department | None) -> Named | None:
    return Named(id=one.pk, name=one.name) if one else None


def me(user: User, can: list[str]) -> MeOut:
    return MeOut(
        id=user.pk, username=user.username, name=user.shown_name, email=user.email, role=user.role,
        department=named(user.department), language=user.language or None, theme=user.theme or None, can=can,
    )  # fmt: skip


def api_key(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.pk, "name": key.name, "prefix": key.prefix, "scopes": key.scopes,
        "expires_at": key.expires_at, "created_at": key.created_at, "created_by": key.user.shown_name,
        "last_used_at": key.last_used_at, "revoked_at": key.revoked_at,
    }  # fmt: skip
