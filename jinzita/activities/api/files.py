"""Doors of files."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest
from ninja import File, Query, Router, Status, UploadedFile

from jinzita.activities.fields.file_kinds import KINDS
from jinzita.activities.schemas import files as wire
from jinzita.activities.selectors import files as selectors
from jinzita.activities.services.files import keeping as services
from jinzita.activities.services.files.store import too_large
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.errors import Invalid
from jinzita.kernel.wire import LARGEST_ID, Limit, PathId

router = Router(tags=["files"])
_ONE = "/files/{file_id}"
# Whatever a file holds, a browser that opens it runs nothing of it and asks nobody for anything.
_HARMLESS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Who may not bring anything is told so before a missing file is missed.
Part = File(None, description="The file, with its name in UTF-8")
_MISSING = "Send the file as the part `file` of a form, with its name in UTF-8."


@router.get("/files/rules", response=responses(wire.FileRulesOut), summary="What files are taken")
def get_rules(request: HttpRequest) -> Any:
    return selectors.rules(viewer_of(request))


@router.get("/customers/{customer_id}/files", response=responses(wire.FilePage), summary="All its files")
def list_files(
    request: HttpRequest, customer_id: int = PathId, limit: int = Limit,
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID),
) -> Any:  # fmt: skip
    viewer = viewer_of(request)
    found = selectors.files(viewer, customer_id, before_id=cursor, limit=limit + 1)
    items = [wire.file_out(viewer, one) for one in found[:limit]]
    return {"items": items, "next": str(found[limit - 1].pk) if len(found) > limit else None}


@router.post(
    "/customers/{customer_id}/files",
    response=responses(wire.FileOut, 201),
    summary="Add a file to a customer",
)
def add_file(
    request: HttpRequest, customer_id: int = PathId, file: UploadedFile | None = Part
) -> Status[Any]:  # fmt: skip
    viewer = viewer_of(request)
    one = services.add_file(
        by=viewer, customer_id=customer_id, name=_name(file), chunks=_chunks(request, file),
        now=datetime.now(UTC),
    )  # fmt: skip
    return Status(201, wire.file_out(viewer, one))


@router.post("/notes/{note_id}/files", response=responses(wire.FileOut, 201), summary="Add a file to a note")
def add_to_note(
    request: HttpRequest, note_id: int = PathId, file: UploadedFile | None = Part
) -> Status[Any]:  # fmt: skip
    viewer = viewer_of(request)
    one = services.add_to_note(
        by=viewer, note_id=note_id, name=_name(file), chunks=_chunks(request, file), now=datetime.now(UTC)
    )
    return Status(201, wire.file_out(viewer, one))


@router.get(f"{_ONE}/content", response=responses(None), summary="A file, to be kept")
def get_content(request: HttpRequest, file_id: int = PathId) -> FileResponse:
    one, path = services.take_out(by=viewer_of(request), file_id=file_id)
    mime = KINDS[one.content.kind].mime
    kind = "application/octet-stream" if mime.startswith("text/") else mime
    return _sent(path, kind, name=one.name, kept="private, no-store")


@router.get(f"{_ONE}/preview", response=responses(None), summary="A small picture of a file")
def get_preview(request: HttpRequest, file_id: int = PathId) -> FileResponse:
    path = services.preview(viewer_of(request), file_id)
    return _sent(path, "image/webp", name=None, kept="private, max-age=300")


@router.delete(_ONE, response=responses(None, 204), summary="Put a file into the trash")
def trash_file(request: HttpRequest, file_id: int = PathId) -> Status[None]:
    services.trash_file(by=viewer_of(request), file_id=file_id, now=datetime.now(UTC))
    return Status(204, None)


@router.post(f"{_ONE}/restore", response=responses(wire.FileOut), summary="Take a file out of the trash")
def restore_file(request: HttpRequest, file_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    return wire.file_out(viewer, services.restore_file(by=viewer, file_id=file_id))


def _name(file: UploadedFile | None) -> str:
    return (file.name if file is not None else None) or "file"


def _chunks(request: HttpRequest, file: UploadedFile | None) -> Iterator[bytes]:
    """What came; asked for only when the caller may bring it."""
    if file is None:
        raise Invalid.at("file", "missing", _MISSING)
    if int(request.headers.get("Content-Length") or 0) > settings.FILE_MAX_BYTES + (1 << 20):
        raise too_large()
    yield from file.chunks()


def _sent(path: Path, kind: str, *, name: str | None, kept: str) -> FileResponse:
    headers = {**_HARMLESS, "Cache-Control": kept}
    return FileResponse(
        path.open("rb"), as_attachment=name is not None, filename=name or "", content_type=kind,
        headers=headers,
    )  # fmt: skip
