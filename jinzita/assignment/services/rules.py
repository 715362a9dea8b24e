"""The rules of the public pool: when customers fall back, and what one person may take."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jinzita.assignment.models import PoolLimits, PoolRule
from jinzita.customers.fields import GRADES
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid, NotFound
from jinzita.people import selectors as people


@transaction.atomic
def save_rule(*, by: Viewer, grade: str, department_id: int | None, changes: Mapping[str, Any]) -> PoolRule:
    """Set when customers of a grade fall back, for all departments or one. Raises Forbidden, Invalid."""
    by.require(Permission.MANAGE_SETUP)
    grades = [one.value for one in GRADES]
    if grade not in grades:
        raise Invalid.at("grade", "unknown_choice", f"grade must be one of {', '.join(grades)}.")
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
