"""From the owners' tables in PostgreSQL to Arrow: many rows as a stream, some customers' rows at once.

Both ways select by the same SQL and build the same Arrow types, so the values are the same to the last digit.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import adbc_driver_postgresql.dbapi as adbc
import psycopg
import pyarrow as pa
from django.conf import settings
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from jinzita.kernel.warehouse.facts import Column, FactSource, Kind, sources

MONEY = pa.decimal128(18, 4)
ARROW: dict[Kind, pa.DataType] = {
    "id": pa.int64(),
    "text": pa.string(),
    "day": pa.date32(),
    "moment": pa.timestamp("us", "UTC"),
    "money": MONEY,
    "number": pa.float64(),
    "yes_no": pa.bool_(),
}
# Money crosses the wire as a whole number of ten-thousandths: exact, and eight bytes instead of text.
_SELECT: dict[Kind, str] = {
    "id": "({})::bigint",
    "text": "({})::text",
    "day": "({})::date",
    "moment": "({})::timestamptz",
    "money": "(({}) * 10000)::bigint",
    "number": "({})::double precision",
    "yes_no": "({})::boolean",
}


def all_columns(source: FactSource) -> tuple[Column, ...]:
    """The source's columns and, for a fact kept by month, its calendar day in the company's time zone."""
    columns = source.read_columns()
    if source.month is None:
        return columns
    day = source.month
    if source.month_is == "moment":
        zone = settings.COMPANY_TIME_ZONE.key.replace("'", "")
        day = f"({source.month}) AT TIME ZONE '{zone}'"
    return (*columns, Column("day", day, "day"))


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    return pa.schema([(column.name, ARROW[column.kind]) for column in columns])


def shape_of(fact: str) -> pa.Schema:
    """The columns of a fact table as they are now."""
    return schema_of(all_columns(sources()[fact]))


def select(source: FactSource, columns: Sequence[Column], condition: str = "") -> str:
    """The SQL that yields the fact table, or the part of it that meets `condition`."""
    listed = ", ".join(
        f'{_SELECT[column.kind].format(column.sql)} AS "{_quoted(column.name)}"' for column in columns
    )
    return f"SELECT {listed} FROM {source.table}" + (f" WHERE {condition}" if condition else "")


def in_months(source: FactSource, months: Iterable[date]) -> str:
    """The condition for rows of these months, as few ranges as possible so that an index can serve."""
    ranges: list[list[date]] = []
    for month in sorted(months):
        if ranges and ranges[-1][1] == month:
            ranges[-1][1] = _next_month(month)
        else:
            ranges.append([month, _next_month(month)])
    parts = [
        f"({source.month} >= {_bound(source, start)} AND {source.month} < {_bound(source, end)})"
        for start, end in ranges
    ]
    return " OR ".join(parts)


@contextmanager
def bulk_connection(*, read_only: bool = True) -> Iterator[Any]:
    """A connection of its own that speaks Arrow; read-only, all it reads is one state of the database."""
    parameters = connections["default"].get_connection_params()
    for name in ("cursor_factory", "context", "pool", "prepare_threshold"):
        parameters.pop(name, None)
    with adbc.connect(make_conninfo(**parameters)) as line:
        if read_only:
            with line.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield line


def stream(line: Any, query: str, columns: Sequence[Column]) -> Iterator[pa.RecordBatch]:
    """The answer of `query` in batches of some 16 MB, in the fact table's Arrow types."""
    schema = schema_of(columns)
    with line.cursor() as cursor:
        cursor.execute(query)
        for batch in cursor.fetch_record_batch():
            arrays = [
                _as_money(array) if column.kind == "money" else array.cast(ARROW[column.kind])
                for column, array in zip(columns, batch.columns, strict=True)
            ]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def rows_of_customers(customer_ids: Sequence[int], facts: Sequence[str]) -> dict[str, pa.Table]:
    """The rows of some customers in each of these fact tables, as they are now: one round trip for all."""
    wanted = {fact: sources()[fact] for fact in facts if fact in sources()}
    shapes = {fact: all_columns(source) for fact, source in wanted.items()}
    connection.ensure_connection()
    line: Any = connection.connection
    cursors = {}
    with line.pipeline():
        for fact, source in wanted.items():
            if source.customer is None:
                raise ValueError(f"the fact table {fact!r} has no customer")
            query = select(source, shapes[fact]).replace("%", "%%")
            cursors[fact] = psycopg.Cursor(line)  # Django's own binds on its side and cannot answer in binary
            cursors[fact].format = psycopg.pq.Format.BINARY
            cursors[fact].execute(f"{query} WHERE {source.customer} = ANY(%s)", [list(customer_ids)])
    return {fact: _table(cursors[fact].fetchall(), shapes[fact]) for fact in wanted}


def _table(rows: Sequence[Sequence[Any]], columns: Sequence[Column]) -> pa.Table:
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [
        _as_money(pa.array(value, pa.int64()))
        if column.kind == "money"
        else pa.array(value, ARROW[column.kind])
        for column, value in zip(columns, values, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema_of(columns))


def _as_money(ten_thousandths: pa.Array) -> pa.Array:
    """Whole ten-thousandths as decimal(18, 4): the same bits, read with a scale."""
    wide = ten_thousandths.cast(pa.decimal128(19, 0))
    return pa.Array.from_buffers(
        MONEY, len(wide), wide.buffers(), null_count=wide.null_count, offset=wide.offset
    )


def _bound(source: FactSource, day: date) -> str:
    if source.month_is == "day":
        return f"DATE '{day.isoformat()}'"
    start = datetime(day.year, day.month, 1, tzinfo=settings.COMPANY_TIME_ZONE)
    return f"TIMESTAMPTZ '{start.isoformat()}'"


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _quoted(name: str) -> str:
    return name.replace('"', '""')
