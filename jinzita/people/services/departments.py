"""Writes of the tree of departments."""

from typing import Any

from django.db import IntegrityError, transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, NotFound
from jinzita.people.models import Department, User
from jinzita.people.selectors import department, user
from jinzita.people.services.changes import refuse_unknown


@transaction.atomic
def create_department(
    *, by: Viewer, name: str, parent_id: int | None = None, head_id: int | None = None
) -> Department:
    by.require(Permission.MANAGE_PEOPLE)
    parent = department(by, parent_id) if parent_id else None
    made = Department(name=_department_name(name), parent=parent)
    made.head = user(by, head_id) if head_id else None
    _save_department(made)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    audit.record(
        by=by, action="create", subject_type="department", subject_id=made.pk,
        changes={"name": made.name, "parent_id": parent_id, "head_id": head_id},
    )  # fmt: skip
    return made


@transaction.atomic
def update_department(*, by: Viewer, department_id: int, changes: dict[str, Any]) -> Department:
    """Rename a department, give it a head, or hang it, with all below it, under another."""
    by.require(Permission.MANAGE_PEOPLE)
    refuse_unknown(changes, {"name", "parent_id", "head_id"})
    # All of the tree is locked: two moves at once could otherwise tie it into a ring.
    tree = {one.pk: one for one in Department.objects.select_for_update().order_by("pk")}
    moved = tree.get(department_id)
    if moved is None:
        raise NotFound(f"There is no department {department_id}.")
    before = {"name": moved.name, "parent_id": moved.parent_id, "head_id": moved.head_id}
    if "name" in changes:
        moved.name = _department_name(changes["name"])
    if "head_id" in changes:
        moved.head = user(by, changes["head_id"]) if changes["head_id"] else None
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
