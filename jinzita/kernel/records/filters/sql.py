"""A filter as a condition of Django's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.fields.json import KeyTransform
from django.db.models.lookups import IsNull

from jinzita.kernel.access import Viewer
from jinzita.kernel.records.fields import Field, FieldType
from jinzita.kernel.records.filters.reading import read
from jinzita.kernel.records.filters.related import related_kinds
from jinzita.kernel.records.filters.tree import Condition, Node, Not, Related, Several
from jinzita.kernel.records.parsing import json_value

_LOOKUPS = {
    "lt": "lt", "le": "lte", "gt": "gt", "ge": "gte", "contains": "icontains", "starts": "istartswith",
}  # fmt: skip


def where(
    fields: Mapping[str, Field], text: str | None, *, kind: str = "", viewer: Viewer | None = None,
    today: date | None = None,
) -> Q:  # fmt: skip
    """The condition a filter states; no filter states nothing. As `reading.read` takes and refuses it."""
    return compiled(read(fields, text, kind=kind, viewer=viewer, today=today), kind)


def compiled(node: Node, kind: str, *, negated: bool = False) -> Q:
    """The condition of a tree that was read for records of `kind`."""
    match node:
        case Several(word=word, parts=parts):
            if word == "any" and not parts:
                return Q(pk__in=[])
            joined = Q()
            for part in parts:
                one = compiled(part, kind, negated=negated)
                joined = joined & one if word == "all" else joined | one
                if word == "any" and not one:
                    return Q()  # one part that everything fulfils
            return joined
        case Not(part=part):
            inner = compiled(part, kind, negated=not negated)
            return ~inner if inner else Q(pk__in=[])
        case Related():
            return _related(node, kind)
        case Condition(field=field, op=op, value=value):
            one = _condition(field, op, value)
            if field.through:
                return field.through(one)
            # What is unknown must be false, not unknown, before it is turned round.
            return _present(field) & one if negated and _may_be_unknown(node) else one


def _may_be_unknown(one: Condition) -> bool:
    contained = one.op in ("is_null", "has_any") or (one.op in ("eq", "in") and not one.field.indexed)
    return one.field.in_attributes and not contained


def _related(node: Related, kind: str) -> Q:
    if node.count == 0:
        return Q()
    one, name = related_kinds(kind)[node.kind]
    rows = apps.get_model(one.model)._default_manager.filter(
        compiled(node.having, node.kind), **{name: OuterRef("pk")}, **dict(one.only)
    )
    if node.count > 1:
        rows = rows.order_by().values(name).annotate(found=Count("pk")).filter(found__gte=node.count)
    return Q(Exists(rows))


def _condition(field: Field, op: str, value: Any) -> Q:
    if op == "is_null":
        return _is_null(field, value)
    if field.belongs:
        return field.belongs([value] if op == "eq" else value)
    if op == "has_any":
        return _has_any(field, value)
    if op == "in":
        if not field.in_attributes:
            return Q(**{f"{field.orm}__in": value})
        joined = Q(pk__in=[])
        for one in value:
            joined |= _equals(field, one)
        return joined
    if op == "eq":
        return _equals(field, value)
    if op in ("contains", "starts"):
        narrowed = field.narrow(value) if field.narrow else Q()
        return narrowed & Q(**{f"{field.orm}__{_LOOKUPS[op]}": value})
    return Q(**{f"{field.orm}__{_LOOKUPS[op]}": json_value(value) if field.in_attributes else value})


def _equals(field: Field, value: Any) -> Q:
    if field.in_attributes and field.indexed:
        # The index of this attribute, whose statistics tell the planner how many rows there are.
        return Q(**{field.orm: json_value(value)})
    if field.in_attributes:
        # Containment is what the index on all attributes answers.
        return Q(attributes__contains={field.key: json_value(value)})
    return Q(**{field.orm: value})


def _has_any(field: Field, values: list[str]) -> Q:
    if not field.in_attributes:
        return Q(**{f"{field.orm}__overlap": values})
    joined = Q(pk__in=[])
    for one in values:
        joined |= Q(attributes__contains={field.key: [one]})
    return joined


def _is_null(field: Field, wanted: bool) -> Q:
    if field.belongs:
        return ~field.belongs(None) if wanted else field.belongs(None)
    if field.in_attributes:
        return ~_present(field) if wanted else _present(field)
    if field.type is FieldType.TEXT:
        return Q(**{field.orm: ""}) if wanted else ~Q(**{field.orm: ""})
    if field.type is FieldType.CHOICES:
        return Q(**{f"{field.orm}__len": 0}) if wanted else Q(**{f"{field.orm}__len__gt": 0})
    unknown = Q(**{f"{field.orm}__isnull": True})
    if field.type is FieldType.CHOICE:
        unknown |= Q(**{field.orm: ""})
    return unknown if wanted else ~unknown


def _present(field: Field) -> Q:
    # Said so that the partial index of an attribute is found fit.
    return Q(IsNull(KeyTransform(field.key, "attributes"), False))
