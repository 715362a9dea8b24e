"""One change of many customers: asked for here, done by a job, batch by batch.

A batch is one transaction with the note of how far the work came, so that a worker that is killed is
followed by another that goes on; what was done can be undone as one.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from jinzita.customers import selectors
from jinzita.customers.fields import STAGES
from jinzita.customers.models import AttributeDefinition, BulkAction, Customer
from jinzita.customers.selectors.entry_rules import Fault
from jinzita.customers.services.announcing import announce
from jinzita.customers.services.attributes import values as attribute_values
from jinzita.customers.services.customers import MOST_TAGS
from jinzita.customers.services.entry import Judge
from jinzita.customers.services.setting import Setter, setter_of
from jinzita.kernel import audit, jobs, outbox, undo
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, Problem
from jinzita.kernel.models import ChangeSet, Job
from jinzita.people import selectors as people

JOB, TASK = "bulk", "customers.bulk"
BATCH, MOST_IDS, MOST_REFUSED_SHOWN = 10_000, 5_000, 100
Action = BulkAction.Action
TOO_MANY_TAGS = {
    "en": f"They would have more than {MOST_TAGS} tags.", "zh": f"加上后标签将超过 {MOST_TAGS} 个。"
}  # fmt: skip
# What being in the team of a customer does not allow.
NOT_BY_TEAM = (Action.ASSIGN, Action.DELETE)
BY_TEAM_ONLY = {
    "en": "You see them only by being in their team.", "zh": "您只因在客户团队中才能看到，不能分配或删除。"
}  # fmt: skip
NEEDS = {
    Action.EDIT: Permission.EDIT_CUSTOMERS,
    Action.ASSIGN: Permission.ASSIGN,
    Action.TAG: Permission.EDIT_CUSTOMERS,
    Action.UNTAG: Permission.EDIT_CUSTOMERS,
    Action.DELETE: Permission.DELETE,
    Action.RESTORE: Permission.DELETE,
}


@transaction.atomic
def request_bulk(
    *, by: Viewer, action: str, selection: Mapping[str, Any], changes: Mapping[str, Any] | None = None,
    owner_id: int | None = None, tags: Sequence[str] | None = None,
) -> Job:  # fmt: skip
    """Ask for a change of all customers of a selection: ids, or a filter with words and the count expected.

    Everything is checked now, so that the job finds nothing to complain of. Raises Forbidden, Invalid,
    Conflict (selection_changed) when another number of customers fits than was seen.
    """
    if action not in NEEDS:
        raise Invalid.at("action", "unknown_choice", f"action must be one of {', '.join(Action.values)}.")
    by.require(NEEDS[Action(action)])
    wanted: dict[str, Any] = {"changes": dict(changes or {}), "owner_id": owner_id, "tags": list(tags or [])}
    setter_of(by=by, action=action, **wanted)
    count = _require_expected(by, action, selection)
    job = jobs.begin(kind=JOB, by=by, message=action, total=count)
    one = BulkAction.objects.create(
        action=action, by_id=by.user_id, job=job, selection=dict(selection), changes=wanted
    )
    outbox.defer(TASK, queue="long", bulk_id=one.pk)
    return job


def run_bulk(bulk_id: int, *, now: datetime) -> Job:
    """Do a bulk action, or what is left of it, on behalf of who asked for it."""
    one = BulkAction.objects.get(pk=bulk_id)

    def work(progress: jobs.Progress) -> dict[str, Any]:
        _Run(one, people.actor(one.by_id), now).work(progress)
        return {
            "action": one.action, "change_set": one.change_set_id, "changed": one.changed,
            "unchanged": len(one.ids or []) - one.changed - one.refused_count,
            "refused": one.refused, "refused_count": one.refused_count,
        }  # fmt: skip

    return jobs.perform(one.job_id, work)


def resume_silent(*, now: datetime) -> int:
    """Give actions whose worker was killed to another; answers how many."""
    silent = list(BulkAction.objects.filter(job__in=jobs.silent(JOB, now=now)).values_list("pk", flat=True))
    for bulk_id in silent:
        outbox.defer(TASK, queue="long", once=f"bulk {bulk_id}", bulk_id=bulk_id)
    return len(silent)


class _Broken(Exception):
    """Rolls back what would break rules of entry."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = faults


