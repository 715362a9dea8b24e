"""Rules of entry: what they ask of a customer's fields, and which customers break them.

Who keeps the rules stands above this floor and registers how they are read; customers know how a rule is
judged, in one condition of the database, over one customer or a million.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import JSONObject, Lower, Trim

from jinzita.customers.fields.forms import expression_of
from jinzita.customers.models import Customer
from jinzita.customers.models.customers import digits_of
from jinzita.kernel.records import Choice, Field, FieldType
from jinzita.kernel.records.filters import where
from jinzita.kernel.records.filters.sql import compiled
from jinzita.kernel.records.filters.tree import Condition, Node, Not, Several
from jinzita.kernel.records.parsing import parse

T = FieldType
BREAKS = "breaks"
CHECKS = ("required", "format", "unique", "allowed")


@dataclass(frozen=True)
class EntryRule:
    """What is asked of one field, of which customers.

    `empty` is a regular expression of texts that say nothing: such a text does not fill a required field.
    `minimum`, `maximum` and `choices` are as they travel over the wire; `en` and `zh` are the sentence shown.
    """

    id: int
    check: str
    field: str
    strict: bool = True
    active: bool = True
    kind: str = ""
    grades: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    when: Mapping[str, Any] | None = None
    pattern: str = ""
    choices: tuple[str, ...] = ()
    minimum: str = ""
    maximum: str = ""
    empty: str = ""
    en: str = ""
    zh: str = ""


_sources: list[Callable[[], Sequence[EntryRule]]] = []


def register(source: Callable[[], Sequence[EntryRule]]) -> None:
    """Where rules are read from; called once, when the capability that keeps them is loaded."""
    if source not in _sources:
        _sources.append(source)


def every_rule() -> list[EntryRule]:
    """The rules there are, also those not in force."""
    return [one for source in _sources for one in source()]


def rules() -> list[EntryRule]:
    """The rules in force."""
    return [one for one in every_rule() if one.active]


def compared(field: Field) -> Combinable:
    """The value of a text as two customers' are compared."""
    if field.in_attributes:
        return KeyTextTransform(field.key, "attributes")
    return digits_of(field.code) if field.code == "phone" else Lower(Trim(field.code))


def broken(rule: EntryRule, fields: Mapping[str, Field], *, among: Sequence[int] | None = None) -> Q:
    """The condition of customers that break a rule; `fields` are those of customers by code.

    `among` are customers written together: of those alike the one with the smallest id was first. Raises
    Invalid for a rule that cannot be judged, as of a field that is no more.
    """
    field = fields.get(rule.field)
    if field is None:
        return Q(pk__in=[])
    return _meant(rule, fields) & _WRONG[rule.check](rule, field, among)


def _meant(rule: EntryRule, fields: Mapping[str, Field]) -> Q:
    found = Q()
    if rule.kind:
        found &= Q(kind=rule.kind)
    if rule.grades:
        found &= Q(standing__grade__in=rule.grades)
    if rule.stages:
        found &= Q(lifecycle__stage__in=rule.stages)
    if rule.when:
        known = {code: one for code, one in fields.items() if code != BREAKS}
        found &= where(known, json.dumps(rule.when), kind="customers")
    return found


def _lacking(rule: EntryRule, field: Field, among: Sequence[int] | None) -> Q:
    found = compiled(Condition(field, "is_null", True), "customers")
    if rule.empty and field.type is T.TEXT:
        found |= Q(**{f"{field.orm}__iregex": rule.empty})
    return found


def _misshapen(rule: EntryRule, field: Field, among: Sequence[int] | None) -> Q:
    present = compiled(Condition(field, "is_null", False), "customers")
    return present & ~Q(**{f"{field.orm}__regex": expression_of(rule.pattern)})


def _shared(rule: EntryRule, field: Field, among: Sequence[int] | None) -> Q:
    others = Customer.objects.filter(merged_into=None, trashed_at=None).exclude(pk=OuterRef("pk"))
    if rule.kind:
        others = others.filter(kind=rule.kind)
    if among is not None and len(among) > 1:
        others = others.exclude(pk__in=list(among), pk__gt=OuterRef("pk"))
    if field.in_attributes:
        # Equality lets the planner hash very many; containment is what the index on all attributes answers.
        same = {field.key: KeyTransform(field.key, OuterRef("attributes"))}
        others = others.alias(of=compared(field)).filter(
            of=KeyTextTransform(field.key, OuterRef("attributes")), attributes__contains=JSONObject(**same)
        )
    else:
        others = others.alias(of=compared(field)).filter(of=_outer(field)).exclude(of="")
    return compiled(Condition(field, "is_null", False), "customers") & Q(Exists(others))


def _outer(field: Field) -> Combinable:
    outer = OuterRef(field.code)
    return digits_of(outer) if field.code == "phone" else Lower(Trim(outer))


def _outside(rule: EntryRule, field: Field, among: Sequence[int] | None) -> Q:
    parts: list[Node] = []
    if rule.choices:
        several = [parse(field, one, "choices") for one in rule.choices]
        parts.append(Not(Condition(field, "in", several)))
    for bound, op in ((rule.minimum, "lt"), (rule.maximum, "gt")):
        if bound:
            value: Any = parse(field, bound, "minimum") if field.type is T.DATE else Decimal(bound)
            parts.append(Condition(field, op, value))  # type: ignore[arg-type]
    present = Condition(field, "is_null", False)
    return compiled(Several("all", (present, Several("any", tuple(parts)))), "customers")


_WRONG = {"required": _lacking, "format": _misshapen, "unique": _shared, "allowed": _outside}


def breaking(codes: Sequence[str] | None, fields: Mapping[str, Field]) -> Q:
    """The condition of customers that break one of these rules; None: one of those in force."""
    chosen = [one for one in every_rule() if (one.active if codes is None else str(one.id) in codes)]
    return reduce(or_, (broken(one, fields) for one in chosen), Q(pk__in=[]))


def breaks_field(belongs: Callable[[Sequence[str] | None], Q]) -> Field:
    """The field by which customers are found that break a rule."""
    return Field(
        BREAKS, T.CHOICES, "Breaks a rule of entry", "违反录入规则",
        choices=tuple(Choice(str(one.id), one.en, one.zh) for one in every_rule()),
        belongs=belongs, listed=False, importable=False, exportable=False,
    )  # fmt: skip
