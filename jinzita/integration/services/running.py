"""The import at work: batch by batch, each one transaction that also says how far it came.

A process that is killed leaves the batches it finished; going on means reading the file again, past the rows
that are done. A dry run does everything, and rolls each batch back.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from jinzita.customers.services.loading.known import AMBIGUOUS, HIDDEN, NO_KEY, NO_RECORD, TAKEN, TRASHED
from jinzita.customers.services.loading.known_contacts import (
    CONTACT_AMBIGUOUS,
    CONTACT_TRASHED,
    NO_CONTACT,
    NO_CONTACT_KEY,
    NOWHERE,
)
from jinzita.customers.services.loading.parents import REFUSED as NO_PARENT
from jinzita.customers.services.loading.relations import ITSELF
from jinzita.customers.services.loading.ways import TOO_MANY
from jinzita.integration.events import ImportFinished
from jinzita.integration.models import Import
from jinzita.integration.reading import Batch, open_file
from jinzita.integration.services import awaiting, uploads
from jinzita.integration.services.correcting import corrected
from jinzita.integration.services.keeping import keep_bad_rows
from jinzita.integration.services.loaders import load_rows
from jinzita.integration.services.plan import Plan, plan_from_json
from jinzita.integration.services.preparing import Prepared, Preparer, Reason, without_blank_rows
from jinzita.integration.services.scanning import Scan, scan
from jinzita.kernel import audit, events, undo
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Conflict
from jinzita.kernel.jobs import Cancelled
from jinzita.kernel.loading import MOST_CUSTOMERS_NAMED, Loaded
from jinzita.kernel.models import ChangeSet

Progress = Callable[..., None]
# Why a customer a row names cannot be had.
_CUSTOMER = {
    HIDDEN: "hidden_customer", TRASHED: "customer_in_trash", AMBIGUOUS: "ambiguous_customer",
    NO_KEY: "no_key", NO_RECORD: "no_such_record", TOO_MANY: "too_many_of_customer",
    "no room": "capacity_full",
    "erased customer": "erased_customer", "customer": "unknown_customer",
}  # fmt: skip
# Why the contact itself that a row is about cannot be had.
_CONTACT = {
    NO_CONTACT: "no_such_contact", NO_CONTACT_KEY: "no_contact_key", CONTACT_TRASHED: "contact_in_trash",
    CONTACT_AMBIGUOUS: "ambiguous_contact",
}  # fmt: skip


class _Undone(Exception):
    """Rolls a batch of a dry run back."""


def perform(*, by: Viewer, import_id: int, progress: Progress) -> dict[str, Any]:
    """Do the import, or what is left of it; answers its counts. Raises UnreadableFile, Invalid, Conflict."""
    one = Import.objects.select_related("upload", "change_set").get(pk=import_id)
    require_standing(one)
    if one.upload is None or not uploads.path_of(one.upload).exists():
        raise Conflict("The file of this import is no longer there; import it anew.", code="file_gone")
    plan = plan_from_json(one.plan)
    rows = corrected(open_file(uploads.path_of(one.upload), plan.description), plan.corrections)
    progress(0, message="reading")
    found = scan(rows, plan, seen=lambda count: progress(0, message="reading"))
    Import.objects.filter(pk=one.pk).update(total=found.total, columns=rows.columns)
    one.total = found.total
    run = _Run(by, one, Preparer(plan, found.styles, by, found.bringing), found)
    progress(one.read, found.total, message="importing")
    try:
        for batch in rows.batches():
            batch = _left(without_blank_rows(batch), one.last_row)
            if batch.rows:
                run.take(batch)
                progress(one.read, found.total)
        awaiting.settle(by=by, one=one, plan=plan, tell=lambda: progress(one.read, found.total))
    except Cancelled:
        awaiting.settle(by=by, one=one, plan=plan)
        _tell(one, run)  # what came in before stays, so the house must know of it
        raise
    _finish(by, one, run)
    return counts(one)


def require_standing(one: Import) -> None:
    """Raises Conflict when what the import did was taken back, or is being so."""
    if one.change_set is not None and one.change_set.state != ChangeSet.State.DONE:
        raise Conflict("This import was undone; import the file anew.", code="undone")


class _Run:
    """What is gathered over the batches of one import."""

    def __init__(self, by: Viewer, one: Import, preparer: Preparer, found: Scan) -> None:
        self.by, self.one, self.preparer, self.found = by, one, preparer, found
        self.customer_ids: set[int] = set()
        # Whom the batches before a fall touched is not known any more.
        self.resumed = one.last_row > 0

    def take(self, batch: Batch) -> None:
        """Load one batch, in one transaction with what it changes of the import."""
        began = time.monotonic()
        prepared = self.preparer.prepare(batch, self.found.ordinals_of(batch.numbers))
        rows, superseded = self._without_superseded(prepared.rows)
        awaited = awaiting.of_rows(prepared.awaited, rows)
        with transaction.atomic():
            self._require_alone()
            with undo.gathering(self.one.change_set):
                loaded = self._load(rows, awaited)
                if awaited and not self.one.dry_run:
                    awaiting.note(
                        by=self.by, one=self.one, plan=self.preparer.plan, batch=batch, awaited=awaited,
                        records=loaded.records,
                    )  # fmt: skip
            add_refused(self.preparer.plan, prepared, loaded, rows)
            self._count(batch, prepared, loaded, superseded, time.monotonic() - began)
            keep_bad_rows(self.one, batch, prepared)
        if len(self.customer_ids) <= MOST_CUSTOMERS_NAMED:
            self.customer_ids |= loaded.customer_ids

    def _require_alone(self) -> None:
        """Two workers at the same import, one of them taken for dead: the second batch of the
        same rows stops.
        """
        there = Import.objects.select_for_update().only("last_row").get(pk=self.one.pk).last_row
        if there != self.one.last_row:
            raise Conflict("This import is being done by another process.")

    def _load(self, rows: pa.Table, asked: Collection[int]) -> Loaded:
        if not rows.num_rows:
            return Loaded()
        if not self.one.dry_run:
            return load_rows(by=self.by, plan=self.preparer.plan, rows=rows, asked=asked)
        try:
            with transaction.atomic():
                loaded = load_rows(by=self.by, plan=self.preparer.plan, rows=rows, asked=asked)
                raise _Undone
        except _Undone:
            return loaded

    def _without_superseded(self, rows: pa.Table) -> tuple[pa.Table, int]:
        if not len(self.found.superseded):
            return rows, 0
        keep = pa.array(~np.isin(rows["number"].to_numpy(), self.found.superseded))
        kept = rows.filter(keep)
        return kept, rows.num_rows - kept.num_rows

    def _count(
        self, batch: Batch, prepared: Prepared, loaded: Loaded, superseded: int, seconds: float
    ) -> None:
        one = self.one
        one.read += batch.rows
        one.created += loaded.created
        one.updated += loaded.updated
        one.unchanged += loaded.unchanged + superseded
        one.superseded += loaded.superseded + superseded
        one.skipped += len(loaded.skipped)
        one.bad += len(prepared.bad)
        one.reasons = dict(Counter(one.reasons) + prepared.reasons())
        one.last_row = _last_number(batch)
        one.seconds += seconds
        one.save(update_fields=[
            "read", "created", "updated", "unchanged", "superseded", "skipped", "bad", "reasons", "last_row",
            "seconds",
        ])  # fmt: skip


def counts(one: Import) -> dict[str, Any]:
    """The counts of an import, for its job's result."""
    names = ("read", "created", "updated", "unchanged", "superseded", "skipped", "bad")
    return {"import_id": one.pk, **{name: getattr(one, name) for name in names}}


