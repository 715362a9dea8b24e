"""The public pool, by hand: claiming, giving to somebody, giving back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from jinzita.assignment.selectors import pool as reads
from jinzita.customers import selectors
from jinzita.customers.fields.owners import Reason
from jinzita.customers.services import capacity, owners
from jinzita.kernel import values
from jinzita.kernel.access import Permission, Viewer, system
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.people.services import notifications

MOST_AT_ONCE = 500


@transaction.atomic
def claim(*, by: Viewer, customer_id: int, now: datetime) -> Any:
    """Take a customer out of the pool for oneself: of two who try at once, one. Raises NotFound, Forbidden,
    Conflict (already_claimed, claims_spent, capacity_full, own_former) when a limit stands against it.
    """
    by.require(Permission.EDIT_CUSTOMERS)
    if by.user_id is None:
        raise Forbidden("Only a person can claim a customer.")
    if not _free(by, [customer_id]):
        if selectors.visible_to(system("assignment")).filter(pk=customer_id, owner__isnull=False).exists():
            raise Conflict("A colleague claimed this customer just now.", code="already_claimed")
        raise NotFound(f"There is no customer {customer_id} in the pool.")
    capacity.alone([by.user_id])  # the claims of a day are counted like what one holds
    if refusal := reads.refusal(by, customer_id, now=now):
        raise refusal
    owners.give(by=by, to={customer_id: by.user_id}, reason=Reason.CLAIMED)
    return selectors.customer(by, customer_id)


@transaction.atomic
def assign(
    *, by: Viewer, customer_ids: Sequence[int], owner_id: int, now: datetime, over_capacity: bool = False
) -> int:  # fmt: skip
    """Give customers of the pool to a person; answers how many. Raises Forbidden, Invalid, NotFound,
    Conflict (receiver_full) when the person would pass the limit, unless that is wanted; (capacity_full)
    when that is oneself.
    """
    by.require(Permission.ASSIGN)
    if not 1 <= len(customer_ids) <= MOST_AT_ONCE:
        raise Invalid.at("customer_ids", "wrong_count", f"Name 1 to {MOST_AT_ONCE} customers.")
    there = _free(by, customer_ids)
    if not there:
        raise NotFound("None of these customers is in the pool any more.")
    owners.require_receiver(by, owner_id)
    owners.give(by=by, to=dict.fromkeys(there, owner_id), reason=Reason.ASSIGNED, over_capacity=over_capacity)
    notifications.notify(
        by=by, user_ids=[owner_id], event="customers_assigned",
        words={"by": by.name, "count": len(there), "what": selectors.names_of(there)},
        link=_link(there, owner_id, now),
    )  # fmt: skip
    return len(there)


@transaction.atomic
def release(*, by: Viewer, customer_id: int, why: str) -> None:
    """Give a customer back to the pool: the owner's own, or with the permission to assign."""
    selectors.require_visible(by, customer_id)
    by.require(Permission.EDIT_CUSTOMERS)
    selectors.require_reached(by, customer_id)
    one = selectors.visible_to(by).select_for_update(of=("self",)).get(pk=customer_id)
    if one.owner_id is None:
        raise Conflict("Nobody owns this customer.", code="not_owned")
    if one.owner_id != by.user_id and not by.may(Permission.ASSIGN):
        raise Conflict("Only its owner, or who assigns customers, can give it back.", code="not_yours")
    note = values.plain_text(why, "why", longest=300).strip()
    if not note:
        raise Invalid.at("why", "required", "Say why the customer goes back to the pool.")
    owners.give(by=by, to={customer_id: None}, reason=Reason.RELEASED, note=note)


def _link(given: Sequence[int], owner_id: int, now: datetime) -> str:
    """To the customer, or to the list of those that came to this person on this day."""
    if len(given) == 1:
        return f"/customers/{given[0]}"
    day = now.astimezone(settings.COMPANY_TIME_ZONE).date()
    return f"/customers?filter=owner*eq*{owner_id}*owned_since*eq*{day}"


def _free(by: Viewer, customer_ids: Sequence[int]) -> list[int]:
    """Those of the customers that are free to claim, locked."""
    rows = reads.open_to(by).filter(pk__in=customer_ids).order_by("pk")
    return list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
