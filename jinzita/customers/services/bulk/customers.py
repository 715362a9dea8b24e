"""Many customers at once: values, owner, tags, the trash."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from psycopg.types.json import Jsonb

from jinzita.customers import selectors
from jinzita.customers.fields import CUSTOMERS, STAGES
from jinzita.customers.fields.attributes import PREFIX
from jinzita.customers.models import AttributeDefinition, Customer
from jinzita.customers.selectors.entry_rules import Fault
from jinzita.customers.services import capacity
from jinzita.customers.services.announcing import announce
from jinzita.customers.services.attributes import values as attribute_values
from jinzita.customers.services.bulk.kinds import Action, BulkKind, Left, Setter, Written
from jinzita.customers.services.bulk.tags import tagging, too_full
from jinzita.customers.services.customers import set_values
from jinzita.customers.services.entry import Judge
from jinzita.customers.services.owners import require_receiver
from jinzita.kernel import field_access
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.models import ChangeSet
from jinzita.people import selectors as people

# What being in the team of a customer does not allow.
_NOT_BY_TEAM = (Action.ASSIGN, Action.DELETE)
BY_TEAM_ONLY = {
    "en": "You see them only by being in their team.", "zh": "您只因在客户团队中才能看到，不能分配或删除。"
}  # fmt: skip

NO_ROOM = {
    "en": "Its new owner came to hold as many as one person may.", "zh": "接收人的客户已达容量上限。"
}  # fmt: skip


class _Broken(Exception):
    """Rolls back what would break rules of entry."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = faults


class Customers(BulkKind):
    code = "customers"
    model = Customer
    declared = CUSTOMERS
    needs = {
        Action.EDIT: Permission.EDIT_CUSTOMERS,
        Action.ASSIGN: Permission.ASSIGN,
        Action.TAG: Permission.EDIT_CUSTOMERS,
        Action.UNTAG: Permission.EDIT_CUSTOMERS,
        Action.DELETE: Permission.DELETE,
        Action.RESTORE: Permission.DELETE,
    }

    def setter(
        self, *, by: Viewer, action: str, changes: Mapping[str, Any], owner_id: int | None = None,
        over_capacity: bool = False, tags: Sequence[str] = (), now: datetime | None = None,
    ) -> Setter:  # fmt: skip
        if action == Action.ASSIGN:
            field_access.require_editable(by, "customers", ["owner"])
            return _assign(by, owner_id, over_capacity)
        if action in (Action.TAG, Action.UNTAG):
            return tagging(by, self.code, action, tags)
        return super().setter(by=by, action=action, changes=changes, now=now)

    def edit(self, by: Viewer, changes: Mapping[str, Any]) -> Setter:
        if "owner_id" in changes:
            raise Invalid.at("changes.owner_id", "unknown_field", "Owners are given by the action assign.")
        plain = [code for code in changes if not code.startswith(PREFIX)]
        self.require_shared(by, plain)
        field_access.require_editable(by, self.code, changes)
        return _edit(by, changes)

    def matching(self, by: Viewer, *, filter: str | None, q: str | None) -> QuerySet[Customer]:
        return selectors.matching(by, filter=filter, q=q)

    def reachable(self, by: Viewer, action: str) -> QuerySet[Customer]:
        if action == Action.RESTORE:
            return selectors.within_reach(by).filter(trashed_at__isnull=False)
        return selectors.visible_to(by.by_reach() if action in _NOT_BY_TEAM else by)

    def left_out(self, by: Viewer, action: str, ids: Sequence[int]) -> list[Left]:
        by_team = selectors.visible_ids(by, ids) if action in _NOT_BY_TEAM else ()
        hidden = [pk for pk in ids if pk not in by_team]
        seen: list[Left] = [{"id": pk, "why": "by_team_only", "words": BY_TEAM_ONLY} for pk in by_team]
        return [*seen, *super().left_out(by, action, hidden)]

    def require_room(self, by: Viewer, setter: Setter, rows: QuerySet[Any]) -> None:
        # Only where there is a limit is it worth counting.
        if setter.receiver is not None and capacity.room([setter.receiver]):
            coming = rows.exclude(owner_id=setter.receiver).count()
            capacity.require_room(by, {setter.receiver: coming}, over_capacity=setter.over_capacity)

    def announce(self, ids: Sequence[int], columns: Sequence[str], by: Viewer) -> None:
        announce(ids=ids, columns=columns, by=by)

    def follow(self, changed: list[int], setter: Setter) -> None:
        if "attributes" in setter.columns:
            attribute_values.recompute(changed)

    def write(
        self, by: Viewer, action: str, change_set: ChangeSet, setter: Setter, ids: list[int]
    ) -> Written:
        """Left as they are: those that would break a rule of entry, lack what their stage of life needs,
        hold more than they can, or for whom their receiver has no room any more.
        """
        if action in (Action.DELETE, Action.RESTORE):
            return super().write(by, action, change_set, setter, ids)
        crowded = _without_room(by, setter, ids)
        needing = attribute_values.kept_from_emptying(by, ids, setter.emptied)
        overfull = too_full(self.model, setter, ids)
        left: list[Left] = [
            *({"id": pk, "why": "mandatory", "words": _needed(one)} for pk, one in needing.items()),
            *overfull.values(),
            *({"id": pk, "why": "no_room", "words": NO_ROOM} for pk in crowded),
        ]
        ids = [pk for pk in ids if not (pk in needing or pk in overfull or pk in crowded)]
        judge = Judge(by, ids)
        try:
            with transaction.atomic():
                changed = self.put(change_set, setter, ids)
                if faults := judge.strict(changed):
                    raise _Broken(faults)
        except _Broken as broken:
            rule_of = {fault.customer_id: fault.rule for fault in broken.faults}
            kept = [pk for pk in ids if pk not in rule_of]
            refused = [
                {"id": pk, "why": "entry_rule", "words": {"en": rule.en, "zh": rule.zh}}
                for pk, rule in rule_of.items()
            ]
            changed, left = self.put(change_set, setter, kept), [*left, *refused]
        return Written(changed, left, [fault.rule for fault in judge.warned(changed)])


