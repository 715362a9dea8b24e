"""Customers thrown away: out of sight at once, and gone for good after a while."""

from datetime import datetime

from django.db import transaction

from jinzita.customers import selectors
from jinzita.customers.models import Customer
from jinzita.customers.services.announcing import announce
from jinzita.customers.services.purging import purge, purge_expired
from jinzita.customers.services.removal import remove_with_everything
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound


@transaction.atomic
def trash_customer(*, by: Viewer, customer_id: int, now: datetime) -> None:
    """Put one customer into the trash. Raises NotFound, Forbidden."""
    selectors.require_visible(by, customer_id)
    by.require(Permission.DELETE)
    selectors.require_reached(by, customer_id)
    one = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    if one.trashed_at is None:
        one.trashed_at, one.trashed_by_id = now, by.user_id
        _save(by, one, "trash")


@transaction.atomic
def restore_customer(*, by: Viewer, customer_id: int) -> Customer:
    """Take a customer out of the trash. Raises NotFound, Forbidden."""
    selectors.require_reached(by, customer_id)
    if not selectors.within_reach(by).filter(pk=customer_id).exists():
        raise NotFound(f"There is no customer {customer_id}.")
    by.require(Permission.DELETE)
    one = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    if one.trashed_at is not None:
        one.trashed_at, one.trashed_by = None, None
        _save(by, one, "restore")
    return selectors.customer(by, customer_id)


@transaction.atomic
def purge_customer(*, by: Viewer, customer_id: int) -> None:
    """Remove a customer in the trash for good, with everything known of it. Raises NotFound, Forbidden."""
    by.require(Permission.HANDLE_PRIVACY)
    if not selectors.within_reach(by).filter(pk=customer_id, trashed_at__isnull=False).exists():
        raise NotFound(f"There is no customer {customer_id} in the trash.")
    purge(by, Customer, [customer_id], remove_with_everything)


def purge_old(*, by: Viewer, now: datetime) -> int:
    """Remove for good whom nobody took out of the trash in JINZITA_TRASH_DAYS; answers how many."""
    return purge_expired(by, Customer, remove_with_everything, now=now)


def _save(by: Viewer, one: Customer, action: str) -> None:
    one.version += 1
    one.save(update_fields=["trashed_at", "trashed_by", "version", "updated_at"])
    audit.record(
        by=by, action=action, subject_type="customer", subject_id=one.pk, changes={"name": one.name},
        version=one.version,
    )  # fmt: skip
    announce(ids=[one.pk], columns=["trashed_at"])
