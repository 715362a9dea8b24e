"""Cells of a file corrected before it is imported: single ones, and values wherever a column has them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jinzita.integration.reading import Batch, Rows
from jinzita.kernel.errors import Invalid


@dataclass(frozen=True)
class Corrections:
    """`cells`: [row, column, value]; `replace`: [column, value, the one in its place]."""

    cells: Sequence[tuple[int, str, str]] = ()
    replace: Sequence[tuple[str, str, str]] = ()

    def require_columns(self, columns: Sequence[str]) -> None:
        """Raise Invalid when one names a column the file does not have."""
        for name in (*(one[1] for one in self.cells), *(one[0] for one in self.replace)):
            if name not in columns:
                raise Invalid.at("corrections", "unknown_column", f"The file has no column “{name[:50]}”.")


def corrections_from_json(data: Mapping[str, Any]) -> Corrections:
    return Corrections(
        [tuple(one) for one in data.get("cells", ())], [tuple(one) for one in data.get("replace", ())]
    )  # fmt: skip


def corrected(rows: Rows, data: Mapping[str, Any]) -> Rows:
    """The rows of a file as they were corrected."""
    found = corrections_from_json(data)
    return _Corrected(rows, found) if found.cells or found.replace else rows


@dataclass
class _Corrected:
    of: Rows
    corrections: Corrections
    columns: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = self.of.columns

    def batches(self) -> Iterator[Batch]:
        cells: dict[str, dict[int, str]] = defaultdict(dict)
        for number, column, value in self.corrections.cells:
            cells[column][number] = value
        for batch in self.of.batches():
            table = batch.table
            for column, value, by in self.corrections.replace:
                same = pc.equal(pc.fill_null(table[column], ""), value)
                table = _with(table, column, pc.if_else(same, by, table[column]))
            for column, values in cells.items():
                table = _with_cells(table, batch.numbers, column, values)
            yield replace(batch, table=table)


def _with_cells(table: pa.Table, numbers: pa.Array, column: str, values: Mapping[int, str]) -> pa.Table:
    rows = numbers.to_numpy()
    here = np.isin(rows, list(values))
    if not here.any():
        return table
    cells = table[column].combine_chunks()
    wanted = pa.array([values[number] for number in rows[here].tolist()], pa.string())
    return _with(table, column, pc.replace_with_mask(cells, pa.array(here), wanted))


def _with(table: pa.Table, column: str, cells: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(column), column, cells)
