"""The lake learns that facts came, went, or changed hands."""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection
from psycopg import sql

from jinzita.kernel import warehouse


def touch_facts(customers: sql.Composable) -> None:
    """Let the lake take again the months in which these customers have facts.

    `customers` is what stands in the brackets of IN: a query of ids, or ids. In the caller's transaction.
    """
    with connection.cursor() as cursor:
        for fact in warehouse.sources().values():
            if fact.customer is None:
                continue
            if fact.month is None:
                warehouse.touch(fact.fact)
                continue
            day = fact.month
            if fact.month_is == "moment":
                day = f"({fact.month}) AT TIME ZONE '{settings.COMPANY_TIME_ZONE.key}'"
            cursor.execute(
                sql.SQL(
                    "SELECT DISTINCT date_trunc('month', {day})::date FROM {rows} WHERE {customer} IN ({ids})"
                ).format(
                    day=sql.SQL(day), rows=sql.SQL(fact.table), customer=sql.SQL(fact.customer), ids=customers
                )
            )
            if months := [month for (month,) in cursor.fetchall()]:
                warehouse.touch(fact.fact, months)


def touch_contacts(ids: Sequence[int]) -> None:
    """Let the lake take again the months in which these contacts were made, under which it keeps them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT date_trunc('month', created_at AT TIME ZONE %s)::date FROM customers_contact"
            " WHERE id = ANY(%s)",
            [settings.COMPANY_TIME_ZONE.key, list(ids)],
        )
        if months := [month for (month,) in cursor.fetchall()]:
            warehouse.touch("contacts", months)
