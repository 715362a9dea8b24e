"""What reading a file yields."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from jinzita.kernel.errors import Invalid

# Rows a batch has at most; readers may cut earlier.
BATCH_ROWS = 50_000


class UnreadableFile(Invalid):
    """The file as a whole cannot be read; the message says why."""

    code = "unreadable_file"


@dataclass(frozen=True)
class BrokenRow:
    """A row whose form is wrong, so that its columns are not known: its number, a code, its text."""

    number: int
    code: str
    text: str


@dataclass(frozen=True)
class Batch:
    """Some consecutive rows.

    `table` has one column of strings for each column of the file, `numbers` (int64) the number of each row as
    a spreadsheet counts: the header is row 1. Rows of wrong form are in `broken` instead.
    """

    table: pa.Table
    numbers: pa.Array
    broken: list[BrokenRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.numbers) + len(self.broken)


class Rows(Protocol):
    """A file's rows; can be read from the start any number of times."""

    columns: list[str]

    def batches(self) -> Iterator[Batch]:
        """All batches in the order of the file."""


def unique_names(names: list[str]) -> list[str]:
    """Header cells as column names: trimmed, never empty, never twice."""
    seen: dict[str, int] = {}
    result = []
    for position, raw in enumerate(names, start=1):
        name = " ".join(raw.replace("\0", "").split()) or f"column {position}"
        seen[name] = seen.get(name, 0) + 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in seen:
            seen[name] += 1
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"
            seen[name] = 1
        result.append(name)
    return result


def text_table(columns: list[str], arrays: list[pa.Array]) -> pa.Table:
    return pa.table(arrays, schema=pa.schema([(name, pa.string()) for name in columns]))
