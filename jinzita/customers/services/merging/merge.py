"""Several records become one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jinzita.customers.models import Merge
from jinzita.customers.services.merging.folding import Folding
from jinzita.customers.services.merging.locks import alone
from jinzita.customers.services.merging.mergeable import (
    Mergeable,
    is_empty,
    lead,
    mergeable,
    put,
    save,
    snapshot,
)
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, NotFound, Problem
from jinzita.kernel.records import Field

FEWEST, MOST = 2, 50


@dataclass(frozen=True)
class Proposal:
    """A field of records side by side: the value of each, and from which record it is proposed (None: none
    of them knows one).
    """

    code: str
    values: dict[int, Any]
    proposed: int | None
    differs: bool


def propose(what: Mergeable, rows: Sequence[Any], survivor_id: int, *, viewer: Viewer) -> list[Proposal]:
    """Per field the proposed choice: filled before empty, then the survivor's, then the newest."""
    shots = {row.pk: snapshot(row) for row in rows}
    order = sorted(rows, key=lambda row: (row.pk != survivor_id, -row.updated_at.timestamp(), row.pk))
    found = []
    for field in what.fields(viewer):
        lead = what.columns(field)[0]
        values = {row.pk: shots[row.pk].get(lead) for row in rows}
        filled = [row.pk for row in order if not is_empty(values[row.pk])]
        known = {str(values[pk]) for pk in filled}
        found.append(Proposal(field.code, values, filled[0] if filled else None, len(known) > 1))
    return found


@transaction.atomic
def merge(
    *, by: Viewer, what: str, survivor_id: int, ids: Sequence[int], choices: Mapping[str, Any] | None = None,
    versions: Mapping[int, int] | None = None, accept_warnings: bool = False, over_capacity: bool = False,
) -> Merge:  # fmt: skip
    """Merge these records into the survivor (one of `ids`); everything that names one of them follows.

    `choices` maps a field to the id of the record whose value is kept, or to {"value": …}; other fields get
    the proposed one. `versions` refuses records that were changed since they were looked at. Typed values
    keep to the rules of entry; `accept_warnings`: what these only warn of was looked at, and
    `over_capacity` that a typed owner may not hold as many. Raises Forbidden, NotFound, Invalid, and Conflict
    when another merge or a change came first.
    """
    kind = mergeable(what)
    by.require(Permission.MERGE)
    members = sorted(set(ids) - {survivor_id})
    if survivor_id not in ids or not FEWEST <= len(members) + 1 <= MOST:
        raise Invalid.at(
            "ids", "wrong_count", f"Name {FEWEST} to {MOST} records, the survivor among them.", most=MOST
        )
    alone()
    rows = _locked(kind, by, [survivor_id, *members], versions or {})
    survivor = rows[survivor_id]
    shots = [snapshot(row) for row in rows.values()]
    names = {str(pk): kind.name(row) for pk, row in rows.items()}
    before = shots[0]
    chosen = _choose(kind, by, survivor, list(rows.values()), choices or {}, over_capacity=over_capacity)
    after = snapshot(survivor)
    difference = audit.difference(before, {**dict.fromkeys(before), **after})
    made = Merge.objects.create(
        what=what, survivor_id=survivor_id, member_ids=members, by_id=by.user_id, by_name=by.name,
        names=names,
        before={name: old for name, (old, _) in difference.items()},
        after={name: new for name, (_, new) in difference.items()},
    )  # fmt: skip
    typed = {code for code, choice in (choices or {}).items() if isinstance(choice, Mapping)}
    judged = kind.judge(by, survivor_id, typed) if typed else None
    save(survivor)  # before its references change: this writes the whole row
    kind.before([survivor_id, *members])
    folding = Folding(made.pk)
    folding.fold(kind.table, dict.fromkeys(members, survivor_id))
    kind.keep(folding, survivor, shots)
    # After its own references: they lead to the survivor now, like these.
    lead(kind.model._default_manager.filter(pk__in=members), survivor_id)
    made.counts = folding.counts
    made.save(update_fields=["counts"])
    kind.merged(by, survivor_id, members, set(difference))
    if judged:
        judged(accept_warnings)
    changes = {"merge": made.pk, "ids": members, "names": made.names, "moved": made.counts, "choices": chosen}
    audit.record(
        by=by, action="merge", subject_type=what, subject_id=survivor_id, changes={**changes, **difference}
    )
    for member in members:
        audit.record(
            by=by, action="merged_into", subject_type=what, subject_id=member,
            changes={"merge": made.pk, "survivor": survivor_id},
        )  # fmt: skip
    return made


