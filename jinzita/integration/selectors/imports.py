"""Imports as their makers, and those who see everything, may see them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from jinzita.integration.fields import IMPORTS
from jinzita.integration.models import BadRow, Import
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.field_access import by_code
from jinzita.kernel.records import filters, listing
from jinzita.people.selectors.grouping import Group, groups_of

# Words are remembered from so many imports of a kind.
_RECENT = 50


def imports(viewer: Viewer) -> QuerySet[Import]:
    """Everybody who may import sees the own imports; who sees all customers sees all imports."""
    viewer.require(Permission.IMPORT)
    found = Import.objects.select_related(
        "job", "created_by", "upload", "change_set__job", "change_set__undo_job"
    ).order_by("-id")
    return found if viewer.reach is Reach.ALL else found.filter(created_by_id=viewer.user_id)


def matching(viewer: Viewer, *, filter: str | None = None, q: str | None = None) -> QuerySet[Import]:
    """The imports a viewer may see that fit a filter, by words of the file's name or its source."""
    rows = imports(viewer).filter(filters.where(by_code(viewer, IMPORTS), filter))
    if not (q and (words := q.strip())):
        return rows
    return rows.filter(Q(filename__icontains=words) | Q(source__icontains=words))


def page(
    viewer: Viewer, *, filter: str | None = None, q: str | None = None, sort: str | None = None,
    limit: int = 50, cursor: str | None = None, offset: int = 0,
) -> listing.Page[Import]:  # fmt: skip
    """A page of the list, the newest first unless `sort` says otherwise. Raises Invalid."""
    return listing.page(
        matching(viewer, filter=filter, q=q), by_code(viewer, IMPORTS), default_sort=IMPORTS.default_sort,
        sort=sort, limit=limit, cursor=cursor, offset=offset,
    )  # fmt: skip


def grouped(viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None) -> list[Group]:
    """The list in groups by a field. Raises Invalid."""
    return groups_of(matching(viewer, filter=filter, q=q), by_code(viewer, IMPORTS), by=by)


def get_import(viewer: Viewer, import_id: int) -> Import:
    found = imports(viewer).filter(pk=import_id).first()
    if found is None:
        raise NotFound(f"There is no import {import_id}.")
    return found


def remembered(viewer: Viewer, columns: Sequence[str]) -> Import | None:
    """The last import of a file with these columns: the viewer's own, or else a colleague's."""
    alike = Import.objects.select_related("created_by").filter(columns=list(columns)).order_by("-id")
    return alike.filter(created_by_id=viewer.user_id).first() or alike.first()


def words_used(kind: str) -> dict[str, dict[str, str]]:
    """What words of files were taken for in the last imports of a kind: {field: {word: choice}}."""
    recent = Import.objects.filter(kind=kind).exclude(plan__words=None).exclude(plan__words={})
    found: dict[str, dict[str, str]] = {}
    for words in reversed(recent.order_by("-id").values_list("plan__words", flat=True)[:_RECENT]):
        for field, several in words.items():
            found.setdefault(field, {}).update(several)
    return found


def some_bad_rows(
    viewer: Viewer, import_id: int, *, after: int = 0, limit: int = 50, code: str | None = None,
    field: str | None = None,
) -> tuple[Import, list[BadRow]]:  # fmt: skip
    """The import, and rows of it that could not be used: those after row `after`, of one reason."""
    one = get_import(viewer, import_id)
    rows = BadRow.objects.filter(of=one, number__gt=after).order_by("number")
    reason = {name: value for name, value in (("code", code), ("field", field)) if value is not None}
    if reason:
        rows = rows.filter(reasons__contains=[reason])
    return one, list(rows[:limit])


def bad_rows(one: Import) -> Iterator[tuple[int, list[str], list[dict[str, Any]]]]:
    """The rows that could not be used, in the order of the file: number, cells, reasons."""
    rows = BadRow.objects.filter(of=one).order_by("number").values_list("number", "cells", "reasons")
    return rows.iterator(chunk_size=5000)
