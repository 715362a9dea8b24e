"""Compressed files: gzip, zip with one table inside, zstandard."""

import gzip
import io
import zipfile
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from jinzita.integration.reading.rows import UnreadableFile

GZIP, ZIP, ZSTD = b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd"
_HIDDEN = ("__MACOSX/", ".")


def open_unpacked(path: Path) -> tuple[BinaryIO, str]:
    """The bytes inside, and the name inside: ``sales.csv.gz`` is ``sales.csv``. Raises UnreadableFile."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(GZIP):
        return cast(BinaryIO, gzip.open(path, "rb")), path.name.removesuffix(".gz")
    if head.startswith(ZSTD):
        reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
            path.open("rb"), closefd=True, read_across_frames=True
        )
        return cast(BinaryIO, io.BufferedReader(reader)), path.name.removesuffix(".zst")
    if head.startswith(ZIP) and not is_spreadsheet(path):
        return _only_member(path)
    return path.open("rb"), path.name


def is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(4)
    return head.startswith((GZIP, ZSTD)) or (head.startswith(ZIP) and not is_spreadsheet(path))


def is_spreadsheet(path: Path) -> bool:
    """Whether the file is an XLSX, which is a zip of its own."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def _only_member(path: Path) -> tuple[BinaryIO, str]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        message = f"“{path.name}” looks like a zip file but is damaged."
        raise UnreadableFile.at("file", "file_damaged", message) from None
    names = [
        name for name in archive.namelist() if not name.endswith("/") and not
        name.split("/")[-1].startswith(_HIDDEN) and not name.startswith(_HIDDEN)
    ]  # fmt: skip
    if len(names) != 1:
        archive.close()
        message = f"“{path.name}” holds {len(names)} files; put one table into a zip file."
        raise UnreadableFile.at("file", "file_several", message, count=len(names))
    try:
        return cast(BinaryIO, archive.open(names[0])), Path(names[0]).name
    except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        message = f"“{path.name}” cannot be unpacked: {error}."
        raise UnreadableFile.at("file", "file_damaged", message) from None
