"""Where files lie: in the data folder, under the hash of what they hold, a few thousand to a folder."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from jinzita.kernel.errors import Invalid, TooLarge

# Who keeps a file shares this lock, who removes files has it alone.
FILES_LOCK = 0x6A7A_6669_6C65
# What nobody knows of for this long was left by a worker that was killed.
FORGOTTEN_AFTER = timedelta(days=1)
_OURS = re.compile(r"[0-9a-f]{64}(\.preview)?")


@dataclass(frozen=True)
class Received:
    """A file that came and is not kept yet."""

    path: Path
    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    return Path(settings.FILE_FOLDER) / sha256[:2] / sha256[2:4] / sha256


def place(row: Mapping[str, Any]) -> Path:
    """Where the content of a file lies, by the file's row."""
    return path_of(row["content_id"])


def preview_of(sha256: str) -> Path:
    path = path_of(sha256)
    return path.with_name(f"{sha256}.preview")


@contextmanager
def received(chunks: Iterable[bytes]) -> Iterator[Received]:
    """The bytes in a file of their own, which is gone afterwards unless it was kept.

    Raises TooLarge above FILE_MAX_BYTES, Invalid when nothing came.
    """
    path = _incoming() / secrets.token_hex(16)
    size, digest = 0, hashlib.sha256()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.FILE_MAX_BYTES:
                    raise too_large()
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if not size:
            raise Invalid.at("file", "empty", "The file is empty.")
        yield Received(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)
        path.with_suffix(".preview").unlink(missing_ok=True)


def keep(one: Received, preview: Path | None) -> None:
    """Put a file where it belongs, by renaming; the caller holds `hold`."""
    target = path_of(one.sha256)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if preview is not None:
        os.replace(preview, preview_of(one.sha256))
    os.replace(one.path, target)


def discard(sha256: str) -> None:
    """Remove a file for good; the caller is `alone`."""
    path_of(sha256).unlink(missing_ok=True)
    preview_of(sha256).unlink(missing_ok=True)


def forgotten(*, now: datetime) -> Iterator[Path]:
    """Files that lie there for long; those of which the database knows are among them."""
    since = (now - FORGOTTEN_AFTER).timestamp()
    for folder, _, names in os.walk(settings.FILE_FOLDER):
        for name in names:
            path = Path(folder) / name
            try:
                old = path.stat().st_mtime < since
            except FileNotFoundError:
                continue
            if old and (_OURS.fullmatch(name) or path.parent == _incoming()):
                yield path


def hold() -> None:
    """Nothing is removed until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [FILES_LOCK])


def alone() -> None:
    """Nothing is kept until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FILES_LOCK])


def too_large() -> TooLarge:
    return TooLarge(f"A file has at most {settings.FILE_MAX_BYTES >> 20} MiB.", code="file_too_large")


def _incoming() -> Path:
    folder = Path(settings.FILE_FOLDER) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
