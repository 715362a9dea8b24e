"""Writes of saved views."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Forbidden, Invalid
from jinzita.people.models import SavedView, ViewChoice
from jinzita.people.selectors import views as reads
from jinzita.people.selectors.roles import roles
from jinzita.people.selectors.view_contents import require_fitting

Shared = SavedView.Shared
MOST_VIEWS, LARGEST_CONTENT = 200, 40_000
_PARTS = frozenset({"filter", "q", "sort", "columns", "group_by", "density"})


@transaction.atomic
def create_view(*, by: Viewer, kind: str, name: str, content: Mapping[str, Any], **values: Any) -> SavedView:
    """A new view of a list one may open. Sharing needs share_views. Raises Forbidden, Invalid, Conflict."""
    by.require(Permission.READ)
    reads.list_fields(by, kind)
    if by.user_id is None:
        raise Forbidden("Views belong to people.")
    if SavedView.objects.filter(owner_id=by.user_id, kind=kind).count() >= MOST_VIEWS:
        raise Conflict(f"Somebody has at most {MOST_VIEWS} views of a list.", code="too_many")
    one = SavedView(kind=kind, owner_id=by.user_id)
    _set(by, one, {"name": name, "content": content, **values})
    one.save()
    audit.record(by=by, action="create", subject_type="view", subject_id=one.pk, changes=_written(one))
    return reads.view(by, one.pk)


@transaction.atomic
def update_view(*, by: Viewer, view_id: int, changes: Mapping[str, Any]) -> SavedView:
    """Change a view: its maker may, and who manages people. Raises NotFound, Forbidden, Invalid."""
    one = _own(by, view_id)
    before = _written(one)
    _set(by, one, changes)
    one.save()
    audit.record(
        by=by, action="update", subject_type="view", subject_id=one.pk,
        # Which list it is of tells what its filter and columns are called.
        changes={"kind": one.kind, **audit.difference(before, _written(one))},
    )  # fmt: skip
    return reads.view(by, one.pk)


@transaction.atomic
def delete_view(*, by: Viewer, view_id: int) -> None:
    """Delete a view, for all it is shared with. Raises NotFound, Forbidden."""
    one = _own(by, view_id)
    audit.record(by=by, action="delete", subject_type="view", subject_id=one.pk, changes=_written(one))
    one.delete()


@transaction.atomic
def choose_view(*, by: Viewer, view_id: int, pinned: bool, is_default: bool) -> SavedView:
    """Keep a view at hand, or begin with it; for oneself. Raises NotFound."""
    one = reads.view(by, view_id)
    if is_default:
        ViewChoice.objects.filter(user_id=by.user_id or 0, kind=one.kind).update(is_default=False)
    ViewChoice.objects.update_or_create(
        view=one, user_id=by.user_id or 0,
        defaults={"kind": one.kind, "pinned": pinned, "is_default": is_default},
    )  # fmt: skip
    return one


def _own(by: Viewer, view_id: int) -> SavedView:
    one = reads.view(by, view_id)
    if one.owner_id != by.user_id and not by.may(Permission.MANAGE_PEOPLE):
        raise Forbidden("Only its maker changes a view; save it under another name.")
    # What is read of a view leaves out what is kept back from the reader: that is not to be saved.
    one.refresh_from_db(fields=["content"])
    return one


def _set(by: Viewer, one: SavedView, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(one, name, value)
    one.name = one.name.strip()
    if not one.name:
        raise Invalid.at("name", "required", "A view needs a name.")
    if "content" in changes:
        _require_content(by, one)
    if one.shared == Shared.PRIVATE:
        one.department_id, one.role = None, ""
        return
    by.require(Permission.SHARE_VIEWS)
    if one.shared == Shared.DEPARTMENT:
        if one.department_id is None or not reads.department_known(one.department_id):
            raise Invalid.at("department_id", "required", "Name the department to share it with.")
    elif one.shared == Shared.ROLE and not roles(by).filter(code=one.role).exists():
        raise Invalid.at("role", "unknown_choice", "Name the role to share it with.")
    if one.shared != Shared.DEPARTMENT:
        one.department_id = None
    if one.shared != Shared.ROLE:
        one.role = ""


def _require_content(by: Viewer, one: SavedView) -> None:
    unknown = set(one.content) - _PARTS
    if unknown:
        raise Invalid.at(f"content.{min(unknown)}"[:200], "unknown_field", "A view has no such part.")
    if len(json.dumps(one.content)) > LARGEST_CONTENT:
        raise Invalid.at("content", "too_long", "The view is too large.")
    of, fields = reads.list_fields(by, one.kind)
    require_fitting(of, fields, one.content, by)


def _written(one: SavedView) -> dict[str, Any]:
    names = ("kind", "name", "shared", "department_id", "role", "content", "position")
    return {name: getattr(one, name) for name in names}
