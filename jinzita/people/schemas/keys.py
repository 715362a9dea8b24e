"""API keys on the wire."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinzita.kernel.wire import Strict
from jinzita.people.models import ApiKey


class ApiKeyOut(Schema):
    id: int
    name: str
    prefix: str
    scopes: list[str]
    role: str | None = Field(description="The role it acts as, within its maker's own")
    expires_at: datetime | None
    created_at: datetime
    created_by: str
    last_used_at: datetime | None
    revoked_at: datetime | None


class ApiKeyIn(Strict):
    name: str = Field(max_length=100, examples=["billing system"])
    scopes: list[str] = Field(examples=[["facts:write"]])
    expires_at: datetime | None = None
    role: str | None = Field(
        None, max_length=40, description="Narrows the key to what this role may and sees"
    )


class ApiKeyMadeOut(ApiKeyOut):
    key: str = Field(description="Shown once; send it as a bearer token")


def api_key(key: ApiKey) -> dict[str, Any]:
    return {
        "id": key.pk, "name": key.name, "prefix": key.prefix, "scopes": key.scopes,
        "role": key.role_id,
        "expires_at": key.expires_at, "created_at": key.created_at, "created_by": key.user.shown_name,
        "last_used_at": key.last_used_at, "revoked_at": key.revoked_at,
    }  # fmt: skip
