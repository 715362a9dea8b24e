"""Parquet, and spreadsheets: typed cells turned into the text a person would read in them."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet

from jinzita.analytics.errors import FileError
from jinzita.analytics.ledger.workbook import open_workbook
from jinzita.integration.reading.headers import LOOKED_AT, header_among
from jinzita.integration.reading.rows import (
    BATCH_ROWS,
    Batch,
    UnreadableFile,
    text_table,
    unique_names,
)


class ParquetRows:
    """The rows of a Parquet file; nested columns are left out."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with parquet.ParquetFile(path) as file:
                self.total = file.metadata.num_rows
                self._read = [field.name for field in file.schema_arrow if not pa.types.is_nested(field.type)]
        except (pa.ArrowException, OSError) as error:
            raise UnreadableFile.at(
                "file", "file_damaged", f"This Parquet file cannot be read: {error}."
            ) from None
        if not self._read:
            raise UnreadableFile.at("file", "file_no_columns", "This Parquet file has no columns.")
        self.columns = unique_names(self._read)

    def batches(self) -> Iterator[Batch]:
        number = 2
        try:
            with parquet.ParquetFile(self._path) as file:
                for batch in file.iter_batches(BATCH_ROWS, columns=self._read, use_threads=False):
                    arrays = [_as_text(batch.column(position)) for position in range(batch.num_columns)]
                    rows = batch.num_rows
                    numbers = pa.array(range(number, number + rows), pa.int64())
                    yield Batch(text_table(self.columns, arrays), numbers)
                    number += rows
        except (pa.ArrowException, OSError) as error:
            raise UnreadableFile.at(
                "file", "file_damaged", f"This Parquet file is damaged: {error}."
            ) from None


class SheetRows:
    """The rows of one sheet of an XLSX file; the first row below the titles names the columns."""

    def __init__(self, path: Path, sheet: str | None) -> None:
        self._path = path
        with _workbook(path) as book:
            self.sheets = [one.title for one in book.worksheets]
            if sheet and sheet not in self.sheets:
                known = ", ".join(self.sheets)
                message = f"There is no sheet “{sheet}”; there are: {known}."
                raise UnreadableFile.at("file", "file_no_sheet", message, sheet=sheet)
            found = _chosen(book, [sheet] if sheet else self.sheets)
        if found is None:
            raise UnreadableFile.at(
                "file", "file_empty", "The sheet is empty: its first row must name the columns."
            )
        self.sheet, self._header_row, cells = found
        self.columns = unique_names(cells)

    def batches(self) -> Iterator[Batch]:
        width = len(self.columns)
        with _workbook(self._path) as book:
            rows: list[list[str | None]] = []
            numbers: list[int] = []
            found = book[self.sheet].iter_rows(min_row=self._header_row + 1, max_col=width, values_only=True)
            for number, row in enumerate(found, start=self._header_row + 1):
                cells = [_cell_text(cell) for cell in row]
                if not any(cells):
                    continue
                rows.append(cells + [None] * (width - len(cells)))
                numbers.append(number)
                if len(rows) == BATCH_ROWS:
                    yield self._batch(rows, numbers)
                    rows, numbers = [], []
            if rows:
                yield self._batch(rows, numbers)

    def _batch(self, rows: list[list[str | None]], numbers: list[int]) -> Batch:
        arrays = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        return Batch(text_table(self.columns, arrays), pa.array(numbers, pa.int64()))


def _chosen(book: Any, names: list[str]) -> tuple[str, int, list[str]] | None:
    """The first sheet with several columns, or else the first that is not empty: many books begin with a
    cover or a page of remarks.
    """
    first = None
    for name in names:
        header = _header(book[name])
        if header and len(header[1]) > 1:
            return name, *header
        if header and first is None:
            first = (name, *header)
    return first


def _header(sheet: Any) -> tuple[int, list[str]] | None:
    """The number and the cells of the row that names a sheet's columns, sought among the first thousand."""
    rows: dict[int, list[str]] = {}
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=1000), start=1):
        cells = [_cell_text(cell) or "" for cell in row]
        if any(cell.strip() for cell in cells):
            rows[number] = cells
        if len(rows) == LOOKED_AT:
            break
    found = header_among(list(rows.values()))
    if found is None:
        return None
    number, cells = list(rows.items())[found]
    while not cells[-1].strip():
        cells.pop()
    return number, cells


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    try:
        with open_workbook(path) as book:
            yield book
    except FileError as error:
        message = f"{error.message[0].upper()}{error.message[1:]}."
        raise UnreadableFile.at(
            "file", "file_sheet_too_large" if error.code == "too_large" else "file_damaged", message
        ) from None


def _cell_text(cell: Any) -> str | None:
    """A cell's value as text: whole numbers without a point, instants as ISO 8601."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, dt.datetime):
        at_midnight = cell.time() == dt.time()
        return cell.date().isoformat() if at_midnight else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _as_text(column: pa.Array) -> pa.Array:
    """A typed column as the text a person would read in it."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _as_text(column.dictionary_decode())
    if pa.types.is_string(kind):
        return column
    if pa.types.is_floating(kind):
        # Whole numbers lose their point, so that a key 17850 kept as a float is "17850".
        text = pc.cast(column, pa.string())
        return pc.if_else(pc.is_nan(column), None, pc.replace_substring_regex(text, r"\.0$", ""))
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array(
            [None if v is None else v.decode("utf-8", "replace") for v in column.to_pylist()], pa.string()
        )
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = pc.cast(column, pa.timestamp("us", kind.tz), safe=False)
    try:
        return pc.cast(column, pa.string())
    except pa.ArrowNotImplementedError:
        return pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())
