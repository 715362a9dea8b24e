"""Writes of API keys."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Forbidden, Invalid, NotFound
from jinzita.people.models import ApiKey, Role
from jinzita.people.roles import SCOPES
from jinzita.people.selectors import KEY_MARK, api_keys, digest_of


@transaction.atomic
def create_api_key(
    *,
    by: Viewer,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime | None,
    now: datetime,
    role: str | None = None,
) -> tuple[ApiKey, str]:
    """A key acting for its maker within `scopes` and, when one is named, a role; and its text, shown once."""
    by.require(Permission.MANAGE_KEYS)
    if by.user_id is None or by.via == "key":
        raise Forbidden("Keys are made by a signed-in person.")
    if not name.strip():
        raise Invalid.at("name", "required", "Give the key a name that says who uses it.")
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise Invalid.at(
            "scopes", "unknown_scope", f"Choose scopes among {', '.join(SCOPES)}.", unknown=unknown
        )
    if expires_at is not None and expires_at <= now:
        raise Invalid.at("expires_at", "past", "The expiry must lie in the future.")
    if role and not Role.objects.filter(code=role).exists():
        raise Invalid.at("role", "unknown_choice", f"There is no role {role}.")
    prefix = secrets.token_hex(6)
    text = f"{KEY_MARK}{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=name.strip()[:100], user_id=by.user_id, prefix=prefix, digest=digest_of(text),
        scopes=sorted(set(scopes)), expires_at=expires_at, role_id=role or None,
    )  # fmt: skip
    audit.record(
        by=by, action="create", subject_type="api_key", subject_id=key.pk,
        changes={"name": key.name, "scopes": key.scopes, "expires_at": expires_at, "role": role},
    )  # fmt: skip
    return key, text


@transaction.atomic
def revoke_api_key(*, by: Viewer, key_id: int, now: datetime) -> None:
    """Make a key useless for good; doing so twice changes nothing."""
    key = api_keys(by).filter(pk=key_id).first()
    if key is None:
        raise NotFound(f"There is no API key {key_id}.")
    if key.revoked_at is None:
        key.revoked_at = now
        key.save(update_fields=["revoked_at"])
        audit.record(by=by, action="revoke", subject_type="api_key", subject_id=key.pk)


@transaction.atomic
def revoke_all_keys(*, by: Viewer, user_id: int, now: datetime) -> int:
    """Make all keys of a person useless for good; answers how many."""
    by.require(Permission.MANAGE_PEOPLE)
    keys = list(ApiKey.objects.filter(user_id=user_id, revoked_at=None))
    ApiKey.objects.filter(pk__in=[key.pk for key in keys]).update(revoked_at=now)
    for key in keys:
        audit.record(by=by, action="revoke", subject_type="api_key", subject_id=key.pk)
    return len(keys)
