"""Writes of roles."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from jinzita.kernel import audit, values
from jinzita.kernel.access import FieldAccess, Permission, Reach, Viewer
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.kernel.field_access import restrictable
from jinzita.kernel.records import kinds
from jinzita.people.models import ApiKey, Role, User
from jinzita.people.roles import ADMINISTRATOR
from jinzita.people.selectors import as_viewer, role
from jinzita.people.services.changes import refuse_unknown

_TEXTS = {"label_en": 80, "label_zh": 80, "about_en": 300, "about_zh": 300}
_PARTS = ("permissions", "reach", "reaches", "fields")
_OWN = {"reach": Reach.OWN, "permissions": [Permission.READ]}


@transaction.atomic
def create_role(*, by: Viewer, given: Mapping[str, Any], copy_of: str | None = None) -> Role:
    """A role of the company's own: a copy of another with what `given` says instead.

    Raises Forbidden for what goes beyond the maker's own role, Invalid, NotFound.
    """
    by.require(Permission.MANAGE_PEOPLE)
    _lock_roles()
    basis: Mapping[str, Any] = _OWN
    if copy_of:
        copied = role(by, copy_of)
        basis = {name: getattr(copied, name) for name in (*_PARTS, "about_en", "about_zh")}
    made = Role(code=_new_code(str(given.get("label_en", ""))))
    _set(made, {**basis, **given})
    _only_within(by, made)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Conflict("There already is a role of this code.", code="taken") from None
    _tell_sensitive()
    audit.record(
        by=by, action="create", subject_type="role", subject_id=made.pk,
        changes={"code": made.code, **_as_written(made)},
    )  # fmt: skip
    return made


@transaction.atomic
def update_role(*, by: Viewer, code: str, changes: Mapping[str, Any]) -> Role:
    """Change a role; everybody who has it is affected with the next request.

    The administrator's role always is everything; nobody changes the own role or one that goes beyond it.
    """
    by.require(Permission.MANAGE_PEOPLE)
    refuse_unknown(dict(changes), {*_TEXTS, *_PARTS})
    _lock_roles()
    one = Role.objects.filter(code=code).first()
    if one is None:
        raise NotFound(f"There is no role {code}.")
    if code == ADMINISTRATOR and changes.keys() & set(_PARTS):
        raise Conflict("The administrator's role always includes everything.", code="role_locked")
    if code == by.role and changes.keys() & set(_PARTS):
        raise Conflict("You cannot change the role you have yourself.", code="own_role")
    _only_within(by, one)
    before = _as_written(one)
    _set(one, changes)
    _only_within(by, one)
    one.save()
    _tell_sensitive()
    difference = audit.difference(before, _as_written(one))
    if difference:
        audit.record(by=by, action="update", subject_type="role", subject_id=one.pk, changes=difference)
    return one


@transaction.atomic
def delete_role(*, by: Viewer, code: str) -> None:
    """Delete a role of the company's own that nobody has any more."""
    by.require(Permission.MANAGE_PEOPLE)
    _lock_roles()
    one = role(by, code)
    if one.ready:
        raise Conflict("The roles that come with the product stay.", code="role_ready")
    people = User.objects.filter(role_id=code).count()
    if people or ApiKey.objects.filter(role_id=code, revoked_at=None).exists():
        raise Conflict("People or keys still have this role; give them another first.", code="role_in_use")
    ApiKey.objects.filter(role_id=code).update(role=None)
    audit.record(
        by=by, action="delete", subject_type="role", subject_id=one.pk, changes={"code": one.code}
    )  # fmt: skip
    one.delete()
    _tell_sensitive()


def _lock_roles() -> None:
    """What any role keeps back is written into all of them: one change of roles at a time."""
    list(Role.objects.select_for_update().order_by("pk").values_list("pk"))


def _tell_sensitive() -> None:
    kept = {
        name
        for fields in Role.objects.values_list("fields", flat=True)
        for name, access in fields.items()
        if FieldAccess(access).concealed
    }
    Role.objects.update(sensitive=sorted(kept))


