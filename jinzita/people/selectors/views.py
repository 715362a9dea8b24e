"""Saved views as somebody may use them."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid, NotFound
from jinzita.kernel.field_access import by_code
from jinzita.kernel.records import Field, RecordKind
from jinzita.kernel.records.arranging import arranged_list
from jinzita.people.models import Department, SavedView, User, ViewChoice
from jinzita.people.selectors.view_contents import require_readable, without_unknown

Shared = SavedView.Shared


def views(viewer: Viewer, kind: str | None = None) -> list[SavedView]:
    """The own views, and those shared with the viewer: with everybody, the role, or a department above.

    Of lists the viewer may open alone. What somebody shared says nothing of fields that are kept back from
    the viewer: a filter by one leaves the view out, columns and order by one are left out of it.
    """
    viewer.require(Permission.READ)
    rows = _offered(viewer)
    found = rows.filter(kind=kind) if kind else rows
    return _shown(viewer, found.order_by("position", "name", "pk"))


def view(viewer: Viewer, view_id: int) -> SavedView:
    """One view. Raises NotFound, also for one that is not shared with the viewer."""
    viewer.require(Permission.READ)
    found = _shown(viewer, _offered(viewer).filter(pk=view_id))
    if not found:
        raise NotFound(f"There is no view {view_id}.")
    return found[0]


def list_fields(viewer: Viewer, kind: str) -> tuple[RecordKind, Mapping[str, Field]]:
    """The list that views of this kind are of, and its fields as the viewer may use them.

    Raises Invalid for no list, Forbidden for one that the viewer may not open.
    """
    of = arranged_list(kind)
    if of is None:
        raise Invalid.at("kind", "unknown_choice", "There is no such list to keep views of.")
    viewer.require(of.permission)
    return of, by_code(viewer, of)


def _offered(viewer: Viewer) -> QuerySet[SavedView]:
    mine = Q(owner_id=viewer.user_id) | Q(shared=Shared.EVERYBODY)
    mine |= Q(shared=Shared.ROLE, role=viewer.role)
    path = (
        User.objects.filter(pk=viewer.user_id or 0, department__isnull=False)
        .values_list("department__path", flat=True)
        .first()
    )
    if path:
        above = [int(part) for part in path.split("/") if part]
        mine |= Q(shared=Shared.DEPARTMENT, department_id__in=above)
    if viewer.may(Permission.MANAGE_PEOPLE):
        mine |= ~Q(shared=Shared.PRIVATE)
    return SavedView.objects.select_related("owner").filter(mine)


def _shown(viewer: Viewer, rows: QuerySet[SavedView]) -> list[SavedView]:
    fields: dict[str, Mapping[str, Field]] = {}
    found = []
    for one in rows:
        of = arranged_list(one.kind)
        if of is None or not viewer.may(of.permission):
            continue
        if one.owner_id != viewer.user_id:
            known = fields.get(one.kind) or by_code(viewer, of)
            fields[one.kind] = known
            try:
                require_readable(of, known, one.content.get("filter"), viewer)
            except Invalid:
                continue
            one.content = without_unknown(known, one.content)
        found.append(one)
    return found


def choices(viewer: Viewer) -> Mapping[int, ViewChoice]:
    """What the viewer does with views, by view."""
    return {one.view_id: one for one in ViewChoice.objects.filter(user_id=viewer.user_id or 0)}


def department_known(department_id: int) -> bool:
    return Department.objects.filter(pk=department_id).exists()
