"""A merge comes apart again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.db import connection, transaction

from jinzita.customers.models import Merge, MergePart
from jinzita.customers.selectors.merging import merge as read_merge
from jinzita.customers.services.merging.locks import alone
from jinzita.customers.services.merging.mergeable import Mergeable, lead, mergeable, put, save, snapshot
from jinzita.customers.services.merging.unfolding import Outcome, Unfolding
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, Problem
from jinzita.kernel.field_access import conceal_changes, note_changes

Choice = Literal["keep", "restore"]


@dataclass(frozen=True)
class FieldBack:
    """A column of the survivor that the merge changed: what it was, became, and is now.

    Changed since (`conflict`), it stays unless somebody chooses otherwise.
    """

    column: str
    before: Any
    after: Any
    present: Any
    conflict: bool


@dataclass(frozen=True)
class Parting:
    """What coming apart brings, or would bring."""

    merge: Merge
    fields: list[FieldBack]
    outcome: Outcome
    first: int | None


# The parts of this merge that a later one took aside: the later one must come apart first.
_LATER = """
SELECT later.id FROM customers_merge later
JOIN customers_mergepart took ON took.merge_id = later.id AND took.what = 'aside'
JOIN customers_mergepart own ON own.merge_id = %(merge)s AND own.what IN ('moved', 'made')
AND own."table" = took."table"
WHERE later.what = %(what)s AND later.id > %(merge)s AND later.undone_at IS NULL
AND (later.survivor_id = ANY(%(line)s) OR later.member_ids && %(line)s::bigint[])
AND EXISTS (SELECT FROM jsonb_array_elements(took.rows) r WHERE (r ->> 'id')::bigint = ANY(own.ids))
ORDER BY later.id DESC LIMIT 1"""


def preview(*, by: Viewer, merge_id: int) -> Parting:
    """What coming apart would bring; nothing is written. Raises NotFound, Forbidden."""
    by.require(Permission.MERGE)
    one = read_merge(by, merge_id)
    kind = mergeable(one.what)
    survivor = kind.model._default_manager.get(pk=one.survivor_id)
    holder = survivor.merged_into_id or survivor.pk  # type: ignore[attr-defined]
    _require_reached(kind, by, one, holder)
    unfolding = Unfolding(
        table=kind.table, survivor=survivor.pk, holder=holder, members=one.member_ids, dry=True
    )
    unfolding.unfold(_parts(one))
    unfolding.gather_own(one.at)
    fields = _fields(one, survivor)
    return Parting(one, _let_out(by, one, fields), unfolding.outcome, _first(one, holder))


@transaction.atomic
def unmerge(
    *, by: Viewer, merge_id: int, now: datetime, choices: Mapping[str, Choice] | None = None
) -> Parting:
    """Let the records of a merge be themselves again, with all that had been theirs.

    What came after the merge stays with the survivor, unless it named one of the others. A field of the
    survivor that was changed since stays, unless `choices` says "restore". Raises NotFound, Forbidden,
    Conflict (already apart; a later merge must come apart first).
    """
    by.require(Permission.MERGE)
    kind = mergeable(read_merge(by, merge_id).what)
    alone()
    one = Merge.objects.select_for_update().get(pk=merge_id)
    if one.undone_at:
        raise Conflict("This merge was taken back already.", code="already_undone")
    concerned = [one.survivor_id, *one.member_ids]
    rows = {
        row.pk: row
        for row in kind.model._default_manager.filter(pk__in=concerned)
        .order_by("pk")
        .select_for_update(of=("self",))
    }
    survivor: Any = rows[one.survivor_id]
    holder = survivor.merged_into_id or survivor.pk
    _require_reached(kind, by, one, holder)
    if first := _first(one, holder):
        sentence = f"Records of this merge were merged again; take merge {first} back first."
        raise Conflict(
            sentence, code="undo_first", problems=[Problem("merge", "undo_first", sentence, {"merge": first})]
        )
    kind.before([holder, *one.member_ids])
    fields = _fields(one, survivor)
    restored = _restore(kind, survivor, fields, choices or {})
    # Free to be named again before anything goes back to them.
    lead(kind.model._default_manager.filter(pk__in=one.member_ids), None)
    unfolding = Unfolding(
        table=kind.table, survivor=survivor.pk, holder=holder, members=one.member_ids, dry=False
    )
    unfolding.unfold(_parts(one))
    unfolding.gather_own(one.at)
    one.undone_at, one.undone_by_name = now, by.name
    one.undone = {**unfolding.outcome.as_dict(), "fields": restored}
    one.save(update_fields=["undone_at", "undone_by_name", "undone"])
    kind.parted(by, holder, one.member_ids, set(restored) if holder == survivor.pk else set())
    changes = {"merge": one.pk, "ids": one.member_ids, "names": one.names, "rows": one.undone}
    audit.record(by=by, action="unmerge", subject_type=one.what, subject_id=survivor.pk, changes=changes)
    for member in one.member_ids:
        audit.record(
            by=by, action="unmerged", subject_type=one.what, subject_id=member,
            changes={"merge": one.pk, "survivor": survivor.pk},
        )  # fmt: skip
    return Parting(one, _let_out(by, one, fields), unfolding.outcome, None)


def _require_reached(kind: Mergeable, by: Viewer, one: Merge, holder: int) -> None:
    """Raise Forbidden unless the role reaches every record of the merge, as it did of who merged them."""
    concerned = {holder, one.survivor_id, *one.member_ids}
    if concerned - kind.reached(by, sorted(concerned)):
        raise Forbidden(
            "Your role does not reach all records of this merge; who reaches them all can take it apart.",
            code="merge_out_of_reach",
        )


def _restore(
    kind: Mergeable, survivor: Any, fields: list[FieldBack], choices: Mapping[str, Choice]
) -> list[str]:
    for name, choice in choices.items():
        if name not in {one.column for one in fields}:
            raise Invalid.at(f"choices.{name}"[:200], "unknown_field", "The merge did not change this field.")
        if choice not in ("keep", "restore"):
            raise Invalid.at(f"choices.{name}", "unknown_choice", "Choose keep or restore.")
    back = {
        one.column: one.before
        for one in fields
        if choices.get(one.column, "keep" if one.conflict else "restore") == "restore"
        and one.present != one.before
    }
    if back:
        put(survivor, back)
    save(survivor)
    return sorted(back)


def _fields(one: Merge, survivor: Any) -> list[FieldBack]:
    now = snapshot(survivor)
    found = []
    for name, before in one.before.items():
        after, present = one.after.get(name), now.get(name)
        found.append(FieldBack(name, before, after, present, present not in (before, after)))
    return found


def _let_out(by: Viewer, one: Merge, fields: Sequence[FieldBack]) -> list[FieldBack]:
    """The same, without what the role keeps back."""
    kind = f"{one.what}s"
    found = []
    for each in fields:
        values = [each.before, each.after, each.present]
        note_changes(by, kind, one.survivor_id, {each.column: each.present or each.before})
        before, after, present = conceal_changes(by, kind, {each.column: values})[each.column]
        found.append(replace(each, before=before, after=after, present=present))
    return found


def _parts(one: Merge) -> Any:
    return MergePart.objects.filter(merge=one).order_by("-position", "-pk").iterator(chunk_size=50)


def _first(one: Merge, holder: int) -> int | None:
    if one.undone_at:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_LATER, {"merge": one.pk, "what": one.what, "line": [one.survivor_id, holder]})
        found = cursor.fetchone()
    return found[0] if found else None
