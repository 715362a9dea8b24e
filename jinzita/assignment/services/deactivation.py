"""Somebody leaves: the account is closed, and the customers go to a colleague."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jinzita.assignment.selectors import handing_over as reads
from jinzita.assignment.selectors.handing_over import Wanted
from jinzita.assignment.services import handing_over
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.models import Job
from jinzita.people import selectors as people
from jinzita.people import services as accounts

LEAVES = "离职 · has left"


@dataclass(frozen=True)
class HandedOver:
    """How many customers go to the colleague, by which job, and how many API keys were revoked."""

    customers: int
    job: Job | None
    keys: int


@transaction.atomic
def deactivate_user(
    *, by: Viewer, user_id: int, hand_over_to: int | None, now: datetime, reason: str = ""
) -> HandedOver:
    """Close an account, end its sessions and keys, and begin to hand its customers over to `hand_over_to`,
    however many that colleague has already.

    Raises Forbidden, NotFound, Invalid, and Conflict: account_closed when it is closed already, out_of_reach
    when the person has customers that `by` does not see: they would stay behind.
    """
    by.require(Permission.MANAGE_PEOPLE)
    keys = accounts.deactivate_user(by=by, user_id=user_id, now=now)
    if hand_over_to is None:
        return HandedOver(0, None, keys)
    if hand_over_to == user_id or not people.users(by).filter(pk=hand_over_to, is_active=True).exists():
        raise Invalid.at("hand_over_to", "unknown_user", f"There is no active user {hand_over_to}.")
    wanted = Wanted(to=[hand_over_to], user_id=user_id, over_capacity=True)
    made = reads.deal(by, wanted, now=now)
    if any(one.code == "out_of_reach" for one in made.obstacles):
        raise Conflict("This person has customers that you do not see.", code="out_of_reach")
    if not made.count:
        return HandedOver(0, None, keys)
    one = handing_over.request(
        by=by, wanted=wanted, reason=reason.strip() or LEAVES, expected=made.count, now=now
    )
    return HandedOver(made.count, one.job, keys)
