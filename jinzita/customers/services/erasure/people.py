"""Forgetting people who asked for it, or with whom nothing happened for long."""

from datetime import datetime

from django.db import transaction

from jinzita.customers import selectors
from jinzita.customers.events import ContactsChanged, CustomersErased
from jinzita.customers.models import Contact, Customer, Position
from jinzita.customers.selectors import contacts as contact_reads
from jinzita.customers.services.erasure.erasing import Erasing
from jinzita.kernel import audit, events, outbox, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, NotFound

LONGEST_REASON = 400


@transaction.atomic
def erase_customer(*, by: Viewer, customer_id: int, reason: str, now: datetime) -> Customer:
    """Take out for good whatever is personal of a customer and the people at it; its facts stay.

    Nothing brings it back. Also of one in the trash. Raises NotFound, Forbidden, Invalid, Conflict.
    """
    why = required_reason(reason)
    selectors.require_reached(by, customer_id)
    if not selectors.within_reach(by).filter(pk=customer_id).exists():
        selectors.require_visible(by, customer_id)
        raise NotFound(f"There is no customer {customer_id}.")
    by.require(Permission.HANDLE_PRIVACY)
    one = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    if one.erased_at is not None:
        raise Conflict("This customer's personal data was erased before.", code="erased")
    erase(by, [customer_id], why, now)
    one.refresh_from_db()
    return one if one.trashed_at else selectors.customer(by, customer_id)


@transaction.atomic
def erase_contact(*, by: Viewer, contact_id: int, reason: str, now: datetime) -> Contact:
    """The same of one contact. Raises NotFound, Forbidden, Invalid, Conflict."""
    by.require(Permission.HANDLE_PRIVACY)
    why = required_reason(reason)
    found = contact_reads.contact(by, contact_id)
    if found.erased_at is not None:
        raise Conflict("This contact's personal data was erased before.", code="erased")
    work = Erasing(by, now)
    work.erase(customer_ids=[], contact_ids=[contact_id])
    audit.record(
        by=by, action="erase", subject_type="contact", subject_id=contact_id,
        changes={"reason": work.named.without(why), "rows": work.counts},
    )  # fmt: skip
    seats = Position.objects.filter(contact=contact_id).values_list("customer_id", flat=True)
    events.publish(ContactsChanged([contact_id], sorted(seats)))
    _refresh_lake()
    return contact_reads.contact(by, contact_id)


def erase(by: Viewer, customer_ids: list[int], reason: str, now: datetime) -> None:
    """Erase these customers, write down who did so and why, and tell the house.

    In the caller's transaction.
    """
    work = Erasing(by, now)
    work.erase(customer_ids=customer_ids, contact_ids=[])
    alone, why = len(customer_ids) == 1, work.named.without(reason)
    for customer_id in customer_ids:
        audit.record(
            by=by, action="erase", subject_type="customer", subject_id=customer_id,
            changes={"reason": why, **({"rows": work.counts} if alone else {})},
        )  # fmt: skip
    events.publish(CustomersErased(customer_ids))
    _refresh_lake()


def _refresh_lake() -> None:
    """The files of the lake are written anew, without the names."""
    outbox.defer("customers.refresh_lake", queue="long", once="refresh_lake")


def required_reason(raw: str) -> str:
    """Why somebody is erased, or is not. Raises Invalid."""
    why = values.plain_text(raw, "reason", longest=LONGEST_REASON).strip()
    if not why:
        raise Invalid.at("reason", "required", "Say why; the reason is kept.")
    return why
