"""New rows of a change set, ten thousand in one line.

An import makes a million rows of which hardly one is ever asked for by itself. Each in a line of its own
costs more than the rows; packed they cost a tenth. Before they are taken back they are laid out as
`ChangedRow`, and all goes on as if they had been kept so from the beginning.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from jinzita.kernel.models import ChangeSet, PackedRows
from jinzita.kernel.undo.tables import Table, tables_named

ROWS = 10_000
_PACKS_SWEPT = 20


def pack(change_set: ChangeSet, table: Table, ids: Sequence[int]) -> None:
    """Keep rows that the change made, as they are now. Needs the caller's transaction."""
    columns = [field.column for field in table.model._meta.concrete_fields]
    row = ", ".join(f'n."{one}"' for one in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH packed AS (INSERT INTO kernel_packedrows"
            ' (change_set_id, "table", first_id, last_id, ids, columns, images)'
            " SELECT %s, %s, min(id), max(id), array_agg(id), %s, array_agg(image) FROM"
            f' (SELECT n."{table.key}" AS id, ROW({row})::text AS image,'
            f' (row_number() OVER (ORDER BY n."{table.key}") - 1) / %s AS part'
            f' FROM "{table.name}" n WHERE n."{table.key}" = ANY(%s)) s'
            " GROUP BY part RETURNING cardinality(ids) AS n)"
            " UPDATE kernel_changeset SET rows = rows + (SELECT coalesce(sum(n), 0) FROM packed)"
            " WHERE id = %s",
            [change_set.pk, table.name, columns, ROWS, list(ids), change_set.pk],
        )


def unpack(change_set_id: int) -> None:
    """Lay the packed rows of a set out, each pack in one transaction: after a kill the next goes on."""
    packs = PackedRows.objects.filter(change_set=change_set_id).order_by("pk")
    for pk, name, columns in list(packs.values_list("pk", "table", "columns")):
        with transaction.atomic():
            for table in tables_named([name]):
                _lay_out(pk, table, columns)


def _lay_out(pk: int, table: Table, columns: Sequence[str]) -> None:
    """A row that the set made and then changed is kept once: made, and as it was after the last change."""
    # A column that an upgrade took away is read as the text it stands as.
    present = {field.column for field in table.model._meta.concrete_fields}
    shape = ", ".join(f'"{one}"' if one in present else f'NULL::text AS "{one}"' for one in columns)
    version = "(made.n).version" if "version" in columns else "NULL::integer"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.undo_shape")
        cursor.execute(
            f'CREATE TEMP TABLE undo_shape ON COMMIT DROP AS SELECT {shape} FROM "{table.name}" LIMIT 0'
        )
        cursor.execute(
            "WITH pack AS (DELETE FROM kernel_packedrows WHERE id = %s"
            ' RETURNING change_set_id, "table", ids, images),'
            ' made AS (SELECT change_set_id, "table", u.id, u.image::undo_shape AS n'
            " FROM pack, unnest(ids, images) u(id, image))"
            ' INSERT INTO kernel_changedrow AS c (change_set_id, "table", row_id, version, before, after)'
            f' SELECT change_set_id, "table", id, {version}, NULL, {table.image("(made.n)")} FROM made'
            ' ON CONFLICT ("table", row_id, change_set_id) DO UPDATE SET before = NULL,'
            " after = CASE WHEN c.after IS NOT NULL THEN (excluded.after"
            " - ARRAY(SELECT jsonb_object_keys(coalesce(c.before, '{}')))) || c.after END",
            [pk],
        )


def forget(table: str, ids: str, parameters: Sequence[Any] = ()) -> None:
    """Take rows out of their packs; `ids` is a query (SQL) of their ids, in a column `id`."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS MATERIALIZED (SELECT id FROM ({ids}) those),"
            " bounds AS (SELECT min(id) AS low, max(id) AS high FROM gone)"
            " UPDATE kernel_packedrows p SET (ids, images) ="
            " (SELECT coalesce(array_agg(u.id ORDER BY u.n), '{}'),"
            " coalesce(array_agg(u.image ORDER BY u.n), '{}')"
            " FROM unnest(p.ids, p.images) WITH ORDINALITY u(id, image, n)"
            " WHERE u.id NOT IN (SELECT id FROM gone))"
            ' FROM bounds WHERE p."table" = %s AND p.last_id >= low AND p.first_id <= high'
            " AND EXISTS (SELECT FROM unnest(p.ids) i JOIN gone ON gone.id = i)",
            [*parameters, table],
        )


def tidy(*, before: datetime) -> int:
    """Let go of packs made before a time, a few at once; answers how many went."""
    old = PackedRows.objects.filter(change_set__at__lt=before).values_list("pk", flat=True)[:_PACKS_SWEPT]
    return PackedRows.objects.filter(pk__in=list(old)).delete()[0]
