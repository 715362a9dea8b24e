"""What lies in the trash removed for good, customers and contacts alike: when asked, or after a while."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from jinzita.customers.models import Contact, Customer
from jinzita.kernel import audit, undo
from jinzita.kernel.access import Viewer

AT_ONCE = 500
Remove = Callable[[Sequence[int]], object]


def purge(by: Viewer, model: type[Customer] | type[Contact], ids: Sequence[int], remove: Remove) -> None:
    """Forget these records and `remove` them, in the caller's transaction."""
    if not ids:
        return
    undo.forget(model, ids)
    remove(ids)
    audit.record_each(
        by=by, action="purge", subject_type=str(model._meta.model_name), changes={},
        versions=dict.fromkeys(ids),
    )  # fmt: skip


def purge_expired(
    by: Viewer, model: type[Customer] | type[Contact], remove: Remove, *, now: datetime
) -> int:  # fmt: skip
    """Purge what nobody took out of the trash in JINZITA_TRASH_DAYS; answers how many."""
    since = now - timedelta(days=settings.TRASH_DAYS)
    count = 0
    while True:
        with transaction.atomic():
            old = model._default_manager.filter(trashed_at__lt=since).order_by("pk")
            ids = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_ONCE])
            purge(by, model, ids, remove)
        count += len(ids)
        if len(ids) < AT_ONCE:
            return count
