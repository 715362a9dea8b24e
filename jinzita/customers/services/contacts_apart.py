"""Contacts that look alike and are different people: what somebody said of them, and takes back."""

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations

from django.db import transaction
from django.db.models import QuerySet

from jinzita.customers.models import ContactsApart
from jinzita.customers.selectors.contacts import visible_contacts
from jinzita.customers.services.merging.locks import hold_still
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound


@transaction.atomic
def tell_apart(*, by: Viewer, contact_ids: Sequence[int], now: datetime) -> None:
    """Say that each of these contacts is another person. Raises Forbidden, NotFound."""
    ids = _held(by, contact_ids)
    known = {frozenset(pair) for pair in _pairs(ids).values_list("first_id", "second_id")}
    fresh = [pair for pair in combinations(ids, 2) if frozenset(pair) not in known]
    ContactsApart.objects.bulk_create(
        (
            ContactsApart(first_id=first, second_id=second, by_id=by.user_id, by_name=by.name, at=now)
            for first, second in fresh
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )
    _note(by, "tell_apart", fresh)


@transaction.atomic
def tell_apart_no_more(*, by: Viewer, contact_ids: Sequence[int]) -> None:
    """Take back that these contacts are different people. Raises Forbidden, NotFound."""
    rows = _pairs(_held(by, contact_ids)).select_for_update()
    pairs = list(rows.values_list("first_id", "second_id"))
    rows.delete()
    _note(by, "tell_apart_no_more", pairs)


def _held(by: Viewer, contact_ids: Sequence[int]) -> list[int]:
    """The contacts, the lower id first; none is merged until the caller's transaction ends."""
    by.require(Permission.MERGE)
    hold_still()
    ids = sorted(set(contact_ids))
    rows = visible_contacts(by).filter(pk__in=ids, erased_at=None)
    if missing := set(ids) - set(rows.values_list("pk", flat=True)):
        raise NotFound(f"There is no contact {min(missing)}.")
    return ids


def _pairs(ids: Sequence[int]) -> QuerySet[ContactsApart]:
    return ContactsApart.objects.filter(first__in=ids, second__in=ids)


def _note(by: Viewer, action: str, pairs: Sequence[tuple[int, int]]) -> None:
    ids = sorted({one for pair in pairs for one in pair})
    audit.record_each(
        by=by, action=action, subject_type="contact", changes={"ids": ids}, versions=dict.fromkeys(ids)
    )
