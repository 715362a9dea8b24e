"""What the audit log is searched by, so that views of it can be kept and checked."""

from jinzita.kernel.access import Permission
from jinzita.kernel.records import Field, FieldType, RecordKind
from jinzita.kernel.records.arranging import arranged

T = FieldType
AUDIT = RecordKind(
    "audit", "kernel.AuditEntry", "Audit log", "审计日志",
    (
        Field("at", T.DATETIME, "When", "时间"),
        Field("actor", T.REFERENCE, "Who", "操作人", references="users"),
        Field("action", T.TEXT, "What", "操作", max_length=60),
        Field("subject_type", T.TEXT, "On what", "对象", max_length=40),
        Field("subject_id", T.NUMBER, "Number of the record", "记录编号", listed=False),
    ),
    permission=Permission.READ_AUDIT,
)  # fmt: skip


def declare_lists() -> None:
    """Make the lists of people known to saved views."""
    arranged(AUDIT)
