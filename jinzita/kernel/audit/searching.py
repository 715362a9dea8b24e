"""The log, searched by those who may read it."""

from django.db import OperationalError, connection, transaction
from django.db.models import F, Q, QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.field_access import kind_of
from jinzita.kernel.models import AuditEntry

# Words, doors and what is left out are looked for line by line. Of two million lines the words nobody wrote
# take a second, those of a month a tenth of it; whoever asks for more than this is told to ask for less.
LONGEST_MS = 5_000
_CANCELLED = "57014"  # query_canceled


def entries(
    viewer: Viewer, *, fits: Q, record: tuple[str, int] | None = None, q: str | None = None,
    below: int | None = None, offset: int = 0, most: int = 50,
) -> list[AuditEntry]:  # fmt: skip
    """At most `most` lines after the first `offset`, newest first, those with an id below `below`.

    `fits` is what they fulfil; `q` is part of a name, an action or a value; `record`, as ``("customer", 7)``,
    is what they are about, in reads also among others. Raises Forbidden, and Invalid of what takes too long.
    """
    viewer.require(Permission.READ_AUDIT)
    rows = AuditEntry.objects.filter(fits & _with_words(viewer, q)).order_by("-id")
    if below is not None:
        rows = rows.filter(pk__lt=below)
    last = offset + most
    if record:
        rows = _of_record(rows, *record, last)
    return _in_time(rows[offset:last])


def _with_words(viewer: Viewer, q: str | None) -> Q:
    part = (q or "").strip()
    if not part:
        return Q()
    fits = Q(actor_name__icontains=part) | Q(action__icontains=part) | Q(subject_type__icontains=part)
    # Who is shown less than the whole of a record must not find out the rest by asking for it.
    return fits if viewer.fields else fits | Q(changes__icontains=part)


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


def _in_time(rows: QuerySet[AuditEntry]) -> list[AuditEntry]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(LONGEST_MS)])
            found = list(rows)
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
            return found
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _CANCELLED:
            raise
        raise Invalid.at(
            "filter", "too_slow", "The log is too long for this search: add a period, a person or an action."
        ) from None