def _locked(kind: Mergeable, by: Viewer, ids: Sequence[int], versions: Mapping[int, int]) -> dict[int, Any]:
    """The records, locked in the order of their ids; the survivor first."""
    rows: dict[int, Any] = {
        row.pk: row
        for row in kind.model._default_manager.filter(pk__in=ids)
        .order_by("pk")
        .select_for_update(of=("self",))
    }
    seen = set(kind.visible(by).filter(pk__in=ids).values_list("pk", flat=True))
    homes = {row.merged_into_id for row in rows.values() if row.merged_into_id}
    known = set(kind.visible(by).filter(pk__in=homes).values_list("pk", flat=True)) if homes else set()
    for pk in ids:
        row = rows.get(pk)
        if row is not None and row.merged_into_id in known:
            raise Conflict(
                f"{kind.name(row)} ({pk}) was merged into {row.merged_into_id} meanwhile.",
                code="merged_meanwhile",
                problems=[
                    Problem("ids", "merged_meanwhile", "This record was merged meanwhile.",
                            {"id": pk, "name": kind.name(row), "into": row.merged_into_id})
                ],
            )  # fmt: skip
        if pk not in seen:
            raise NotFound(f"There is no {kind.code} {pk}.")
        if pk in versions and versions[pk] < getattr(row, "version", 0):
            raise Conflict(
                f"{kind.name(row)} ({pk}) was changed since you looked at it.", code="changed_meanwhile",
                problems=[
                    Problem("versions", "changed_meanwhile", "This record was changed meanwhile.",
                            {"id": pk, "name": kind.name(row)})
                ],
            )  # fmt: skip
    return {pk: rows[pk] for pk in ids}


def _choose(
    kind: Mergeable, by: Viewer, survivor: Any, rows: Sequence[Any], choices: Mapping[str, Any], *,
    over_capacity: bool,
) -> dict[str, Any]:  # fmt: skip
    """Give the survivor the chosen values; answers from where each field has its value, for the audit log."""
    fields = {one.code: one for one in kind.fields(by)}
    for code in choices:
        if code not in fields:
            raise Invalid.at(f"choices.{code}"[:200], "unknown_field", "This field cannot be chosen.")
    shots = {row.pk: snapshot(row) for row in rows}
    entered: dict[str, Any] = {}
    chosen: dict[str, Any] = {}
    for one in propose(kind, rows, survivor.pk, viewer=by):
        choice = _meant(one, choices.get(one.code, one.proposed))
        if isinstance(choice, Mapping):
            entered[one.code] = chosen[one.code] = choice.get("value")
            continue
        if choice is None:
            continue
        if choice not in shots:
            raise Invalid.at(f"choices.{one.code}", "not_among_these", "Choose one of the merged records.")
        put(survivor, {name: shots[choice].get(name) for name in kind.columns(fields[one.code])})
        if choice != survivor.pk:
            chosen[one.code] = choice
    if entered:
        kind.write(by, survivor, entered, over_capacity=over_capacity)
    _fill(survivor, rows, {name for field in fields.values() for name in kind.columns(field)})
    return chosen


def _meant(one: Proposal, choice: Any) -> Any:
    """What a choice means: a value typed that one of the records has is that record's, as if it were chosen.

    So an owner who has one of them already gets no customer more, and nobody is asked about the limit.
    """
    if not isinstance(choice, Mapping) or is_empty(typed := choice.get("value")):
        return choice
    return next(
        (pk for pk, known in one.values.items() if type(known) is type(typed) and known == typed), choice
    )


def _fill(survivor: Any, rows: Sequence[Any], chosen: set[str]) -> None:
    """What nobody chooses: lists such as tags are joined, what the survivor lacks is taken over."""
    own = snapshot(survivor)
    ids = {row.pk for row in rows}
    leading = {f.attname for f in survivor._meta.concrete_fields if f.related_model is type(survivor)}
    for row in rows:
        for name, value in snapshot(row).items():
            if name in chosen or is_empty(value) or (name in leading and value in ids):
                continue
            if isinstance(value, list):
                own[name] = [
                    *(own.get(name) or []),
                    *(one for one in value if one not in (own.get(name) or [])),
                ]
                put(survivor, {name: own[name]})
            elif is_empty(own.get(name)):
                own[name] = value
                put(survivor, {name: value})


def side_by_side(
    *, by: Viewer, what: str, ids: Sequence[int], survivor_id: int | None, counts: Sequence[Mapping[str, Any]]
) -> tuple[int, list[Field], list[Proposal]]:
    """The survivor (the likely one when none is given), the fields to choose, and what is proposed of each.

    `counts` are how many rows of each kind name the records. Raises Invalid.
    """
    kind = mergeable(what)
    rows = list(kind.visible(by).filter(pk__in=ids))
    survivor = survivor_id or _likely_survivor(rows, counts)
    if survivor not in ids:
        raise Invalid.at("survivor_id", "not_among_these", "The survivor is one of the records.")
    return survivor, list(kind.fields(by)), propose(kind, rows, survivor, viewer=by)


def _likely_survivor(rows: Sequence[Any], counts: Sequence[Mapping[str, Any]]) -> int:
    """The record most is known of: the most rows name it, the most fields are filled, the oldest."""

    def known(row: Any) -> tuple[int, int, int]:
        named = sum(one["counts"].get(row.pk, 0) for one in counts)
        return named, sum(not is_empty(value) for value in snapshot(row).values()), -row.pk

    return int(max(rows, key=known).pk)
