"""Writes of files: taken, looked at, thrown away, gone for good."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from jinzita.activities.fields.file_kinds import safe_name
from jinzita.activities.models import File, FileContent
from jinzita.activities.selectors.files import file, may_remove
from jinzita.activities.selectors.notes import may_change, note
from jinzita.activities.services.files import store as file_store
from jinzita.activities.services.files.checks import checked_kind, make_preview, scan
from jinzita.customers.selectors.customers import customer
from jinzita.customers.selectors.visible import require_visible
from jinzita.customers.services.locking import require_not_erased
from jinzita.customers.services.merging.locks import hold_still
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, NotFound

MOST_OF_NOTE = 20
AT_ONCE = 500


def add_file(
    *, by: Viewer, customer_id: int, name: str, chunks: Iterable[bytes], now: datetime
) -> File:  # fmt: skip
    """Keep a file at a customer. Raises NotFound, Forbidden, Invalid, TooLarge, Conflict."""
    require_visible(by, customer_id)
    by.require(Permission.RECORD_FACTS)
    require_not_erased(customer(by, customer_id))
    return _take(by, customer_id, None, name, chunks, now)


def add_to_note(*, by: Viewer, note_id: int, name: str, chunks: Iterable[bytes], now: datetime) -> File:
    """Keep a file at a note. Raises NotFound, Forbidden, Invalid, TooLarge, Conflict."""
    one = note(by, note_id)
    by.require(Permission.RECORD_FACTS)
    if not may_change(by, one):
        raise Conflict(
            "A note is changed by who wrote it, or by somebody whose role may delete.", code="not_the_writer"
        )
    return _take(by, one.customer_id, note_id, name, chunks, now)


@transaction.atomic
def take_out(*, by: Viewer, file_id: int) -> tuple[File, Path]:
    """A file to be handed over, noted in the log. Raises NotFound."""
    one = file(by, file_id)
    path = file_store.path_of(one.content_id)
    if not path.exists():
        raise NotFound(f"The content of file {file_id} is missing in the data folder.")
    _audit(by, one, "download")
    return one, path


def preview(viewer: Viewer, file_id: int) -> Path:
    """The small picture of a file. Raises NotFound, also when it has none."""
    one = file(viewer, file_id)
    path = file_store.preview_of(one.content_id)
    if not one.content.has_preview or not path.exists():
        raise NotFound(f"File {file_id} has no preview.")
    return path


@transaction.atomic
def trash_file(*, by: Viewer, file_id: int, now: datetime) -> None:
    """Put a file into the trash. Raises NotFound, Forbidden, Conflict."""
    one = _locked(by, file_id)
    one.trashed_at = now
    one.save(update_fields=["trashed_at"])
    _audit(by, one, "trash")


@transaction.atomic
def restore_file(*, by: Viewer, file_id: int) -> File:
    """Take a file out of the trash. Raises NotFound, Forbidden, Conflict."""
    one = _locked(by, file_id, trashed=True)
    one.trashed_at = None
    one.save(update_fields=["trashed_at"])
    _audit(by, one, "restore")
    return one


def purge_files(*, now: datetime) -> int:
    """Remove for good the files that lay in the trash for JINZITA_TRASH_DAYS; answers how many."""
    old = File.objects.filter(trashed_at__lt=now - timedelta(days=settings.TRASH_DAYS))
    count = 0
    while ids := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        held = set(File.objects.filter(pk__in=ids).values_list("content_id", flat=True))
        File.objects.filter(pk__in=ids).delete()
        remove_unnamed(held)
        count += len(ids)
    return count


def remove_unnamed(hashes: Iterable[str] | None = None) -> int:
    """Remove contents that no file names any more, of these or of all; answers how many."""
    named = File.objects.values("content_id")
    count = 0
    while True:
        with transaction.atomic():
            file_store.alone()
            rows = FileContent.objects.exclude(pk__in=named)
            if hashes is not None:
                rows = rows.filter(pk__in=list(hashes))
            gone = list(rows.values_list("pk", flat=True)[:AT_ONCE])
            FileContent.objects.filter(pk__in=gone).delete()
            # Before the commit: a file without its row is found by the nightly look, the reverse by nobody.
            for sha256 in gone:
                file_store.discard(sha256)
        count += len(gone)
        if len(gone) < AT_ONCE:
            return count


def clean_files(*, now: datetime) -> int:
    """Remove what nothing names, in the database and on the disk; answers how many."""
    count = remove_unnamed()
    batch: list[Path] = []
    for path in file_store.forgotten(now=now):
        batch.append(path)
        if len(batch) == AT_ONCE:
            count += _remove_unknown(batch)
            batch = []
    return count + _remove_unknown(batch)


def _remove_unknown(paths: list[Path]) -> int:
    """Of these files, those of which the database knows nothing."""
    with transaction.atomic():
        file_store.alone()
        hashes = {path.name.removesuffix(".preview") for path in paths}
        known = set(FileContent.objects.filter(pk__in=hashes).values_list("pk", flat=True))
        lost = [path for path in paths if path.name.removesuffix(".preview") not in known]
        for path in lost:
            path.unlink(missing_ok=True)
    return len(lost)


def _take(
    by: Viewer, customer_id: int, note_id: int | None, name: str, chunks: Iterable[bytes], now: datetime
) -> File:
    """Everything slow happens before the transaction; in it the file is renamed to its place."""
    with file_store.received(chunks) as came:
        kind = checked_kind(came.path, name)
        scan(came.path)
        small = make_preview(came.path, kind)
        with transaction.atomic():
            hold_still()
            require_visible(by, customer_id)
            if note_id is not None:
                _require_room(note_id)
            file_store.hold()
            FileContent.objects.bulk_create(
                [FileContent(came.sha256, came.size, kind.code, small is not None, now)],
                ignore_conflicts=True,
            )
            file_store.keep(came, small)
            one = File.objects.create(
                customer_id=customer_id, note_id=note_id, content_id=came.sha256, name=safe_name(name, kind),
                by_id=by.user_id, by_name=by.name, added_at=now,
            )  # fmt: skip
            _audit(by, one, "upload")
    return one


def _require_room(note_id: int) -> None:
    if File.objects.filter(note_id=note_id, trashed_at=None).count() >= MOST_OF_NOTE:
        raise Invalid.at("file", "too_many", f"A note has at most {MOST_OF_NOTE} files.", most=MOST_OF_NOTE)


def _locked(by: Viewer, file_id: int, *, trashed: bool = False) -> File:
    by.require(Permission.RECORD_FACTS)
    found = file(by, file_id, trashed=trashed)
    if not may_remove(by, found):
        raise Conflict(
            "A file is removed by who brought it, or by somebody whose role may delete.",
            code="not_the_writer",
        )
    return File.objects.select_for_update(of=("self",)).select_related("content").get(pk=found.pk)


def _audit(by: Viewer, one: File, action: str) -> None:
    changes = {"customer_id": one.customer_id, "name": one.name, "sha256": one.content_id}
    if one.note_id is not None:
        changes["note_id"] = one.note_id
    audit.record(by=by, action=action, subject_type="file", subject_id=one.pk, changes=changes)
