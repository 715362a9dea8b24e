"""Contacts thrown away: out of sight at once, and gone for good after a while."""

from datetime import datetime

from django.db import transaction

from jinzita.customers import selectors
from jinzita.customers.models import Contact
from jinzita.customers.selectors import contacts as reading
from jinzita.customers.services.contacts import locked_contact, tell
from jinzita.customers.services.purging import purge, purge_expired
from jinzita.customers.services.removal import remove_contacts
from jinzita.kernel import audit
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
    purge(by, Contact, [contact_id], remove_contacts)


def purge_old_contacts(*, by: Viewer, now: datetime) -> int:
    """Remove for good whom nobody took out of the trash in JINZITA_TRASH_DAYS; answers how many."""
    return purge_expired(by, Contact, remove_contacts, now=now)


def _save(by: Viewer, one: Contact, action: str) -> None:
    one.version += 1
    one.save(update_fields=["trashed_at", "trashed_by", "version", "updated_at"])
    audit.record(
        by=by, action=action, subject_type="contact", subject_id=one.pk,
        changes={"version": [one.version - 1, one.version]},
    )  # fmt: skip
    tell([one.pk])
