"""Files on the wire."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinzita.activities.models import File
from jinzita.activities.selectors.files import may_remove
from jinzita.kernel.access import Viewer
from jinzita.kernel.wire import PageOut


class FileOut(Schema):
    id: int
    customer_id: int
    note_id: int | None
    name: str
    kind: str = Field(description="What it is, from what it holds", examples=["pdf"])
    size: int = Field(description="In bytes")
    preview: bool = Field(description="Whether there is a small picture of it")
    by_id: int | None
    by: str
    at: datetime
    may_remove: bool


class FilePage(PageOut):
    items: list[FileOut]


class FileRulesOut(Schema):
    """What files are taken here."""

    most_bytes: int
    kinds: list[str] = Field(examples=[["pdf", "png", "docx"]])


def file_out(viewer: Viewer, one: File) -> dict[str, Any]:
    """A file as its reader may use it."""
    return {
        "id": one.pk, "customer_id": one.customer_id, "note_id": one.note_id, "name": one.name,
        "kind": one.content.kind, "size": one.content.size, "preview": one.content.has_preview,
        "by_id": one.by_id, "by": one.by_name, "at": one.added_at, "may_remove": may_remove(viewer, one),
    }  # fmt: skip
