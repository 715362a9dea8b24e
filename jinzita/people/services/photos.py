"""Photos of people: looked at by what is in them, kept in the data folder, named by their content."""

import hashlib
import os
import struct
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid, TooLarge
from jinzita.people.models import PersonCard
from jinzita.people.services.cards import keepable

LARGEST = 1024 * 1024
MOST_PIXELS = 1024
# A file younger than this may be of a change that is not done yet.
GRACE = timedelta(hours=1)
# Of JPEG: what stands alone without a length, where the picture begins, frames that say the size.
_BARE = {0x01, *range(0xD0, 0xD8)}
_SCAN = 0xDA
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
# Application data (where and with what it was taken) and comments; the colour profile stays.
_METADATA = {*range(0xE1, 0xF0), 0xFE} - {0xE2, 0xEE}


@transaction.atomic
def set_photo(*, by: Viewer, person_id: int, content: bytes) -> PersonCard:
    """Keep a photo: a square JPEG or WebP. Raises Invalid, TooLarge."""
    person = keepable(by, person_id)
    if len(content) > LARGEST:
        raise TooLarge(f"A photo has at most {LARGEST >> 10} KiB.", code="photo_too_large")
    kind, clean = checked(content)
    name = f"{hashlib.sha256(clean).hexdigest()[:40]}.{kind}"
    _write(settings.PHOTO_FOLDER / name, clean)
    PersonCard.objects.get_or_create(person=person)
    card = PersonCard.objects.select_for_update().get(pk=person.pk)
    before, card.photo = card.photo, name
    card.save(update_fields=["photo"])
    audit.record(by=by, action="set_photo", subject_type="person_card", subject_id=person.pk)
    transaction.on_commit(lambda: _sweep(before))
    return card


@transaction.atomic
def remove_photo(*, by: Viewer, person_id: int) -> None:
    person = keepable(by, person_id)
    card = PersonCard.objects.select_for_update().filter(pk=person.pk).exclude(photo="").first()
    if card is None:
        return
    before, card.photo = card.photo, ""
    card.save(update_fields=["photo"])
    audit.record(by=by, action="remove_photo", subject_type="person_card", subject_id=person.pk)
    transaction.on_commit(lambda: _sweep(before))


def forget(*, now: datetime) -> None:
    """Files that no card names: of people removed, of changes that came to nothing."""
    if not settings.PHOTO_FOLDER.is_dir():
        return
    named = set(PersonCard.objects.exclude(photo="").values_list("photo", flat=True))
    for path in settings.PHOTO_FOLDER.iterdir():
        with suppress(FileNotFoundError):
            if path.name not in named and path.stat().st_mtime < (now - GRACE).timestamp():
                path.unlink()


def checked(content: bytes) -> tuple[str, bytes]:
    """Kind and bytes of a picture that may be kept, without what a camera wrote beside it."""
    if content[:3] == b"\xff\xd8\xff":
        kind, (width, height, clean) = "jpg", _jpeg(content)
    elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        kind, (width, height, clean) = "webp", _webp(content)
    else:
        raise _unreadable()
    if width != height:
        raise Invalid.at("photo", "not_square", "The photo must be square.")
    if not 1 <= width <= MOST_PIXELS:
        raise Invalid.at(
            "photo", "too_many_pixels", f"A photo is at most {MOST_PIXELS} pixels wide.", most=MOST_PIXELS
        )
    return kind, clean


def _jpeg(content: bytes) -> tuple[int, int, bytes]:
    kept, place, size = [content[:2]], 2, (0, 0)
    while True:
        if place + 4 > len(content) or content[place] != 0xFF:
            raise _unreadable()
        marker = content[place + 1]
        if marker == 0xFF or marker in _BARE:
            place += 1 if marker == 0xFF else 2
            continue
        end = place + 2 + struct.unpack_from(">H", content, place + 2)[0]
        if end > len(content):
            raise _unreadable()
        if marker in _FRAMES and end >= place + 9:
            height, width = struct.unpack_from(">HH", content, place + 5)
            size = (width, height)
        if marker == _SCAN:
            kept.append(content[place:])
            return *size, b"".join(kept)
        if marker not in _METADATA:
            kept.append(content[place:end])
        place = end


def _webp(content: bytes) -> tuple[int, int, bytes]:
    # The extended form may carry animation and metadata; browsers make the simple ones.
    form = content[12:16]
    if len(content) < 30 or struct.unpack_from("<I", content, 4)[0] + 8 != len(content):
        raise _unreadable()
    if form == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF, content
    if form == b"VP8L" and content[20] == 0x2F:
        bits = struct.unpack_from("<I", content, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, content
    raise _unreadable()


def _unreadable() -> Invalid:
    return Invalid.at("photo", "not_a_photo", "The file is not a JPEG or WebP picture.")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_suffix(f".{os.getpid()}.half")
    half.write_bytes(content)
    half.replace(path)


def _sweep(name: str) -> None:
    """Delete a file that no card names any more."""
    if name and not PersonCard.objects.filter(photo=name).exists():
        with suppress(FileNotFoundError):
            (settings.PHOTO_FOLDER / name).unlink()