class _Run:
    def __init__(self, one: BulkAction, by: Viewer, now: datetime) -> None:
        self.one, self.by, self.now = one, by, now
        self.setter = setter_of(by=by, action=one.action, now=now, **one.changes)

    def work(self, progress: jobs.Progress) -> None:
        self.by.require(NEEDS[Action(self.one.action)])
        if self.one.ids is None:
            progress(0, message="collecting")
            self._collect()
        total = len(self.one.ids or [])
        progress(self.one.done, total, message=self.one.action)
        while self.one.done < total:
            self._batch()
            progress(self.one.done, total)

    @transaction.atomic
    def _collect(self) -> None:
        """Fix who is meant: what is changed may itself decide who fits the filter."""
        if "ids" in self.one.selection:
            self.one.ids = sorted(set(self.one.selection["ids"]))
            self.one.save(update_fields=["ids"])
        else:
            rows = _fitting(self.by, self.one.action, self.one.selection).order_by().values("pk")
            statement, parameters = rows.query.sql_with_params()
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE customers_bulkaction SET ids = (SELECT coalesce(array_agg(id ORDER BY id), '{}')"
                    f" FROM ({statement}) AS found(id)) WHERE id = %s",
                    [*parameters, self.one.pk],
                )
            self.one.refresh_from_db(fields=["ids"])
        words = {
            "action": self.one.action, "changes": self.setter.words, "count": len(self.one.ids or []),
            "filter": self.one.selection.get("filter"), "q": self.one.selection.get("q"),
        }  # fmt: skip
        self.one.change_set = undo.begin(
            by=self.by, kind=f"bulk_{self.one.action}", words=words, job=self.one.job
        )
        self.one.save(update_fields=["change_set"])
        audit.record(
            by=self.by, action=f"bulk_{self.one.action}", subject_type="customer",
            changes={**words, "change_set": self.one.change_set.pk},
        )  # fmt: skip

    @transaction.atomic
    def _batch(self) -> None:
        one = self.one
        done = BulkAction.objects.select_for_update().values_list("done", flat=True).get(pk=one.pk)
        if done != one.done or one.change_set is None:
            raise Conflict("This is being done by another process.")
        part = (one.ids or [])[done : done + BATCH]
        # One parameter instead of ten thousand.
        among = RawSQL("SELECT unnest(%s::bigint[])", [part])
        rows = _reachable(self.by, one.action).filter(pk__in=among).order_by("pk")
        ids = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
        changed, faults = self._written(one.change_set, ids)
        announce(ids=changed, columns=self.setter.columns, by=self.by)
        refused = self._out_of_reach(set(part).difference(ids))
        self._count(part, [*refused, *faults], changed)

    def _out_of_reach(self, ids: set[int]) -> list[dict[str, Any]]:
        """Those that are not there for this action; of those that are seen, why."""
        seen = selectors.visible_ids(self.by, sorted(ids)) if ids and self.one.action in NOT_BY_TEAM else ()
        return [
            {"id": pk, "why": "by_team_only", "words": BY_TEAM_ONLY} if pk in seen
            else {"id": pk, "why": "not_found"}
            for pk in sorted(ids)
        ]  # fmt: skip

    def _written(self, change_set: ChangeSet, ids: list[int]) -> tuple[list[int], list[dict[str, Any]]]:
        """Those changed, and those left as they were because they would break a rule of entry, lack what
        their stage of life needs, or hold more than they can.
        """
        if self.one.action in (Action.DELETE, Action.RESTORE):
            return _write(change_set, self.setter, ids), []
        needing = attribute_values.kept_from_emptying(self.by, ids, self.setter.emptied)
        overfull = _overfull(self.setter, ids)
        left = [
            *({"id": pk, "why": "mandatory", "words": _needed(one)} for pk, one in needing.items()),
            *({"id": pk, "why": "too_many_tags", "words": TOO_MANY_TAGS} for pk in overfull),
        ]
        ids = [pk for pk in ids if pk not in needing and pk not in overfull]
        judge = Judge(self.by, ids)
        try:
            with transaction.atomic():
                changed = _write(change_set, self.setter, ids)
                if faults := judge.strict(changed):
                    raise _Broken(faults)
        except _Broken as broken:
            rule_of = {fault.customer_id: fault.rule for fault in broken.faults}
            kept = [pk for pk in ids if pk not in rule_of]
            refused = [
                {"id": pk, "why": "entry_rule", "words": {"en": rule.en, "zh": rule.zh}}
                for pk, rule in rule_of.items()
            ]
            return _write(change_set, self.setter, kept), [*left, *refused]
        return changed, left

    def _count(self, part: Sequence[int], refused: Sequence[Mapping[str, Any]], changed: list[int]) -> None:
        one = self.one
        shown = refused[: MOST_REFUSED_SHOWN - len(one.refused)]
        # What could not be found has no name that may be told.
        there = [each["id"] for each in shown if each["why"] != "not_found"]
        names = dict(Customer.objects.filter(pk__in=there).values_list("pk", "name"))
        one.refused += [{**each, "name": names.get(each["id"], "")} for each in shown]
        one.refused_count += len(refused)
        one.done += len(part)
        one.changed += len(changed)
        one.save(update_fields=["done", "changed", "refused", "refused_count"])


