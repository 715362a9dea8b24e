"""One change of many records: asked for here, done by a job, batch by batch.

A batch is one transaction with the note of how far the work came, so that a worker that is killed is
followed by another that goes on; what was done can be undone as one.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from jinzita.customers.fields.entry_rules import EntryRule
from jinzita.customers.models import BulkAction
from jinzita.customers.services.bulk.contacts import Contacts
from jinzita.customers.services.bulk.customers import Customers
from jinzita.customers.services.bulk.kinds import Action, BulkKind, Left, Written
from jinzita.kernel import audit, jobs, outbox, undo
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Conflict, Invalid, Problem
from jinzita.kernel.models import Job
from jinzita.people import selectors as people

JOB, TASK = "bulk", "customers.bulk"
BATCH, MOST_IDS, MOST_REFUSED_SHOWN = 10_000, 5_000, 100
KINDS: Mapping[str, BulkKind] = {one.code: one for one in (Customers(), Contacts())}


@transaction.atomic
def request_bulk(
    *, by: Viewer, action: str, selection: Mapping[str, Any], changes: Mapping[str, Any] | None = None,
    owner_id: int | None = None, over_capacity: bool = False, tags: Sequence[str] | None = None,
    kind: str = Customers.code,
) -> Job:  # fmt: skip
    """Ask for a change of all records of a selection: ids, or a filter with words and the count expected.

    Everything is checked now, so that the job finds nothing to complain of. Raises Forbidden, Invalid,
    Conflict (selection_changed) when another number of records fits than was seen, (capacity_full,
    receiver_full) when that is more than their new owner may hold.
    """
    of = KINDS[kind]
    if action not in of.needs:
        raise Invalid.at("action", "unknown_choice", f"action must be one of {', '.join(of.needs)}.")
    by.require(of.needs[Action(action)])
    wanted: dict[str, Any] = {
        "changes": dict(changes or {}), "owner_id": owner_id, "over_capacity": over_capacity,
        "tags": list(tags or []),
    }  # fmt: skip
    setter = of.setter(by=by, action=action, **wanted)
    count = _require_expected(of, by, action, selection)
    of.require_room(by, setter, _meant(of, by, action, selection))
    job = jobs.begin(kind=JOB, by=by, message=action, total=count)
    one = BulkAction.objects.create(
        kind=kind, action=action, by_id=by.user_id, job=job, selection=dict(selection), changes=wanted
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
            "refused": one.refused, "refused_count": one.refused_count, "warned": one.warned,
        }  # fmt: skip

    return jobs.perform(one.job_id, work)


def resume_silent(*, now: datetime) -> int:
    """Give actions whose worker was killed to another; answers how many."""
    silent = list(BulkAction.objects.filter(job__in=jobs.silent(JOB, now=now)).values_list("pk", flat=True))
    for bulk_id in silent:
        outbox.defer(TASK, queue="long", once=f"bulk {bulk_id}", bulk_id=bulk_id)
    return len(silent)


class _Run:
    def __init__(self, one: BulkAction, by: Viewer, now: datetime) -> None:
        self.one, self.by = one, by
        self.kind = KINDS[one.kind]
        self.setter = self.kind.setter(by=by, action=one.action, now=now, **one.changes)

    def work(self, progress: jobs.Progress) -> None:
        self.by.require(self.kind.needs[Action(self.one.action)])
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
            rows = _fitting(self.kind, self.by, self.one.action, self.one.selection).order_by().values("pk")
            statement, parameters = rows.query.sql_with_params()
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE customers_bulkaction SET ids = (SELECT coalesce(array_agg(id ORDER BY id), '{}')"
                    f" FROM ({statement}) AS found(id)) WHERE id = %s",
                    [*parameters, self.one.pk],
                )
            self.one.refresh_from_db(fields=["ids"])
        words = {
            "action": self.one.action, "records": self.kind.code, "changes": self.setter.words,
            "count": len(self.one.ids or []), "filter": self.one.selection.get("filter"),
            "q": self.one.selection.get("q"),
        }  # fmt: skip
        self.one.change_set = undo.begin(
            by=self.by, kind=f"bulk_{self.one.action}", words=words, job=self.one.job
        )
        self.one.save(update_fields=["change_set"])
        audit.record(
            by=self.by, action=f"bulk_{self.one.action}", subject_type=self.kind.word,
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
        rows = self.kind.reachable(self.by, one.action).filter(pk__in=among).order_by("pk")
        ids = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
        written = self.kind.write(self.by, one.action, one.change_set, self.setter, ids)
        if written.changed:
            self.kind.announce(written.changed, self.setter.columns, self.by)
        missing = sorted(set(part).difference(ids))
        refused = self.kind.left_out(self.by, one.action, missing) if missing else []
        self._count(part, [*refused, *written.left], written)

    def _count(self, part: Sequence[int], refused: Sequence[Left], written: Written) -> None:
        one = self.one
        shown = refused[: MOST_REFUSED_SHOWN - len(one.refused)]
        # What could not be found has no name that may be told.
        there = [each["id"] for each in shown if each["why"] != "not_found"]
        names = dict(self.kind.model._default_manager.filter(pk__in=there).values_list("pk", "name"))
        one.refused += [{**each, "name": names.get(each["id"], "")} for each in shown]
        one.refused_count += len(refused)
        one.done += len(part)
        one.changed += len(written.changed)
        one.warned = _warned(one.warned, written.warned)
        one.save(update_fields=["done", "changed", "refused", "refused_count", "warned"])


def _warned(before: Sequence[Mapping[str, Any]], rules: Sequence[EntryRule]) -> list[dict[str, Any]]:
    """How many customers came to break which rule, with those of the batches before."""
    counts = Counter({line["rule"]: line["count"] for line in before})
    words = {line["rule"]: line["words"] for line in before}
    for one in rules:
        counts[one.id] += 1
        words[one.id] = {"en": one.en, "zh": one.zh}
    return [{"rule": rule, "words": words[rule], "count": count} for rule, count in sorted(counts.items())]


def _meant(of: BulkKind, by: Viewer, action: str, selection: Mapping[str, Any]) -> QuerySet[Any]:
    """The records of a selection that the action can reach."""
    if "ids" in selection:
        return of.reachable(by, action).filter(pk__in=selection["ids"])
    return _fitting(of, by, action, selection)


def _fitting(of: BulkKind, by: Viewer, action: str, selection: Mapping[str, Any]) -> QuerySet[Any]:
    if action == Action.RESTORE:
        raise Invalid.at("selection.ids", "required", "What is in the trash is named by its ids.")
    return of.matching(by, filter=_text(selection.get("filter")), q=selection.get("q"))


def _text(filter: Any) -> str | None:
    return filter if filter is None or isinstance(filter, str) else json.dumps(filter)


def _require_expected(of: BulkKind, by: Viewer, action: str, selection: Mapping[str, Any]) -> int:
    if "ids" in selection:
        ids = selection["ids"]
        if not isinstance(ids, list) or not 1 <= len(ids) <= MOST_IDS:
            raise Invalid.at(
                "selection.ids", "wrong_count", f"Name 1 to {MOST_IDS} {of.code}.", most=MOST_IDS
            )
        return len(set(ids))
    count, expected = _fitting(of, by, action, selection).count(), selection.get("expected")
    if expected is None:
        raise Invalid.at("selection.expected", "required", f"Say how many {of.code} you expect to change.")
    if abs(count - expected) > max(10, expected // 100):
        problem = Problem("selection", "selection_changed", f"{count} {of.code} fit now.", {"count": count})
        raise Conflict(
            f"Another number of {of.code} fits now than when you looked.", code="selection_changed",
            problems=[problem],
        )  # fmt: skip
    return count
