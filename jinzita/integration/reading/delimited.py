"""CSV and its relatives: lines of text, cut into columns.

Blocks without a quotation mark (most of most files) are cut by Arrow; the others by the csv module, strictly
and with a way back: when a quotation mark that nobody closes swallows the lines after it, the line it stands
in is given up as broken and the others are read again.
"""

import csv
import io
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv as arrow_csv
import zstandard

from jinzita.integration.reading.headers import LOOKED_AT, header_among
from jinzita.integration.reading.rows import (
    Batch,
    BrokenRow,
    UnreadableFile,
    text_table,
    unique_names,
)

# Characters read at once; the longest line; the most lines one record may span.
BLOCK = 3 << 20
LONGEST_LINE = 8 << 20
MOST_LINES_OF_A_RECORD = 100
csv.field_size_limit(LONGEST_LINE)


class DelimitedRows:
    """The rows of a text file whose first line below the titles names the columns.

    `opener` yields the file's bytes from the start each time, `codec` is a Python codec. Raises
    UnreadableFile for a file without a header, and while reading one that is damaged inside its packing.
    """

    def __init__(self, opener: Callable[[], BinaryIO], codec: str, delimiter: str) -> None:
        self._opener, self._codec, self._delimiter = opener, codec, delimiter
        first = next(self._blocks(), "")
        header, self._header_lines = _first_record(first, delimiter)
        self.columns = unique_names(header)

    def batches(self) -> Iterator[Batch]:
        """One batch for each block of text."""
        number = self._header_lines + 1
        carried: list[str] = []
        blocks = self._blocks()
        block, last = next(blocks, ""), False
        block = block.split("\n", self._header_lines)[-1] if block.count("\n") >= self._header_lines else ""
        while not last:
            following = next(blocks, None)
            last = following is None
            table = None if carried or '"' in block else self._cut_plain(block)
            if table is not None:
                yield Batch(table, pa.array(range(number, number + table.num_rows), pa.int64()))
                number += table.num_rows
            else:
                cutter = _Cutter(self.columns, self._delimiter, carried + _lines(block), number)
                yield cutter.cut(last)
                number, carried = cutter.number, cutter.carried
            block = following or ""

    def _cut_plain(self, block: str) -> pa.Table | None:
        """The block as a table, or None when one of its lines has another number of columns."""
        if not block or len(self._delimiter.encode()) > 1:
            return None
        ragged = False

        def give_up(row: arrow_csv.InvalidRow) -> str:
            nonlocal ragged
            ragged = True
            return "skip"

        data = block.encode("utf-8", errors="replace")
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            arrow_csv.ReadOptions(column_names=self.columns, block_size=len(data) + 1, use_threads=False),
            arrow_csv.ParseOptions(
                delimiter=self._delimiter, quote_char=False, double_quote=False, ignore_empty_lines=False,
                invalid_row_handler=give_up,
            ),
            arrow_csv.ConvertOptions(
                column_types={name: pa.string() for name in self.columns}, strings_can_be_null=False,
                check_utf8=False,
            ),
        )  # fmt: skip
        return None if ragged else table

    def _blocks(self) -> Iterator[str]:
        """Text in blocks that end at the end of a line; line ends are ``\\n`` whatever they were."""
        with self._opener() as stream:
            text = io.TextIOWrapper(stream, encoding=self._codec, errors="replace", newline=None)
            tail = ""
            while piece := _read(text):
                end = piece.rfind("\n") + 1
                if not end:
                    tail += piece
                    if len(tail) > LONGEST_LINE:
                        message = "A line is longer than 8 million characters: this is not a table."
                        raise UnreadableFile.at("file", "file_long_line", message)
                    continue
                yield tail + piece[:end]
                tail = piece[end:]
            if tail:
                yield tail


