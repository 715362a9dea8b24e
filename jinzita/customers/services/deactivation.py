"""Somebody leaves: the account is closed, and the customers go to a colleague."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from jinzita.customers import selectors
from jinzita.customers.models import BulkAction
from jinzita.customers.services.bulk import request_bulk
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.models import Job
from jinzita.people import selectors as people
from jinzita.people import services as accounts


@dataclass(frozen=True)
class HandedOver:
    """How many customers go to the colleague, by which job, and how many API keys were revoked."""

    customers: int
    job: Job | None
    keys: int


@transaction.atomic
def deactivate_user(*, by: Viewer, user_id: int, hand_over_to: int | None, now: datetime) -> HandedOver:
    """Close an account, end its sessions and keys, and begin to give its customers to `hand_over_to`.

    Raises Forbidden, NotFound, Invalid, and Conflict (out_of_reach) when the person has customers that
    `by` does not see: they would stay behind.
    """
    by.require(Permission.MANAGE_PEOPLE)
    keys = accounts.deactivate_user(by=by, user_id=user_id, now=now)
    if hand_over_to is None:
        return HandedOver(0, None, keys)
    if hand_over_to == user_id or not people.users(by).filter(pk=hand_over_to, is_active=True).exists():
        raise Invalid.at("hand_over_to", "unknown_user", f"There is no active user {hand_over_to}.")
    theirs = json.dumps({"all": [{"field": "owner", "op": "eq", "value": user_id}]})
    count = selectors.visible_to(by).filter(owner_id=user_id).count()
    if count < selectors.owned_count(user_id):
        raise Conflict("This person has customers that you do not see.", code="out_of_reach")
    if not count:
        return HandedOver(0, None, keys)
    job = request_bulk(
        by=by, action=BulkAction.Action.ASSIGN, selection={"filter": theirs, "expected": count},
        owner_id=hand_over_to,
    )  # fmt: skip
    return HandedOver(count, job, keys)
