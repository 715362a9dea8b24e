"""Writes of notes, and telling the colleagues named in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from jinzita.activities.events import NoteWritten
from jinzita.activities.models import Note
from jinzita.activities.selectors.notes import MOST_PINNED, may_change, note
from jinzita.customers import selectors as customers
from jinzita.customers.services.locking import locked
from jinzita.kernel import audit, events, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.people import selectors as people
from jinzita.people.services import notifications

LONGEST, MOST_MENTIONS = 20_000, 20
PURGED_AT_ONCE = 1_000
_EXCERPT = 120


@dataclass
class Written:
    """A note after it was written; `not_told` are the mentioned who do not see the customer."""

    note: Note
    not_told: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def write_note(
    *, by: Viewer, customer_id: int, text: str, now: datetime, mentions: Sequence[int] = (),
    pinned: bool = False,
) -> Written:  # fmt: skip
    """Write a note on a customer and tell the mentioned. Raises NotFound, Forbidden, Invalid."""
    locked(by, customer_id, needs=Permission.RECORD_FACTS)
    named = _named(mentions)
    made = Note(
        customer_id=customer_id, text=_checked(text), mentions=named, by_id=by.user_id, by_name=by.name,
        written_at=now,
    )  # fmt: skip
    if pinned:
        _require_room(customer_id)
        made.is_pinned = True
    made.save(force_insert=True)
    _audit(by, made, "create", {"customer_id": customer_id, "text": made.text})
    events.publish(NoteWritten(made.pk, customer_id))
    return Written(made, _tell(by, made, named))


@transaction.atomic
def change_note(
    *, by: Viewer, note_id: int, text: str, version: int, now: datetime, mentions: Sequence[int] = ()
) -> Written:
    """Change the text; only those newly mentioned are told. Raises NotFound, Forbidden, Invalid, Conflict."""
    one = _locked(by, note_id)
    if one.version != version:
        raise Conflict("Somebody changed this note meanwhile.", code="changed_meanwhile")
    before, known = one.text, {person["id"] for person in one.mentions}
    named = _named(mentions)
    one.text, one.mentions = _checked(text), named
    if before == one.text and known == {person["id"] for person in named}:
        return Written(one)
    one.version += 1
    one.edited_at = now
    one.save(update_fields=["text", "mentions", "version", "edited_at"])
    _audit(by, one, "update", {"text": [before, one.text]})
    events.publish(NoteWritten(one.pk, one.customer_id))
    return Written(one, _tell(by, one, [person for person in named if person["id"] not in known]))


@transaction.atomic
def pin_note(*, by: Viewer, note_id: int, pinned: bool) -> Note:
    """Let a note stand above the timeline, or no longer. Raises NotFound, Forbidden, Invalid."""
    by.require(Permission.RECORD_FACTS)
    one = note(by, note_id)
    if one.is_pinned != pinned:
        if pinned:
            # Two at once are counted one after the other.
            locked(by, one.customer_id, needs=Permission.RECORD_FACTS)
            _require_room(one.customer_id)
        one.is_pinned = pinned
        one.save(update_fields=["is_pinned"])
        _audit(by, one, "pin" if pinned else "unpin", {})
    return one


@transaction.atomic
def trash_note(*, by: Viewer, note_id: int, now: datetime) -> None:
    """Put a note into the trash. Raises NotFound, Forbidden."""
    one = _locked(by, note_id)
    one.trashed_at = now
    one.save(update_fields=["trashed_at"])
    _audit(by, one, "trash", {})


@transaction.atomic
def restore_note(*, by: Viewer, note_id: int) -> Note:
    """Take a note out of the trash. Raises NotFound, Forbidden."""
    one = _locked(by, note_id, trashed=True)
    one.trashed_at = None
    one.save(update_fields=["trashed_at"])
    _audit(by, one, "restore", {})
    return one


def purge_notes(*, now: datetime) -> int:
    """Remove for good the notes that lay in the trash for JINZITA_TRASH_DAYS; answers how many."""
    old = Note.objects.filter(trashed_at__lt=now - timedelta(days=settings.TRASH_DAYS))
    count = 0
    while ids := list(old.values_list("pk", flat=True)[:PURGED_AT_ONCE]):
        Note.objects.filter(pk__in=ids).delete()
        count += len(ids)
    return count


def _locked(by: Viewer, note_id: int, *, trashed: bool = False) -> Note:
    by.require(Permission.RECORD_FACTS)
    found = note(by, note_id, trashed=trashed)
    if not may_change(by, found):
        raise Conflict(
            "A note is changed by who wrote it, or by somebody whose role may delete.", code="not_the_writer"
        )
    return Note.objects.select_for_update().get(pk=found.pk)


def _checked(text: str) -> str:
    plain = values.plain_text(text, "text", longest=LONGEST).strip()
    if not plain:
        raise Invalid.at("text", "required", "A note needs a text.")
    return plain


def _require_room(customer_id: int) -> None:
    if Note.objects.filter(customer_id=customer_id, is_pinned=True, trashed_at=None).count() >= MOST_PINNED:
        raise Invalid.at("pinned", "too_many", f"At most {MOST_PINNED} notes are pinned.", most=MOST_PINNED)


def _named(ids: Sequence[int]) -> list[dict[str, Any]]:
    if len(ids) > MOST_MENTIONS:
        raise Invalid.at("mentions", "too_many", f"At most {MOST_MENTIONS} colleagues can be mentioned.")
    found = people.owners(set(ids))
    for one in ids:
        if one not in found or not found[one].is_active:
            raise Invalid.at("mentions", "unknown", f"There is no active user {one}.")
    return [{"id": one, "name": found[one].shown_name} for one in dict.fromkeys(ids)]


def _tell(by: Viewer, one: Note, named: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tell the mentioned who see the customer; answers the others."""
    users = people.owners({person["id"] for person in named})
    told = [
        user.pk
        for user in users.values()
        if customers.visible_to(people.viewer_for(user)).filter(pk=one.customer_id).exists()
    ]
    if told:
        (name,) = customers.names_of([one.customer_id])
        notifications.notify(
            by=by, user_ids=told, event="mention",
            words={"by": by.name, "what": f"{name} · {one.text[:_EXCERPT]}"},
            link=f"/customers/{one.customer_id}?note={one.pk}",
        )  # fmt: skip
    return [person for person in named if person["id"] not in told]


def _audit(by: Viewer, one: Note, action: str, changes: dict[str, Any]) -> None:
    audit.record(
        by=by, action=action, subject_type="note", subject_id=one.pk, changes=changes, version=one.version
    )
