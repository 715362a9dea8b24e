"""What became of the fields of a customer or contact: from the audit log, and from changes of many."""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from jinzita.customers.fields.attributes import PREFIX, role_of
from jinzita.customers.models import AttributeDefinition
from jinzita.customers.selectors.attributes import guard
from jinzita.customers.selectors.subjects import CUSTOMER, Subject
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel import values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid, NotFound
from jinzita.kernel.field_access import conceal_changes, note_changes
from jinzita.kernel.models import AuditEntry, ChangedRow
from jinzita.people import selectors as people

_HIDDEN = frozenset({"version", "updated_at", "created_at", "id"})
# Columns that name another customer; and what a relation's own columns are called among a customer's, those
# of a place at a customer among a contact's.
_CUSTOMERS = frozenset({"parent_id", "other_id", "customer_id"})
_OF_RELATION = {"kind": "relation"}
_OF_PLACE = {"title": "position_title"}


@dataclass(frozen=True)
class Change:
    """One field of an entry."""

    field: str
    before: Any
    after: Any
    can_restore: bool


@dataclass(frozen=True)
class Entry:
    """One write of one record; `change_set_id` when it was one of many."""

    id: str
    at: datetime
    by_id: int | None
    by_name: str
    via: str
    action: str
    change_set_id: int | None
    changes: list[Change]


@dataclass(frozen=True)
class Last:
    original: Any
    by: str
    at: datetime


@dataclass
class Since:
    """What changed since a version: fields, each with its first value and the last who wrote it."""

    entries: int = 0
    fields: dict[str, Last] = field(default_factory=dict)

    def first(self, name: str) -> Any:
        return self.fields[name].original if name in self.fields else None


class Shown:
    """Values as people read them: owners, departments and the customers that `viewer` sees by name. Asks for
    all names at once.
    """

    def __init__(self, several: Iterable[Any], names: Iterable[str], viewer: Viewer | None = None) -> None:
        wanted = set(names)
        ids = {one for one in several if isinstance(one, int) and not isinstance(one, bool)}
        self.users = people.owners(ids) if wanted & {"owner_id", "trashed_by_id"} else {}
        self.departments = people.departments_named(ids) if "department_id" in wanted else {}
        self.customers: dict[int, str] = {}
        self.to_customers = _CUSTOMERS | _referring(wanted) if viewer is not None else frozenset()
        if viewer is not None and ids and wanted & self.to_customers:
            self.customers = dict(visible_to(viewer).filter(pk__in=ids).values_list("pk", "name"))

    def __call__(self, name: str, value: Any) -> Any:
        if value is None:
            return None
        if name in ("owner_id", "trashed_by_id"):
            user = self.users.get(value)
            return {"id": value, "name": user.shown_name if user else ""}
        if name == "department_id":
            return {"id": value, "name": self.departments.get(value, "")}
        if name in self.to_customers and isinstance(value, int):
            return {"id": value, "name": self.customers.get(value, "")}
        return value


def _referring(names: Iterable[str]) -> frozenset[str]:
    """Those of these names that are attributes whose value is a customer."""
    codes = [name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)]
    if not codes:
        return frozenset()
    found = AttributeDefinition.objects.filter(references="customers", code__in=codes)
    return frozenset(PREFIX + code for code in found.values_list("code", flat=True))


def changes(
    viewer: Viewer, record_id: int, *, of: Subject = CUSTOMER, named: str | None = None, limit: int = 50,
    cursor: str | None = None,
) -> tuple[list[Entry], str | None]:  # fmt: skip
    """The record's changes, newest first, of all fields or of one. Raises NotFound, Invalid."""
    of.require(viewer.unwatched(), record_id)
    after = _read(cursor) if cursor else None
    lines = _lines(of, record_id)
    rows = _rows(of, record_id).annotate(at=F("change_set__at"))
    if named:
        lines = lines.filter(changes__has_key=named)
        rows = rows.filter(Q(before__has_key=named) | Q(after__has_key=named))
    if after:
        lines, rows = lines.filter(_beyond(after, "a")), rows.filter(_beyond(after, "r"))
    mixed: list[tuple[datetime, str, int, Any]] = []
    mixed += [(one.at, "a", one.pk, one) for one in lines.order_by("-at", "-id")[: limit + 1]]
    mixed += [(one.at, "r", one.pk, one) for one in rows.order_by("-at", "-id")[: limit + 1]]
    mixed.sort(key=lambda one: one[:3], reverse=True)
    page = mixed[:limit]
    entries = [_of_line(one, of) if kind == "a" else _of_row(one, of) for _, kind, _, one in page]
    following = _write(page[-1]) if len(mixed) > limit else None
    shown = readable(viewer, entries, named, of)
    for change in (change for one in shown for change in one.changes):
        note_changes(viewer, of.kind, record_id, {change.field: change.after or change.before})
    return shown, following