def _needed(one: AttributeDefinition) -> dict[str, str]:
    """Why an attribute stays, in words."""
    stage = next(each for each in STAGES if each.value == one.mandatory_stage)
    return {
        "en": f"“{one.label_en}” is needed from the stage “{stage.en}” on.",
        "zh": f"自“{stage.zh}”阶段起必须填写“{one.label_zh}”。",
    }


def _overfull(setter: Setter, ids: list[int]) -> set[int]:
    """Those that cannot hold what would be added."""
    if not setter.overfull:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM customers_customer WHERE id = ANY(%s) AND {setter.overfull}",
            [ids, *setter.overfull_parameters],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _write(change_set: ChangeSet, setter: Setter, ids: list[int]) -> list[int]:
    with undo.recording(change_set, Customer, ids, columns=setter.columns), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE customers_customer SET {setter.sql}, version = version + 1, updated_at = now()"
            f" WHERE id = ANY(%s) AND ({setter.differs}) RETURNING id",
            [*setter.parameters, ids, *setter.differs_parameters],
        )
        changed = sorted(pk for (pk,) in cursor.fetchall())
        if "attributes" in setter.columns:
            attribute_values.recompute(changed)
        return changed


def _reachable(by: Viewer, action: str) -> QuerySet[Customer]:
    if action == Action.RESTORE:
        return selectors.within_reach(by).filter(trashed_at__isnull=False)
    return selectors.visible_to(by.by_reach() if action in NOT_BY_TEAM else by)


def _fitting(by: Viewer, action: str, selection: Mapping[str, Any]) -> QuerySet[Customer]:
    if action == Action.RESTORE:
        raise Invalid.at("selection.ids", "required", "Customers in the trash are named by their ids.")
    return selectors.matching(by, filter=_text(selection.get("filter")), q=selection.get("q"))


def _text(filter: Any) -> str | None:
    return filter if filter is None or isinstance(filter, str) else json.dumps(filter)


def _require_expected(by: Viewer, action: str, selection: Mapping[str, Any]) -> int:
    if "ids" in selection:
        ids = selection["ids"]
        if not isinstance(ids, list) or not 1 <= len(ids) <= MOST_IDS:
            raise Invalid.at(
                "selection.ids", "wrong_count", f"Name 1 to {MOST_IDS} customers.", most=MOST_IDS
            )
        return len(set(ids))
    count, expected = _fitting(by, action, selection).count(), selection.get("expected")
    if expected is None:
        raise Invalid.at("selection.expected", "required", "Say how many customers you expect to change.")
    if abs(count - expected) > max(10, expected // 100):
        problem = Problem("selection", "selection_changed", f"{count} customers fit now.", {"count": count})
        raise Conflict(
            "Another number of customers fits now than when you looked.", code="selection_changed",
            problems=[problem],
        )  # fmt: skip
    return count
