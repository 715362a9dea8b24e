"""Which tables name the records of a table: found from the database itself and from the declared models.

So that records can be removed or merged with everything that is known of them, whoever owns it, and a
capability above need not be known here.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from django.apps import apps
from django.db import connection
from psycopg import sql

from jinzita.customers.selectors.catalog import Catalog
from jinzita.kernel import records

# derived  made anew from other rows: those of a merged record are taken out
# stays    told of the record as it was: it remains with it
Treatment = Literal["derived", "stays"]
_treated: dict[str, Treatment] = {}
_filled: dict[str, tuple[tuple[str, ...], ...]] = {}
_called: dict[str, tuple[str, str]] = {}


def treat(label: str, as_what: Treatment) -> None:
    """Declare that rows of a model do not simply follow a merged record; called by the model's owner."""
    _treated[apps.get_model(label)._meta.db_table] = as_what


def treatment(table: str) -> Treatment | None:
    """How the rows of a table behave in a merge; None: they follow."""
    return _treated.get(table)


def fill(label: str, *groups: tuple[str, ...]) -> None:
    """Declare what a row takes over from one that a merge takes out beside it, where it knows nothing itself.

    The columns of a group go together; the first tells whether anything is known.
    """
    _filled[apps.get_model(label)._meta.db_table] = groups


def filled(table: str) -> tuple[tuple[str, ...], ...]:
    """What rows of a table take over in a merge."""
    return _filled.get(table, ())


def key_json(key: Iterable[str]) -> sql.Composable:
    """SQL of a row's key as a JSON object, of a table that the statement calls t."""
    parts = [sql.SQL("{}, t.{}").format(sql.Literal(name), sql.Identifier(name)) for name in key]
    return sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(parts))


def call(label: str, en: str, zh: str) -> None:
    """Declare what the rows of a model are called, when they are no kind of record of their own."""
    _called[apps.get_model(label)._meta.db_table] = (en, zh)


def words_of(table: str) -> tuple[str, str]:
    """What the rows of a table are called, in English and Chinese."""
    if table in _called:
        return _called[table]
    for kind in records.kinds().values():
        if apps.get_model(kind.model)._meta.db_table == table:
            return kind.en, kind.zh
    for model in apps.get_models():
        if model._meta.db_table == table:
            name = str(model._meta.verbose_name_plural).capitalize()
            return name, name
    return table, table


def counted(table: str, ids: Sequence[int]) -> dict[str, dict[int, int]]:
    """How many rows of each other table name these records of one: {table: {record: rows}}; derived ones left
    out.
    """
    found: dict[str, dict[int, int]] = {}
    with connection.cursor() as cursor:
        for one in Catalog().references_to(table):
            if treatment(one.table) or one.table == table:
                continue
            cursor.execute(
                sql.SQL("SELECT {c}, count(*) FROM {t} WHERE {c} = ANY(%s) GROUP BY 1").format(
                    c=sql.Identifier(one.column), t=sql.Identifier(one.table)
                ),
                [list(ids)],
            )
            for record_id, rows in cursor.fetchall():
                of_table = found.setdefault(one.table, {})
                of_table[record_id] = of_table.get(record_id, 0) + rows
    return found
