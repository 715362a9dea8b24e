"""Customers removed with everything that is known of them, whoever owns it.

The references are walked, so that a capability above need not be known here.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from jinzita.customers.selectors.catalog import Catalog
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.touching import touch_contacts, touch_facts
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer

GONE, GONE_CONTACTS = "removal_customers", "removal_contacts"
CUSTOMERS, CONTACTS = "customers_customer", "customers_contact"


@transaction.atomic
def remove_customers(*, by: Viewer, source: str) -> int:
    """Remove all customers of a source, with their facts, scores and standings; answers how many.

    Facts entered by hand for these customers go with them. Products of the source go where nothing names
    them. Customers of other sources that were merged into one of these are there again, without the facts
    that had gone over.
    """
    by.require(Permission.MANAGE_DEMO)
    count = _remove_where("source = %s", source)
    audit.record(
        by=by, action="remove_source", subject_type="customer", changes={"source": source, "count": count}
    )
    return count


def remove_with_everything(ids: Sequence[int]) -> int:
    """Remove these customers with everything that names them, in the caller's transaction."""
    return _remove_where("id = ANY(%s)", list(ids))


def _remove_where(condition: str, parameter: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{GONE}")
        cursor.execute(
            f"CREATE TEMP TABLE {GONE} ON COMMIT DROP AS SELECT id FROM customers_customer WHERE {condition}",
            [parameter],
        )
        count: int = cursor.rowcount
        cursor.execute(f"ANALYZE pg_temp.{GONE}")
    if count:
        touch_facts(sql.SQL("SELECT id FROM {}").format(sql.Identifier(GONE)))
        _forget_merges("customer", GONE)
        alone = _merged_into_them()
        _remember_contacts(
            "SELECT DISTINCT contact_id AS id FROM customers_position"
            f" WHERE customer_id IN (SELECT id FROM {GONE})"
        )
        tables = Catalog()
        _remove(CUSTOMERS, GONE, tables)
        _remove_contacts(tables)
        complete_new(alone)
    return count


def remove_contacts(ids: Sequence[int]) -> None:
    """Remove these contacts with everything that names them, in the caller's transaction."""
    touch_contacts(ids)
    _remember_contacts("SELECT unnest(%s::bigint[]) AS id", list(ids))
    _remove_remembered(Catalog())


def _remember_contacts(query: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{GONE_CONTACTS}")
        cursor.execute(f"CREATE TEMP TABLE {GONE_CONTACTS} ON COMMIT DROP AS {query}", parameters)


def _remove_contacts(tables: Catalog) -> None:
    """Those of the remembered contacts who are at no other customer go as well."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {GONE_CONTACTS} g WHERE EXISTS"
            " (SELECT FROM customers_position p WHERE p.contact_id = g.id)"
        )
    _remove_remembered(tables)


def _remove_remembered(tables: Catalog) -> None:
    """The remembered contacts go, with what became part of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {GONE_CONTACTS} SELECT id FROM customers_contact"
            f" WHERE merged_into_id IN (SELECT id FROM {GONE_CONTACTS})"
        )
    _forget_merges("contact", GONE_CONTACTS)
    _remove(CONTACTS, GONE_CONTACTS, tables)


def _forget_merges(what: str, gone: str) -> None:
    """What merges kept of the records in the table `gone` goes."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.removal_merges")
        cursor.execute(
            "CREATE TEMP TABLE removal_merges ON COMMIT DROP AS SELECT id FROM customers_merge"
            f" WHERE what = %s AND (survivor_id IN (SELECT id FROM {gone})"
            f" OR member_ids && (SELECT array_agg(id) FROM {gone}))",
            [what],
        )
        cursor.execute("DELETE FROM customers_mergepart WHERE merge_id IN (SELECT id FROM removal_merges)")
        cursor.execute("DELETE FROM customers_merge WHERE id IN (SELECT id FROM removal_merges)")


def _merged_into_them() -> list[int]:
    """The customers merged into those who go, who stay."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM customers_namedas WHERE meant_id IN (SELECT id FROM {GONE})")
        cursor.execute(
            f"SELECT id FROM customers_customer WHERE merged_into_id IN (SELECT id FROM {GONE})"
            f" AND id NOT IN (SELECT id FROM {GONE})"
        )
        return [customer_id for (customer_id,) in cursor.fetchall()]


def _remove(table: str, gone: str, tables: Catalog, *, depth: int = 0) -> None:
    """Delete the rows of `table` whose ids are in the table `gone`, and before them whatever names them."""
    ids = sql.SQL("SELECT id FROM {}").format(sql.Identifier(gone))
    with connection.cursor() as cursor:
        for position, one in enumerate(tables.references_to(table)):
            names = {"t": sql.Identifier(one.table), "c": sql.Identifier(one.column), "ids": ids}
            if one.loose:
                cursor.execute(sql.SQL("UPDATE {t} SET {c} = NULL WHERE {c} IN ({ids})").format(**names))
                continue
            if len(one.key) == 1 and tables.references_to(one.table):
                below = f"removal_{depth + 1}_{position}"
                cursor.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(sql.Identifier(below)))
                cursor.execute(
                    sql.SQL(
                        "CREATE TEMP TABLE {below} ON COMMIT DROP AS"
                        " SELECT {k} AS id FROM {t} WHERE {c} IN ({ids})"
                    ).format(below=sql.Identifier(below), k=sql.Identifier(one.key[0]), **names)
                )
                _remove(one.table, below, tables, depth=depth + 1)
            else:
                cursor.execute(sql.SQL("DELETE FROM {t} WHERE {c} IN ({ids})").format(**names))
        cursor.execute(
            sql.SQL("DELETE FROM {} WHERE {} IN ({})").format(
                sql.Identifier(table), sql.Identifier(tables.key_of(table)), ids
            )
        )
