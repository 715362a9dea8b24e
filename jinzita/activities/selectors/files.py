"""Files of customers: seen by whoever sees the customer."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from jinzita.activities.fields.file_kinds import KINDS
from jinzita.activities.models import File
from jinzita.customers.selectors import timeline
from jinzita.customers.selectors.visible import of_visible, require_visible
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound

MOST_SHOWN = 200


def file(viewer: Viewer, file_id: int, *, trashed: bool = False) -> File:
    """One file, by choice one in the trash. Raises NotFound, also when its customer is hidden."""
    rows = of_visible(viewer, _present().filter(trashed_at__isnull=not trashed))
    found = rows.filter(pk=file_id).first()
    if found is None:
        raise NotFound(f"There is no file {file_id}.")
    return found


def files(viewer: Viewer, customer_id: int, *, before_id: int | None = None, limit: int = 50) -> list[File]:
    """The files of a customer and of the notes on it, the newest first. Raises NotFound."""
    require_visible(viewer, customer_id)
    rows = _present().filter(customer_id=customer_id, trashed_at=None)
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.order_by("-id")[:limit])


def of_notes(note_ids: Sequence[int]) -> dict[int, list[File]]:
    """The files of notes the caller may see, by note, in the order they came."""
    found: dict[int, list[File]] = {one: [] for one in note_ids}
    if note_ids:
        rows = File.objects.filter(note_id__in=note_ids, trashed_at=None).select_related("content")
        for one in rows.order_by("id")[: MOST_SHOWN * len(note_ids)]:
            found[one.note_id or 0].append(one)
    return found


def may_remove(viewer: Viewer, one: File) -> bool:
    """Whether the viewer may throw a file away: who brought it, or who may delete."""
    if not viewer.may(Permission.RECORD_FACTS):
        return False
    return viewer.may(Permission.DELETE) or (viewer.user_id is not None and viewer.user_id == one.by_id)


def rules(viewer: Viewer) -> dict[str, Any]:
    """What is taken: the largest size and the kinds."""
    viewer.require(Permission.READ)
    return {
        "most_bytes": settings.FILE_MAX_BYTES,
        "kinds": [code for code in KINDS if code in settings.FILE_KINDS],
    }


def on_timeline(customer_id: int) -> timeline.Rows:
    """A customer's files as the timeline takes them; those of notes stand with the notes."""
    return timeline.rows(
        File.objects.filter(customer_id=customer_id, note=None, trashed_at=None), at="added_at", title="name",
        detail={"kind": "content__kind", "size": "content__size", "preview": "content__has_preview"},
        by="by_name", by_id="by_id",
    )  # fmt: skip


def _present() -> QuerySet[File]:
    """Files that do not lie in the trash with their note."""
    whole = Q(note=None) | Q(note__trashed_at=None)
    return File.objects.filter(whole).select_related("content")
