"""Writes of people: accounts, departments, keys."""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction

from jinzita.kernel import audit, events
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.people.events import UserMoved
from jinzita.people.models import ApiKey, Department, Role, User
from jinzita.people.roles import SCOPES
from jinzita.people.selectors import KEY_MARK, api_keys, department, digest_of, user

LANGUAGES = ("", "zh-hans", "en")
THEMES = ("", "light", "dark")
# What Django takes for “no password fits”.
UNUSABLE = "!"


def make_password() -> str:
    """A password nobody chose: 16 characters, about 95 bits."""
    return secrets.token_urlsafe(12)


@transaction.atomic
def create_user(
    *, by: Viewer, username: str, name: str = "", email: str = "", role: str = Role.READER,
    department_id: int | None = None, demo: str = "",
) -> tuple[User, str]:  # fmt: skip
    """A new account and its password, which is shown once and never stored in clear."""
    by.require(Permission.MANAGE_PEOPLE)
    person = User(username=username.strip(), name=name.strip(), email=email.strip(), role=role, demo=demo)
    person.department = department(by, department_id) if department_id else None
    _check(person)
    password = make_password()
    person.set_password(password)
    _save_user(person)
    audit.record(
        by=by, action="create", subject_type="user", subject_id=person.pk,
        changes={"username": person.username, "role": role, "department_id": department_id},
    )  # fmt: skip
    return person, password


@transaction.atomic
def update_user(*, by: Viewer, user_id: int, changes: dict[str, Any]) -> User:
    """Change name, e-mail, role, department or whether the account is active."""
    by.require(Permission.MANAGE_PEOPLE)
    person = user(by, user_id)
    known = {"name", "email", "role", "department_id", "is_active"}
    _refuse_unknown(changes, known)
    if user_id == by.user_id and (
        changes.get("is_active") is False or changes.get("role", person.role) != person.role
    ):
        raise Conflict("You cannot take your own administrator role away or deactivate yourself.")
    before = {name: getattr(person, name) for name in known}
    if changes.get("department_id"):
        department(by, changes["department_id"])
    for name, value in changes.items():
        setattr(person, name, value)
    _check(person)
    _save_user(person)
    _keep_an_administrator()
    audit.record(
        by=by, action="update", subject_type="user", subject_id=user_id,
        changes=audit.difference(before, {name: getattr(person, name) for name in known}),
    )  # fmt: skip
    if person.department_id != before["department_id"]:
        events.publish(UserMoved(user_id))
    return user(by, user_id)


@transaction.atomic
def reset_password(*, by: Viewer, user_id: int) -> str:
    """A new generated password for somebody who lost the old one."""
    by.require(Permission.MANAGE_PEOPLE)
    person = user(by, user_id)
    password = make_password()
    person.set_password(password)
    person.save(update_fields=["password"])
    audit.record(by=by, action="reset_password", subject_type="user", subject_id=user_id)
    return password


@transaction.atomic
def change_own_password(*, by: Viewer, current: str, new: str) -> None:
    """Change the own password; the current one is asked for."""
    person = _self(by)
    if not person.check_password(current):
        raise Invalid.at("current", "wrong_password", "The current password is not right.")
    try:
        validate_password(new, person)
    except ValidationError as error:
        raise Invalid.at("new", "weak_password", " ".join(error.messages)) from None
    person.set_password(new)
    person.save(update_fields=["password"])
    audit.record(by=by, action="change_password", subject_type="user", subject_id=person.pk)


@transaction.atomic
def update_self(*, by: Viewer, changes: dict[str, Any]) -> User:
    """Change the own name, e-mail, language or theme."""
    person = _self(by)
    _refuse_unknown(changes, {"name", "email", "language", "theme"})
    before = {name: getattr(person, name) for name in changes}
    for name, value in changes.items():
        setattr(person, name, value or "")
    _check(person)
    _save_user(person)
    audit.record(
        by=by, action="update", subject_type="user", subject_id=person.pk,
        changes=audit.difference(before, changes),
    )  # fmt: skip
    return person


