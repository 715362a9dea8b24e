"""What a change does to rows, seen from outside: read before, read after, the differences kept.

All of it happens inside the database, so that a hundred thousand rows are a matter of seconds.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import connection, models

from jinzita.kernel.access import Viewer
from jinzita.kernel.models import ChangeSet, Job
from jinzita.kernel.undo.tables import Table, table_of

_numbers = count(1)
_MERGE = """
ON CONFLICT ("table", row_id, change_set_id) DO UPDATE SET
  version = excluded.version,
  before = CASE WHEN c.before IS NOT NULL THEN
      (coalesce(excluded.before, '{}')
        - ARRAY(SELECT jsonb_object_keys(c.before || coalesce(c.after, '{}')))) || c.before END,
  after = CASE WHEN excluded.after IS NOT NULL THEN
      (coalesce(c.after, '{}') - ARRAY(SELECT jsonb_object_keys(coalesce(excluded.before, '{}'))))
        || excluded.after END"""


def begin(
    *, by: Viewer, kind: str, words: Mapping[str, Any] | None = None, job: Job | None = None
) -> ChangeSet:
    """A change set, empty yet; `words` say what it is, for people."""
    return ChangeSet.objects.create(
        kind=kind, words=dict(words or {}), by_id=by.user_id, by_name=by.name, job=job
    )


class Recording:
    """The rows of one table that a change is about."""

    def __init__(self, change_set: ChangeSet, table: Table, columns: Sequence[str] | None) -> None:
        self.change_set, self.table = change_set, table
        self.columns = tuple(columns) if columns is not None else table.columns
        self.whole = columns is None
        self._aside = f"undo_before_{next(_numbers)}"

    def inserted(self, ids: Sequence[int]) -> None:
        """Keep rows that the change made, as they are now."""
        table = self.table
        self._keep(
            f'SELECT %s, %s, n."{table.key}", {self._version("n")}, NULL::jsonb, {table.image("n")}'
            f' FROM "{table.name}" n WHERE n."{table.key}" = ANY(%s)',
            [list(ids)],
        )

    def read_before(self, ids: Sequence[int]) -> None:
        read = "*" if self.whole else ", ".join(f'"{one}"' for one in (self.table.key, *self.columns))
        with connection.cursor() as cursor:
            cursor.execute(
                f'CREATE TEMP TABLE {self._aside} ON COMMIT DROP AS SELECT {read} FROM "{self.table.name}"'
                f' WHERE "{self.table.key}" = ANY(%s)',
                [list(ids)],
            )
            cursor.execute(f'ANALYZE {self._aside} ("{self.table.key}")')

    def keep_differences(self) -> None:
        """Keep what became of the rows read before: columns that differ, and whole rows that are gone."""
        table, key = self.table, self.table.key
        source = f'FROM {self._aside} o JOIN "{table.name}" n ON n."{key}" = o."{key}"'
        before, after = self._difference("o", "n"), self._difference("n", "o")
        self._keep(
            f'SELECT %s, %s, d.* FROM (SELECT n."{key}", {self._version("n")} AS version,'
            f" {before} AS before, {after} AS after {source}) d"
            " WHERE d.before <> '{}' OR d.after <> '{}'"
        )
        if self.whole:
            self._keep(
                f'SELECT %s, %s, o."{key}", {self._version("o")}, {table.image("o")}, NULL'
                f" FROM {self._aside} o"
                f' WHERE NOT EXISTS (SELECT FROM "{table.name}" n WHERE n."{key}" = o."{key}")'
            )
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {self._aside}")

    def _keep(self, select: str, parameters: Sequence[Any] = ()) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH kept AS (INSERT INTO kernel_changedrow AS c"
                f' (change_set_id, "table", row_id, version, before, after) {select} {_MERGE}'
                " RETURNING (c.xmax = 0) AS fresh),"
                " counted AS (SELECT count(*) FILTER (WHERE fresh) AS n FROM kept)"
                " UPDATE kernel_changeset SET rows = rows + n FROM counted WHERE id = %s AND n > 0",
                [self.change_set.pk, self.table.name, *parameters, self.change_set.pk],
            )

    def _difference(self, of: str, to: str) -> str:
        parts = ["'{}'::jsonb"]
        for one in self.columns:
            mine, other = f'{of}."{one}"', f'{to}."{one}"'
            if one in self.table.json:
                value = (
                    f"CASE WHEN jsonb_typeof({mine}) = 'object' AND jsonb_typeof({other}) = 'object' THEN"
                    f" (SELECT coalesce(jsonb_object_agg('{one}.' || e.key, e.value), '{{}}') FROM"
                    f" jsonb_each({mine}) e WHERE ({other} -> e.key) IS DISTINCT FROM e.value)"
                    f" ELSE jsonb_build_object('{one}', {mine}) END"
                )
            else:
                value = f"jsonb_build_object('{one}', {mine})"
            parts.append(f"CASE WHEN {mine} IS DISTINCT FROM {other} THEN {value} ELSE '{{}}' END")
        return " || ".join(parts)

    def _version(self, alias: str) -> str:
        return f"{alias}.version" if "version" in self.table.all_columns else "NULL::integer"


@contextmanager
def recording(
    change_set: ChangeSet,
    model: type[models.Model],
    ids: Sequence[int] = (),
    *,
    columns: Sequence[str] | None = None,
) -> Iterator[Recording]:
    """Keep in `change_set` what happens inside to the rows `ids` of `model`; some ten thousand at a time.

    `columns` names those the change may touch, when these are few and no row is deleted (else whole rows are
    compared); rows that are made inside are named with `inserted`. Needs the caller's transaction. A row that
    one set changes twice is kept once, from its first state to its last.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("recording needs a transaction around it")
    one = Recording(change_set, table_of(model), columns)
    if not ids:
        yield one
        return
    one.read_before(ids)
    yield one
    one.keep_differences()
