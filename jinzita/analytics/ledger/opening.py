"""Opening files: CSV and TSV in whatever encoding and delimiter, XLSX, Parquet; as tables of a DuckDB."""

from __future__ import annotations

import gzip
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from jinzita.analytics.errors import FileError
from jinzita.analytics.ledger.encoding import codec_of, detect_delimiter, detect_encoding
from jinzita.analytics.ledger.workbook import open_workbook

SAMPLE_BYTES = 1 << 18
CHUNK_BYTES = 1 << 22
XLSX_BATCH = 20_000
ROW = "jz row"  # the row's number in its file, beside the file's own columns


@dataclass(frozen=True)
class RawFile:
    """A file as a table `table` of the DuckDB it was opened in; text files hold text only.

    `rejected` counts lines that could not be split into columns at all.
    """

    path: Path
    table: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    format: str
    encoding: str | None
    delimiter: str | None
    rejected: int


def open_file(connection: duckdb.DuckDBPyConnection, path: Path, number: int, workroom: Path) -> RawFile:
    """Open a file as table ``file_NUMBER``. Raises FileError when it cannot be read."""
    if not path.is_file():
        raise FileError("there is no such file", code="no_such_file", where=str(path))
    if path.stat().st_size == 0:
        raise FileError("the file is empty", code="empty_file", where=str(path))
    with path.open("rb") as stream:
        start = stream.read(8)
    table = f"file_{number}"
    try:
        if start.startswith(b"PAR1"):
            return _open_parquet(connection, path, table)
        if start.startswith(b"PK\x03\x04"):
            return _open_xlsx(connection, path, table, workroom)
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            raise FileError(
                "the old XLS format is not read: save it as XLSX", code="old_xls", where=str(path)
            )
        return _open_text(connection, path, table, workroom)
    except (duckdb.Error, OSError, EOFError, UnicodeError, pa.ArrowException) as error:
        message = str(error).split("\n")[0]
        raise FileError(f"the file cannot be read: {message}", code="unreadable", where=str(path)) from error


def _described(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    rows = connection.execute(f'DESCRIBE "{table}"').fetchall()
    return {str(name): str(kind) for name, kind, *_ in rows if name != ROW}


def _open_parquet(connection: duckdb.DuckDBPyConnection, path: Path, table: str) -> RawFile:
    names = pq.read_schema(path).names
    own = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
    connection.execute(
        f'CREATE VIEW "{table}" AS SELECT {own}, file_row_number + 1 AS "{ROW}" '
        f"FROM read_parquet({text_literal(path)}, file_row_number = true)"
    )
    columns = _described(connection, table)
    return RawFile(path, table, tuple(columns), tuple(columns.values()), "parquet", None, None, 0)


def _open_text(connection: duckdb.DuckDBPyConnection, path: Path, table: str, workroom: Path) -> RawFile:
    with _uncompressed(path) as stream:
        sample = stream.read(SAMPLE_BYTES)
        zipped = isinstance(stream, gzip.GzipFile)
    with _uncompressed(path) as stream:
        encoding = detect_encoding(stream)
    codec = codec_of(encoding, sample)
    utf8 = path
    if encoding != "utf-8" or zipped or b"\x00" in sample:
        utf8 = workroom / f"{table}.csv"
        _transcode(path, utf8, codec)
    delimiter = detect_delimiter(sample.decode(codec, errors="ignore"))
    options = (
        "header = true, all_varchar = true, quote = '\"', escape = '\"', null_padding = true, "
        "ignore_errors = true, store_rejects = true, rejects_limit = 0, strict_mode = false, "
        "max_line_size = 10000000, parallel = false"
    )
    connection.execute(
        f'CREATE TABLE "{table}" AS SELECT *, row_number() OVER () + 1 AS "{ROW}" '
        f"FROM read_csv({text_literal(utf8)}, delim = {text_literal(delimiter)}, {options}, "
        f"rejects_table = 'rejects_{table}', rejects_scan = 'rejects_scan_{table}')"
    )
    found = connection.execute(f'SELECT count(DISTINCT line) FROM "rejects_{table}"').fetchone()
    columns = _described(connection, table)
    if len(columns) < 2:
        raise FileError("no columns can be told apart in it", code="no_columns", where=str(path))
    rejected = int(found[0]) if found else 0
    return RawFile(path, table, tuple(columns), tuple(columns.values()), "csv", encoding, delimiter, rejected)


def _uncompressed(path: Path) -> IO[bytes]:
    with path.open("rb") as stream:
        zipped = stream.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if zipped else path.open("rb")  # type: ignore[return-value]


def _transcode(path: Path, target: Path, encoding: str) -> None:
    with (
        io.TextIOWrapper(_uncompressed(path), encoding=encoding, errors="replace", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        while chunk := source.read(CHUNK_BYTES):
            out.write(chunk.replace("\x00", ""))


def _open_xlsx(connection: duckdb.DuckDBPyConnection, path: Path, table: str, workroom: Path) -> RawFile:
    target = workroom / f"{table}.parquet"
    try:
        with open_workbook(path) as book:
            sheet = next((s for s in book.worksheets if s.sheet_state == "visible"), None)
            if sheet is None:
                raise FileError("the workbook has no sheet to read", code="no_sheet", where=str(path))
            _write_rows(sheet.iter_rows(values_only=True), target, path)
    except FileError:
        raise
    except Exception as error:  # openpyxl lets many kinds through from its XML and ZIP readers
        raise FileError(
            f"the workbook cannot be read: {error}", code="unreadable", where=str(path)
        ) from error
    connection.execute(f'CREATE VIEW "{table}" AS FROM read_parquet({text_literal(target)})')
    columns = _described(connection, table)
    return RawFile(path, table, tuple(columns), tuple(columns.values()), "xlsx", None, None, 0)


def _write_rows(rows: Iterator[tuple[Any, ...]], target: Path, path: Path) -> None:
    number = 0
    header: tuple[Any, ...] = ()
    for row in rows:  # titles above the table have one cell; a header has at least two
        number += 1
        if sum(value is not None for value in row) > 1:
            header = row
            break
    names = _unique([str(value).strip() if value is not None else "" for value in header])
    kept = [n for n, name in enumerate(names) if name]
    if len(kept) < 2:
        raise FileError("no row of column names is found", code="no_columns", where=str(path))
    schema = pa.schema([*((names[n], pa.string()) for n in kept), (ROW, pa.int64())])
    with pq.ParquetWriter(target, schema) as writer:
        batch: list[list[Any]] = [[] for _ in schema]
        for row in rows:
            number += 1
            if all(value is None for value in row):
                continue
            for column, n in zip(batch, kept, strict=False):
                column.append(_cell(row[n]) if n < len(row) else None)
            batch[-1].append(number)
            if len(batch[-1]) >= XLSX_BATCH:
                writer.write_table(pa.table(batch, schema=schema))
                batch = [[] for _ in schema]
        writer.write_table(pa.table(batch, schema=schema))


def _unique(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    result = []
    for name in names:
        seen[name] += 1
        result.append(f"{name}_{seen[name]}" if name and seen[name] > 1 else name)
    return result


def _cell(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    return str(value)


def text_literal(value: Path | str) -> str:
    """A text as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"
