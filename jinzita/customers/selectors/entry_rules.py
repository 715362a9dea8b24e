"""Which customers break which rules of entry."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, IntegerField, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from jinzita.customers.fields import FIXED, added_fields, attribute_fields, class_fields
from jinzita.customers.fields.entry_rules import EntryRule, broken, compared, rules
from jinzita.customers.models import Customer
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Field

# What a value was when a rule was broken, by customer and rule.
Faults = Mapping[tuple[int, int], str]


@dataclass(frozen=True)
class Fault:
    """A customer breaks a rule."""

    customer_id: int
    rule: EntryRule


def breaking(viewer: Viewer, rule: EntryRule) -> int:
    """How many customers the viewer may see break a rule, whether it is in force or not."""
    return visible_to(viewer).filter(broken(rule, _fields([rule]))).count()


def faults(
    customer_ids: Sequence[int], *, of: Collection[EntryRule] | None = None, together: bool = False
) -> dict[tuple[int, int], str]:
    """What these customers break of the rules in force, as they stand now: one statement, however many.

    `together`: they are written at once, and of those alike the first keeps its place.
    """
    asked = rules() if of is None else list(of)
    if not asked or not customer_ids:
        return {}
    fields = _fields(asked)
    among = list(customer_ids) if together else None
    one, *others = [_rows(rule, fields, customer_ids, among) for rule in asked]
    found = one.union(*others, all=True) if others else one
    return {(pk, rule_id): value or "" for pk, rule_id, value in found}


def _rows(
    rule: EntryRule, fields: Mapping[str, Field], ids: Sequence[int], among: Sequence[int] | None
) -> QuerySet[Any, tuple[Any, ...]]:
    # One parameter, however many ids.
    chosen = RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    rows = Customer.objects.filter(pk__in=chosen, merged_into=None, trashed_at=None)
    return rows.filter(broken(rule, fields, among=among)).values_list(
        "pk", Value(rule.id, IntegerField()), _value(rule, fields.get(rule.field))
    )


def _value(rule: EntryRule, field: Field | None) -> Any:
    if field is None or rule.check == "required":
        return Value("", CharField())
    return KeyTextTransform(field.key, "attributes") if field.in_attributes else Cast(field.orm, TextField())


def values_of(rule: EntryRule, customer_ids: Sequence[int]) -> list[str]:
    """What these customers have where the rule asks that nobody has the same."""
    field = _fields([rule]).get(rule.field)
    if field is None:
        return []
    rows = Customer.objects.filter(pk__in=customer_ids).values_list(compared(field), flat=True)
    return sorted({str(value) for value in rows if value not in (None, "")})


def _fields(asked: Collection[EntryRule]) -> dict[str, Field]:
    added = added_fields(" ".join(f"{one.field} {one.when}" for one in asked))
    return {one.code: one for one in (*FIXED, *added, *attribute_fields(), *class_fields())}
