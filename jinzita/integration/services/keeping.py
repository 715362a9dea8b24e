"""Rows that could not be used, kept as they came."""

from collections.abc import Collection
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jinzita.integration.models import BadRow, Import
from jinzita.integration.reading import Batch
from jinzita.integration.services.preparing import Prepared, Reason


def keep_bad_rows(one: Import, batch: Batch, prepared: Prepared) -> None:
    if not prepared.bad:
        return
    cells = cells_of(batch, prepared.bad)
    rows = (
        BadRow(
            of=one, number=number, cells=cells[number],
            reasons=[as_json(reason) for reason in reasons],
        )
        for number, reasons in sorted(prepared.bad.items())
    )  # fmt: skip
    BadRow.objects.bulk_create(rows, batch_size=2000)


def cells_of(batch: Batch, numbers: Collection[int]) -> dict[int, list[str]]:
    """The cells of these rows of a batch, by number; of a row of wrong form its whole text."""
    wanted = pc.is_in(batch.numbers, value_set=pa.array(sorted(numbers), pa.int64()))
    pairs = zip(batch.numbers.filter(wanted).to_pylist(), batch.table.filter(wanted).to_pylist(), strict=True)
    cells = {number: [_storable(cell) for cell in row.values()] for number, row in pairs}
    return cells | {broken.number: [_storable(broken.text)] for broken in batch.broken}


def as_json(one: Reason) -> dict[str, Any]:
    found: dict[str, Any] = {"field": one.field, "code": one.code, "value": _storable(one.value)}
    if one.candidates:
        found["candidates"] = [{"id": pk, "name": name} for pk, name in one.candidates]
    return found


def _storable(text: str | None) -> str:
    """Text as PostgreSQL can keep it: a zero byte becomes its picture."""
    return (text or "").replace("\0", "␀")
