"""Many customers or contacts at once, what was done to them, and the trash, on the wire."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.customers.models import Contact, Customer, Position
from jinzita.customers.schemas.grades import OverrideOut, graded
from jinzita.customers.selectors import purge_on
from jinzita.customers.selectors.history import Entry
from jinzita.kernel import field_access
from jinzita.kernel.access import Viewer
from jinzita.kernel.models import ChangeSet
from jinzita.kernel.undo import table_of, undoable
from jinzita.kernel.wire import Id, Named, PageOut, Strict, Text

_WORDS = {table_of(Customer).name: "customer", table_of(Contact).name: "contact"}


class SelectionIn(Strict):
    """Which records: their ids, or all that fit a filter and words."""

    ids: list[Id] | None = Field(None, max_length=5000)
    filter: dict[str, Any] | Text | None = None
    q: Text | None = Field(None, max_length=100)
    expected: int | None = Field(None, ge=0, description="With a filter: the number the user saw")


class BulkIn(Strict):
    action: Literal["edit", "assign", "tag", "untag", "delete", "restore"]
    selection: SelectionIn
    changes: dict[str, Any] = Field(
        default_factory=dict, description="Of edit: values by field",
        examples=[{"kind": "person", "attributes.region": "Beijing"}],
    )  # fmt: skip
    owner_id: Id | None = Field(None, description="Of assign; null leaves them without an owner")
    over_capacity: bool = Field(
        False, description="Of assign: although that is more than one person may hold, answered with 409 "
        "receiver_full",
    )  # fmt: skip
    tags: list[Text] = Field(default_factory=list, max_length=50)


class ContactsBulkIn(Strict):
    action: Literal["edit", "tag", "untag", "delete", "restore"]
    selection: SelectionIn
    changes: dict[str, Any] = Field(
        default_factory=dict, examples=[{"department": "Purchasing", "role": "purchaser"}],
        description="Of edit: department, title, salutation, gender, and role where they mainly work",
    )  # fmt: skip
    tags: list[Text] = Field(default_factory=list, max_length=50)


class ByOut(Schema):
    id: int | None
    name: str


class ChangeSetOut(Schema):
    id: int
    kind: str = Field(examples=["bulk_edit"])
    words: dict[str, Any] = Field(description="What it was: action, records, changes, filter, count …")
    by: ByOut
    at: datetime
    rows: int
    state: str = Field(description="done, undoing, undone or partly_undone")
    can_undo: bool
    job_id: int | None
    undo_job_id: int | None


class ChangeSetPage(PageOut):
    items: list[ChangeSetOut]


class ConflictOut(Schema):
    subject_type: str = Field(examples=["customer"])
    subject_id: int
    name: str
    field: str
    why: str = Field(description="changed, gone, taken, referenced, refused or hidden")
    before: Any
    after: Any
    current: Any


class ConflictPage(PageOut):
    items: list[ConflictOut]


class TrashOut(Schema):
    type: Literal["customer", "contact"]
    id: int
    name: str
    grade: str | None = Field(description="Of a customer")
    computed_grade: str | None
    override: OverrideOut | None
    customer: Named | None = Field(description="Of a contact: where it is")
    kind: str | None = Field(description="Of a customer")
    owner: Named | None
    department: Named | None
    trashed_at: datetime
    trashed_by: Named | None
    purge_on: datetime


class TrashPage(PageOut):
    items: list[TrashOut]


class FieldChangeOut(Schema):
    field: str
    before: Any
    after: Any
    can_restore: bool


class ChangeOut(Schema):
    id: str
    at: datetime
    by: ByOut
    via: str
    action: str
    change_set_id: int | None
    changes: list[FieldChangeOut]


class ChangePage(PageOut):
    items: list[ChangeOut]


class RestoreFieldIn(Strict):
    field: Text = Field(max_length=100, examples=["attributes.region"])


class TagOut(Schema):
    name: str
    customers: int


class ContactTagOut(Schema):
    name: str
    contacts: int


def change_set_out(viewer: Viewer, one: ChangeSet, now: datetime, hidden: Collection[str]) -> dict[str, Any]:
    """A change set as lists show it, without what it made of fields that are kept from the viewer."""
    words = dict(one.words)
    if isinstance(changes := words.get("changes"), dict):
        told = {name: value for name, value in changes.items() if name not in hidden}
        of = str(words.get("records", "customers"))
        words["changes"] = {
            name: field_access.shown(viewer.access(of, name), value) for name, value in told.items()
        }
    return {
        "id": one.pk, "kind": one.kind, "words": words, "by": {"id": one.by_id, "name": one.by_name},
        "at": one.at, "rows": one.rows, "state": one.state, "can_undo": undoable(one, now=now),
        "job_id": one.job_id, "undo_job_id": one.undo_job_id,
    }  # fmt: skip


def conflict_out(viewer: Viewer, found: dict[str, Any]) -> dict[str, Any]:
    """A column that was not taken back, as far as the viewer sees it; of a position under its contact."""
    row, field, now = found["row"], found["field"], found["now"] or {}
    before, after = row.before or {}, row.after or {}
    if found["unseen"]:
        now = before = after = {}
    named = now or after or before
    subject = _WORDS.get(row.table, row.table), row.row_id, str(named.get("name") or row.row_id)
    if found["contact"] and not found["unseen"]:
        subject = "contact", *found["contact"]
    of = field_access.kind_of(row.table.rpartition("_")[2])
    access = viewer.access(of, field)
    viewer.saw(of, row.row_id, {field: now.get(field) or after.get(field) or before.get(field)})
    return {
        "subject_type": subject[0], "subject_id": subject[1], "name": subject[2],
        "field": "" if field.startswith("@") else field,
        "why": field[1:] if field.startswith("@") else "changed",
        "before": field_access.shown(access, before.get(field)),
        "after": field_access.shown(access, after.get(field)),
        "current": field_access.shown(access, now.get(field)),
    }  # fmt: skip


def trash_out(one: Customer | Contact) -> dict[str, Any]:
    """A customer or contact in the trash."""
    by = one.trashed_by
    return {
        "id": one.pk, "name": one.name, **_of(one),
        "trashed_at": one.trashed_at, "trashed_by": {"id": by.pk, "name": by.shown_name} if by else None,
        "purge_on": purge_on(one),
    }  # fmt: skip


def _of(one: Customer | Contact) -> dict[str, Any]:
    if isinstance(one, Customer):
        return {
            "type": "customer", **graded(one.standing), "customer": None, "kind": one.kind,
            "owner": {"id": one.owner.pk, "name": one.owner.shown_name} if one.owner else None,
            "department": {"id": one.department.pk, "name": one.department.name} if one.department else None,
        }  # fmt: skip
    seats: Sequence[Position] = one.seen_positions  # type: ignore[attr-defined]
    at = seats[0].customer if seats else None
    return {
        "type": "contact", "grade": None, "computed_grade": None, "override": None, "kind": None,
        "owner": None, "department": None,
        "customer": {"id": at.pk, "name": at.name} if at else None,
    }  # fmt: skip


def change_out(one: Entry) -> dict[str, Any]:
    """An entry of a customer's history."""
    return {
        "id": one.id, "at": one.at, "by": {"id": one.by_id, "name": one.by_name}, "via": one.via,
        "action": one.action, "change_set_id": one.change_set_id,
        "changes": [
            {"field": c.field, "before": c.before, "after": c.after, "can_restore": c.can_restore}
            for c in one.changes
        ],
    }  # fmt: skip
