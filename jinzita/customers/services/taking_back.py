"""Change sets taken back on request, and single fields set back to what they were."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from jinzita.customers.events import ChangesUndone
from jinzita.customers.models import Contact, Customer
from jinzita.customers.selectors import history, require_visible
from jinzita.customers.selectors.subjects import CONTACT
from jinzita.customers.selectors.unseen import unseen
from jinzita.customers.services.contacts import update_contact
from jinzita.customers.services.customers import update_customer
from jinzita.kernel import events, jobs, outbox, undo
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.loading import MOST_CUSTOMERS_NAMED
from jinzita.kernel.models import ChangedRow, ChangeSet, Job
from jinzita.people import selectors as people

JOB, TASK = "undo", "customers.undo"
# Where a customer belongs.
_PLACE = ("id", "owner_id", "department_id")
# What somebody must be allowed to do, to take work of a kind back; else to edit customers.
_needs = {
    "import": Permission.IMPORT,
    "merge": Permission.MERGE,
    "bulk_delete": Permission.DELETE,
    "bulk_restore": Permission.DELETE,
    "bulk_assign": Permission.ASSIGN,
}


def need_to_undo(kind: str, permission: Permission) -> None:
    """Say what somebody must be allowed to do, to take work of this kind back; called by whoever does it."""
    _needs[kind] = permission


@transaction.atomic
def request_undo(*, by: Viewer, change_set_id: int, now: datetime) -> Job:
    """Ask for a change set to be taken back. Raises NotFound, Forbidden, Conflict."""
    by.require(Permission.EDIT_CUSTOMERS)
    one = undo.require_undoable(by, change_set_id, now=now)
    by.require(_needs.get(one.words.get("of_kind", one.kind), Permission.EDIT_CUSTOMERS))
    one.undo_job = jobs.begin(kind=JOB, by=by, message=one.kind, total=one.rows)
    one.save(update_fields=["undo_job"])
    outbox.defer(TASK, queue="long", change_set_id=one.pk)
    return one.undo_job


def run_undo(change_set_id: int) -> Job:
    """Take a change set back, or what is left of it, as its job."""
    one = ChangeSet.objects.get(pk=change_set_id)
    job = one.undo_job
    if job is None:
        raise ValueError(f"nobody asked to undo change set {change_set_id}")
    by = people.actor(job.requested_by_id)

    def work(progress: jobs.Progress) -> dict[str, Any]:
        progress(0, one.rows, message=one.kind)
        found = undo.take_back(change_set_id=change_set_id, by=by, progress=progress)
        _tell(one, found)
        return {"change_set": change_set_id, **found}

    return jobs.perform(job.pk, work)


def _tell(one: ChangeSet, found: Mapping[str, int]) -> None:
    ids = undo.owners_of(one, "customer_id", most=MOST_CUSTOMERS_NAMED + 1)
    many = len(ids) > MOST_CUSTOMERS_NAMED
    with transaction.atomic():
        events.publish(
            ChangesUndone(
                one.pk, one.kind, found["undone"], found["conflicts"],
                customer_ids=[] if many else ids, many=many,
            )
        )  # fmt: skip


def resume_undo(*, now: datetime) -> int:
    """Give undoings whose worker was killed to another; answers how many."""
    sets = ChangeSet.objects.filter(undo_job__in=jobs.silent(JOB, now=now))
    silent = list(sets.values_list("pk", flat=True))
    for change_set_id in silent:
        outbox.defer(TASK, queue="long", once=f"undo {change_set_id}", change_set_id=change_set_id)
    return len(silent)


def guard_undo() -> None:
    """Called when Django is ready."""
    undo.guard(_out_of_reach)


def _out_of_reach(by: Viewer, changed_row_ids: Sequence[int]) -> set[int]:
    """What is of customers that went out of reach since; not by the very change that is taken back."""
    if by.reach is Reach.ALL:
        return set()
    rows = list(ChangedRow.objects.filter(pk__in=changed_row_ids))
    hidden = unseen(by, rows)
    own = [one for one in rows if one.pk in hidden and one.table == Customer._meta.db_table]
    now = {
        one["id"]: one for one in Customer.objects.filter(pk__in=[one.row_id for one in own]).values(*_PLACE)
    }
    for one in own:
        moved = {name: (one.after or {}).get(name) for name in _PLACE if name in (one.before or {})}
        if moved and one.row_id in now and moved.items() <= now[one.row_id].items():
            hidden.discard(one.pk)
    return hidden


def restore_field(*, by: Viewer, customer_id: int, entry_id: str, field: str) -> Customer:
    """Set a field back to what it was before a change. Raises NotFound, Forbidden, Invalid."""
    require_visible(by, customer_id)
    by.require(Permission.EDIT_CUSTOMERS)
    value = history.before(by, customer_id, entry_id, field)
    group, _, code = field.partition(".")
    changes = {"attributes": {code: value}} if group == "attributes" else {field: value}
    return update_customer(by=by, customer_id=customer_id, changes=changes)


def restore_contact_field(*, by: Viewer, contact_id: int, entry_id: str, field: str, today: date) -> Contact:
    """Set a contact's field back to what it was before a change. Raises NotFound, Forbidden, Invalid."""
    CONTACT.require(by, contact_id)
    by.require(Permission.EDIT_CUSTOMERS)
    value = history.before(by, contact_id, entry_id, field, CONTACT)
    if field == "birthday" and value:
        value = date.fromisoformat(value)
    return update_contact(by=by, contact_id=contact_id, changes={field: value}, version=None, today=today)
