"""Opening a file whatever it is: what it holds decides, not what it is called."""

from dataclasses import dataclass, field
from pathlib import Path

from jinzita.analytics.ledger import encoding as text_encoding
from jinzita.integration.reading.columnar import ParquetRows, SheetRows
from jinzita.integration.reading.delimited import DelimitedRows
from jinzita.integration.reading.packing import is_packed, is_spreadsheet, open_unpacked
from jinzita.integration.reading.rows import Rows, UnreadableFile

PARQUET = b"PAR1"
_SAMPLE = 256 << 10
# How pictures, PDF and RTF begin; no text of an encoding we read does.
_NO_TABLES = (
    b"\x89PNG",
    b"\xff\xd8\xff\xe0",
    b"\xff\xd8\xff\xe1",
    b"\xff\xd8\xff\xdb",
    b"GIF8",
    b"%PDF",
    b"{\\rt",
    b"RIFF",
)


@dataclass(frozen=True)
class FileDescription:
    """How a file is to be read: found by `describe`, corrected by the user, taken by `open_file`.

    `format` is "csv", "xlsx" or "parquet"; the encoding and delimiter belong to the first, the sheet to the
    second.
    """

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: list[str] = field(default_factory=list)


def describe(
    path: Path, *, encoding: str | None = None, delimiter: str | None = None, sheet: str | None = None
) -> FileDescription:
    """Find out how to read a file; what the user gives is taken as given. Raises UnreadableFile."""
    format_ = _format_of(path)
    if format_ == "xlsx":
        rows = SheetRows(path, sheet)
        return FileDescription("xlsx", sheet=rows.sheet, sheets=rows.sheets)
    if format_ == "parquet":
        return FileDescription("parquet")
    try:
        if not encoding:
            with open_unpacked(path)[0] as stream:
                encoding = text_encoding.detect_encoding(stream)
        if not delimiter:
            with open_unpacked(path)[0] as stream:
                sample = stream.read(_SAMPLE)
            codec = _codec(encoding, sample)
            text = sample.decode(codec, errors="replace").replace("\r\n", "\n").replace("\r", "\n")
            delimiter = text_encoding.detect_delimiter(text)
    except (EOFError, OSError) as error:
        raise UnreadableFile.at("file", "file_damaged", f"The file is damaged or cut off: {error}.") from None
    return FileDescription("csv", encoding=encoding, delimiter=_delimiter(delimiter))


def open_file(path: Path, description: FileDescription) -> Rows:
    """The file's rows. Raises UnreadableFile."""
    if description.format == "xlsx":
        return SheetRows(path, description.sheet)
    if description.format == "parquet":
        return ParquetRows(path)
    with open_unpacked(path)[0] as stream:
        head = stream.read(4096)
    codec = _codec(description.encoding or "utf-8", head)
    return DelimitedRows(lambda: open_unpacked(path)[0], codec, _delimiter(description.delimiter or ","))


def _format_of(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4)
    if head == PARQUET:
        return "parquet"
    if is_spreadsheet(path):
        return "xlsx"
    if is_packed(path):
        with open_unpacked(path)[0] as stream:
            if stream.read(4) == PARQUET:
                message = "Parquet is compressed in itself; give the file without the outer packing."
                raise UnreadableFile.at("file", "file_packed_twice", message)
    if head == b"\xd0\xcf\x11\xe0":
        message = "This is an old XLS file (or one with a password); save it as XLSX."
        raise UnreadableFile.at("file", "file_old_xls", message)
    if not head:
        raise UnreadableFile.at("file", "file_empty", "The file is empty.")
    if head in _NO_TABLES:
        message = "This is a picture or a document, not a table; save the table as XLSX or CSV."
        raise UnreadableFile.at("file", "file_no_table", message)
    return "csv"


def _codec(encoding: str, head: bytes) -> str:
    try:
        return text_encoding.codec_of(encoding, head)
    except LookupError:
        known = ", ".join(text_encoding.ENCODINGS)
        message = f"The encoding “{encoding}” is not known; known are {known}."
        raise UnreadableFile.at("encoding", "unknown_choice", message) from None


def _delimiter(text: str) -> str:
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}.get(text.lower(), text)
    if len(named) != 1 or named in '"\n\r\0':
        message = "The delimiter must be one character, or “tab”."
        raise UnreadableFile.at("delimiter", "file_delimiter", message)
    return named
