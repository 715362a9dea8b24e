"""Change sets as they lie there: who may see and undo them, what stood in the way, how long they are kept."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Q, QuerySet

from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Conflict, NotFound
from jinzita.kernel.models import ChangedRow, ChangeSet, Job
from jinzita.kernel.undo import packing
from jinzita.kernel.undo.tables import table_of, tables_named

State = ChangeSet.State
_SWEPT = 20_000


def change_sets(viewer: Viewer) -> QuerySet[ChangeSet]:
    """The own change sets; all of them for those who see all customers and may assign them."""
    viewer.require(Permission.READ)
    sets = ChangeSet.objects.select_related("by", "job", "undo_job").order_by("-id")
    everybody = viewer.reach is Reach.ALL and viewer.may(Permission.ASSIGN)
    return sets if everybody else sets.filter(by_id=viewer.user_id)


def undoable(one: ChangeSet, *, now: datetime) -> bool:
    """Whether a set can be taken back: it is complete, still there in full, and nobody did so yet."""
    jobs = (job for job in (one.job, one.undo_job) if job is not None)
    busy = any(job.state in (Job.State.WAITING, Job.State.RUNNING) for job in jobs)
    fresh = one.at > now - timedelta(days=settings.UNDO_DAYS)
    stopped = one.state == State.UNDOING and (
        one.undo_job is None or one.undo_job.state in (Job.State.FAILED, Job.State.CANCELLED)
    )
    return fresh and not busy and one.rows > 0 and (one.state == State.DONE or stopped)


def require_undoable(viewer: Viewer, change_set_id: int, *, now: datetime) -> ChangeSet:
    """The change set, locked, if the viewer may undo it now. Raises NotFound, Conflict."""
    one = change_sets(viewer).filter(pk=change_set_id).select_for_update(of=("self",)).first()
    if one is None:
        raise NotFound(f"There is no change set {change_set_id}.")
    if not undoable(one, now=now):
        raise Conflict("This cannot be undone, or not any more.", code="not_undoable")
    return one


def conflicts_of(one: ChangeSet, *, after: int = 0, limit: int = 50) -> list[dict[str, Any]]:
    """The rows that were not taken back as a whole: each column in question before, after and at present."""
    rows = ChangedRow.objects.filter(change_set=one, conflict__isnull=False, pk__gt=after).order_by("pk")
    found = list(rows[:limit])
    present: dict[tuple[str, int], Any] = {}
    for table in tables_named({row.table for row in found}):
        ids = [row.row_id for row in found if row.table == table.name]
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT t."{table.key}", {table.image("t")} FROM "{table.name}" t'
                f' WHERE t."{table.key}" = ANY(%s)',
                [ids],
            )
            present |= {(table.name, pk): image for pk, image in cursor.fetchall()}
    return [
        {"row": row, "field": field, "now": _image(present.get((row.table, row.row_id)))}
        for row in found
        for field in row.conflict or []
    ]


def owners_of(one: ChangeSet, column: str, *, most: int) -> list[int]:
    """Whom the rows of a set belong or belonged to by this column, in every table that has it."""
    found: set[int] = set()
    names = ChangedRow.objects.filter(change_set=one).values_list("table", flat=True).distinct()
    for table in tables_named(names.order_by()):
        if column not in table.all_columns or len(found) >= most:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH kept AS (SELECT row_id, before, after FROM kernel_changedrow"
                ' WHERE change_set_id = %(set)s AND "table" = %(table)s)'
                " SELECT (before ->> %(column)s)::bigint FROM kept WHERE before ? %(column)s"
                " UNION SELECT (after ->> %(column)s)::bigint FROM kept WHERE after ? %(column)s"
                f' UNION SELECT t."{column}" FROM kept JOIN "{table.name}" t ON t."{table.key}" = row_id'
                " LIMIT %(most)s",
                {"column": column, "set": one.pk, "table": table.name, "most": most},
            )
            found |= {owner for (owner,) in cursor.fetchall() if owner is not None}
    return sorted(found)[:most]


def forget(model: type[models.Model], ids: Sequence[int]) -> int:
    """Erase what is kept of these rows, for those who must forget them; they cannot be taken back then."""
    table = table_of(model).name
    packing.forget(table, "SELECT unnest(%s::bigint[]) AS id", [list(ids)])
    return ChangedRow.objects.filter(table=table, row_id__in=list(ids)).delete()[0]


def forget_rows(table: str, ids: str) -> None:
    """The same of the rows of a table whose ids a query (SQL) tells, in a column `id`."""
    packing.forget(table, ids)
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM kernel_changedrow WHERE "table" = %s AND row_id IN ({ids})', [table])


def forget_deleted(table: str, column: str, ids: Sequence[int]) -> None:
    """Erase what is kept of deleted rows of a table that named one of `ids` by this column."""
    with connection.cursor() as cursor:
        cursor.execute(
            'DELETE FROM kernel_changedrow WHERE after IS NULL AND "table" = %s'
            " AND (before ->> %s)::bigint = ANY(%s)",
            [table, column, list(ids)],
        )


def tidy(*, now: datetime) -> int:
    """Let go of whole rows kept longer than JINZITA_UNDO_DAYS; differences stay, as history.

    Answers how many went; a little at a time, so that nobody waits for it.
    """
    old = now - timedelta(days=settings.UNDO_DAYS)
    whole = Q(before__isnull=True) | Q(after__isnull=True)
    rows = ChangedRow.objects.filter(whole, change_set__at__lt=old).values("pk")[:_SWEPT]
    gone = ChangedRow.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()[0]
    return gone + packing.tidy(before=old)


def _image(raw: Any) -> dict[str, Any] | None:
    return json.loads(raw) if isinstance(raw, str) else raw
