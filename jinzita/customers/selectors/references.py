"""Which tables name the records of a table: found from the database itself and from the declared models.

So that records can be removed or merged with everything that is known of them, whoever owns it, and a
capability above need not be known here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from jinzita.kernel import records

# derived  made anew from other rows: those of a merged record are taken out
# stays    told of the record as it was: it remains with it
Treatment = Literal["derived", "stays"]
_treated: dict[str, Treatment] = {}


@dataclass(frozen=True)
class Unique:
    """A unique index that a reference is part of.

    `others` are its other keys, as SQL over the table; `condition` that of a partial index ("" = none).
    """

    others: tuple[str, ...]
    condition: str
    nulls_distinct: bool


@dataclass(frozen=True)
class Reference:
    """A column that names a record: `key` are the columns that name its own row (`numbered`: whole
    numbers), `loose` says that a row outlives what it names.
    """

    table: str
    column: str
    nullable: bool
    loose: bool
    key: tuple[str, ...]
    numbered: bool

    @property
    def single_key(self) -> bool:
        """Whether a row is named by one number that is not the reference itself."""
        return self.numbered and len(self.key) == 1 and self.key[0] != self.column


_REFERRING = """
SELECT c.relname, a.attname, con.confdeltype = 'c' FROM pg_constraint con
JOIN pg_class c ON c.oid = con.conrelid AND c.relnamespace = current_schema()::regnamespace
JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[1]
WHERE con.contype = 'f' AND con.confrelid = to_regclass(%s) AND cardinality(con.conkey) = 1
AND con.conparentid = 0"""
_SHAPE = """
SELECT a.attname, a.attnotnull, coalesce(a.attnum = ANY(i.indkey), false),
       a.atttypid = ANY('{int2,int4,int8}'::regtype[]) FROM pg_attribute a
LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"""
_UNIQUE = """
SELECT ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, true) FROM generate_series(1, i.indnkeyatts) k),
       coalesce(pg_get_expr(i.indpred, i.indrelid, true), ''), NOT i.indnullsnotdistinct
FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = %s
WHERE i.indrelid = to_regclass(%s) AND i.indisunique AND a.attnum = ANY(i.indkey)
ORDER BY i.indexrelid"""
_APART = """
SELECT EXISTS (SELECT FROM pg_constraint con WHERE con.contype = 'c' AND con.conrelid = to_regclass(%s)
AND ARRAY(SELECT attnum FROM pg_attribute WHERE attrelid = con.conrelid AND attname = ANY(%s)) <@ con.conkey)
"""


def treat(label: str, as_what: Treatment) -> None:
    """Declare that rows of a model do not simply follow a merged record; called by the model's owner."""
    _treated[apps.get_model(label)._meta.db_table] = as_what


def treatment(table: str) -> Treatment | None:
    """How the rows of a table behave in a merge; None: they follow."""
    return _treated.get(table)


def references_to(table: str) -> list[Reference]:
    """Every column that names a row of this table, those of rows that outlive it last."""
    with connection.cursor() as cursor:
        cursor.execute(_REFERRING, [table])
        owned = {(referring, column): cascades for referring, column, cascades in cursor.fetchall()}
        for pair, cascades in _declared(table).items():
            owned[pair] = owned.get(pair, False) or cascades
        found = []
        for referring, column in sorted(owned):
            cursor.execute(_SHAPE, [referring])
            shape = cursor.fetchall()
            nullable = {name: not required for name, required, _, _ in shape}
            key = tuple(name for name, _, primary, _ in shape if primary)
            numbered = all(number for _, _, primary, number in shape if primary)
            if column in nullable and key:
                loose = nullable[column] and not owned[(referring, column)]
                found.append(Reference(referring, column, nullable[column], loose, key, numbered))
    return sorted(found, key=lambda one: one.loose)


def _declared(table: str) -> dict[tuple[str, str], bool]:
    """The same of the models, also where the database knows no constraint; and whether they cascade."""
    return {
        (model._meta.db_table, field.column): field.remote_field.on_delete is models.CASCADE
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and isinstance(field.related_model, type)
        and field.related_model._meta.db_table == table
    }


def key_of(table: str) -> str:
    """The first column of a table's primary key."""
    with connection.cursor() as cursor:
        cursor.execute(_SHAPE, [table])
        return str(next(name for name, _, primary, _ in cursor.fetchall() if primary))


def columns_by_table() -> dict[str, set[str]]:
    """Every table there is, with its columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns"
            " WHERE table_schema = current_schema() GROUP BY 1"
        )
        return {table: set(columns) for table, columns in cursor.fetchall()}


def key_json(key: Iterable[str]) -> sql.Composable:
    """SQL of a row's key as a JSON object, of a table that the statement calls t."""
    parts = [sql.SQL("{}, t.{}").format(sql.Literal(name), sql.Identifier(name)) for name in key]
    return sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(parts))


def uniques_of(one: Reference) -> list[Unique]:
    """The unique indexes that hold a reference."""
    with connection.cursor() as cursor:
        cursor.execute(_UNIQUE, [one.column, one.table])
        return [
            Unique(tuple(key for key in keys if key.strip('"') != one.column), condition, distinct)
            for keys, condition, distinct in cursor.fetchall()
        ]


def must_differ(table: str, columns: Sequence[str]) -> bool:
    """Whether a constraint of the table speaks of these columns together, as one that forbids a row to
    name the same record twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(_APART, [table, list(columns)])
        return bool(cursor.fetchone()[0])


def words_of(table: str) -> tuple[str, str]:
    """What the rows of a table are called, in English and Chinese."""
    for kind in records.kinds().values():
        if apps.get_model(kind.model)._meta.db_table == table:
            return kind.en, kind.zh
    for model in apps.get_models():
        if model._meta.db_table == table:
            name = str(model._meta.verbose_name_plural).capitalize()
            return name, name
    return table, table


def counted(customer_ids: Sequence[int]) -> dict[str, dict[int, int]]:
    """How many rows of each table name these customers: {table: {customer: rows}}; derived ones left out."""
    found: dict[str, dict[int, int]] = {}
    with connection.cursor() as cursor:
        for one in references_to("customers_customer"):
            if treatment(one.table) or one.table == "customers_customer":
                continue
            cursor.execute(
                sql.SQL("SELECT {c}, count(*) FROM {t} WHERE {c} = ANY(%s) GROUP BY 1").format(
                    c=sql.Identifier(one.column), t=sql.Identifier(one.table)
                ),
                [list(customer_ids)],
            )
            for customer_id, rows in cursor.fetchall():
                of_table = found.setdefault(one.table, {})
                of_table[customer_id] = of_table.get(customer_id, 0) + rows
    return found