@transaction.atomic
def create_department(*, by: Viewer, name: str, parent_id: int | None = None) -> Department:
    by.require(Permission.MANAGE_PEOPLE)
    parent = department(by, parent_id) if parent_id else None
    made = Department(name=_department_name(name), parent=parent)
    _save_department(made)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    audit.record(
        by=by, action="create", subject_type="department", subject_id=made.pk,
        changes={"name": made.name, "parent_id": parent_id},
    )  # fmt: skip
    return made


@transaction.atomic
def update_department(*, by: Viewer, department_id: int, changes: dict[str, Any]) -> Department:
    """Rename a department or hang it, with all below it, under another."""
    by.require(Permission.MANAGE_PEOPLE)
    _refuse_unknown(changes, {"name", "parent_id"})
    # All of the tree is locked: two moves at once could otherwise tie it into a ring.
    tree = {one.pk: one for one in Department.objects.select_for_update().order_by("pk")}
    moved = tree.get(department_id)
    if moved is None:
        raise NotFound(f"There is no department {department_id}.")
    before = {"name": moved.name, "parent_id": moved.parent_id}
    if "name" in changes:
        moved.name = _department_name(changes["name"])
    old_path = moved.path
    if "parent_id" in changes:
        parent = department(by, changes["parent_id"]) if changes["parent_id"] else None
        if parent and parent.path.startswith(old_path):
            raise Invalid.at("parent_id", "circle", "A department cannot hang below itself.")
        moved.parent = parent
        moved.path = f"{parent.path if parent else '/'}{moved.pk}/"
    _save_department(moved)
    below = [one for one in tree.values() if one.path.startswith(old_path) and one.pk != moved.pk]
    for one in below:
        one.path = moved.path + one.path.removeprefix(old_path)
    Department.objects.bulk_update(below, ["path"])
    audit.record(
        by=by, action="update", subject_type="department", subject_id=moved.pk,
        changes=audit.difference(before, changes),
    )  # fmt: skip
    return moved


@transaction.atomic
def delete_department(*, by: Viewer, department_id: int) -> None:
    """Delete an empty department."""
    by.require(Permission.MANAGE_PEOPLE)
    gone = department(by, department_id)
    if User.objects.filter(department=gone).exists() or Department.objects.filter(parent=gone).exists():
        raise Conflict("The department still has people or departments below it; move them first.")
    audit.record(
        by=by, action="delete", subject_type="department", subject_id=gone.pk, changes={"name": gone.name}
    )
    try:
        with transaction.atomic():
            gone.delete()
    except IntegrityError:
        raise Conflict("The department still has customers; hand them over first.") from None


