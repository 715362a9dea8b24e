"""The public pool, by hand: claiming, giving back, postponing, and the rules."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from jinzita.customers import selectors
from jinzita.customers.models import Customer, Grade, Pooled, PoolLimits, PoolRule, PoolWarning, Reason
from jinzita.customers.selectors import pool as reads
from jinzita.customers.services.announcing import announce
from jinzita.customers.services.customers import give
from jinzita.kernel import audit, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.people import selectors as people
from jinzita.people.services import notifications

CLAIMS = 0x6A7A_636C
LONGEST_POSTPONEMENT, MOST_AT_ONCE = 366, 500


@transaction.atomic
def claim(*, by: Viewer, customer_id: int, now: datetime) -> Customer:
    """Take a customer out of the pool for oneself: of two who try at once, one. Raises NotFound, Forbidden,
    Conflict (already_claimed, claims_spent, capacity_full, own_former) when a limit stands against it.
    """
    by.require(Permission.EDIT_CUSTOMERS)
    if by.user_id is None:
        raise Forbidden("Only a person can claim a customer.")
    with connection.cursor() as cursor:  # the limits of one person are counted by one claim at a time
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CLAIMS, by.user_id % 2**31])
    pooled = Pooled.objects.select_for_update().filter(pk=customer_id).first()
    if pooled is None:
        if Customer.objects.filter(pk=customer_id, owner__isnull=False).exists():
            raise Conflict("A colleague claimed this customer just now.", code="already_claimed")
        raise NotFound(f"There is no customer {customer_id} in the pool.")
    reads.require_open(by, customer_id)
    if refusal := reads.refusal(by, pooled, now=now):
        raise Conflict(refusal[1], code=refusal[0])
    _give(by, [customer_id], by.user_id, reason=Reason.CLAIMED)
    return selectors.customer(by, customer_id)


@transaction.atomic
def assign(*, by: Viewer, customer_ids: Sequence[int], owner_id: int) -> int:
    """Give customers of the pool to a person; answers how many. Raises Forbidden, Invalid, NotFound."""
    by.require(Permission.ASSIGN)
    if not 1 <= len(customer_ids) <= MOST_AT_ONCE:
        raise Invalid.at("customer_ids", "wrong_count", f"Name 1 to {MOST_AT_ONCE} customers.")
    open_ids = reads.open_to(by).filter(pk__in=customer_ids).order_by("pk")
    there = list(open_ids.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not there:
        raise NotFound("None of these customers is in the pool any more.")
    _give(by, there, owner_id, reason=Reason.ASSIGNED)
    names = ", ".join(Customer.objects.filter(pk__in=there[:3]).values_list("name", flat=True))
    notifications.notify(
        by=by, user_ids=[owner_id], event="customers_assigned",
        words={"by": by.name, "count": len(there), "what": names}, link="/customers",
    )  # fmt: skip
    return len(there)


@transaction.atomic
def release(*, by: Viewer, customer_id: int, why: str) -> None:
    """Give a customer back to the pool: the owner's own, or with the permission to assign."""
    selectors.require_visible(by, customer_id)
    by.require(Permission.EDIT_CUSTOMERS)
    selectors.require_reached(by, customer_id)
    one = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    if one.owner_id is None:
        raise Conflict("Nobody owns this customer.", code="not_owned")
    if one.owner_id != by.user_id and not by.may(Permission.ASSIGN):
        raise Conflict("Only its owner, or who assigns customers, can give it back.", code="not_yours")
    note = values.plain_text(why, "why", longest=300).strip()
    if not note:
        raise Invalid.at("why", "required", "Say why the customer goes back to the pool.")
    Customer.objects.filter(pk=customer_id).update(owner=None, version=one.version + 1)
    changes = {"owner_id": [one.owner_id, None], "why": note}
    audit.record(
        by=by, action="release", subject_type="customer", subject_id=one.pk, changes=changes,
        version=one.version + 1,
    )  # fmt: skip
    announce(ids=[customer_id], columns=["owner_id"], by=by, reason=Reason.RELEASED, note=note)


