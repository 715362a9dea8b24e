"""Duties by hand: excusing somebody, and naming a sponsor."""

from datetime import datetime

from django.db import transaction

from jinzita.customers import selectors as customers
from jinzita.kernel import audit, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.kernel.events import publish
from jinzita.people import selectors as people
from jinzita.treatment.events import SponsorNamed
from jinzita.treatment.models import Duty, Sponsor, State
from jinzita.treatment.selectors.duties import duty
from jinzita.treatment.services.settling import settle


@transaction.atomic
def excuse(*, by: Viewer, duty_id: int, why: str, now: datetime) -> Duty:
    """Let a duty that is due or missed not count, for a reason; never one's own. Raises NotFound, Forbidden,
    Conflict, Invalid.
    """
    one = _locked(by, duty_id)
    if one.owner_id == by.user_id:
        raise Forbidden("Nobody excuses themselves; ask your manager.", code="own_duty")
    if one.state not in (State.DUE, State.MISSED):
        raise Conflict("Only a duty that is due or missed can be excused.", code="not_excusable")
    reason = values.plain_text(why, "why", longest=300).strip()
    if not reason:
        raise Invalid.at("why", "required", "Say why the duty does not count.")
    before = one.state
    one.state, one.excuse, one.excused_by_id, one.excused_at = State.EXCUSED, reason, by.user_id, now
    one.save()
    audit.record(
        by=by, action="excuse", subject_type="duty", subject_id=one.pk,
        changes={"state": [before, "excused"], "why": reason, "customer_id": one.customer_id},
    )  # fmt: skip
    settle(by=by, ids=[one.customer_id], now=now)
    return duty(by, duty_id)


@transaction.atomic
def take_excuse_back(*, by: Viewer, duty_id: int, now: datetime) -> None:
    """The duty counts again as it would have, or is gone when it is not owed any more."""
    one = _locked(by, duty_id)
    if one.owner_id == by.user_id:
        raise Forbidden("Nobody decides about their own duty; ask your manager.", code="own_duty")
    if one.state != State.EXCUSED:
        raise Conflict("This duty is not excused.", code="not_excused")
    # Judged at once by what happened; until then nothing else can be open beside it.
    one.state, one.excuse, one.excused_by_id, one.excused_at = State.MISSED, "", None, None
    one.save()
    audit.record(
        by=by, action="take_excuse_back", subject_type="duty", subject_id=one.pk,
        changes={"state": ["excused", "missed"], "customer_id": one.customer_id},
    )  # fmt: skip
    settle(by=by, ids=[one.customer_id], now=now)


@transaction.atomic
def name_sponsor(*, by: Viewer, customer_id: int, user_id: int | None, now: datetime) -> None:
    """Name who stands for a customer beside its owner, or nobody. Raises NotFound, Forbidden, Invalid."""
    customers.require_visible(by, customer_id)
    by.require(Permission.ASSIGN)
    former = Sponsor.objects.select_for_update().filter(pk=customer_id).first()
    if user_id is None:
        Sponsor.objects.filter(pk=customer_id).delete()
    else:
        person = people.users(by).filter(pk=user_id, is_active=True).first()
        if person is None:
            raise Invalid.at("user_id", "unknown_user", f"There is no active user {user_id}.")
        Sponsor.objects.update_or_create(
            pk=customer_id, defaults={"user": person, "named_by_id": by.user_id, "named_at": now}
        )
    audit.record(
        by=by, action="name_sponsor", subject_type="customer", subject_id=customer_id,
        changes={"sponsor_id": [former.user_id if former else None, user_id]},
    )  # fmt: skip
    publish(SponsorNamed(customer_id=customer_id, user_id=user_id))
    settle(by=by, ids=[customer_id], now=now)


def _locked(by: Viewer, duty_id: int) -> Duty:
    by.require(Permission.APPROVE)
    found = duty(by, duty_id)
    customers.require_visible(by, found.customer_id)
    one = Duty.objects.select_for_update(of=("self",)).filter(pk=duty_id).first()
    if one is None:
        raise NotFound(f"There is no duty {duty_id}.")
    return one
