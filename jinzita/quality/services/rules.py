"""Writes of the rules of entry. A rule is made switched off: first it is seen who breaks it."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from jinzita.customers.fields import CUSTOMERS, GRADES, KINDS, STAGES
from jinzita.customers.fields.entry_rules import broken
from jinzita.customers.fields.forms import expression_of
from jinzita.kernel import audit
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records import Field
from jinzita.kernel.records.parsing import parse
from jinzita.quality.models import Rule
from jinzita.quality.selectors.rules import CHECKS_OF, breaking, judged, rule_for, ruled_fields, sentence

MOST_RULES = 100
_OF_CHECK = {
    "required": (), "unique": (), "format": ("pattern",), "allowed": ("choices", "minimum", "maximum"),
}  # fmt: skip
_ALL = ("pattern", "choices", "minimum", "maximum")
TOLD = (
    "check_type", "field", "strict", "active", "kind", "grades", "stages", "when", *_ALL,
    "message_en", "message_zh",
)  # fmt: skip


@transaction.atomic
def save_rule(*, by: Viewer, rule_id: int | None, values: Mapping[str, Any]) -> Rule:
    """Make a rule, or change one. Raises Forbidden, NotFound, Invalid."""
    by.require(Permission.MANAGE_SETUP)
    if rule_id is None:
        if Rule.objects.count() >= MOST_RULES:
            raise Invalid.at("field", "too_many", f"There are at most {MOST_RULES} rules.")
        one, before = Rule(), {}
    else:
        one = rule_for(by, rule_id)
        before = _told(one)
    one = drafted(one, values)
    one.save()
    changes = audit.difference(before, _told(one)) if before else _told(one)
    if changes:
        audit.record(
            by=by, action="update" if before else "create", subject_type="entry_rule", subject_id=one.pk,
            changes=changes,
        )  # fmt: skip
    return one


@transaction.atomic
def remove_rule(*, by: Viewer, rule_id: int) -> None:
    """Remove a rule. Raises Forbidden, NotFound."""
    by.require(Permission.MANAGE_SETUP)
    one = rule_for(by, rule_id)
    audit.record(
        by=by, action="delete", subject_type="entry_rule", subject_id=rule_id, changes={"rule": one.words_en}
    )
    one.delete()


def count_draft(*, by: Viewer, values: Mapping[str, Any]) -> int:
    """How many customers would break a rule that is not saved. Raises Forbidden, Invalid."""
    by.require(Permission.MANAGE_SETUP)
    return breaking(by, drafted(Rule(), values))


def drafted(one: Rule, values: Mapping[str, Any]) -> Rule:
    """The rule with these values, checked, not saved. Raises Invalid."""
    for name, value in values.items():
        setattr(one, name, value)
    field = ruled_fields().get(one.field)
    if field is None:
        raise Invalid.at("field", "unknown_field", f"There is no field {one.field[:60]} to be entered.")
    if one.check_type not in CHECKS_OF[field.type]:
        raise Invalid.at("check_type", "unknown_choice", f"{field.en} is not asked this.")
    for name in set(_ALL) - set(_OF_CHECK[one.check_type]):
        setattr(one, name, [] if name == "choices" else "")
    for name, chosen, known in (
        ("kind", [one.kind] if one.kind else [], KINDS),
        ("grades", one.grades, GRADES),
        ("stages", one.stages, STAGES),
    ):
        if not set(chosen) <= {each.value for each in known}:
            raise Invalid.at(name, "unknown_choice", f"{name} names something unknown.")
    if one.check_type == "format":
        expression_of(one.pattern)
    if one.check_type == "allowed":
        _require_values(one, field)
    one.when = one.when or None
    if one.when:
        _require_readable(one)
    one.words_en, one.words_zh = (words[:400] for words in sentence(one, field))
    return one


def _require_values(one: Rule, field: Field) -> None:
    ranged = field.type.value in ("number", "money", "date")
    one.choices = [] if ranged else list(dict.fromkeys(each.strip() for each in one.choices if each.strip()))
    if not ranged:
        one.minimum = one.maximum = ""
        if not one.choices:
            raise Invalid.at("choices", "required", "Say which values are allowed.")
        for place, each in enumerate(one.choices):
            parse(field, each, f"choices[{place}]")
        return
    if not one.minimum and not one.maximum:
        raise Invalid.at("minimum", "required", "Say the least, the most, or both.")
    low, high = (_bound(field, getattr(one, name), name) for name in ("minimum", "maximum"))
    if low is not None and high is not None and low > high:
        raise Invalid.at("maximum", "too_small", "The most is not below the least.", minimum=one.minimum)


def _bound(field: Field, text: str, where: str) -> Any:
    if not text:
        return None
    if field.type.value == "date":
        return parse(field, text, where)
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Invalid.at(where, "not_a_number", f"{where} is not a number.")
    return found


def _require_readable(one: Rule) -> None:
    try:
        broken(judged(one), {each.code: each for each in CUSTOMERS.read_fields()})
    except Invalid as error:
        problem = error.problems[0]
        raise Invalid.at("when", problem.code, problem.message, **dict(problem.params)) from None


def _told(one: Rule) -> dict[str, Any]:
    return {name: getattr(one, name) for name in TOLD}