def require_within(by: Viewer, code: str) -> None:
    """Raise Forbidden when the role allows what the viewer's own does not: nobody grants more than they have.

    Raises Invalid when there is no such role.
    """
    found = Role.objects.filter(code=code).first()
    if found is None:
        raise Invalid.at("role", "unknown_choice", f"There is no role {code}.")
    _only_within(by, found)


def _only_within(by: Viewer, one: Role) -> None:
    given = as_viewer(one)
    fits = (
        given.permissions <= by.permissions
        and given.reach.within(by.reach)
        and all(given.reach_of(kind).within(by.reach_of(kind)) for kind in by.reaches)
        and all(given.fields.get(name, FieldAccess.EDIT).within(kept) for name, kept in by.fields.items())
    )
    if not fits:
        raise Forbidden("This role allows more than your own; an administrator can do this.")


def _set(one: Role, changes: Mapping[str, Any]) -> None:
    for name, longest in _TEXTS.items():
        if name in changes:
            setattr(one, name, values.plain_text(changes[name] or "", name, longest=longest).strip())
    one.label_en = one.label_en or one.label_zh
    one.label_zh = one.label_zh or one.label_en
    if not one.label_en:
        raise Invalid.at("label_zh", "required", "A role needs a name.")
    _require_own_name(one, changes)
    if "permissions" in changes:
        one.permissions = _permissions(changes["permissions"])
    if "reach" in changes:
        one.reach = _reach(changes["reach"], "reach")
    if "reaches" in changes:
        one.reaches = _reaches(changes["reaches"])
    if "fields" in changes:
        one.fields = _fields(changes["fields"])


def _require_own_name(one: Role, changes: Mapping[str, Any]) -> None:
    """Two roles of one name could not be told apart where one is chosen."""
    for name in ("label_zh", "label_en"):
        others = Role.objects.exclude(pk=one.pk).filter(**{f"{name}__iexact": getattr(one, name)})
        if name in changes and others.exists():
            raise Invalid.at(name, "taken", "Another role already has this name.")


def _permissions(names: Any) -> list[str]:
    known = {permission.value for permission in Permission}
    for number, name in enumerate(names):
        if name not in known:
            raise Invalid.at(f"permissions[{number}]", "unknown_choice", "There is no such permission.")
    # Nothing works without reading.
    return sorted({Permission.READ.value, *(str(name) for name in names)})


def _reach(value: Any, where: str) -> str:
    allowed = [reach.value for reach in Reach]
    if value not in allowed:
        raise Invalid.at(where, "unknown_choice", f"{where} must be one of {', '.join(allowed)}.")
    return str(value)


def _reaches(given: Mapping[str, Any]) -> dict[str, str]:
    for kind in given:
        if kind not in kinds() or kind == "customers":
            raise Invalid.at(f"reaches.{kind}"[:200], "unknown_choice", "There is no such kind of record.")
    return {kind: _reach(reach, f"reaches.{kind}") for kind, reach in given.items()}


def _fields(given: Mapping[str, Any]) -> dict[str, str]:
    known = {
        f"{kind.code}.{field.code}"
        for kind in kinds().values()
        for field in kind.read_fields()
        if restrictable(field)
    }
    allowed = [access.value for access in FieldAccess]
    kept: dict[str, str] = {}
    for name, access in given.items():
        where = f"fields.{name}"[:200]
        if name not in known:
            raise Invalid.at(where, "unknown_field", "This field cannot be kept back.")
        if access not in allowed:
            raise Invalid.at(where, "unknown_choice", f"{where} must be one of {', '.join(allowed)}.")
        if access != FieldAccess.EDIT:
            kept[name] = str(access)
    return kept


def _new_code(label: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:30]
    if not re.match(r"[a-z]", plain):
        plain = "role"
    taken = Role.objects.filter(code=plain).exists()
    return f"{plain}_{secrets.token_hex(3)}" if taken or plain == "role" else plain


def _as_written(one: Role) -> dict[str, Any]:
    return {name: getattr(one, name) for name in (*_TEXTS, *_PARTS)}
