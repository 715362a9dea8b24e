"""One batch of rows into its table.

The rows are copied into a staging table, the records they name are found by a join, and one statement creates
the new rows and changes those that differ. The caller's transaction holds it all: it happens or it does not.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from jinzita.kernel import undo
from jinzita.kernel.loading.target import Reference, Target

# Above this many customers the news says how many, not which.
MOST_CUSTOMERS_NAMED = 2_000
ROWS, FOUND = sql.Identifier("loading_rows"), sql.Identifier("loading_found")


@dataclass
class Loaded:
    """What became of the rows. created + updated + unchanged + the refused = the rows given.

    `refused` names rows that name an unknown record: (number of the row, its column). `customer_ids` are
    those of created and changed rows (before and after), at most MOST_CUSTOMERS_NAMED + 1 of them; `months`
    the first days of the months such rows lie or lay in. `superseded`, counted among the unchanged, are
    rows whose key came again later in the batch. `changed_ids` are the ids of created and changed rows,
    when they were asked for.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    superseded: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    customer_ids: set[int] = field(default_factory=set)
    months: set[date] = field(default_factory=set)
    changed_ids: list[int] = field(default_factory=list)


def load(
    target: Target,
    rows: pa.Table,
    *,
    source: str,
    sources: Mapping[str, str] | None = None,
    want_ids: bool = False,
    most_customers: int | None = MOST_CUSTOMERS_NAMED,
) -> Loaded:
    """Create or change the rows of `target` with this source.

    `rows` has `number` (int64, the caller's name for a row), `source_key` (text), and any of the target's
    columns and references' staged columns (text keys); columns that are missing keep their value or default.
    `sources` says at which source a reference's keys are known, by its staged name; else at `source`. With
    `want_ids` the ids of created and changed rows are returned. `most_customers` bounds how many touched
    customers are named (None: all). Must be called inside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("loading needs a transaction around it")
    rows, superseded = _last_of_each_key(rows)
    loaded = Loaded(unchanged=superseded, superseded=superseded)
    if not rows.num_rows:
        return loaded
    _stage(target, rows, source)
    _find(target, rows, source, sources or {})
    _refuse(target, rows, loaded)
    _count(target, rows, loaded, most_customers)
    loaded.changed_ids = _write(target, rows, source, loaded, want_ids)
    return loaded


def _last_of_each_key(rows: pa.Table) -> tuple[pa.Table, int]:
    codes = rows["source_key"].combine_chunks().dictionary_encode()
    if len(codes.dictionary) == len(codes):
        return rows, 0
    last = np.full(len(codes.dictionary), -1, dtype=np.int64)
    last[codes.indices.to_numpy()] = np.arange(len(codes))  # a later row overwrites an earlier one
    return rows.take(pa.array(np.sort(last))), len(codes) - len(last)


def _stage(target: Target, rows: pa.Table, source: str) -> None:
    types = {"number": "bigint", "source_key": "text"}
    types |= {one.staged: "text" for one in target.references}
    types |= target.columns
    names = rows.column_names
    unknown = set(names) - set(types)
    if unknown:
        raise ValueError(f"{target.table} takes no column {', '.join(sorted(unknown))}")
    declared = sql.SQL(", ").join(sql.SQL("{} " + types[name]).format(sql.Identifier(name)) for name in names)
    with connection.cursor() as cursor:
        # Two loads of the same records take turns; otherwise each could wait for a row of the other.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{target.table} {source}"])
        cursor.execute("DROP TABLE IF EXISTS pg_temp.loading_rows, pg_temp.loading_found")
        cursor.execute(sql.SQL("CREATE TEMP TABLE {} ({}) ON COMMIT DROP").format(ROWS, declared))
        buffer = io.BytesIO()
        # Every value in quotation marks, so that an empty text is told from nothing.
        options = arrow_csv.WriteOptions(include_header=False, quoting_style="all_valid")
        arrow_csv.write_csv(rows, buffer, options)
        with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(ROWS)) as copy:
            copy.write(buffer.getbuffer())


def _find(target: Target, rows: pa.Table, source: str, sources: Mapping[str, str]) -> None:
    """The staged rows with the ids they name, the row that is there already, and whether it differs."""
    joins: list[sql.Composable] = []
    columns: list[sql.Composable] = [sql.SQL("s.*")]
    parameters: list[str] = []
    for position, one in enumerate(_references(target, rows)):
        alias = sql.Identifier(f"r{position}")
        joins.append(
            sql.SQL(
                "LEFT JOIN {table} {alias} ON {alias}.source = %s AND {alias}.source_key = s.{staged}"
            ).format(table=sql.Identifier(one.table), alias=alias, staged=sql.Identifier(one.staged))
        )
        parameters.append(sources.get(one.staged, source))
        columns.append(sql.SQL("{} AS {}").format(_found_id(position, one), sql.Identifier(one.column)))
    differs = (
        sql.SQL(" OR ").join(_differences(target, rows)) if len(rows.column_names) > 2 else sql.SQL("false")
    )
    columns += [sql.SQL("old.id AS old_id"), sql.SQL("({}) AS differs").format(differs)]
    columns += [
        sql.SQL("old.{} AS {}").format(sql.Identifier(name), sql.Identifier(f"old_{kind}"))
        for kind, name in (("customer", target.customer), ("moment", target.moment)) if name
    ]  # fmt: skip
    statement = sql.SQL(
        "CREATE TEMP TABLE {found} ON COMMIT DROP AS SELECT {columns} FROM {rows} s {joins}"
        " LEFT JOIN {table} old ON old.source = %s AND old.source_key = s.source_key"
    ).format(
        found=FOUND, columns=sql.SQL(", ").join(columns), rows=ROWS, joins=sql.SQL(" ").join(joins),
        table=sql.Identifier(target.table),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE pg_temp.loading_rows")
        cursor.execute(statement, [*parameters, source])


def _found_id(position: int, one: Reference) -> sql.Composable:
    alias = f"r{position}"
    if not one.merges:
        return sql.Identifier(alias, "id")
    return sql.SQL("coalesce({}, {})").format(
        sql.Identifier(alias, "merged_into_id"), sql.Identifier(alias, "id")
    )


def _differences(target: Target, rows: pa.Table) -> list[sql.Composable]:
    found: list[sql.Composable] = []
    for name in _columns(target, rows):
        value, old = _value(target, name), sql.Identifier("old", name)
        if name in target.merged:
            value = sql.SQL("{} || {}").format(old, value)
        found.append(sql.SQL("{} IS DISTINCT FROM {}").format(old, value))
    for position, one in enumerate(_references(target, rows)):
        found.append(
            sql.SQL("{} IS DISTINCT FROM {}").format(
                sql.Identifier("old", one.column), _found_id(position, one)
            )
        )
    return found


def _refuse(target: Target, rows: pa.Table, loaded: Loaded) -> None:
    """Take out rows that name a record nobody knows."""
    with connection.cursor() as cursor:
        for one in _references(target, rows):
            cursor.execute(
                sql.SQL("DELETE FROM {} WHERE {} IS NOT NULL AND {} IS NULL RETURNING number").format(
                    FOUND, sql.Identifier(one.staged), sql.Identifier(one.column)
                )
            )
            loaded.refused += [(number, one.staged) for (number,) in cursor.fetchall()]


def _count(target: Target, rows: pa.Table, loaded: Loaded, most_customers: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "SELECT count(*) FILTER (WHERE old_id IS NULL),"
                " count(*) FILTER (WHERE old_id IS NOT NULL AND differs),"
                " count(*) FILTER (WHERE old_id IS NOT NULL AND NOT differs) FROM {}"
            ).format(FOUND)
        )
        created, updated, unchanged = cursor.fetchone()
        loaded.created, loaded.updated, loaded.unchanged = created, updated, loaded.unchanged + unchanged
        if not created + updated:
            return
        for name, result in ((target.customer, loaded.customer_ids), (target.moment, loaded.months)):
            if not name:
                continue
            is_customer = name == target.customer
            limit = f" LIMIT {most_customers + 1}" if is_customer and most_customers else ""
            values = (sql.Identifier(name), sql.Identifier("old_customer" if is_customer else "old_moment"))
            of_row = [one if is_customer else _month(target, one) for one in values]
            # A row that is not there yet has no former customer or month.
            parts = [
                sql.SQL("SELECT {} FROM {} WHERE {} IS NOT NULL AND (old_id IS NULL OR differs)").format(
                    value, FOUND, identifier
                )
                for value, identifier in zip(of_row, values, strict=True)
            ]
            if name not in _written(target, rows):
                parts = parts[1:]
            cursor.execute(sql.SQL(" UNION ").join(parts) + sql.SQL(limit))  # type: ignore[arg-type]
            result.update(value for (value,) in cursor.fetchall())


def _month(target: Target, value: sql.Composable) -> sql.Composable:
    if not target.moment_is_day:
        zone = sql.Literal(settings.COMPANY_TIME_ZONE.key)
        value = sql.SQL("{} AT TIME ZONE {}").format(value, zone)
    return sql.SQL("date_trunc('month', {})::date").format(value)


def _write(target: Target, rows: pa.Table, source: str, loaded: Loaded, want_ids: bool) -> list[int]:
    if not loaded.created + loaded.updated:
        return []
    names = [*_columns(target, rows), *(one.column for one in _references(target, rows))]
    defaults = {name: value for name, value in target.defaults.items() if name not in names}
    insert = sql.SQL(
        "INSERT INTO {table} AS t ({columns}) SELECT {values} FROM {found} s WHERE old_id IS NULL OR differs"
    ).format(
        table=sql.Identifier(target.table),
        columns=sql.SQL(", ").join(map(sql.Identifier, ["source", "source_key", *names, *defaults])),
        values=sql.SQL(", ").join(
            [sql.Literal(source), sql.SQL("s.source_key"), *(_value(target, name) for name in names)]
            + [sql.Literal(value) for value in defaults.values()]
        ),
        found=FOUND,
    )
    wanted = want_ids or undo.is_gathering()
    returning = sql.SQL(" RETURNING t.id" if wanted else "")
    with connection.cursor() as cursor:
        _say_changing(cursor, target, loaded)
        if not loaded.updated and _insert_new(cursor, insert + returning):
            pass
        else:
            cursor.execute(insert + _on_conflict(target, names) + returning)
        ids = [one for (one,) in cursor.fetchall()] if wanted else []
    undo.made(target.table, ids)  # those that were changed are known as such
    return ids if want_ids else []


def _say_changing(cursor: Any, target: Target, loaded: Loaded) -> None:
    if loaded.updated and undo.is_gathering():
        cursor.execute(sql.SQL("SELECT old_id FROM {} WHERE old_id IS NOT NULL AND differs").format(FOUND))
        undo.changing(target.table, [one for (one,) in cursor.fetchall()])


def _insert_new(cursor: Any, statement: sql.Composed) -> bool:
    """Insert rows none of which is there: faster than looking out for conflicts. False: one was there
    after all.
    """
    try:
        with transaction.atomic():
            cursor.execute(statement)
    except IntegrityError as error:
        if (
            getattr(error.__cause__, "sqlstate", "") != "23505"
        ):  # unique_violation: written meanwhile by another
            raise
        return False
    return True


def _on_conflict(target: Target, names: list[str]) -> sql.Composed:
    setters: list[sql.Composable] = [
        sql.SQL("{} = t.{} || EXCLUDED.{}" if name in target.merged else "{} = EXCLUDED.{}").format(
            *[sql.Identifier(name)] * (3 if name in target.merged else 2)
        )
        for name in names
    ]
    setters.append(sql.SQL("updated_at = now()"))
    if target.counted:
        setters.append(sql.SQL("version = t.version + 1"))
    return sql.SQL(" ON CONFLICT (source, source_key) DO UPDATE SET {}").format(sql.SQL(", ").join(setters))


def _value(target: Target, name: str) -> sql.Composable:
    """A staged value, or what the column holds when the row leaves it blank."""
    if name in target.merged:
        return sql.SQL("coalesce({}, '{{}}'::jsonb)").format(sql.Identifier("s", name))
    if name in target.blanks:
        return sql.SQL("coalesce({}, {})").format(sql.Identifier("s", name), sql.Literal(target.blanks[name]))
    return sql.Identifier("s", name)


def _columns(target: Target, rows: pa.Table) -> list[str]:
    return [name for name in rows.column_names if name in target.columns]


def _references(target: Target, rows: pa.Table) -> list[Reference]:
    return [one for one in target.references if one.staged in rows.column_names]


def _written(target: Target, rows: pa.Table) -> set[str]:
    return {*_columns(target, rows), *(one.column for one in _references(target, rows))}
