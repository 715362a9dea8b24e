"""Asking that a customer does not fall back yet, and deciding on it."""

from datetime import date, timedelta

from django.db import transaction

from jinzita.assignment.models import PoolWarning
from jinzita.assignment.selectors.warnings import standing
from jinzita.customers import selectors
from jinzita.kernel import audit, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.people import selectors as people
from jinzita.people.services import notifications

LONGEST_DAYS = 366


@transaction.atomic
def postpone(*, by: Viewer, customer_id: int, until: date, why: str, today: date) -> PoolWarning:
    """Ask that a customer stays until a day; asked by somebody who may approve, it is so at once."""
    one = _warning(by, customer_id, Permission.EDIT_CUSTOMERS)
    if not today < until <= today + timedelta(days=LONGEST_DAYS):
        raise Invalid.at("until", "date_out_of_range", "Postpone to a day within the next year.")
    one.asked_why = values.plain_text(why, "why", longest=300).strip()
    if not one.asked_why:
        raise Invalid.at("why", "required", "Say why the customer should stay.")
    one.asked_until, one.asked_by_id = until, by.user_id
    if by.may(Permission.APPROVE) and one.ownership.owner_id != by.user_id:
        one.postponed_until, one.approved_by_id, one.asked_until = until, by.user_id, None
    else:
        _tell_approvers(by, one)
    one.save()
    _note(by, "postpone", one)
    return one


@transaction.atomic
def decide_postponement(*, by: Viewer, customer_id: int, approved: bool) -> PoolWarning:
    """Approve or refuse what an owner asked; never one's own."""
    one = _warning(by, customer_id, Permission.APPROVE)
    if by.user_id in (one.asked_by_id, one.ownership.owner_id):
        raise Forbidden("Nobody decides about their own request.")
    if one.asked_until is None:
        raise Conflict("Nothing is asked any more.", code="nothing_asked")
    if approved:
        one.postponed_until, one.approved_by_id = one.asked_until, by.user_id
    one.asked_until = None
    one.save()
    _note(by, "approve_postponement" if approved else "refuse_postponement", one)
    _tell_asker(by, one, approved)
    return one


def _warning(by: Viewer, customer_id: int, permission: Permission) -> PoolWarning:
    selectors.require_visible(by, customer_id)
    by.require(permission)
    rows = standing().select_related("ownership").select_for_update(of=("self",))
    one = rows.filter(pk=customer_id).first()
    if one is None:
        raise NotFound(f"Customer {customer_id} is not about to fall back.")
    return one


def _tell_approvers(by: Viewer, one: PoolWarning) -> None:
    owner_id = one.ownership.owner_id
    manager = people.manager_of(people.owners({owner_id})[owner_id])
    if manager is not None:
        notifications.notify(
            by=by, user_ids=[manager.pk], event="pool_postponement_asked",
            words={
                "by": by.name, "what": selectors.names_of([one.pk]), "until": one.asked_until,
                "why": one.asked_why,
            },
            link="/today",
        )  # fmt: skip


def _tell_asker(by: Viewer, one: PoolWarning, approved: bool) -> None:
    if one.asked_by_id is None:  # the account was removed meanwhile
        return
    notifications.notify(
        by=by, user_ids=[one.asked_by_id],
        event="pool_postponement_approved" if approved else "pool_postponement_refused",
        words={
            "by": by.name, "what": selectors.names_of([one.pk]), "until": one.postponed_until,
            "due": one.due_on,
        },
        link=f"/customers/{one.pk}",
    )  # fmt: skip


def _note(by: Viewer, action: str, one: PoolWarning) -> None:
    audit.record(
        by=by, action=action, subject_type="customer", subject_id=one.pk,
        changes={"until": one.postponed_until or one.asked_until, "why": one.asked_why},
    )  # fmt: skip
