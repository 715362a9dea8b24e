"""A change set taken back: rows put back, then columns, then new rows removed, batch by batch.

What somebody changed since is left as it is and listed as a conflict. A batch is one transaction with the
note of how far it came, so that after a kill the next worker goes on where this one stopped.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from jinzita.kernel import audit
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Conflict
from jinzita.kernel.models import ChangedRow, ChangeSet
from jinzita.kernel.undo import applying
from jinzita.kernel.undo.lake import touching
from jinzita.kernel.undo.packing import unpack
from jinzita.kernel.undo.recording import begin
from jinzita.kernel.undo.tables import Table, guarded, tables_named

BATCH = 10_000
Progress = Callable[..., None]
# What is taken back by each step: rows deleted, changed, inserted; of these, once more, those others held.
_PART = {
    "back": models.Q(after__isnull=True, before__isnull=False),
    "changed": models.Q(after__isnull=False, before__isnull=False),
    "gone": models.Q(after__isnull=False, before__isnull=True),
    "held": models.Q(after__isnull=False, before__isnull=True, conflict=["@referenced"]),
}


def take_back(*, change_set_id: int, by: Viewer, progress: Progress = lambda *_: None) -> dict[str, int]:
    """Undo a change set; answers how many rows were taken back and how many could not be, all or in part.

    A small set is taken back in one transaction. The taking back is itself a change set, so that it stands in
    the history and can be undone. Raises Conflict when it is not there to be undone, or is being undone.
    """
    with transaction.atomic():
        one = ChangeSet.objects.select_for_update().get(pk=change_set_id)
        if one.state in (ChangeSet.State.UNDONE, ChangeSet.State.PARTLY_UNDONE):
            raise Conflict("This was undone already.", code="undone")
        if one.state == ChangeSet.State.DONE:
            words = {"of": one.pk, "of_kind": one.kind, "of_words": one.words}
            one.undone_by = begin(by=by, kind="undo", words=words)
            one.state, one.taken_back = ChangeSet.State.UNDOING, {"step": 0, "last": 0, "undone": 0}
            one.save(update_fields=["state", "taken_back", "undone_by"])
    with ExitStack() as stack:
        if one.rows <= BATCH:
            stack.enter_context(transaction.atomic())
        _Taking(one, by, progress).work()
    return {"undone": one.taken_back["undone"], "conflicts": conflict_count(one)}


def conflict_count(one: ChangeSet) -> int:
    return ChangedRow.objects.filter(change_set=one, conflict__isnull=False).count()


class _Taking:
    def __init__(self, one: ChangeSet, by: Viewer, progress: Progress) -> None:
        self.one, self.by, self.progress = one, by, progress

    def work(self) -> None:
        unpack(self.one.pk)
        names = ChangedRow.objects.filter(change_set=self.one).values_list("table", flat=True).distinct()
        tables = tables_named(names.order_by())
        steps = [("back", table) for table in tables] + [("changed", table) for table in tables]
        steps += [(what, table) for table in reversed(tables) for what in ("gone", "held")]
        for number, (what, table) in enumerate(steps):
            while self.one.taken_back["step"] == number:
                self._batch(number, what, table)
        self._finish()

    def _batch(self, number: int, what: str, table: Table) -> None:
        note = self.one.taken_back
        part = ChangedRow.objects.filter(_PART[what], change_set=self.one, table=table.name)
        ids = list(part.filter(pk__gt=note["last"]).order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            note.update(step=number + 1, last=0)
            ChangeSet.objects.filter(pk=self.one.pk).update(taken_back=note)
            return
        with transaction.atomic():
            self._require_alone(note)
            note = {**note, "last": ids[-1], "undone": note["undone"] + self._safely(what, table, ids)}
            ChangeSet.objects.filter(pk=self.one.pk).update(taken_back=note)
        self.one.taken_back = note
        self.progress(note["undone"], self.one.rows)

    def _require_alone(self, note: dict[str, Any]) -> None:
        now = ChangeSet.objects.select_for_update().values_list("taken_back", flat=True).get(pk=self.one.pk)
        if now != note:
            raise Conflict("This is being undone by another process.")

    def _safely(self, what: str, table: Table, ids: Sequence[int]) -> int:
        """Take these back; where the database refuses, half of them, until the refused one is alone."""
        try:
            with transaction.atomic():
                count = self._apply(what, table, ids)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return count
        except IntegrityError:
            if len(ids) == 1:
                ChangedRow.objects.filter(pk=ids[0]).update(conflict=["@refused"])
                return 0
            middle = len(ids) // 2
            return self._safely(what, table, ids[:middle]) + self._safely(what, table, ids[middle:])

    def _apply(self, what: str, table: Table, ids: Sequence[int]) -> int:
        if hidden := guarded(self.by, ids):
            ChangedRow.objects.filter(pk__in=hidden).update(conflict=["@hidden"])
            ids = [one for one in ids if one not in hidden]
        if not ids:
            return 0
        if what == "held":
            ChangedRow.objects.filter(pk__in=ids).update(conflict=None)
        work = {"back": applying.put_back, "changed": applying.restore}.get(what, applying.remove)
        with touching(table, ids):
            done = work(table, ids, int(self.one.undone_by_id or 0))
        table.follow(self.by, done)
        return len(done.changed) + len(done.back) + len(done.gone)

    @transaction.atomic
    def _finish(self) -> None:
        conflicts = conflict_count(self.one)
        self.one.state = ChangeSet.State.PARTLY_UNDONE if conflicts else ChangeSet.State.UNDONE
        self.one.save(update_fields=["state"])
        if self.one.kind == "undo" and not conflicts:  # what was undone stands again
            again = ChangeSet.objects.filter(pk=self.one.words.get("of"))
            again.update(state=ChangeSet.State.DONE, undone_by=None, taken_back={})
        audit.record(
            by=self.by, action="undo", subject_type="change_set", subject_id=self.one.pk,
            changes={"kind": self.one.kind, "undone": self.one.taken_back["undone"], "conflicts": conflicts},
        )  # fmt: skip