def _lines(of: Subject, record_id: int) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(subject_type=of.word, subject_id=record_id)


def _rows(of: Subject, record_id: int) -> QuerySet[ChangedRow]:
    return ChangedRow.objects.select_related("change_set").filter(table=of.table, row_id=record_id)


def before(viewer: Viewer, record_id: int, entry_id: str, name: str, of: Subject = CUSTOMER) -> Any:
    """What a field was before an entry. Raises NotFound, Invalid when it cannot be set back."""
    of.require(viewer.unwatched(), record_id)
    kind, number = entry_id[:1], entry_id[1:]
    found: Entry | None = None
    if number.isascii() and number.isdigit() and len(number) < 19:
        if kind == "a":
            line = _lines(of, record_id).filter(pk=int(number)).first()
            found = _of_line(line, of) if line else None
        elif kind == "r":
            row = _rows(of, record_id).filter(pk=int(number)).first()
            found = _of_row(row, of) if row else None
    if found is None:
        raise NotFound(f"There is no change {entry_id[:40]} of {of.word} {record_id}.")
    for one in found.changes:
        if one.field == name and one.can_restore:
            return one.before
    raise Invalid.at("field", "not_restorable", f"{name[:100]} cannot be set back to what it was here.")


def changed_since(record_id: int, version: int, of: Subject = CUSTOMER) -> Since:
    """What somebody who saw `version` has not seen."""
    lines = _lines(of, record_id).filter(version__gt=version).order_by("id")
    rows = _rows(of, record_id).filter(version__gt=version, before__isnull=False, after__isnull=False)
    several = [(one.version or 0, _of_line(one, of)) for one in lines]
    several += [(one.version or 0, _of_row(one, of)) for one in rows.order_by("id")]
    since = Since(entries=len(several))
    for _, entry in sorted(several, key=lambda pair: pair[0]):
        for one in entry.changes:
            first = since.fields.get(one.field)
            original = first.original if first else one.before
            since.fields[one.field] = Last(original, entry.by_name, entry.at)
    return since


def _of_line(line: AuditEntry, of: Subject) -> Entry:
    found = changes_of_line(line.action, line.changes, of)
    return Entry(
        f"a{line.pk}", line.at, line.actor_id, line.actor_name, line.via, line.action, None, found
    )  # fmt: skip


def changes_of_line(action: str, changes: Mapping[str, Any], of: Subject = CUSTOMER) -> list[Change]:
    """What a line of the audit log says of single fields."""
    fresh = action == "create"
    of_relation = action in ("add_relation", "remove_relation")
    of_place = action in of.places
    found = []
    for called, value in changes.items():
        name = _OF_PLACE.get(called, called) if of_place else called
        if name in _HIDDEN or not of.tells(name):
            continue
        if of_relation:
            if value not in (None, ""):
                found.append(Change(_OF_RELATION.get(name, name), None, value, False))
            continue
        if fresh and isinstance(value, dict):
            found += [Change(f"{name}.{key}", None, one, False) for key, one in value.items()]
        elif fresh:
            if value not in (None, "", []):
                found.append(Change(name, None, value, False))
        elif isinstance(value, list) and len(value) == 2:
            found.append(Change(name, value[0], value[1], not of_place and _restorable(name, of)))
        else:
            found.append(Change(name, None, value, False))
    return found


def _of_row(row: ChangedRow, of: Subject) -> Entry:
    made = row.change_set
    found = changes_of_row(row.before, row.after, of)
    return Entry(f"r{row.pk}", made.at, made.by_id, made.by_name, "bulk", made.kind, made.pk, found)


