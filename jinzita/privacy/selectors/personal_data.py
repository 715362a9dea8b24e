"""Everything held about a customer, whoever holds it: found from the foreign keys."""

import json
from typing import Any

from django.db import connection
from psycopg import sql

from jinzita.customers.selectors import require_visible
from jinzita.customers.selectors.catalog import Catalog
from jinzita.customers.selectors.references import treatment, words_of
from jinzita.kernel.access import Permission, Viewer

CUSTOMERS, CONTACTS = "customers_customer", "customers_contact"
Rows = list[dict[str, Any]]


def personal_data(viewer: Viewer, customer_id: int) -> dict[str, tuple[tuple[str, str], Rows]]:
    """By table: what its rows are called (English, Chinese), and the rows that are the customer's, those of
    the people at it, and what the audit log says of it. Raises Forbidden, NotFound.
    """
    require_visible(viewer, customer_id)
    viewer.require(Permission.HANDLE_PRIVACY)
    found: dict[str, tuple[tuple[str, str], Rows]] = {}
    _add(found, CUSTOMERS, "id", [customer_id])
    _naming(found, CUSTOMERS, [customer_id])
    people = [row["contact_id"] for row in found.get("customers_position", ((), []))[1]]
    if people:
        _add(found, CONTACTS, "id", people)
        _add(found, CONTACTS, "merged_into_id", people)
        _naming(found, CONTACTS, people)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(t) FROM kernel_auditentry t WHERE subject_type = 'customer' AND subject_id = %s"
            " ORDER BY id",
            [customer_id],
        )
        found["kernel_auditentry"] = (("Audit log", "操作记录"), _read(cursor))
    return {table: part for table, part in found.items() if part[1]}


def _naming(found: dict[str, tuple[tuple[str, str], Rows]], table: str, ids: list[int]) -> None:
    for one in Catalog().references_to(table):
        # What is made anew from other rows says nothing further.
        if one.table != table and treatment(one.table) != "derived" and not one.table.endswith("key"):
            _add(found, one.table, one.column, ids)


def _add(found: dict[str, tuple[tuple[str, str], Rows]], table: str, column: str, ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT to_jsonb(t) FROM {} t WHERE {} = ANY(%s)").format(
                sql.Identifier(table), sql.Identifier(column)
            ),
            [ids],
        )
        _, rows = found.setdefault(table, (words_of(table), []))
        rows += [row for row in _read(cursor) if row not in rows]


def _read(cursor: Any) -> Rows:
    return [json.loads(row) for (row,) in cursor.fetchall()]
