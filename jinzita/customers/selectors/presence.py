"""Whether somebody is there to be dealt with, whoever asks: who was erased, thrown away or left is not."""

from datetime import date
from enum import StrEnum

from django.db.models.functions import Coalesce

from jinzita.customers.models import Customer, Position


class Presence(StrEnum):
    HERE = "here"
    UNKNOWN = "unknown"
    ERASED = "erased"


def of_customer(customer_id: int) -> tuple[int, Presence]:
    """Where a customer is found now (itself, or whom it was merged into), and whether it is there."""
    homes = Customer.objects.filter(pk=customer_id).values_list(Coalesce("merged_into_id", "pk"), flat=True)
    home = homes.first() or customer_id
    found = Customer.objects.filter(pk=home, trashed_at=None).values_list("erased_at", flat=True)
    if not found:
        return home, Presence.UNKNOWN
    return home, Presence.HERE if found[0] is None else Presence.ERASED


def of_contact(contact_id: int, customer_id: int, *, on: date) -> Presence:
    """The same of a contact at a customer on a day: one that left it is unknown there."""
    seats = Position.objects.filter(contact=contact_id, customer=customer_id, contact__trashed_at=None)
    found = list(seats.values_list("until", "contact__erased_at"))
    if any(erased_at is not None for _, erased_at in found):
        return Presence.ERASED
    here = any(until is None or until >= on for until, _ in found)
    return Presence.HERE if here else Presence.UNKNOWN
