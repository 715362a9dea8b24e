"""Opening spreadsheets, the one way for all who read them: an XLSX file is a zip, which may hold far more
than it weighs, and is unpacked while it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from jinzita.analytics.errors import FileError

# More than this is not a table a person made.
LARGEST_UNPACKED = 3 << 30
# These are held in memory as a whole.
LARGEST_SHARED_STRINGS = 300 << 20


@contextmanager
def open_workbook(path: Path) -> Iterator[Any]:
    """An open workbook, to be read row by row. Raises FileError: ``too_large`` before anything of it is
    unpacked, ``unreadable`` for what is no workbook.
    """
    from openpyxl import load_workbook  # slow to load, and only needed here
    from openpyxl.utils.exceptions import InvalidFileException

    _check_size(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise _unreadable(path, error) from error
    try:
        yield book
    finally:
        book.close()


def _check_size(path: Path) -> None:
    try:
        with ZipFile(path) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    except (BadZipFile, OSError) as error:
        raise _unreadable(path, error) from error
    strings = sizes.get("xl/sharedStrings.xml", 0)
    if sum(sizes.values()) > LARGEST_UNPACKED or strings > LARGEST_SHARED_STRINGS:
        message = "the workbook is too large to read: save it as CSV"
        raise FileError(message, code="too_large", where=str(path))


def _unreadable(path: Path, error: Exception) -> FileError:
    return FileError(f"the workbook cannot be read: {error}", code="unreadable", where=str(path))
