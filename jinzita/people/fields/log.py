"""The fields of the audit log."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Q

from jinzita.kernel.access import Permission
from jinzita.kernel.field_access import kind_of
from jinzita.kernel.records import Field, FieldType, RecordKind
from jinzita.kernel.values import LARGEST_ID

T = FieldType


def _about(words: Sequence[str] | None) -> Q:
    """Lines about a record of these kinds or about several: customer and customers; any at all for None."""
    if words is None:
        return Q(subject_type__gt="")
    return Q(subject_type__in={*words, *map(kind_of, words)})


# The words of actions and kinds are the browser's, so any text may be one of these choices.
LOG = RecordKind(
    "audit", "kernel.AuditEntry", "Audit log", "审计日志",
    (
        Field("at", T.DATETIME, "When", "时间"),
        Field("actor", T.REFERENCE, "Who", "操作人", references="users"),
        Field("action", T.CHOICE, "What", "操作", max_length=60),
        Field("subject_type", T.CHOICE, "On what", "对象", max_length=40, belongs=_about),
        Field(
            "subject_id", T.NUMBER, "Number of the record", "记录编号", listed=False, minimum=Decimal(1),
            maximum=Decimal(LARGEST_ID),
        ),
        Field("changes", T.TEXT, "Details", "内容", filterable=False),
        Field("via", T.CHOICE, "By which door", "途径", max_length=40, listed=False),
    ),
    permission=Permission.READ_AUDIT,
)  # fmt: skip