def _needed(one: AttributeDefinition) -> dict[str, str]:
    """Why an attribute stays, in words."""
    stage = next(each for each in STAGES if each.value == one.mandatory_stage)
    return {
        "en": f"“{one.label_en}” is needed from the stage “{stage.en}” on.",
        "zh": f"自“{stage.zh}”阶段起必须填写“{one.label_zh}”。",
    }


def _edit(by: Viewer, changes: Mapping[str, Any]) -> Setter:
    if not changes:
        raise Invalid.at("changes", "required", "Say what to change.")
    attributes = {
        code.removeprefix(PREFIX): value for code, value in changes.items() if code.startswith(PREFIX)
    }
    plain = {code: value for code, value in changes.items() if not code.startswith(PREFIX)}
    # A customer that is never saved finds out what the values become.
    sample = Customer()
    set_values(by, sample, plain)
    values: dict[str, Any] = {code: getattr(sample, code) for code in plain}
    setters = [f"{code} = %s" for code in values]
    differs = [f"{code} IS DISTINCT FROM %s" for code in values]
    parameters, differing = list(values.values()), list(values.values())
    written: dict[str, Any] = {}
    if attributes:
        merged = "(attributes - %s::text[]) || %s"
        written = attribute_values.parsed(by, attributes)
        pair = [
            list(written), Jsonb({code: one for code, one in written.items() if one is not None})
        ]  # fmt: skip
        setters.append(f"attributes = {merged}")
        differs.append(f"attributes IS DISTINCT FROM {merged}")
        parameters += pair
        differing += pair
    columns = (*values, *(["attributes"] if attributes else []))
    emptied = tuple(code for code, one in written.items() if one is None)
    return Setter(
        ", ".join(setters), parameters, " OR ".join(differs), differing, columns, dict(changes), emptied
    )


def _without_room(by: Viewer, setter: Setter, ids: Sequence[int]) -> set[int]:
    """Those for whom the receiver, asked when the action was wanted, has no room any more."""
    if setter.receiver is None or (setter.over_capacity and setter.receiver != by.user_id):
        return set()
    room = capacity.room([setter.receiver]).get(setter.receiver)
    if room is None:
        return set()
    coming = Customer.objects.filter(pk__in=ids).exclude(owner_id=setter.receiver).order_by("pk")
    return set(coming.values_list("pk", flat=True)[room:])


def _assign(by: Viewer, owner_id: int | None, over_capacity: bool) -> Setter:
    if owner_id is None:
        return Setter("owner_id = NULL", [], "owner_id IS NOT NULL", [], ("owner_id", "department_id"),
                      {"owner_id": None})  # fmt: skip
    pair = [owner_id, require_receiver(by, owner_id)]
    named = people.owners({owner_id})[owner_id].shown_name
    return Setter(
        "owner_id = %s, department_id = %s", pair,
        "(owner_id, department_id) IS DISTINCT FROM (%s, %s)", pair,
        ("owner_id", "department_id"), {"owner_id": owner_id, "owner": named},
        receiver=owner_id, over_capacity=over_capacity,
    )  # fmt: skip
