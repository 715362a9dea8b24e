"""One batch of rows into its table.

The rows are copied into a staging table, the records they name are found by a join, one statement changes
the rows that differ and one creates the new ones. The caller's transaction holds it all, or nothing of it.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

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
# Somebody else may make the same record between a look and a write: then it is looked again.
ATTEMPTS = 3
# Columns of the rows that say something of them, beside the table's.
ABOUT = {"number": "bigint", "source_key": "text", "known_id": "bigint", "changed": "boolean"}


@dataclass(frozen=True)
class Manner:
    """How rows come in: `only` the new or only the known ones; whether a blank cell of a known record keeps
    what is there or clears it (of required columns it always keeps).
    """

    only: Literal["new", "known"] | None = None
    blanks: Literal["keep", "clear"] = "clear"


AS_THEY_ARE = Manner()


@dataclass
class Loaded:
    """What became of the rows. created + updated + unchanged + the refused = the rows given.

    `refused` names rows that name an unknown record: (number of the row, its column). `customer_ids` are
    those of created and changed rows (before and after), at most MOST_CUSTOMERS_NAMED + 1 of them; `months`
    the first days of the months such rows lie or lay in. `superseded`, counted among the unchanged, are
    rows whose key came again later in the batch, and `skipped` (their numbers) those that the manner leaves
    out. `changed_ids` are the ids of created and changed rows, when they were asked for. `candidates` are the
    records, id and name, that a refused row may mean, by its number. `records` says of rows of which a loader
    was asked, by number, which record each became, and whether it was made.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    superseded: int = 0
    skipped: list[int] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    candidates: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    customer_ids: set[int] = field(default_factory=set)
    months: set[date] = field(default_factory=set)
    changed_ids: list[int] = field(default_factory=list)
    records: dict[int, tuple[int, bool]] = field(default_factory=dict)

    def add(self, other: "Loaded") -> None:
        """Count what became of further rows."""
        for name in ("created", "updated", "unchanged", "superseded"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("skipped", "refused", "changed_ids"):
            getattr(self, name).extend(getattr(other, name))
        for name in ("customer_ids", "months", "candidates", "records"):
            getattr(self, name).update(getattr(other, name))


def load(
    target: Target,
    rows: pa.Table,
    *,
    source: str,
    sources: Mapping[str, str] | None = None,
    want_ids: bool = False,
    most_customers: int | None = MOST_CUSTOMERS_NAMED,
    manner: Manner = AS_THEY_ARE,
) -> Loaded:
    """Create or change the rows of `target` with this source.

    `rows` has `number` (int64, the caller's name for a row), `source_key` (text), and any of the target's
    columns and references' staged columns (text keys); columns that are missing keep their value or default.
    With a column `known_id` the caller says which row of the table each row is (null: a new one); else the
    source and key say it. Rows marked in `changed` count as changed whatever their columns say.
    `sources` says at which source a reference's keys are known, by its staged name; else at `source`. With
    `want_ids` the ids of created and changed rows are returned. `most_customers` bounds how many touched
    customers are named (None: all). Must be called inside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("loading needs a transaction around it")
    rows, superseded = last_of_each(rows, "source_key")
    if "known_id" in rows.column_names:
        rows, more = last_of_each(rows, "known_id")
        superseded += more
    if not rows.num_rows:
        return Loaded(unchanged=superseded, superseded=superseded)
    _stage(target, rows, source)
    for attempt in range(1, ATTEMPTS + 1):
        loaded = Loaded(unchanged=superseded, superseded=superseded)
        one = _Load(target, rows, source, sources or {}, manner, loaded)
        one.find()
        one.refuse()
        one.leave_out()
        one.count(most_customers)
        try:
            loaded.changed_ids = one.write(want_ids)
        except IntegrityError as error:
            # unique_violation: written meanwhile by another
            if getattr(error.__cause__, "sqlstate", "") != "23505" or attempt == ATTEMPTS:
                raise
        else:
            break
    return loaded


def last_of_each(rows: pa.Table, column: str) -> tuple[pa.Table, int]:
    """The rows without those whose value in a column comes again later, and how many these were; rows
    without a value all stay.
    """
    values = rows[column].combine_chunks()
    codes = values.dictionary_encode()
    if len(codes.dictionary) == len(codes) - codes.null_count:
        return rows, 0
    last = np.full(len(codes.dictionary), -1, dtype=np.int64)
    valued = np.flatnonzero(np.asarray(values.is_valid()))
    last[codes.indices.drop_null().to_numpy()] = valued  # a later row overwrites an earlier one
    kept = np.union1d(last, np.flatnonzero(np.asarray(values.is_null())))
    return rows.take(pa.array(kept)), len(codes) - len(kept)


def _stage(target: Target, rows: pa.Table, source: str) -> None:
    types = dict(ABOUT)
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
        cursor.execute("DROP TABLE IF EXISTS pg_temp.loading_rows")
        cursor.execute(sql.SQL("CREATE TEMP TABLE {} ({}) ON COMMIT DROP").format(ROWS, declared))
        buffer = io.BytesIO()
        # Every value in quotation marks, so that an empty text is told from nothing.
        options = arrow_csv.WriteOptions(include_header=False, quoting_style="all_valid")
        arrow_csv.write_csv(rows, buffer, options)
        with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(ROWS)) as copy:
            copy.write(buffer.getbuffer())
        joined = [
            one for one in ("source_key", "known_id", *(r.staged for r in target.references)) if one in names
        ]
        cursor.execute(
            sql.SQL("ANALYZE pg_temp.loading_rows ({})").format(
                sql.SQL(", ").join(map(sql.Identifier, joined))
            )
        )


class _Load:
    """One look at what is there, and one write."""

    def __init__(
        self, target: Target, rows: pa.Table, source: str, sources: Mapping[str, str], manner: Manner,
        loaded: Loaded,
    ) -> None:  # fmt: skip
        self.target, self.source, self.sources = target, source, sources
        self.manner, self.loaded = manner, loaded
        self.given = frozenset(rows.column_names)
        self.columns = [name for name in rows.column_names if name in target.columns]
        self.references = [one for one in target.references if one.staged in self.given]
        self.written = [*self.columns, *(one.column for one in self.references)]

    def find(self) -> None:
        """The staged rows with the ids they name, the row that is there already, and whether it differs."""
        target = self.target
        joins: list[sql.Composable] = []
        columns: list[sql.Composable] = [sql.SQL("s.*")]
        parameters: list[str] = []
        for position, one in enumerate(self.references):
            alias = sql.Identifier(f"r{position}")
            joins.append(
                sql.SQL(
                    "LEFT JOIN {table} {alias} ON {alias}.source = %s AND {alias}.source_key = s.{staged}"
                ).format(table=sql.Identifier(one.table), alias=alias, staged=sql.Identifier(one.staged))
            )
            parameters.append(self.sources.get(one.staged, self.source))
            columns.append(sql.SQL("{} AS {}").format(_found_id(position, one), sql.Identifier(one.column)))
        differs = sql.SQL(" OR ").join(self._differences())
        columns += [sql.SQL("old.id AS old_id"), sql.SQL("({}) AS differs").format(differs)]
        columns += [
            sql.SQL("old.{} AS {}").format(sql.Identifier(name), sql.Identifier(f"old_{kind}"))
            for kind, name in (("customer", target.customer), ("moment", target.moment)) if name
        ]  # fmt: skip
        same = "old.id = s.known_id" if "known_id" in self.given else (
            "old.source = %s AND old.source_key = s.source_key"
        )  # fmt: skip
        statement = sql.SQL(
            "CREATE TEMP TABLE {found} ON COMMIT DROP AS SELECT {columns} FROM {rows} s {joins}"
            " LEFT JOIN {table} old ON {same}"
        ).format(
            found=FOUND, columns=sql.SQL(", ").join(columns), rows=ROWS, joins=sql.SQL(" ").join(joins),
            table=sql.Identifier(target.table), same=sql.SQL(same),
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS pg_temp.loading_found")
            cursor.execute(statement, parameters if "known_id" in self.given else [*parameters, self.source])

    def _differences(self) -> list[sql.Composable]:
        found: list[sql.Composable] = [
            sql.SQL("{} IS DISTINCT FROM {}").format(sql.Identifier("old", name), self._changed(name, "old"))
            for name in self.columns
        ]
        for position, one in enumerate(self.references):
            old, named = sql.Identifier("old", one.column), _found_id(position, one)
            if self.manner.blanks == "keep":
                named = sql.SQL("coalesce({}, {})").format(named, old)
            found.append(sql.SQL("{} IS DISTINCT FROM {}").format(old, named))
        if "changed" in self.given:
            found.append(sql.SQL("s.changed"))
        return found or [sql.SQL("false")]

    def refuse(self) -> None:
        """Take out rows that name a record nobody knows."""
        with connection.cursor() as cursor:
            for one in self.references:
                cursor.execute(
                    sql.SQL("DELETE FROM {} WHERE {} IS NOT NULL AND {} IS NULL RETURNING number").format(
                        FOUND, sql.Identifier(one.staged), sql.Identifier(one.column)
                    )
                )
                self.loaded.refused += [(number, one.staged) for (number,) in cursor.fetchall()]

    def leave_out(self) -> None:
        """Take out rows that are not wanted: known ones, or new ones."""
        if self.manner.only is None:
            return
        unwanted = "IS NULL" if self.manner.only == "known" else "IS NOT NULL"
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(f"DELETE FROM {{}} WHERE old_id {unwanted} RETURNING number").format(FOUND)
            )
            self.loaded.skipped = [number for (number,) in cursor.fetchall()]

    def count(self, most_customers: int | None) -> None:
        loaded, target = self.loaded, self.target
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL(
                    "SELECT count(*) FILTER (WHERE old_id IS NULL),"
                    " count(*) FILTER (WHERE old_id IS NOT NULL AND differs),"
                    " count(*) FILTER (WHERE old_id IS NOT NULL AND NOT differs) FROM {}"
                ).format(FOUND)
            )
            loaded.created, loaded.updated, unchanged = cursor.fetchone()
            loaded.unchanged += unchanged + len(loaded.skipped)
            if not loaded.created + loaded.updated:
                return
            for name, result in ((target.customer, loaded.customer_ids), (target.moment, loaded.months)):
                if not name:
                    continue
                is_customer = name == target.customer
                limit = f" LIMIT {most_customers + 1}" if is_customer and most_customers else ""
                values = (
                    sql.Identifier(name), sql.Identifier("old_customer" if is_customer else "old_moment")
                )  # fmt: skip
                of_row = [one if is_customer else _month(target, one) for one in values]
                # A row that is not there yet has no former customer or month.
                parts = [
                    sql.SQL("SELECT {} FROM {} WHERE {} IS NOT NULL AND (old_id IS NULL OR differs)").format(
                        value, FOUND, identifier
                    )
                    for value, identifier in zip(of_row, values, strict=True)
                ]
                if name not in self.written:
                    parts = parts[1:]
                cursor.execute(sql.SQL(" UNION ").join(parts) + sql.SQL(limit))  # type: ignore[arg-type]
                result.update(value for (value,) in cursor.fetchall())

    def write(self, want_ids: bool) -> list[int]:
        """Change and create; answers the ids, when they are wanted."""
        loaded, target = self.loaded, self.target
        if not loaded.created + loaded.updated:
            return []
        wanted = want_ids or undo.is_gathering()
        returning = sql.SQL(" RETURNING t.id" if wanted else "")
        ids: list[int] = []
        with connection.cursor() as cursor:
            self._say_changing(cursor)
            with transaction.atomic():
                if loaded.updated:
                    cursor.execute(self._update() + returning)
                    ids += [one for (one,) in cursor.fetchall()] if wanted else []
                if loaded.created:
                    cursor.execute(self._insert() + returning)
                    ids += [one for (one,) in cursor.fetchall()] if wanted else []
        undo.made(target.table, ids)  # those that were changed are known as such
        return ids if want_ids else []

    def _say_changing(self, cursor: Any) -> None:
        if self.loaded.updated and undo.is_gathering():
            cursor.execute(
                sql.SQL("SELECT old_id FROM {} WHERE old_id IS NOT NULL AND differs").format(FOUND)
            )
            undo.changing(self.target.table, [one for (one,) in cursor.fetchall()])

    def _insert(self) -> sql.Composed:
        target, names = self.target, self.written
        defaults = {name: value for name, value in target.defaults.items() if name not in names}
        return sql.SQL(
            "INSERT INTO {table} AS t ({columns}) SELECT {values} FROM {found} s WHERE old_id IS NULL"
        ).format(
            table=sql.Identifier(target.table),
            columns=sql.SQL(", ").join(map(sql.Identifier, ["source", "source_key", *names, *defaults])),
            values=sql.SQL(", ").join(
                [sql.Literal(self.source), sql.SQL("s.source_key"), *(self._new(name) for name in names)]
                + [sql.Literal(value) for value in defaults.values()]
            ),
            found=FOUND,
        )

    def _update(self) -> sql.Composed:
        setters: list[sql.Composable] = [
            sql.SQL("{} = {}").format(sql.Identifier(name), self._changed(name, "t")) for name in self.written
        ]
        setters.append(sql.SQL("updated_at = now()"))
        if self.target.counted:
            setters.append(sql.SQL("version = t.version + 1"))
        return sql.SQL(
            "UPDATE {table} t SET {setters} FROM {found} s WHERE t.id = s.old_id AND s.differs"
        ).format(
            table=sql.Identifier(self.target.table), setters=sql.SQL(", ").join(setters), found=FOUND
        )  # fmt: skip

    def _new(self, name: str) -> sql.Composable:
        """A staged value, or what the column holds when the row leaves it blank."""
        target = self.target
        if name in target.merged:
            return sql.SQL("jsonb_strip_nulls(coalesce({}, '{{}}'::jsonb))").format(sql.Identifier("s", name))
        if name in target.blanks:
            return sql.SQL("coalesce({}, {})").format(
                sql.Identifier("s", name), sql.Literal(target.blanks[name])
            )
        return sql.Identifier("s", name)

    def _changed(self, name: str, old: str) -> sql.Composable:
        """What a column of a known row is to hold; `old` is the name of that row in the statement."""
        if name in self.target.merged:
            # What a row says to be null is taken away.
            return sql.SQL("jsonb_strip_nulls({} || coalesce({}, '{{}}'::jsonb))").format(
                sql.Identifier(old, name), sql.Identifier("s", name)
            )
        if self.manner.blanks == "keep" or name in self.target.required:
            return sql.SQL("coalesce({}, {})").format(sql.Identifier("s", name), sql.Identifier(old, name))
        return self._new(name)


def _found_id(position: int, one: Reference) -> sql.Composable:
    alias = f"r{position}"
    if not one.merges:
        return sql.Identifier(alias, "id")
    return sql.SQL("coalesce({}, {})").format(
        sql.Identifier(alias, "merged_into_id"), sql.Identifier(alias, "id")
    )


def _month(target: Target, value: sql.Composable) -> sql.Composable:
    if not target.moment_is_day:
        zone = sql.Literal(settings.COMPANY_TIME_ZONE.key)
        value = sql.SQL("{} AT TIME ZONE {}").format(value, zone)
    return sql.SQL("date_trunc('month', {})::date").format(value)
