"""Contacts thrown away: out of sight at once, and gone for good after a while."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from jinzita.customers import selectors
from jinzita.customers.models import Contact
from jinzita.customers.selectors import contacts as reading
from jinzita.customers.services.contacts import locked_contact, tell
from jinzita.customers.services.removal import remove_contacts
from jinzita.customers.services.trash import PURGED_AT_ONCE
from jinzita.kernel import audit, undo
from jinzita.kernel.access import Permission, Viewer


@transaction.atomic
def trash_contact(*, by: Viewer, contact_id: int, now: datetime) -> None:
    """Put a contact into the trash, from where it can be restored. Raises NotFound, Forbidden."""
    by.require(Permission.DELETE)
    one = locked_contact(by, contact_id)
    one.trashed_at, one.trashed_by_id = now, by.user_id
    _save(by, one, "trash")


@transaction.atomic
def restore_contact(*, by: Viewer, contact_id: int) -> Contact:
    """Take a contact out of the trash. Raises NotFound, Forbidden."""
    by.require(Permission.DELETE)
    reading.contact(by, contact_id, trashed=True)
    one = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    one.trashed_at, one.trashed_by = None, None
    _save(by, one, "restore")
    return selectors.contact(by, contact_id)


@transaction.atomic
def purge_contact(*, by: Viewer, contact_id: int) -> None:
    """Remove a contact in the trash for good, with what became part of it. Raises NotFound, Forbidden."""
    by.require(Permission.HANDLE_PRIVACY)
    reading.contact(by, contact_id, trashed=True)
    _purge(by, [contact_id])


def purge_old_contacts(*, by: Viewer, now: datetime) -> int:
    """Remove for good whom nobody took out of the trash in JINZITA_TRASH_DAYS; answers how many."""
    since = now - timedelta(days=settings.TRASH_DAYS)
    count = 0
    while True:
        with transaction.atomic():
            old = Contact.objects.filter(trashed_at__lt=since).order_by("pk")
            ids = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:PURGED_AT_ONCE])
            _purge(by, ids)
        count += len(ids)
        if len(ids) < PURGED_AT_ONCE:
            return count


def _purge(by: Viewer, ids: Sequence[int]) -> None:
    if not ids:
        return
    undo.forget(Contact, ids)
    remove_contacts(ids)
    for contact_id in ids:
        audit.record(by=by, action="purge", subject_type="contact", subject_id=contact_id)


def _save(by: Viewer, one: Contact, action: str) -> None:
    one.version += 1
    one.save(update_fields=["trashed_at", "trashed_by", "version", "updated_at"])
    audit.record(
        by=by, action=action, subject_type="contact", subject_id=one.pk,
        changes={"version": [one.version - 1, one.version]},
    )  # fmt: skip
    tell(one)