def changes_of_row(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, of: Subject = CUSTOMER
) -> list[Change]:
    """What a change of many rows did to single fields of one."""
    old, new = before or {}, after or {}
    whole = before is None or after is None
    return [
        Change(name, old.get(name), new.get(name), not whole and _restorable(name, of))
        for name in sorted(old.keys() | new.keys())
        if name not in _HIDDEN and of.tells(name) and old.get(name) != new.get(name)
    ]


def _restorable(name: str, of: Subject) -> bool:
    return name in of.restorable or name.startswith("attributes.")


def _concealed(viewer: Viewer, entry: Entry, of: Subject) -> Entry:
    """The entry with what the viewer's role keeps back masked; that is not set back by anybody who cannot see
    it."""
    if not viewer.fields:
        return entry
    kept: list[Change] = []
    for one in entry.changes:
        both = conceal_changes(viewer, of.kind, {one.field: [one.before, one.after]})[one.field]
        old, new = both if isinstance(both, list) else (both, both)
        changed = (old, new) != (one.before, one.after)
        kept.append(Change(one.field, old, new, one.can_restore and not changed))
    return replace(entry, changes=kept)


def readable(
    viewer: Viewer, entries: list[Entry], named: str | None = None, of: Subject = CUSTOMER
) -> list[Entry]:
    """The entries with what the viewer's role shows of them, in words; of one field alone when `named`."""
    every = [one for entry in entries for one in entry.changes]
    shown = Shown([v for one in every for v in (one.before, one.after)], [one.field for one in every], viewer)
    may = viewer.may(Permission.EDIT_CUSTOMERS)
    assigns = viewer.may(Permission.ASSIGN)
    entries = [
        _concealed(viewer, one, of) for one in _without(viewer, hidden_attributes(viewer), entries, of)
    ]
    if of.places:
        entries = [one for one in entries if one.changes and _seen(one, shown, of)]
    if named is not None:
        entries = [entry for entry in entries if any(one.field == named for one in entry.changes)]
    return [
        Entry(
            entry.id, entry.at, entry.by_id, entry.by_name, entry.via, entry.action, entry.change_set_id,
            [
                Change(
                    one.field, shown(one.field, one.before), shown(one.field, one.after),
                    may and one.can_restore and (assigns or one.field != "owner_id"),
                )
                for one in entry.changes
                if named is None or one.field == named
            ],
        )
        for entry in entries
    ]  # fmt: skip


def hidden_attributes(viewer: Viewer) -> set[str]:
    """The attributes that the company does not show to the viewer's role, as ``attributes.CODE``."""
    role = role_of(viewer)
    every = list(AttributeDefinition.objects.all())
    guard(viewer, every)
    return {f"attributes.{one.code}" for one in every if not one.shown_to(role)}


def _seen(entry: Entry, shown: Shown, of: Subject) -> bool:
    """Whether the viewer sees the customer at which a place was changed."""
    if entry.action not in of.places:
        return True
    at = next((one.after or one.before for one in entry.changes if one.field == "customer_id"), None)
    return at in shown.customers


def _without(viewer: Viewer, hidden: set[str], entries: list[Entry], of: Subject) -> list[Entry]:
    """What the role keeps back is not told by the history either."""

    def told(name: str) -> bool:
        code = "phone" if name == "channels" else name.removesuffix("_id")
        return name not in hidden and not viewer.access(of.kind, code).concealed

    return [replace(entry, changes=[one for one in entry.changes if told(one.field)]) for entry in entries]


def _beyond(after: tuple[datetime, str, int], kind: str) -> Q:
    at, last_kind, last_id = after
    if kind == last_kind:
        return Q(at__lt=at) | Q(at=at, pk__lt=last_id)
    return Q(at__lte=at) if kind < last_kind else Q(at__lt=at)


def _write(last: tuple[datetime, str, int, Any]) -> str:
    text = json.dumps([last[0].isoformat(), last[1], last[2]])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, str, int]:
    try:
        at, kind, number = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, RecursionError):
        raise Invalid.at("cursor", "unknown_cursor", "This cursor is not one of this list.") from None
    return (
        values.moment(at, "cursor"),
        values.plain_text(kind, "cursor", longest=1),
        values.identifier(number, "cursor"),
    )


__all__ = [
    "Change", "Entry", "Shown", "before", "changed_since", "changes", "changes_of_line", "changes_of_row",
    "hidden_attributes", "readable",
]  # fmt: skip
