"""Customers removed with everything that is known of them, whoever owns it.

The foreign keys are walked, so that a capability above need not be known here.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg import sql

from jinzita.customers.models import Contact, Customer
from jinzita.kernel import audit, warehouse
from jinzita.kernel.access import Permission, Viewer

GONE, GONE_CONTACTS = "removal_customers", "removal_contacts"


@transaction.atomic
def remove_customers(*, by: Viewer, source: str) -> int:
    """Remove all customers of a source, with their facts, scores and standings; answers how many.

    Facts entered by hand for these customers go with them. Products of the source go where nothing names
    them.
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
        _touch()
        _remember_contacts()
        _remove(Customer, GONE, depth=0)
        _remove_contacts()
    return count


def _remember_contacts() -> None:
    """The contacts at these customers."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{GONE_CONTACTS}")
        cursor.execute(
            f"CREATE TEMP TABLE {GONE_CONTACTS} ON COMMIT DROP AS SELECT DISTINCT contact_id AS id"
            f" FROM customers_position WHERE customer_id IN (SELECT id FROM {GONE})"
        )


def _remove_contacts() -> None:
    """Those of them that are at no other customer go as well."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {GONE_CONTACTS} g WHERE EXISTS"
            " (SELECT FROM customers_position p WHERE p.contact_id = g.id)"
        )
    _remove(Contact, GONE_CONTACTS, depth=0)


def _touch() -> None:
    """The months in which facts disappear."""
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
                f"SELECT DISTINCT date_trunc('month', {day})::date FROM {fact.table}"
                f" WHERE {fact.customer} IN (SELECT id FROM {GONE})"
            )
            months = [month for (month,) in cursor.fetchall()]
            if months:
                warehouse.touch(fact.fact, months)


def _remove(model: type[models.Model], gone: str, *, depth: int) -> None:
    """Delete the rows of `model` whose ids are in the table `gone`, and before them whatever names them."""
    with connection.cursor() as cursor:
        for position, (referring, field) in enumerate(_referring(model)):
            table, column = sql.Identifier(referring._meta.db_table), sql.Identifier(field.column)
            if _is_loose(field):
                cursor.execute(
                    sql.SQL("UPDATE {} SET {} = NULL WHERE {} IN (SELECT id FROM {})").format(
                        table, column, column, sql.Identifier(gone)
                    )
                )
                continue
            primary = referring._meta.pk
            if any(True for _ in _referring(referring)):
                below = f"removal_{depth + 1}_{position}"
                cursor.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(sql.Identifier(below)))
                cursor.execute(
                    sql.SQL(
                        "CREATE TEMP TABLE {} ON COMMIT DROP AS"
                        " SELECT {} AS id FROM {} WHERE {} IN (SELECT id FROM {})"
                    ).format(
                        sql.Identifier(below),
                        sql.Identifier(primary.column or "id"),
                        table,
                        column,
                        sql.Identifier(gone),
                    )
                )
                _remove(referring, below, depth=depth + 1)
            else:
                cursor.execute(
                    sql.SQL("DELETE FROM {} WHERE {} IN (SELECT id FROM {})").format(
                        table, column, sql.Identifier(gone)
                    )
                )
        cursor.execute(
            sql.SQL("DELETE FROM {} WHERE {} IN (SELECT id FROM {})").format(
                sql.Identifier(model._meta.db_table),
                sql.Identifier(model._meta.pk.column or "id"),
                sql.Identifier(gone),
            )
        )


def _referring(model: type[models.Model]) -> Iterator[tuple[type[models.Model], models.ForeignKey]]:
    """Foreign keys to a model, the loose ones last: rows that go need not be changed before."""
    found = [
        (other, field)
        for other in apps.get_models()
        for field in other._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is model
    ]
    yield from sorted(found, key=lambda pair: _is_loose(pair[1]))


def _is_loose(field: models.ForeignKey) -> bool:
    """Whether a row outlives what it names."""
    return field.null and field.remote_field.on_delete is not models.CASCADE