def _left(batch: Batch, last_row: int) -> Batch:
    """The rows of a batch that come after the last row done."""
    if not last_row:
        return batch
    keep = pc.greater(batch.numbers, last_row)
    broken = [one for one in batch.broken if one.number > last_row]
    return Batch(batch.table.filter(keep), batch.numbers.filter(keep), broken)


def _last_number(batch: Batch) -> int:
    numbers = [one.number for one in batch.broken[-1:]]
    if len(batch.numbers):
        numbers.append(batch.numbers[-1].as_py())
    return max(numbers)


def add_refused(plan: Plan, prepared: Prepared, loaded: Loaded, rows: pa.Table) -> None:
    """Rows that name a record nobody knows, or that the importer may not see, are bad rows too."""
    if not loaded.refused:
        return
    position = {number: i for i, number in enumerate(rows["number"].to_pylist())}
    for number, what in loaded.refused:
        field, code = _worded(plan, what)
        column = next((one for one in (field, "source_key") if one in rows.column_names), None)
        value = rows[column][position[number]].as_py() if column and number in position else ""
        candidates = tuple(loaded.candidates.get(number, ()))
        prepared.bad.setdefault(number, []).append(Reason(field, code, str(value or "")[:200], candidates))


def _worded(plan: Plan, what: str) -> tuple[str, str]:
    """The field and the code of a refusal."""
    if what.startswith("rule-"):
        code, _, field = what.partition(" ")
        return field, code
    if what in _CUSTOMER:
        own = plan.kind == "customers" and plan.match_by != "source_key"
        return plan.own_key.fields[0] if own else "customer", _CUSTOMER[what]
    if what in _CONTACT:
        return plan.own_key.fields[0], _CONTACT[what]
    if what == NOWHERE:
        return "customer", "required"
    if what in NO_PARENT:
        return "parent", what
    if what == ITSELF:
        return "other", what
    if what == TAKEN:
        return "", "number_taken"
    return what, "required" if what.startswith("attributes.") else f"unknown_{what}"


def _finish(by: Viewer, one: Import, run: _Run) -> None:
    with transaction.atomic():
        audit.record(
            by=by, action="import", subject_type="import", subject_id=one.pk,
            changes={"kind": one.kind, "source": one.source, "filename": one.filename, "dry_run": one.dry_run,
                     **counts(one)},
        )  # fmt: skip
        _tell(one, run)
    upload = one.upload
    if upload is not None and not one.dry_run:
        one.upload = None
        uploads.discard(upload)


def _tell(one: Import, run: _Run) -> None:
    """Tell the house, once for the whole file."""
    if one.dry_run or not one.created + one.updated:
        return
    many = run.resumed or len(run.customer_ids) > MOST_CUSTOMERS_NAMED
    plan = run.preparer.plan
    with transaction.atomic():
        events.publish(
            ImportFinished(
                kind=one.kind,
                sources=sorted({plan.source, plan.customer_source or plan.source}),
                customer_ids=[] if many else sorted(run.customer_ids),
                many=many,
            )
        )
