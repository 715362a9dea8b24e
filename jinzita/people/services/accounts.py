"""Writes of accounts."""

import secrets
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from jinzita.kernel import audit, events
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.people.events import UserDeactivated, UserMoved
from jinzita.people.models import User
from jinzita.people.roles import ADMINISTRATOR, READER
from jinzita.people.selectors import department, user
from jinzita.people.services.changes import refuse_unknown
from jinzita.people.services.keys import revoke_all_keys
from jinzita.people.services.roles import require_within
from jinzita.people.services.sessions import drop_sessions

LANGUAGES = ("", "zh-hans", "en")

THEMES = ("", "light", "dark")
_TEXTS = ("name", "title", "phone", "email")
_OF_A_PERSON = (*_TEXTS, "department_id", "manager_id", "is_active")


def make_password() -> str:
    """A password nobody chose: 16 characters, about 95 bits."""
    return secrets.token_urlsafe(12)


@transaction.atomic
def create_user(
    *, by: Viewer, username: str, name: str = "", email: str = "", role: str = READER,
    department_id: int | None = None, manager_id: int | None = None, title: str = "", phone: str = "",
    demo: str = "",
) -> tuple[User, str]:  # fmt: skip
    """A new account and its password, which is shown once and never stored in clear."""
    by.require(Permission.MANAGE_PEOPLE)
    require_within(by, role)
    person = User(
        username=username.strip(), name=name.strip(), email=email.strip(), role_id=role, demo=demo,
        title=title.strip(), phone=phone.strip(),
    )  # fmt: skip
    person.department = department(by, department_id) if department_id else None
    person.manager = user(by, manager_id) if manager_id else None
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
    """Change name, title, telephone, e-mail, role, department, manager or whether the account is active.

    Nobody changes the account of somebody who may more than they may themselves.
    """
    by.require(Permission.MANAGE_PEOPLE)
    person = user(by, user_id)
    refuse_unknown(changes, {"role", *_OF_A_PERSON})
    changes = {"role_id" if name == "role" else name: value for name, value in changes.items()}
    known = {"role_id", *_OF_A_PERSON}
    require_within(by, person.role.code)
    if "role_id" in changes:
        require_within(by, changes["role_id"])
    if user_id == by.user_id and (
        changes.get("is_active") is False or changes.get("role_id", person.role_id) != person.role_id
    ):
        raise Conflict("You cannot take your own administrator role away or deactivate yourself.")
    before = {name: getattr(person, name) for name in known}
    if changes.get("department_id"):
        department(by, changes["department_id"])
    if changes.get("manager_id"):
        if changes["manager_id"] == user_id:
            raise Invalid.at("manager_id", "own_manager", "Nobody manages themselves.")
        user(by, changes["manager_id"])
    for name, value in changes.items():
        setattr(person, name, "" if value is None and name in _TEXTS else value)
    _check(person)
    _save_user(person)
    _keep_an_administrator()
    if not person.is_active:
        drop_sessions([user_id])
    audit.record(
        by=by, action="update", subject_type="user", subject_id=user_id,
        changes=_by_name(audit.difference(before, {name: getattr(person, name) for name in known})),
    )  # fmt: skip
    if person.department_id != before["department_id"]:
        events.publish(UserMoved(user_id))
    if before["is_active"] and not person.is_active:
        events.publish(UserDeactivated(user_id))
    return user(by, user_id)


@transaction.atomic
def deactivate_user(*, by: Viewer, user_id: int, now: datetime) -> int:
    """Close an account: its sessions end and its API keys are revoked for good; answers how many keys.

    Raises Conflict (account_closed) when it is closed already, of two who try at once for the second.
    """
    by.require(Permission.MANAGE_PEOPLE)
    person = User.objects.select_for_update().filter(pk=user_id).first()
    if person is not None and not person.is_active:
        raise Conflict("This account is closed already.", code="account_closed")
    update_user(by=by, user_id=user_id, changes={"is_active": False})
    return revoke_all_keys(by=by, user_id=user_id, now=now)


@transaction.atomic
def reset_password(*, by: Viewer, user_id: int) -> str:
    """A new generated password for somebody who lost the old one."""
    by.require(Permission.MANAGE_PEOPLE)
    person = user(by, user_id)
    require_within(by, person.role.code)
    password = make_password()
    person.set_password(password)
    person.save(update_fields=["password"])
    drop_sessions([user_id])
    audit.record(by=by, action="reset_password", subject_type="user", subject_id=user_id)
    return password


@transaction.atomic
def change_own_password(*, by: Viewer, current: str, new: str) -> User:
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
    return person


@transaction.atomic
def update_self(*, by: Viewer, changes: dict[str, Any]) -> User:
    """Change the own name, e-mail, language or theme."""
    person = _self(by)
    refuse_unknown(changes, {"name", "email", "language", "theme"})
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
def ensure_administrator(*, by: Viewer) -> tuple[str, str] | None:
    """Make the first administrator; its name and password, or None when there already is one."""
    by.require(Permission.MANAGE_PEOPLE)
    if User.objects.filter(role_id=ADMINISTRATOR, is_active=True).exists():
        return None
    person, password = create_user(by=by, username="admin", role=ADMINISTRATOR)
    return person.username, password


def recover_administrator(*, by: Viewer, username: str) -> str:
    """A new password for an administrator locked out; for the command line."""
    person = User.objects.filter(username=username, role_id=ADMINISTRATOR).first()
    if person is None:
        raise NotFound(f"There is no administrator called {username}.")
    return reset_password(by=by, user_id=person.pk)


def _by_name(changes: dict[str, Any]) -> dict[str, Any]:
    """With the name that the API gives a role."""
    return {"role" if name == "role_id" else name: value for name, value in changes.items()}


def _self(by: Viewer) -> User:
    if by.user_id is None or by.via == "key":
        raise Forbidden("This needs a signed-in person.")
    return User.objects.get(pk=by.user_id)


def _check(person: User) -> None:
    if not person.username:
        raise Invalid.at("username", "required", "A user needs a name to sign in with.")
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
        person.clean_fields(exclude=["password", "department", "email", "role", "manager"])
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


def _keep_an_administrator() -> None:
    if not User.objects.filter(role_id=ADMINISTRATOR, is_active=True).exists():
        raise Conflict("At least one active administrator must remain.")