@transaction.atomic
def create_api_key(
    *, by: Viewer, name: str, scopes: Sequence[str], expires_at: datetime | None, now: datetime
) -> tuple[ApiKey, str]:
    """A key acting for its maker within `scopes`, and its text, shown once."""
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
    prefix = secrets.token_hex(6)
    text = f"{KEY_MARK}{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=name.strip()[:100], user_id=by.user_id, prefix=prefix, digest=digest_of(text),
        scopes=sorted(set(scopes)), expires_at=expires_at,
    )  # fmt: skip
    audit.record(
        by=by, action="create", subject_type="api_key", subject_id=key.pk,
        changes={"name": key.name, "scopes": key.scopes, "expires_at": expires_at},
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
def ensure_administrator(*, by: Viewer) -> tuple[str, str] | None:
    """Make the first administrator; its name and password, or None when there already is one."""
    by.require(Permission.MANAGE_PEOPLE)
    if User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists():
        return None
    person, password = create_user(by=by, username="admin", role=Role.ADMINISTRATOR)
    return person.username, password


def recover_administrator(*, by: Viewer, username: str) -> str:
    """A new password for an administrator locked out; for the command line."""
    person = User.objects.filter(username=username, role=Role.ADMINISTRATOR).first()
    if person is None:
        raise NotFound(f"There is no administrator called {username}.")
    return reset_password(by=by, user_id=person.pk)


def _self(by: Viewer) -> User:
    if by.user_id is None or by.via == "key":
        raise Forbidden("This needs a signed-in person.")
    return User.objects.get(pk=by.user_id)


def _refuse_unknown(changes: dict[str, Any], known: set[str]) -> None:
    for name in changes:
        if name not in known:
            raise Invalid.at(name, "unknown_field", f"“{name}” cannot be changed here.")


def _check(person: User) -> None:
    if not person.username:
        raise Invalid.at("username", "required", "A user needs a name to sign in with.")
    if person.role not in Role.values:
        raise Invalid.at("role", "unknown_choice", f"The role must be one of {', '.join(Role.values)}.")
    if person.language not in LANGUAGES:
        raise Invalid.at("language", "unknown_choice", "The language must be zh-hans or en.")
    if person.theme not in THEMES:
        raise Invalid.at("theme", "unknown_choice", "The theme must be light or dark.")
    if person.email:
        try:
            validate_email(person.email)
        except ValidationError:
            raise Invalid.at("email", "not_an_email", "This is not an e-mail address.") from None
    try:
        person.clean_fields(exclude=["password", "department", "email", "role"])
    except ValidationError as error:
        where, messages = next(iter(error.message_dict.items()))
        raise Invalid.at(where, "invalid", " ".join(messages)) from None


def _save_user(person: User) -> None:
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        where = "email" if "email" in str(error) else "username"
        raise Invalid.at(where, "taken", f"Another user already has this {where}.") from None


def _department_name(name: str) -> str:
    name = (name or "").strip()
    if not name:
        raise Invalid.at("name", "required", "A department needs a name.")
    if len(name) > 100:
        raise Invalid.at("name", "too_long", "A department's name has at most 100 characters.")
    return name


def _save_department(one: Department) -> None:
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        raise Invalid.at("name", "taken", "There already is a department of this name here.") from None


def _keep_an_administrator() -> None:
    if not User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists():
        raise Conflict("At least one active administrator must remain.")


@transaction.atomic
def add_demo_people(
    *, by: Viewer, demo: str, departments: Sequence[tuple[str, str | None]],
    people: Sequence[tuple[str, str, str, str]],
) -> dict[str, tuple[int, int]]:  # fmt: skip
    """The departments and people of a demo part, made where missing; nobody can sign in as one of them.

    `departments` are (name, parent's name), parents first; `people` are (username, name, role, department).
    Answers (user id, department id) by username.
    """
    by.require(Permission.MANAGE_PEOPLE)
    made: dict[str, Department] = {}
    for name, parent in departments:
        above = made[parent] if parent else None
        found = Department.objects.filter(name=name, parent=above).first()
        made[name] = found or create_department(by=by, name=name, parent_id=above.pk if above else None)
    known = set(
        User.objects.filter(username__in=[one[0] for one in people]).values_list("username", flat=True)
    )
    fresh = [
        User(
            username=username, name=name, role=role, department=made[department], demo=demo, password=UNUSABLE
        )
        for username, name, role, department in people
        if username not in known
    ]
    User.objects.bulk_create(fresh)
    audit.record(by=by, action="load_demo", subject_type="user", changes={"demo": demo, "people": len(fresh)})
    users_made = User.objects.filter(demo=demo)
    return {one.username: (one.pk, one.department_id or 0) for one in users_made}


@transaction.atomic
def remove_demo_people(*, by: Viewer, demo: str, departments: Sequence[str]) -> None:
    """Remove a demo part's people and, by their names, its departments; who or what is still needed stays.

    Somebody who owns a customer of the company's own is deactivated instead.
    """
    by.require(Permission.MANAGE_PEOPLE)
    for person in User.objects.filter(demo=demo):
        try:
            with transaction.atomic():
                person.delete()
                connection.check_constraints()
        except IntegrityError:
            User.objects.filter(pk=person.pk).update(is_active=False)
    for name in reversed(departments):
        for one in Department.objects.filter(name=name):
            with suppress(IntegrityError), transaction.atomic():
                one.delete()
                connection.check_constraints()
    audit.record(by=by, action="remove_demo", subject_type="user", changes={"demo": demo})
