"""Saved views as somebody may use them."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.people.models import Department, SavedView, User, ViewChoice

Shared = SavedView.Shared


def views(viewer: Viewer, kind: str | None = None) -> QuerySet[SavedView]:
    """The own views, and those shared with the viewer: with everybody, the role, or a department above."""
    viewer.require(Permission.READ)
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
    rows = SavedView.objects.select_related("owner").filter(mine)
    return (rows.filter(kind=kind) if kind else rows).order_by("position", "name", "pk")


def view(viewer: Viewer, view_id: int) -> SavedView:
    """One view. Raises NotFound, also for one that is not shared with the viewer."""
    found = views(viewer).filter(pk=view_id).first()
    if found is None:
        raise NotFound(f"There is no view {view_id}.")
    return found


def choices(viewer: Viewer) -> Mapping[int, ViewChoice]:
    """What the viewer does with views, by view."""
    return {one.view_id: one for one in ViewChoice.objects.filter(user_id=viewer.user_id or 0)}


def department_known(department_id: int) -> bool:
    return Department.objects.filter(pk=department_id).exists()
