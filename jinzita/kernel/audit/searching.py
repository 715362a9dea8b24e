"""The log, searched by those who may read it."""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.field_access import kind_of
from jinzita.kernel.models import AuditEntry


def entries(
    viewer: Viewer, *, actor_id: int | None = None, action: str | None = None,
    subject_type: str | None = None, subject_id: int | None = None, since: datetime | None = None,
    until: datetime | None = None, q: str | None = None, below: int | None = None, most: int = 50,
) -> list[AuditEntry]:  # fmt: skip
    """At most `most` lines, newest first, those with an id below `below`; `q` is part of a name, an action or
    a value. Lines of a record are also the reads that showed it among others.
    """
    viewer.require(Permission.READ_AUDIT)
    exact = {"actor_id": actor_id, "action": action, "at__gte": since, "at__lt": until, "pk__lt": below}
    rows = AuditEntry.objects.filter(**{name: value for name, value in exact.items() if value is not None})
    if q and q.strip():
        part = q.strip()
        fits = Q(actor_name__icontains=part) | Q(action__icontains=part) | Q(subject_type__icontains=part)
        rows = rows.filter(fits | Q(changes__icontains=part))
    rows = rows.order_by("-id")
    if subject_type is None:
        found = rows if subject_id is None else rows.filter(subject_id=subject_id)
    elif subject_id is None:
        read = Q(subject_type=kind_of(subject_type), seen_ids__isnull=False)
        found = rows.filter(Q(subject_type=subject_type) | read)
    else:
        found = _of_record(rows, subject_type, subject_id, most)
    return list(found[:most])


def _of_record(
    rows: QuerySet[AuditEntry], subject_type: str, subject_id: int, most: int
) -> QuerySet[AuditEntry]:
    """Each half by its own index.

    The index of records seen knows no order; “+ 0” keeps the planner from walking the whole log backwards
    instead, in the hope of meeting enough of them (2 million lines: 6 ms, not 3 s).
    """
    told = rows.filter(subject_type=subject_type, subject_id=subject_id)
    seen = rows.filter(subject_type=kind_of(subject_type), seen_ids__contains=[subject_id])
    seen = seen.order_by((F("id") + 0).desc())
    return told[:most].union(seen[:most], all=True).order_by("-id")
