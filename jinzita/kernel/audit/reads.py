"""Reads of sensitive fields in the log (decision 19)."""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from jinzita.kernel.access import Viewer
from jinzita.kernel.audit.writing import line_of, record
from jinzita.kernel.errors import Unrecorded
from jinzita.kernel.models import AuditEntry

# How many lines are forgotten in one transaction.
AT_ONCE = 20_000


def record_reads(*, by: Viewer, now: datetime) -> None:
    """Write down what a request showed in plain of sensitive fields: a line for each kind of record, none for
    what the same person read by the same means in the same hour already.

    Raises Unrecorded when the log cannot be written: what nobody would know of is not shown.
    """
    lines = []
    for kind, ids, fields in by.reads.lines() if by.reads else ():
        line = line_of(by, "read", kind, None, {"fields": fields})
        line.seen_ids, line.once = ids, _once(by, now, kind, ids, fields)
        lines.append(line)
    try:
        AuditEntry.objects.bulk_create(lines, ignore_conflicts=True)
    except DatabaseError as error:
        raise Unrecorded("Who reads this is recorded, which cannot be done now. Try again soon.") from error


def _once(by: Viewer, now: datetime, *read: Any) -> UUID:
    """The same for the same read in the same hour; the hour leads, so that the index grows at its end."""
    hour = int(now.timestamp()) // 3600
    told = json.dumps([by.user_id, by.name, by.via, *read]).encode()
    return UUID(bytes=hour.to_bytes(4, "big") + hashlib.sha256(told).digest()[:12])


def forget_reads(*, by: Viewer, before: datetime) -> int:
    """Let go of reads older than `before`; that it was done is a line itself. Answers how many went.

    A trigger refuses to let go of writes, of exports, and of reads younger than a month.
    """
    gone = 0
    while True:
        with transaction.atomic():
            count = _forget(before)
            if not count:
                return gone
            record(by=by, action="forget", subject_type="reads", changes={"count": count, "until": before})
        gone += count


def _forget(before: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('jinzita.forgetting', 'on', true)")
        cursor.execute(
            "DELETE FROM kernel_auditentry WHERE id IN (SELECT id FROM kernel_auditentry"
            " WHERE action = 'read' AND at < %s ORDER BY id LIMIT %s)",
            [before, AT_ONCE],
        )
        count = int(cursor.rowcount)
        cursor.execute("SELECT set_config('jinzita.forgetting', '', true)")
    return count