def _read(text: io.TextIOWrapper) -> str:
    try:
        return text.read(BLOCK)
    except (EOFError, OSError, zlib.error, zstandard.ZstdError) as error:
        raise UnreadableFile.at("file", "file_damaged", f"The file is damaged or cut off: {error}.") from None
    except UnicodeError as error:
        message = f"The file's encoding cannot be read: {error}."
        raise UnreadableFile.at("file", "file_encoding", message) from None


def _lines(block: str) -> list[str]:
    lines = block.split("\n")
    if not lines[-1]:
        lines.pop()
    return [line + "\n" for line in lines]


def _first_record(block: str, delimiter: str) -> tuple[list[str], int]:
    """The header's cells, and how many lines it and what stands above it take."""
    reader = csv.reader(iter(_lines(block)), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        while len(rows) < LOOKED_AT and (row := next(reader, None)) is not None:
            if any(cell.strip() for cell in row):
                rows.append(row)
                ends.append(reader.line_num)
    except csv.Error:
        if not rows:
            message = "The first line, which names the columns, cannot be read."
            raise UnreadableFile.at("file", "file_header", message) from None
    found = header_among(rows)
    if found is None:
        raise UnreadableFile.at(
            "file", "file_empty", "The file is empty: its first line must name the columns."
        )
    return rows[found], ends[found]


class _Runaway(Exception):
    """A record spans so many lines that a quotation mark must have been left open."""


class _Cutter:
    """Cuts lines with quotation marks; `number` is the next row's number, `carried` an unfinished record."""

    def __init__(self, columns: list[str], delimiter: str, lines: list[str], number: int) -> None:
        self.columns, self.delimiter, self.number = columns, delimiter, number
        self.carried: list[str] = []
        self._lines = deque(lines)
        self._held: list[str] = []
        self._rows: list[list[str]] = []
        self._numbers: list[int] = []
        self._broken: list[BrokenRow] = []

    def __iter__(self) -> "_Cutter":
        return self

    def __next__(self) -> str:
        if len(self._held) > MOST_LINES_OF_A_RECORD:
            raise _Runaway
        if not self._lines:
            raise StopIteration
        line = self._lines.popleft()
        self._held.append(line)
        return line

    def cut(self, last: bool) -> Batch:
        """All rows of the lines; unless they are the file's last, an unfinished record is carried over."""
        reader = csv.reader(self, delimiter=self.delimiter, strict=True)
        width = len(self.columns)
        while True:
            try:
                for row in reader:
                    if len(row) == width:
                        self._rows.append(row)
                        self._numbers.append(self.number)
                        self.number += 1
                    else:
                        self._odd(row, width)
                    self._held.clear()
            except (csv.Error, _Runaway) as error:
                if (
                    not last
                    and not self._lines
                    and not isinstance(error, _Runaway)
                    and "end of data" in str(error)
                ):
                    self.carried = self._held
                    break
                self._give_up("broken_quotes")
                self._held.clear()
                continue
            break
        columns = list(zip(*self._rows, strict=True)) or [()] * width
        arrays = [pa.array(column, pa.string()) for column in columns]
        return Batch(text_table(self.columns, arrays), pa.array(self._numbers, pa.int64()), self._broken)

    def _odd(self, row: list[str], width: int) -> None:
        """A record with another number of columns than the header."""
        if not row:
            self.number += 1  # a blank line: counted as a spreadsheet does, but no row
        elif len(row) > width and not any(cell.strip() for cell in row[width:]):
            self._rows.append(row[:width])
            self._numbers.append(self.number)
            self.number += 1
        else:
            self._give_up("too_few_cells" if len(row) < width else "too_many_cells")

    def _give_up(self, code: str) -> None:
        """Give up the first line of the record being read; the lines after it are read again."""
        first, *others = self._held
        self._lines.extendleft(reversed(others))
        if others:
            code = "broken_quotes"
        self._broken.append(BrokenRow(self.number, code, first.rstrip("\n")))
        self.number += 1
