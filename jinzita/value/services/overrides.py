"""Grades put above the computed ones: asked for, decided by a colleague, ended by the day or by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from jinzita.analytics.value_model import GRADES
from jinzita.customers.fields import GRADES as GRADE_WORDS
from jinzita.customers.selectors.visible import visible_to
from jinzita.customers.services import end_override as lift
from jinzita.customers.services import override_grade
from jinzita.customers.services.locking import locked
from jinzita.customers.services.merging.locks import hold_still
from jinzita.kernel import audit, values
from jinzita.kernel.access import Permission, Viewer, system
from jinzita.kernel.errors import Conflict, Forbidden, Invalid
from jinzita.kernel.events import publish
from jinzita.people import selectors as people
from jinzita.people.services import notifications
from jinzita.value.events import GradeChanged
from jinzita.value.models import CustomerScore, GradeOverride
from jinzita.value.selectors import overrides as reads
from jinzita.value.services.rescore import tell_pages, write_history

State = GradeOverride.State
LONGEST = 400
AT_ONCE = 200


@transaction.atomic
def ask_override(
    *, by: Viewer, customer_id: int, grade: str, reason: str, until: date, now: datetime, today: date
) -> GradeOverride:
    """Ask that a customer counts as `grade` until the end of a day; colleagues who may approve are told.

    Raises Forbidden, NotFound, Invalid, Conflict (already_asked).
    """
    hold_still()
    of = locked(by, customer_id)
    if grade not in GRADES:
        raise Invalid.at("grade", "unknown_choice", f"grade must be one of {', '.join(GRADES)}.")
    why = _words(reason, "reason")
    last = today + timedelta(days=settings.OVERRIDE_DAYS)
    if not today <= until <= last:
        raise Invalid.at(
            "until", "override_until", f"The last day must be between today and {last}.",
            last=last.isoformat(),
        )  # fmt: skip
    try:
        with transaction.atomic():
            one = GradeOverride.objects.create(
                customer=of, grade=grade, reason=why, until=until, asked_at=now, asked_by_id=by.user_id
            )
    except IntegrityError:
        raise Conflict("A change of this grade is asked for already.", code="already_asked") from None
    _note(by, "ask", one)
    approvers = people.holders_reaching(
        Permission.APPROVE, owner_id=of.owner_id, department_id=of.department_id
    )
    _notify(by, approvers, "override_asked", one, of.name, why=why, link="/today")
    return reads.override(by, one.pk)


@transaction.atomic
def decide_override(
    *, by: Viewer, override_id: int, approved: bool, answer: str, now: datetime, today: date
) -> GradeOverride:
    """Approve, and the grade counts from now on; or decline, with words. Never what one asked for oneself.

    Raises Forbidden, NotFound, Invalid, Conflict (already_decided, override_over).
    """
    by.require(Permission.APPROVE)
    one = _taken(by, override_id)
    if by.user_id is None or by.user_id == one.asked_by_id:
        raise Forbidden("Nobody decides about the own request.", code="own_request")
    if one.state != State.ASKED:
        raise Conflict("A colleague decided about this already.", code="already_decided")
    said = values.plain_text(answer, "answer", longest=LONGEST).strip()
    if not approved and not said:
        raise Invalid.at("answer", "required", "Say why you decline.")
    if approved and one.until < today:
        raise Conflict("The last day of this request is over.", code="override_over")
    one.decided_at, one.decided_by_id, one.answer = now, by.user_id, said
    if approved:
        _replace_former(by, one, now)
    one.state = State.IN_FORCE if approved else State.DECLINED
    one.save()
    _note(by, "approve" if approved else "decline", one)
    if approved:
        _put(one, by.name, today=today)
    event = "override_approved" if approved else "override_declined"
    _notify(by, [one.asked_by_id], event, one, one.customer.name, why=said)
    return reads.override(by, one.pk)


@transaction.atomic
def end_override(
    *, by: Viewer, override_id: int, why: str, now: datetime, today: date
) -> GradeOverride:  # fmt: skip
    """Withdraw what was asked for, or end what is in force before its day. Raises Forbidden, NotFound,
    Invalid, Conflict (override_over).
    """
    one = _taken(by, override_id)
    if one.state not in reads.PENDING:
        raise Conflict("This is over already.", code="override_over")
    if not reads.may_end(by, one):
        raise Forbidden("Only who asked for it, or who approves, can end it.", code="override_not_yours")
    if one.state == State.ASKED:
        _close(by, one, State.WITHDRAWN, values.plain_text(why, "why", longest=LONGEST).strip(), now)
    else:
        _end(by, one, _words(why, "why"), now=now, today=today)
    return reads.override(by, one.pk)


@transaction.atomic
def end_due(*, now: datetime, today: date) -> int:
    """End the overrides whose last day is over; answers how many. Those in work wait for the next round."""
    found = list(reads.due(today).select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    for one in found:
        _end(system("timetable"), one, "", now=now, today=today)
    return len(found)


@transaction.atomic
def settle(*, customer_ids: Sequence[int], today: date) -> None:
    """Let the grades of customers that were merged, or taken apart, follow their overrides."""
    ids = sorted(set(customer_ids))
    in_force = {
        one.customer_id: one
        for one in GradeOverride.objects.filter(customer_id__in=ids, state=State.IN_FORCE)
        .select_related("asked_by", "decided_by").select_for_update(of=("self",))
    }  # fmt: skip
    there = visible_to(system("worker")).filter(pk__in=ids).order_by("pk")
    for customer_id in there.values_list("pk", flat=True):
        one = in_force.get(customer_id)
        if one is None:
            _moved(customer_id, lift(customer_id=customer_id), reads.LIFTED, today)
        else:
            _put(one, one.decided_by.shown_name if one.decided_by else "", today=today)


def _taken(by: Viewer, override_id: int) -> GradeOverride:
    """The override, locked; no merge moves it meanwhile. Raises NotFound."""
    hold_still()
    reads.override(by, override_id)
    return GradeOverride.objects.select_related("customer", "asked_by").select_for_update(of=("self",)).get(
        pk=override_id
    )  # fmt: skip


def _put(one: GradeOverride, approver: str, *, today: date) -> None:
    told = {
        "id": one.pk, "reason": one.reason, "until": one.until.isoformat(),
        "asked_by": one.asked_by.shown_name if one.asked_by else "", "approved_by": approver,
    }  # fmt: skip
    moved = override_grade(customer_id=one.customer_id, grade=one.grade, told=told)
    _moved(one.customer_id, moved, reads.PUT_ABOVE, today)


def _replace_former(by: Viewer, one: GradeOverride, now: datetime) -> None:
    former = GradeOverride.objects.select_for_update().filter(
        customer_id=one.customer_id, state=State.IN_FORCE
    )
    for other in former:
        _close(by, other, State.ENDED, "", now)


def _end(by: Viewer, one: GradeOverride, why: str, *, now: datetime, today: date) -> None:
    _close(by, one, State.ENDED, why, now)
    moved = lift(customer_id=one.customer_id)
    _moved(one.customer_id, moved, reads.LIFTED, today)
    told = [one.asked_by_id, one.customer.owner_id]
    _notify(by, told, "override_over", one, one.customer.name, why=why, grade=moved[1])


def _close(by: Viewer, one: GradeOverride, state: str, why: str, now: datetime) -> None:
    one.state, one.ended_at, one.ended_by_id, one.ended_why = state, now, by.user_id, why
    one.save(update_fields=["state", "ended_at", "ended_by", "ended_why"])
    _note(by, "withdraw" if state == State.WITHDRAWN else "end", one)


def _moved(customer_id: int, moved: tuple[str, str], cause: str, today: date) -> None:
    """History, news and open pages, when the grade that counts is another one now."""
    before, after = moved
    if before == after:
        return
    score = CustomerScore.objects.filter(customer_id=customer_id, run__in_force=True)
    last = score.order_by("-scored_at").values_list("run_id", "run__model_id", "score", "as_of").first()
    run_id, model_id, points, as_of = last or (None, None, None, today)
    write_history(customer_id, run_id, today, points, after, cause)
    publish(
        GradeChanged(
            customer_id=customer_id, model_id=model_id, from_grade=before, to_grade=after, score=points,
            as_of=as_of.isoformat(), cause=cause,
        )
    )  # fmt: skip
    tell_pages(customer_id, model_id, points, after)


def _words(text: str, where: str) -> str:
    said = values.plain_text(text, where, longest=LONGEST).strip()
    if not said:
        raise Invalid.at(where, "required", "Say why.")
    return said


def _notify(
    by: Viewer, user_ids: Sequence[int | None], event: str, one: GradeOverride, name: str, *,
    why: str, grade: str | None = None, link: str = "",
) -> None:  # fmt: skip
    labels = {choice.value: choice for choice in GRADE_WORDS}
    words: Mapping[str, Any] = {
        "by": by.name, "what": name, "until": one.until,
        "why_en": why or "its last day is over", "why_zh": why or "已到期",
        "grade_en": labels[grade or one.grade].en, "grade_zh": labels[grade or one.grade].zh,
    }  # fmt: skip
    notifications.notify(
        by=by, user_ids=[each for each in user_ids if each is not None], event=event, words=words,
        link=link or f"/customers/{one.customer_id}",
    )  # fmt: skip


def _note(by: Viewer, action: str, one: GradeOverride) -> None:
    audit.record(
        by=by, action=action, subject_type="grade_override", subject_id=one.pk,
        changes={
            "customer_id": one.customer_id, "grade": one.grade, "until": one.until, "state": one.state,
            "reason": one.reason, "answer": one.answer, "why": one.ended_why,
        },
    )  # fmt: skip
