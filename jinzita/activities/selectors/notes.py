"""Notes on customers: seen by whoever sees the customer."""

from jinzita.activities.models import Note
from jinzita.activities.selectors.files import may_remove, of_notes
from jinzita.customers.selectors import timeline
from jinzita.customers.selectors.visible import of_visible, require_visible
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.models import AuditEntry

MOST_PINNED = 20
MOST_VERSIONS = 100
# SQL of when a note on customer `c` was written last, for statements over many customers.
LAST_NOTE = "SELECT max(n.written_at) FROM activities_note n WHERE n.customer_id = c.id"


def note(viewer: Viewer, note_id: int, *, trashed: bool = False) -> Note:
    """One note, by choice one in the trash. Raises NotFound, also when its customer is hidden."""
    rows = of_visible(viewer, Note.objects.filter(trashed_at__isnull=not trashed))
    found = rows.filter(pk=note_id).first()
    if found is None:
        raise NotFound(f"There is no note {note_id}.")
    return found


def pinned(viewer: Viewer, customer_id: int) -> list[Note]:
    """The pinned notes of a customer, the newest first. Raises NotFound."""
    require_visible(viewer, customer_id)
    rows = Note.objects.filter(customer_id=customer_id, is_pinned=True, trashed_at=None)
    return list(rows.order_by("-written_at", "-id")[:MOST_PINNED])


def versions(viewer: Viewer, note_id: int) -> list[AuditEntry]:
    """Who wrote which text of a note, the newest first. Raises NotFound."""
    one = note(viewer, note_id)
    lines = AuditEntry.objects.filter(subject_type="note", subject_id=one.pk, changes__has_key="text")
    return list(lines.order_by("-at", "-id")[:MOST_VERSIONS])


def may_change(viewer: Viewer, one: Note) -> bool:
    """Whether the viewer may change the text or throw the note away: who wrote it, or who may delete."""
    if not viewer.may(Permission.RECORD_FACTS):
        return False
    return viewer.may(Permission.DELETE) or (viewer.user_id is not None and viewer.user_id == one.by_id)


def on_timeline(customer_id: int) -> timeline.Rows:
    """A customer's notes as the timeline takes them."""
    return timeline.rows(
        Note.objects.filter(customer_id=customer_id, trashed_at=None), at="written_at", title="text",
        detail={"mentions": "mentions", "pinned": "is_pinned", "edited_at": "edited_at"},
        by="by_name", by_id="by_id",
    )  # fmt: skip


def with_files(viewer: Viewer, entries: list[timeline.Entry]) -> list[timeline.Entry]:
    """Notes of the timeline with the files that belong to them."""
    files = of_notes([one.id for one in entries])
    return [
        timeline.with_detail(entry, {
            **entry.detail,
            "files": [
                {
                    "id": one.pk, "name": one.name, "kind": one.content.kind, "size": one.content.size,
                    "preview": one.content.has_preview, "may_remove": may_remove(viewer, one),
                }
                for one in files[entry.id]
            ],
        })
        for entry in entries
    ]  # fmt: skip
