"""Doors of notes."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.activities.schemas import notes as wire
from jinzita.activities.selectors import notes as selectors
from jinzita.activities.selectors.files import of_notes
from jinzita.activities.services import notes as services
from jinzita.kernel import idempotency
from jinzita.kernel.access import Viewer
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import IdempotencyKey, PathId

router = Router(tags=["notes"])
_OF, _ONE = "/customers/{customer_id}/notes", "/notes/{note_id}"


@router.post(_OF, response=responses(wire.NoteOut, 201), summary="Write a note")
def write_note(
    request: HttpRequest, data: wire.NoteIn, customer_id: int = PathId,
    idempotency_key: str | None = IdempotencyKey,
) -> Status[Any]:  # fmt: skip
    viewer = viewer_of(request)

    def work() -> dict[str, Any]:
        written = services.write_note(
            by=viewer, customer_id=customer_id, now=datetime.now(UTC), **data.dict()
        )
        made = wire.note_out(viewer, written.note, [], written.not_told)
        return wire.NoteOut(**made).model_dump(mode="json")

    door = f"POST /customers/{customer_id}/notes"
    return Status(
        201, idempotency.once(viewer, idempotency_key, door, idempotency.hash_of(request.body), work)
    )


@router.get(f"{_OF}/pinned", response=responses(list[wire.NoteOut]), summary="The pinned notes")
def list_pinned(request: HttpRequest, customer_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    found = selectors.pinned(viewer, customer_id)
    files = of_notes([one.pk for one in found])
    return [wire.note_out(viewer, one, files[one.pk]) for one in found]


@router.get(_ONE, response=responses(wire.NoteOut), summary="One note")
def get_note(request: HttpRequest, note_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    return _out(viewer, selectors.note(viewer, note_id))


@router.get(f"{_ONE}/versions", response=responses(list[wire.NoteVersionOut]), summary="A note's texts")
def list_versions(request: HttpRequest, note_id: int = PathId) -> Any:
    return [wire.version_out(one) for one in selectors.versions(viewer_of(request), note_id)]


@router.patch(_ONE, response=responses(wire.NoteOut), summary="Change a note")
def change_note(request: HttpRequest, data: wire.NoteChangeIn, note_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    written = services.change_note(by=viewer, note_id=note_id, now=datetime.now(UTC), **data.dict())
    return _out(viewer, written.note, written.not_told)


@router.put(f"{_ONE}/pinned", response=responses(wire.NoteOut), summary="Pin a note, or unpin it")
def pin_note(request: HttpRequest, data: wire.PinIn, note_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    return _out(viewer, services.pin_note(by=viewer, note_id=note_id, pinned=data.pinned))


@router.delete(_ONE, response=responses(None, 204), summary="Put a note into the trash")
def trash_note(request: HttpRequest, note_id: int = PathId) -> Status[None]:
    services.trash_note(by=viewer_of(request), note_id=note_id, now=datetime.now(UTC))
    return Status(204, None)


@router.post(f"{_ONE}/restore", response=responses(wire.NoteOut), summary="Take a note out of the trash")
def restore_note(request: HttpRequest, note_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    return _out(viewer, services.restore_note(by=viewer, note_id=note_id))


def _out(viewer: Viewer, one: Any, not_told: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return wire.note_out(viewer, one, of_notes([one.pk])[one.pk], not_told)
