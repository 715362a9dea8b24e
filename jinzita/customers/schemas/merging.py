"""Merges on the wire."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.customers.models import Merge
from jinzita.customers.schemas.contacts import ContactOut
from jinzita.customers.schemas.customers import CustomerOut
from jinzita.customers.schemas.fields import FieldOut, Label, field_out
from jinzita.customers.selectors.merging import named
from jinzita.customers.services.merging import FieldBack, Parting, Proposal
from jinzita.kernel.records import Field as DeclaredField
from jinzita.kernel.wire import Id, PageOut, Strict


class FieldSideBySide(Schema):
    """A field of the records to be merged."""

    field: FieldOut
    values: list[Any] = Field(description="In the order of the records")
    proposed: int | None = Field(description="The record whose value is proposed; null: none knows one")
    differs: bool = Field(description="Whether the records know different values")


class ReferencesOut(Schema):
    """How many rows of a kind belong to the records and follow in a merge."""

    kind: str
    label: Label
    counts: list[int] = Field(description="In the order of the records")
    total: int


class SideBySide(Schema):
    survivor_id: int
    fields: list[FieldSideBySide]
    references: list[ReferencesOut]


class MergePreviewOut(SideBySide):
    records: list[CustomerOut]


class ContactMergePreviewOut(SideBySide):
    records: list[ContactOut]


class MergeIn(Strict):
    survivor_id: Id
    ids: list[Id] = Field(min_length=2, max_length=50, description="All records, the survivor among them")
    choices: dict[str, int | dict[str, Any]] = Field(
        default_factory=dict,
        description='Per field the record whose value is kept, or {"value": …}; others as proposed',
        examples=[{"name": 17, "phone": {"value": "010 6552 8801"}}],
    )
    versions: dict[int, int] = Field(
        default_factory=dict,
        description="Version of each record as it was looked at; changed since is refused",
    )
    accept_warnings: bool = Field(False, description="What the rules of entry warn of was looked at")
    over_capacity: bool = Field(False, description="Although a typed owner may not hold as many")


class TableCount(Schema):
    kind: str
    label: Label
    rows: int


class MergedName(Schema):
    id: int
    name: str


class MergeOut(Schema):
    id: int
    what: str = Field(examples=["customer"])
    survivor: MergedName
    merged: list[MergedName]
    moved: list[TableCount]
    by: str
    at: datetime
    undone_at: datetime | None
    undone_by: str


class MergePage(PageOut):
    items: list[MergeOut]


class FieldBackOut(Schema):
    """What a field of the survivor was before the merge, by it, and is now."""

    code: str
    before: Any
    after: Any
    present: Any
    conflict: bool = Field(description="Changed since the merge: it stays unless restored by choice")


class PartingOut(Schema):
    """What taking a merge back brings: rows that go back, that stay and why."""

    merge: MergeOut
    fields: list[FieldBackOut]
    back: list[TableCount] = Field(description="Go back to the record they came from")
    restored: list[TableCount] = Field(description="Had been taken out, since the survivor had its own")
    followed: list[TableCount] = Field(description="Came after the merge and named a merged record: go to it")
    staying: list[TableCount] = Field(description="Came after the merge: stay with the survivor")
    elsewhere: list[TableCount] = Field(description="Were deleted or given to somebody else since: stay so")
    refused: list[TableCount] = Field(description="Cannot go back: something else is in their place")
    undo_first: int | None = Field(description="A later merge that must be taken back first")


class UndoMergeIn(Strict):
    choices: dict[str, Literal["keep", "restore"]] = Field(
        default_factory=dict, description="Of fields: the present value or the one before the merge"
    )


def preview_out(
    records: list[dict[str, Any]], fields: list[DeclaredField], proposals: list[Proposal],
    counts: list[dict[str, Any]], survivor_id: int,
) -> dict[str, Any]:  # fmt: skip
    """Records, as lists show them, side by side."""
    declared = {one.code: one for one in fields}
    return {
        "survivor_id": survivor_id,
        "records": records,
        "fields": [
            {
                "field": field_out(declared[one.code]),
                "values": [_shown(record, one.code, one.values[record["id"]]) for record in records],
                "proposed": one.proposed,
                "differs": one.differs,
            }
            for one in proposals
        ],
        "references": [
            {**one, "counts": [one["counts"].get(record["id"], 0) for record in records]} for one in counts
        ],
    }


def _shown(record: dict[str, Any], code: str, raw: Any) -> Any:
    # References by name, as the record shows them.
    return record[code] if isinstance(record.get(code), dict) and code != "attributes" else raw


def merge_out(one: Merge) -> dict[str, Any]:
    """A merge."""

    def record(pk: int) -> dict[str, Any]:
        return {"id": pk, "name": one.names.get(str(pk), "")}

    return {
        "id": one.pk,
        "what": one.what,
        "survivor": {
            **record(one.survivor_id),
            **({"name": one.after["name"]} if "name" in one.after else {}),
        },
        "merged": [record(pk) for pk in one.member_ids],
        "moved": _tables(one.counts),
        "by": one.by_name,
        "at": one.at,
        "undone_at": one.undone_at,
        "undone_by": one.undone_by_name,
    }


def merged_from_out(one: Merge, member_id: int) -> dict[str, Any]:
    """A record that became part of another."""
    name = one.names.get(str(member_id), "")
    return {"id": member_id, "name": name, "merge_id": one.pk, "at": one.at, "by": one.by_name}


def parting_out(one: Parting) -> dict[str, Any]:
    """What coming apart brings."""
    return {
        "merge": merge_out(one.merge),
        "fields": [_field_back(each) for each in one.fields],
        **{name: _tables(counts) for name, counts in one.outcome.as_dict().items()},
        "undo_first": one.first,
    }


def _field_back(one: FieldBack) -> dict[str, Any]:
    return {
        "code": one.column, "before": one.before, "after": one.after, "present": one.present,
        "conflict": one.conflict,
    }  # fmt: skip


def _tables(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{**named(table), "rows": rows} for table, rows in sorted(counts.items(), key=lambda one: -one[1])]
