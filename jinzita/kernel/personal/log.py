"""The audit log, where it tells who somebody was."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from jinzita.kernel.access import Permission, Viewer


def erase_lines(
    *, by: Viewer, subject_type: str, subject_ids: Sequence[int], names: Sequence[str] | None = None
) -> int:
    """Take personal values out of the log, for the right to be forgotten; None: all but versions.

    The one way to alter the log: lines stay, with who did what and when. The caller notes that it was done.
    Answers how many were emptied.
    """
    by.require(Permission.HANDLE_PRIVACY)
    rest = "jsonb_strip_nulls(jsonb_build_object('version', changes -> 'version'))"
    what, fits, parameters = rest, f"changes <> {rest}", []
    if names is not None:
        what, fits, parameters = "changes - %s::text[]", "changes ?| %s::text[]", [list(names)]
    with altering() as cursor:
        cursor.execute(
            f"UPDATE kernel_auditentry SET changes = {what}"
            f" WHERE subject_type = %s AND subject_id = ANY(%s) AND {fits}",
            [*parameters, subject_type, list(subject_ids), *parameters],
        )
        return int(cursor.rowcount)


@contextmanager
def altering() -> Iterator[Any]:
    """Inside, lines may be changed: for erasing what is personal, and for nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('jinzita.erasure', 'on', true)")
        yield cursor
        cursor.execute("SELECT set_config('jinzita.erasure', '', true)")
