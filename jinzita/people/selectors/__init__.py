"""Reads of people, and the making of a Viewer: the one place where access begins."""

import hashlib
import hmac
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from jinzita.kernel.access import Permission, Reach, Viewer, narrowed, system
from jinzita.kernel.errors import NotFound, Unauthenticated
from jinzita.people.models import ApiKey, Department, Role, User
from jinzita.people.roles import ADMINISTRATOR, SCOPES
from jinzita.people.selectors.following import with_what_follows
from jinzita.people.selectors.joined import joined_ids
from jinzita.people.selectors.roles import (
    administrators,
    as_viewer,
    granted,
    holders_reaching,
    people_by_role,
    role,
    role_words,
    roles,
    who_reaches,
)
from jinzita.people.selectors.teams import led_departments, manager_of, managers, superiors, team_of

KEY_MARK = "jz_"


def viewer_for(user: User) -> Viewer:
    """The viewer of a signed-in person: what the role allows, over what the role reaches."""
    return _placed(user, Viewer(user_id=user.pk, name=user.shown_name, **granted(user.role)))


def _placed(user: User, viewer: Viewer) -> Viewer:
    """The viewer with the departments and the team that the reach asks for, the customers joined, and what
    follows of what the role keeps back.
    """
    reaches = {viewer.reach, *viewer.reaches.values()}
    changes: dict[str, Any] = {}
    if Reach.DEPARTMENTS in reaches and user.department_id:
        changes["department_ids"] = frozenset(department_and_below(user.department_id))
    if Reach.TEAM in reaches:
        changes["team_ids"] = team_of(user)
    if reaches != {Reach.ALL}:
        changes["joined_ids"] = joined_ids(user.pk)
    return with_what_follows(replace(viewer, **changes) if changes else viewer)


def viewer_for_key(text: str, *, now: datetime) -> Viewer:
    """The viewer a key acts as. Raises Unauthenticated, in the same words for every reason."""
    prefix, _, _ = text.removeprefix(KEY_MARK).partition("_")
    key = (
        ApiKey.objects.select_related("user__department", "user__role", "role").filter(prefix=prefix).first()
    )
    valid = (
        key is not None
        and hmac.compare_digest(key.digest, digest_of(text))
        and key.revoked_at is None
        and (key.expires_at is None or key.expires_at > now)
        and key.user.is_active
    )
    if not valid or key is None:
        raise Unauthenticated("The API key is unknown, expired or revoked.")
    if key.last_used_at is None or (now - key.last_used_at).total_seconds() > 60:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    person = viewer_for(key.user)
    if key.role is not None:
        person = _narrowed_to(key.user, person, key.role)
    allowed: frozenset[Permission] = frozenset().union(*(SCOPES[scope] for scope in key.scopes))
    return replace(
        person, name=f"{person.name} (key {key.name})", permissions=person.permissions & allowed, via="key"
    )


def _narrowed_to(user: User, person: Viewer, role: Role) -> Viewer:
    """The person within a role. Of a team only those of the departments the person sees."""
    found = _placed(user, replace(narrowed(person, as_viewer(role)), role=role.code))
    if found.team_ids and person.reach is Reach.DEPARTMENTS:
        seen = User.objects.filter(pk__in=found.team_ids, department_id__in=person.department_ids)
        found = replace(found, team_ids=frozenset(seen.values_list("pk", flat=True)))
    return found


def digest_of(key: str) -> str:
    """Keys are random 256-bit strings, so a plain hash keeps them as safe as a slow one would."""
    return hashlib.sha256(key.encode()).hexdigest()


def department_and_below(department_id: int) -> list[int]:
    """Ids of a department and of all below it."""
    path = Department.objects.filter(pk=department_id).values("path")[:1]
    return list(Department.objects.filter(path__startswith=path).values_list("pk", flat=True))


def users(viewer: Viewer) -> QuerySet[User]:
    """Everybody may know the colleagues; accounts are changed only by those who manage people."""
    viewer.require(Permission.READ)
    return User.objects.select_related("department", "manager").order_by("username")


def user(viewer: Viewer, user_id: int) -> User:
    found = users(viewer).filter(pk=user_id).first()
    if found is None:
        raise NotFound(f"There is no user {user_id}.")
    return found


def departments(viewer: Viewer) -> QuerySet[Department]:
    viewer.require(Permission.READ)
    return Department.objects.select_related("head").order_by("path")


def department(viewer: Viewer, department_id: int) -> Department:
    found = departments(viewer).filter(pk=department_id).first()
    if found is None:
        raise NotFound(f"There is no department {department_id}.")
    return found


def api_keys(viewer: Viewer) -> QuerySet[ApiKey]:
    """The own keys; all keys for those who manage people."""
    viewer.require(Permission.MANAGE_KEYS)
    mine = Q() if viewer.may(Permission.MANAGE_PEOPLE) else Q(user_id=viewer.user_id)
    return ApiKey.objects.select_related("user").filter(mine).order_by("-pk")


def departments_named(department_ids: set[int]) -> dict[int, str]:
    """Names of departments by id, for capabilities that show one."""
    return dict(Department.objects.filter(pk__in=department_ids).values_list("pk", "name"))


def people_named(user_ids: Collection[int]) -> dict[int, str]:
    """Names of people by id, also of those who left."""
    return {pk: one.shown_name for pk, one in owners(set(user_ids)).items()}


def actor(user_id: int | None, *, via: str = "job") -> Viewer:
    """Who a job works for, as that person may do now; the system when nobody. Raises NotFound."""
    if user_id is None:
        return system(via)
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None:
        raise NotFound(f"There is no active user {user_id}.")
    return replace(viewer_for(person), via=via)


def owners(user_ids: set[int]) -> dict[int, User]:
    """Users by id, for capabilities that show an owner."""
    return User.objects.in_bulk(user_ids)


def named(viewer: Viewer, texts: Collection[str]) -> dict[str, list[tuple[int, str]]]:
    """For each text the active people it may mean: by user name or e-mail, else by name."""
    sure: dict[str, list[tuple[int, str]]] = {}
    called: dict[str, list[tuple[int, str]]] = {}
    for one in users(viewer).filter(is_active=True):
        for word in {one.username.lower(), one.email.lower()} - {""}:
            sure.setdefault(word, []).append((one.pk, one.shown_name))
        called.setdefault(one.name.strip().lower(), []).append((one.pk, one.shown_name))
    folded = {text: text.strip().lower() for text in texts}
    return {
        text: found for text, word in folded.items() if word and (found := sure.get(word) or called.get(word))
    }


def holders_of(permission: Permission) -> list[int]:
    """Ids of the active people whose role includes a permission, to tell them something."""
    granting = Q(role__permissions__contains=[permission]) | Q(role_id=ADMINISTRATOR)
    return list(User.objects.filter(granting, is_active=True).order_by("pk").values_list("pk", flat=True))


__all__ = [
    "KEY_MARK",
    "administrators",
    "api_keys",
    "as_viewer",
    "department",
    "department_and_below",
    "departments",
    "digest_of",
    "granted",
    "holders_of",
    "holders_reaching",
    "led_departments",
    "manager_of",
    "managers",
    "named",
    "owners",
    "people_by_role",
    "people_named",
    "role",
    "role_words",
    "roles",
    "superiors",
    "team_of",
    "user",
    "users",
    "viewer_for",
    "viewer_for_key",
    "who_reaches",
]
