"""Rules of the public pool of a new demo, so that some customers are about to fall back and some have."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from jinzita.assignment.models import PoolRule
from jinzita.assignment.services.falling import fall_back
from jinzita.assignment.services.rules import delete_rule, save_rule
from jinzita.kernel.access import Viewer

# A VIP never falls back: whose VIP is neglected is told by the duties instead.
_RULES: Mapping[str, Mapping[str, int | None]] = {
    "important": {"quiet_days": 240, "dealless_days": None, "protected_days": 90, "warn_days": 14},
    "ordinary": {"quiet_days": 300, "dealless_days": None, "protected_days": 60, "warn_days": 14},
    "small": {"quiet_days": None, "dealless_days": 365, "protected_days": 30, "warn_days": 14},
    "prospect": {"quiet_days": 365, "dealless_days": None, "protected_days": 30, "warn_days": 14},
}
_WARNED = max(rule["warn_days"] or 0 for rule in _RULES.values())


@transaction.atomic
def add_demo_rules(*, by: Viewer) -> bool:
    """For a company that has no rules yet; answers whether it was given these."""
    if PoolRule.objects.exists():
        return False
    for grade, changes in _RULES.items():
        save_rule(by=by, grade=grade, department_id=None, changes=changes)
    return True


def rehearse(*, by: Viewer, today: date) -> None:
    """The night before the warnings' time and the last one: who was warned in the first falls in the second,
    which warns others.
    """
    for night in (today - timedelta(days=_WARNED), today):
        fall_back(by=by, today=night)


@transaction.atomic
def remove_demo_rules(*, by: Viewer) -> None:
    """They go with the demo; those that were changed since are the company's own."""
    for rule in PoolRule.objects.filter(department=None):
        made = _RULES.get(rule.grade)
        if made is not None and all(getattr(rule, name) == value for name, value in made.items()):
            delete_rule(by=by, rule_id=rule.pk)