@transaction.atomic
def postpone(*, by: Viewer, customer_id: int, until: date, why: str, today: date) -> PoolWarning:
    """Ask that a customer stays until a day; asked by somebody who may approve, it is so at once."""
    one = _warning(by, customer_id, Permission.EDIT_CUSTOMERS)
    if not today < until <= today + timedelta(days=LONGEST_POSTPONEMENT):
        raise Invalid.at("until", "date_out_of_range", "Postpone to a day within the next year.")
    one.asked_why = values.plain_text(why, "why", longest=300).strip()
    if not one.asked_why:
        raise Invalid.at("why", "required", "Say why the customer should stay.")
    one.asked_until, one.asked_by_id = until, by.user_id
    if by.may(Permission.APPROVE) and one.owner_id != by.user_id:
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
    if by.user_id in (one.asked_by_id, one.owner_id):
        raise Forbidden("Nobody decides about their own request.")
    if one.asked_until is None:
        raise Conflict("Nothing is asked any more.", code="nothing_asked")
    if approved:
        one.postponed_until, one.approved_by_id = one.asked_until, by.user_id
    one.asked_until = None
    one.save()
    _note(by, "approve_postponement" if approved else "refuse_postponement", one)
    return one


@transaction.atomic
def save_rule(*, by: Viewer, grade: str, department_id: int | None, changes: Mapping[str, Any]) -> PoolRule:
    """Set when customers of a grade fall back, for all departments or one. Raises Forbidden, Invalid."""
    by.require(Permission.MANAGE_SETUP)
    if grade not in Grade.values:
        raise Invalid.at("grade", "unknown_choice", f"grade must be one of {', '.join(Grade.values)}.")
    if department_id is not None:
        people.department(by, department_id)
    one = PoolRule.objects.filter(grade=grade, department=department_id).first() or PoolRule(
        grade=grade, department_id=department_id
    )
    for name in ("quiet_days", "dealless_days", "protected_days", "warn_days"):
        if name in changes:
            setattr(one, name, changes[name])
    if one.quiet_days is None and one.dealless_days is None:
        raise Invalid.at("quiet_days", "required", "Say after how many days without contact or deal.")
    one.save()
    audit.record(
        by=by, action="update", subject_type="pool_rule", subject_id=one.pk,
        changes={"grade": grade, "department_id": department_id, **changes},
    )  # fmt: skip
    return one


@transaction.atomic
def delete_rule(*, by: Viewer, rule_id: int) -> None:
    """Customers of this rule no longer fall back by it."""
    by.require(Permission.MANAGE_SETUP)
    one = PoolRule.objects.filter(pk=rule_id).first()
    if one is None:
        raise NotFound(f"There is no rule {rule_id}.")
    changes = {"grade": one.grade, "department_id": one.department_id}
    one.delete()
    audit.record(by=by, action="delete", subject_type="pool_rule", subject_id=rule_id, changes=changes)


@transaction.atomic
def save_limits(*, by: Viewer, changes: Mapping[str, Any]) -> PoolLimits:
    """Set what one person may take, and who sees the pool."""
    by.require(Permission.MANAGE_SETUP)
    one, _ = PoolLimits.objects.get_or_create(pk=1)
    for name in ("claims_per_day", "capacity", "former_days", "open_to"):
        if name in changes:
            setattr(one, name, changes[name])
    one.save()
    audit.record(by=by, action="update", subject_type="pool_limits", changes=dict(changes))
    return one


def _give(by: Viewer, ids: Sequence[int], owner_id: int, *, reason: str) -> None:
    sample = Customer()
    give(by, sample, owner_id)
    rows = Customer.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
    versions = {pk: version + 1 for pk, version in rows.values_list("pk", "version")}
    Customer.objects.filter(pk__in=versions).update(
        owner_id=sample.owner_id, department_id=sample.department_id, version=F("version") + 1
    )
    audit.record_each(
        by=by, action=str(reason), subject_type="customer",
        changes={"owner_id": [None, sample.owner_id]}, versions=versions,
    )  # fmt: skip
    announce(ids=ids, columns=["owner_id", "department_id"], by=by, reason=reason)


def _warning(by: Viewer, customer_id: int, permission: Permission) -> PoolWarning:
    selectors.require_visible(by, customer_id)
    by.require(permission)
    one = PoolWarning.objects.select_for_update(of=("self",)).filter(pk=customer_id).first()
    if one is None:
        raise NotFound(f"Customer {customer_id} is not about to fall back.")
    return one


def _tell_approvers(by: Viewer, one: PoolWarning) -> None:
    owner = people.owners({one.owner_id})[one.owner_id]
    manager = people.manager_of(owner)
    if manager is not None:
        name = Customer.objects.values_list("name", flat=True).get(pk=one.pk)
        notifications.notify(
            by=by, user_ids=[manager.pk], event="pool_postponement_asked",
            words={"by": by.name, "what": name, "until": one.asked_until, "why": one.asked_why},
            link="/today",
        )  # fmt: skip


def _note(by: Viewer, action: str, one: PoolWarning) -> None:
    audit.record(
        by=by, action=action, subject_type="customer", subject_id=one.pk,
        changes={"until": one.postponed_until or one.asked_until, "why": one.asked_why},
    )  # fmt: skip
