"""Notes on the wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinzita.activities.models import File, Note
from jinzita.activities.schemas.files import FileOut, file_out
from jinzita.activities.selectors.notes import may_change
from jinzita.kernel.access import Viewer
from jinzita.kernel.models import AuditEntry
from jinzita.kernel.wire import Id, Named, Strict, Text

_TEXT = "Plain text: paragraphs, lists (- or 1.) and web addresses are shown as such"


class NoteIn(Strict):
    text: Text = Field(max_length=20_000, description=_TEXT)
    mentions: list[Id] = Field(
        default_factory=list, max_length=20, description="Users named in the text, who are told"
    )
    pinned: bool = False


class NoteChangeIn(Strict):
    text: Text = Field(max_length=20_000, description=_TEXT)
    mentions: list[Id] = Field(default_factory=list, max_length=20)
    version: int = Field(ge=1, description="The note's as it was read")


class PinIn(Strict):
    pinned: bool


class NoteOut(Schema):
    id: int
    customer_id: int
    text: str
    mentions: list[Named]
    pinned: bool
    by_id: int | None
    by: str
    at: datetime
    edited_at: datetime | None
    version: int
    may_change: bool = Field(description="Whether you may change it or put it into the trash")
    not_told: list[Named] = Field(description="Mentioned colleagues who do not see the customer")
    files: list[FileOut]


class NoteVersionOut(Schema):
    at: datetime
    by: str
    text: str


def note_out(
    viewer: Viewer, one: Note, files: Sequence[File], not_told: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """A note as its reader may use it."""
    return {
        "id": one.pk, "customer_id": one.customer_id, "text": one.text, "mentions": one.mentions,
        "pinned": one.is_pinned, "by_id": one.by_id, "by": one.by_name, "at": one.written_at,
        "edited_at": one.edited_at, "version": one.version, "may_change": may_change(viewer, one),
        "not_told": not_told or [], "files": [file_out(viewer, one) for one in files],
    }  # fmt: skip


def version_out(line: AuditEntry) -> dict[str, Any]:
    """A text that a note had, from its line of the audit log."""
    text = line.changes["text"]
    return {"at": line.at, "by": line.actor_name, "text": text[1] if isinstance(text, list) else text}
