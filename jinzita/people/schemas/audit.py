"""The audit log on the wire."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ninja import Field, Schema

from jinzita.kernel.access import Viewer
from jinzita.kernel.field_access import conceal_changes, kind_of, note_changes, word_of
from jinzita.kernel.models import AuditEntry

# So many of the records that a list showed are named, a page of it; of all of them the ids are told.
MOST_NAMED = 50


class SubjectOut(Schema):
    """A record that a line is about."""

    id: int
    name: str | None = Field(description="null of what you may not see, and of what has no name")


class AuditOut(Schema):
    id: int
    at: datetime
    actor: str
    via: str
    action: str
    subject_type: str
    subject_id: int | None
    subject_name: str | None
    seen: list[SubjectOut] = Field(
        description="Of a read: the records that were shown, the first ones by name"
    )
    changes: dict[str, Any]
    customers: dict[str, str] = Field(
        description="Of the customers that `changes` name as customer_id: the names, by id, that you may see"
    )


class AuditPage(Schema):
    items: list[AuditOut]
    next: str | None


def subjects_of(lines: Iterable[AuditEntry]) -> dict[str, set[int]]:
    """The records that these lines name, by the word for their kind."""
    found: dict[str, set[int]] = defaultdict(set)
    for one in lines:
        if one.subject_id is not None:
            found[one.subject_type].add(one.subject_id)
        found[word_of(one.subject_type)].update((one.seen_ids or ())[:MOST_NAMED])
        found["customer"].update(_customers_in(one))
    return found


def _customers_in(one: AuditEntry) -> list[int]:
    """The customers that a line tells of beside its record, as a grade set by hand or a task is one's."""
    told = one.changes.get("customer_id")
    several = told if isinstance(told, list) else [told]
    return [each for each in several if isinstance(each, int) and not isinstance(each, bool)]


def audit_out(viewer: Viewer, one: AuditEntry, names: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    """A line as its reader may see it. A read of one record is told like a write of it."""
    word, subject_id = one.subject_type, one.subject_id
    seen = one.seen_ids or []
    if subject_id is not None:
        note_changes(viewer, kind_of(word), subject_id, one.changes)
    if seen:
        word, subject_id = (word_of(word), seen[0]) if len(seen) == 1 else (word, None)
    return {
        "id": one.pk, "at": one.at, "actor": one.actor_name, "via": one.via, "action": one.action,
        "subject_type": word, "subject_id": subject_id,
        "subject_name": names.get((word, subject_id)) if subject_id is not None else None,
        "seen": [{"id": pk, "name": names.get((word_of(one.subject_type), pk))} for pk in seen],
        "changes": conceal_changes(viewer, kind_of(one.subject_type), one.changes),
        "customers": {
            str(pk): name for pk in _customers_in(one) if (name := names.get(("customer", pk))) is not None
        },
    }  # fmt: skip
