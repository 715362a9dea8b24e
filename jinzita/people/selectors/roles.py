"""Roles as viewers are made of them, and who has which."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from jinzita.kernel.access import FieldAccess, Permission, Reach, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.people.models import Department, Role, User
from jinzita.people.roles import ADMINISTRATOR
from jinzita.people.selectors.following import with_what_follows
from jinzita.people.selectors.teams import team_of


def roles(viewer: Viewer) -> QuerySet[Role]:
    """All roles; everybody may know what a role means, those who manage people change them."""
    viewer.require(Permission.READ)
    return Role.objects.all()


def role(viewer: Viewer, code: str) -> Role:
    found = roles(viewer).filter(code=code).first()
    if found is None:
        raise NotFound(f"There is no role {code}.")
    return found


def people_by_role(viewer: Viewer) -> Counter[str]:
    """How many active people have each role."""
    viewer.require(Permission.READ)
    return Counter(map(str, User.objects.filter(is_active=True).values_list("role_id", flat=True)))


def administrators(viewer: Viewer) -> list[User]:
    """Who can grant what a role lacks: the active people who manage people, by name. Who does so already
    lacks what only an administrator can grant.
    """
    viewer.require(Permission.READ)
    granting = Role.objects.filter(permissions__contains=[Permission.MANAGE_PEOPLE]).values("code")
    if viewer.may(Permission.MANAGE_PEOPLE):
        granting = granting.filter(code=ADMINISTRATOR)
    found = User.objects.filter(is_active=True, role_id__in=granting).order_by("username")[:20]
    return sorted(found, key=lambda one: one.role_id != ADMINISTRATOR)


def granted(one: Role) -> dict[str, Any]:
    """What a role gives a viewer. The administrator's is everything, whatever its row says."""
    every = {"role": one.code, "sensitive": frozenset(one.sensitive)}
    if one.code == ADMINISTRATOR:
        return {**every, "permissions": frozenset(Permission), "reach": Reach.ALL}
    known = frozenset(Permission)
    return {
        **every,
        "permissions": frozenset(Permission(name) for name in one.permissions if name in known),
        "reach": Reach(one.reach),
        "reaches": {kind: Reach(reach) for kind, reach in one.reaches.items()},
        "fields": {name: FieldAccess(access) for name, access in one.fields.items()},
    }


def as_viewer(one: Role) -> Viewer:
    """A viewer with exactly what the role gives, acting for nobody; to compare roles with."""
    return with_what_follows(Viewer(user_id=None, name=one.code, **granted(one)))


def role_words(viewer: Viewer) -> dict[str, str]:
    """What the viewer's role is called in both languages."""
    found = Role.objects.filter(code=viewer.role).first()
    return {"en": found.label_en, "zh": found.label_zh} if found else {"en": viewer.name, "zh": viewer.name}


def who_reaches(
    viewer: Viewer, *, owner_id: int | None, department_id: int | None, member_ids: Collection[int] = ()
) -> dict[str, int]:
    """How many active people see a customer of this owner, department and team, by the reason; each counts
    once.
    """
    viewer.require(Permission.READ)
    ways = _ways(owner_id, department_id)
    rest = User.objects.filter(is_active=True).exclude(ways["sees_all"])
    return {
        "owner": rest.filter(ways["owner"]).count(),
        "team": rest.filter(ways["team"]).exclude(ways["owner"]).count(),
        "department": rest.filter(ways["department"]).exclude(ways["owner"]).count(),
        "in_team": rest.filter(pk__in=member_ids)
        .exclude(ways["owner"] | ways["team"] | ways["department"])
        .count(),
        "sees_all": User.objects.filter(ways["sees_all"], is_active=True).count(),
    }


def holders_reaching(permission: Permission, *, owner_id: int | None, department_id: int | None) -> list[int]:
    """Ids of the active people who hold a permission and see a customer of this owner and department."""
    reaching = Q()
    for way in _ways(owner_id, department_id).values():
        reaching |= way
    granting = Q(role__permissions__contains=[permission]) | Q(role_id=ADMINISTRATOR)
    found = User.objects.filter(granting, reaching, is_active=True).order_by("pk")
    return list(found.values_list("pk", flat=True))


def _ways(owner_id: int | None, department_id: int | None) -> dict[str, Q]:
    """By which ways people see a customer of this owner and department."""
    above: list[int] = []
    if department_id:
        path = Department.objects.values_list("path", flat=True).get(pk=department_id)
        above = [int(part) for part in path.strip("/").split("/")]
    owner = User.objects.filter(pk=owner_id).first() if owner_id else None
    return {
        "owner": Q(pk=owner_id or 0),
        "team": Q(role__reach=Reach.TEAM, pk__in=team_of(owner) if owner else ()),
        "department": Q(role__reach=Reach.DEPARTMENTS, department_id__in=above),
        "sees_all": Q(role__reach=Reach.ALL) | Q(role_id=ADMINISTRATOR),
    }
