"""Customers thrown away: out of sight at once, and gone for good after a while."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from jinzita.customers import selectors
from jinzita.customers.models import Customer
from jinzita.customers.services.announcing import announce
from jinzita.customers.services.removal import remove_with_everything
from jinzita.kernel import audit, undo
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound

PURGED_AT_ONCE = 500


@transaction.atomic
def trash_customer(*, by: Viewer, customer_id: int, now: datetime) -> None:
    """Put one customer into the trash. Raises NotFound, Forbidden."""
    selectors.require_visible(by, customer_id)
    by.require(Permission.DELETE)
    one = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    if one.trashed_at is None:
        one.trashed_at, one.trashed_by_id = now, by.user_id
        _save(by, one, "trash")


@transaction.atomic
def restore_customer(*, by: Viewer, customer_id: int) -> Customer:
    """Take a customer out of the trash. Raises NotFound, Forbidden."""
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
    _purge(by, [customer_id])


def purge_old(*, by: Viewer, now: datetime) -> int:
    """Remove for good whom nobody took out of the trash in JINZITA_TRASH_DAYS; answers how many."""
    since = now - timedelta(days=settings.TRASH_DAYS)
    count = 0
    while True:
        with transaction.atomic():
            old = Customer.objects.filter(trashed_at__lt=since).order_by("pk")
            ids = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:PURGED_AT_ONCE])
            _purge(by, ids)
        count += len(ids)
        if len(ids) < PURGED_AT_ONCE:
            return count


def _purge(by: Viewer, ids: Sequence[int]) -> None:
    if not ids:
        return
    undo.forget(Customer, ids)
    remove_with_everything(ids)
    for customer_id in ids:
        audit.record(by=by, action="purge", subject_type="customer", subject_id=customer_id)


def _save(by: Viewer, one: Customer, action: str) -> None:
    one.version += 1
    one.save(update_fields=["trashed_at", "trashed_by", "version", "updated_at"])
    audit.record(
        by=by, action=action, subject_type="customer", subject_id=one.pk, changes={"name": one.name},
        version=one.version,
    )  # fmt: skip
    announce(ids=[one.pk], columns=["trashed_at"])
