"""What the database says of its own tables: which column names whose rows, and which rules hold it.

Read once for a piece of work, each part by one statement however many tables there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import connection, models


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


@dataclass(frozen=True)
class _Column:
    name: str
    nullable: bool
    primary: bool
    number: bool


_REFERRING = """
SELECT t.relname, c.relname, a.attname, con.confdeltype = 'c' FROM pg_constraint con
JOIN pg_class t ON t.oid = con.confrelid
JOIN pg_class c ON c.oid = con.conrelid AND c.relnamespace = current_schema()::regnamespace
JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[1]
WHERE con.contype = 'f' AND cardinality(con.conkey) = 1 AND con.conparentid = 0"""
_SHAPES = """
SELECT c.relname, a.attname, NOT a.attnotnull, coalesce(a.attnum = ANY(i.indkey), false),
       a.atttypid = ANY('{int2,int4,int8}'::regtype[]) FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
ORDER BY c.relname, a.attnum"""
_UNIQUES = """
SELECT c.relname, ARRAY(SELECT a.attname::text FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attnum = ANY(i.indkey)),
       ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, true) FROM generate_series(1, i.indnkeyatts) k),
       coalesce(pg_get_expr(i.indpred, i.indrelid, true), ''), NOT i.indnullsnotdistinct
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = current_schema()::regnamespace
WHERE i.indisunique ORDER BY i.indexrelid"""
_CHECKED = """
SELECT c.relname, ARRAY(SELECT a.attname::text FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attnum = ANY(con.conkey))
FROM pg_constraint con
JOIN pg_class c ON c.oid = con.conrelid AND c.relnamespace = current_schema()::regnamespace
WHERE con.contype = 'c'"""


class Catalog:
    """The tables as they are when they are first asked for."""

    def references_to(self, table: str) -> list[Reference]:
        """Every column that names a row of this table, those of rows that outlive it last."""
        owned = dict(self._referring.get(table, {}))
        for pair, cascades in _declared(table).items():
            owned[pair] = owned.get(pair, False) or cascades
        found = []
        for referring, column in sorted(owned):
            shape = self._shapes.get(referring, ())
            nullable = {one.name: one.nullable for one in shape}
            key = tuple(one.name for one in shape if one.primary)
            numbered = all(one.number for one in shape if one.primary)
            if column in nullable and key:
                loose = nullable[column] and not owned[(referring, column)]
                found.append(Reference(referring, column, nullable[column], loose, key, numbered))
        return sorted(found, key=lambda one: one.loose)

    def columns(self, table: str) -> set[str]:
        """The columns of a table; none of one that is not there."""
        return {one.name for one in self._shapes.get(table, ())}

    def key_of(self, table: str) -> str:
        """The first column of a table's primary key."""
        return next(one.name for one in self._shapes[table] if one.primary)

    def uniques_of(self, one: Reference) -> list[Unique]:
        """The unique indexes that hold a reference."""
        return [
            Unique(tuple(key for key in keys if key.strip('"') != one.column), condition, distinct)
            for columns, keys, condition, distinct in self._uniques.get(one.table, ())
            if one.column in columns
        ]

    def must_differ(self, table: str, columns: Sequence[str]) -> bool:
        """Whether a constraint of the table speaks of these columns together, as one that forbids a row to
        name the same record twice.
        """
        return any(set(columns) <= checked for checked in self._checked.get(table, ()))

    @cached_property
    def _referring(self) -> dict[str, dict[tuple[str, str], bool]]:
        found: dict[str, dict[tuple[str, str], bool]] = {}
        for referred, table, column, cascades in _asked(_REFERRING):
            found.setdefault(referred, {})[(table, column)] = cascades
        return found

    @cached_property
    def _shapes(self) -> dict[str, list[_Column]]:
        found: dict[str, list[_Column]] = {}
        for table, *column in _asked(_SHAPES):
            found.setdefault(table, []).append(_Column(*column))
        return found

    @cached_property
    def _uniques(self) -> dict[str, list[tuple[list[str], list[str], str, bool]]]:
        found: dict[str, list[tuple[list[str], list[str], str, bool]]] = {}
        for table, columns, keys, condition, distinct in _asked(_UNIQUES):
            found.setdefault(table, []).append((columns, keys, condition, distinct))
        return found

    @cached_property
    def _checked(self) -> dict[str, list[set[str]]]:
        found: dict[str, list[set[str]]] = {}
        for table, columns in _asked(_CHECKED):
            found.setdefault(table, []).append(set(columns))
        return found


def _asked(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _declared(table: str) -> dict[tuple[str, str], bool]:
    """The references of the models, also where the database knows no constraint; and whether they cascade."""
    return {
        (model._meta.db_table, field.column): field.remote_field.on_delete is models.CASCADE
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and isinstance(field.related_model, type)
        and field.related_model._meta.db_table == table
    }
