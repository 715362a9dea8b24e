"""The audit log: every write leaves a line, in the same transaction as the write."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.models import AuditEntry

# Names whose values are never written down, whatever a caller passes.
SECRETS = frozenset({"password", "key", "secret", "token"})


def record(
    *, by: Viewer, action: str, subject_type: str, subject_id: int | None = None,
    changes: Mapping[str, Any] | None = None,
) -> AuditEntry:  # fmt: skip
    """Write one line: `changes` maps a field to its new value, or to ``[before, after]``."""
    return AuditEntry.objects.create(
        actor_id=by.user_id,
        actor_name=by.name,
        via=by.via,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        changes={name: _plain(value) for name, value in (changes or {}).items() if name not in SECRETS},
    )


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """``{field: [before, after]}`` for the fields of `after` that differ."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def entries(viewer: Viewer) -> QuerySet[AuditEntry]:
    """The log, newest first, for those who may read it."""
    viewer.require(Permission.READ_AUDIT)
    return AuditEntry.objects.order_by("-at", "-id")


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return str(value)
