"""Tables of the kernel: the audit log, jobs, what can be taken back, and the base of every fact."""

from jinzita.kernel.models.audit import AuditEntry
from jinzita.kernel.models.jobs import IdempotencyKey, Job
from jinzita.kernel.models.records import Sourced, Touched
from jinzita.kernel.models.taking_back import ChangedRow, ChangeSet, PackedRows

__all__ = [
    "AuditEntry",
    "ChangeSet",
    "ChangedRow",
    "IdempotencyKey",
    "Job",
    "PackedRows",
    "Sourced",
    "Touched",
]
