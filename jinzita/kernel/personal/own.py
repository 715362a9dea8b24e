"""The kernel's own tables."""

from jinzita.kernel.personal.declaring import mentions, unrelated

# Lines about something else that may name somebody: what was searched for, files, notes on relations.
PASSING = (
    "(action IN ('export', 'upload', 'start_import', 'add_relation', 'remove_relation')"
    " OR action LIKE 'bulk_%%')"
)


def declare_own() -> None:
    """Called when Django is ready. Lines and changes of the records themselves are erased by their ids."""
    mentions("kernel.AuditEntry", "changes", where=PASSING)
    mentions("kernel.ChangeSet", "words")
    mentions("kernel.Job", "message", "result", "error")
    mentions("kernel.IdempotencyKey", "answer")
    unrelated("kernel.ChangedRow", "kernel.PackedRows", "kernel.Touched")
