"""Numbers of authorities and other systems that come in with customers: many at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa
from django.db import connection

from jinzita.customers.fields.keys import NUMBERS
from jinzita.customers.models import Identifier
from jinzita.kernel import undo

# A number as the database knows it: kind, system (of an external id), value.
Number = tuple[str, str, str]
_TABLE = Identifier._meta.db_table
_GIVEN = (
    "unnest(%s::bigint[], %s::text[], %s::text[], %s::text[])"
    " WITH ORDINALITY AS n (id, kind, source, value, at)"
)
# Of credit codes a customer has one, so a new one takes the place of the old.
_FORMER = f"""
    SELECT i.id FROM {_GIVEN} JOIN customers_identifier i ON i.customer_id = n.id AND i.kind = n.kind
    WHERE n.kind = 'credit_code' AND i.value <> n.value
"""
_REPLACE = f"""
    UPDATE customers_identifier i SET value = n.value FROM {_GIVEN}
    WHERE i.customer_id = n.id AND i.kind = n.kind AND n.kind = 'credit_code' AND i.value <> n.value
"""
_ADD = f"""
    INSERT INTO customers_identifier (customer_id, kind, source, value, position)
    SELECT n.id, n.kind, n.source, n.value,
        (SELECT count(*) FROM customers_identifier i WHERE i.customer_id = n.id)
        + row_number() OVER (PARTITION BY n.id ORDER BY n.at) - 1
    FROM {_GIVEN} ORDER BY n.at
    ON CONFLICT (value, kind, source) DO NOTHING RETURNING id
"""


@dataclass(frozen=True)
class Carried:
    """The numbers that rows carry: (number of the row, number), in the order of the file."""

    items: list[tuple[int, Number]]

    def without(self, rows: Iterable[int]) -> "Carried":
        out = set(rows)
        return Carried([one for one in self.items if one[0] not in out]) if out else self


def carried(rows: pa.Table, *, system: str) -> Carried:
    """The numbers in the columns of the rows; an external id is one of `system`."""
    items: list[tuple[int, Number]] = []
    for code in (one.code for one in NUMBERS if one.code in rows.column_names):
        source = system if code == "external" else ""
        pairs = zip(rows["number"].to_pylist(), rows[code].to_pylist(), strict=True)
        items += [(number, (code, source, value)) for number, value in pairs if value]
    return Carried(items)


def holders(items: Sequence[Number]) -> dict[Number, int]:
    """Who has these numbers: the customer, or its survivor."""
    if not items:
        return {}
    kinds, sources, values = zip(*items, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.kind, i.source, i.value, coalesce(c.merged_into_id, c.id)"
            " FROM (SELECT DISTINCT * FROM unnest(%s::text[], %s::text[], %s::text[]))"
            " n (kind, source, value) JOIN customers_identifier i"
            " ON i.value = n.value AND i.kind = n.kind AND i.source = n.source"
            " JOIN customers_customer c ON c.id = i.customer_id",
            [list(kinds), list(sources), list(values)],
        )
        return {(kind, source, value): holder for kind, source, value, holder in cursor.fetchall()}


def write_numbers(items: Sequence[tuple[int, Number]]) -> None:
    """Give customers these numbers, in the caller's transaction: (id of the customer, number)."""
    if not items:
        return
    columns = [[one for one, _ in items], *map(list, zip(*(number for _, number in items), strict=True))]
    with connection.cursor() as cursor:
        cursor.execute(_FORMER, columns)
        undo.changing(_TABLE, [one for (one,) in cursor.fetchall()])
        cursor.execute(_REPLACE, columns)
        cursor.execute(_ADD, columns)
        undo.made(_TABLE, [one for (one,) in cursor.fetchall()])
