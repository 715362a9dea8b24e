"""A list as a Parquet file, made piece by piece: typed columns under the fields' codes, for programs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jinzita.kernel.export.pipe import Pipe
from jinzita.kernel.records.fields import Field, FieldType

# Rows of a group of the file, which is gathered before it is written.
GROUP = 20_000
_CENT_OF_A_CENT = Decimal("0.0001")
_TYPES = {
    FieldType.NUMBER: pa.float64(),
    FieldType.MONEY: pa.decimal128(18, 4),
    FieldType.DATE: pa.date32(),
    FieldType.DATETIME: pa.timestamp("us", "UTC"),
    FieldType.YES_NO: pa.bool_(),
    FieldType.CHOICES: pa.list_(pa.string()),
}


def as_parquet(fields: Sequence[Field], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The pieces of a Parquet file with these rows."""
    schema = pa.schema([(one.code, _type(one)) for one in fields])
    ways = [_as_kept(one.type) for one in schema]
    pipe, following = Pipe(), iter(rows)
    with pq.ParquetWriter(pa.PythonFile(pipe, mode="w"), schema, compression="zstd") as writer:
        while part := list(islice(following, GROUP)):
            columns = [
                pa.array([None if one is None else way(one) for one in column], kind.type)
                for column, kind, way in zip(zip(*part, strict=True), schema, ways, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            yield pipe.taken()
    yield pipe.taken()


def _type(field: Field) -> pa.DataType:
    return pa.string() if field.access.concealed else _TYPES.get(field.type, pa.string())


def _as_kept(kind: pa.DataType) -> Callable[[Any], Any]:
    """What makes of a value one that Arrow takes for this type; attributes keep days and moments as texts."""
    if pa.types.is_decimal(kind):
        return lambda value: Decimal(str(value)).quantize(_CENT_OF_A_CENT)
    if kind == pa.float64():
        return float
    if kind == pa.date32():
        return lambda value: date.fromisoformat(value) if isinstance(value, str) else value
    if pa.types.is_timestamp(kind):
        return lambda value: datetime.fromisoformat(value) if isinstance(value, str) else value
    if pa.types.is_list(kind):
        return lambda value: [
            str(one) for one in (value if isinstance(value, list | tuple | set) else [value])
        ]
    return bool if kind == pa.bool_() else str
