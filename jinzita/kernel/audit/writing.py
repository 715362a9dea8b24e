"""Lines of the audit log, written in the transaction of what they tell."""

from collections.abc import Iterable, Mapping
from typing import Any

from jinzita.kernel.access import Viewer
from jinzita.kernel.models import AuditEntry

# Names whose values are never written down, whatever a caller passes.
SECRETS = frozenset({"password", "key", "secret", "token"})


def record(
    *, by: Viewer, action: str, subject_type: str, subject_id: int | None = None,
    changes: Mapping[str, Any] | None = None, version: int | None = None,
) -> AuditEntry:  # fmt: skip
    """Write one line: `changes` maps a field to its new value, or to ``[before, after]``.

    `version` is the record's after the change, for records that count theirs; it may as well stand among
    the changes.
    """
    counted = (changes or {}).get("version")
    if version is None and isinstance(counted, list):
        version = counted[1]
    one = line_of(by, action, subject_type, subject_id, changes or {}, version)
    one.save(force_insert=True)
    return one


def record_each(
    *, by: Viewer, action: str, subject_type: str, changes: Mapping[str, Any],
    versions: Mapping[int, int | None],
) -> None:  # fmt: skip
    """One line for each of several records to which the same was done: id → version after it, if it counts
    them.
    """
    AuditEntry.objects.bulk_create(
        [line_of(by, action, subject_type, pk, changes, version) for pk, version in versions.items()],
        batch_size=1000,
    )


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """``{field: [before, after]}`` for the fields of `after` that differ."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def line_of(
    by: Viewer, action: str, subject_type: str, subject_id: int | None, changes: Mapping[str, Any],
    version: int | None = None,
) -> AuditEntry:  # fmt: skip
    """A line, not written yet."""
    return AuditEntry(
        actor_id=by.user_id,
        actor_name=by.name,
        via=by.via,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        version=version,
        changes={name: _plain(value) for name, value in changes.items() if name not in SECRETS},
    )


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return str(value)
