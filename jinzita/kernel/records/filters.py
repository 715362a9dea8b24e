"""The filter language of lists: a JSON tree of all / any / not over conditions on declared fields."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from jinzita.kernel import values
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records.fields import Field, FieldType
from jinzita.kernel.records.parsing import parse

DEEPEST, MOST_CONDITIONS, MOST_VALUES, LONGEST_FILTER = 6, 60, 500, 20_000

_COMPARING = frozenset({"eq", "ne", "in", "lt", "le", "gt", "ge", "between", "is_null"})
_NAMING = frozenset({"eq", "ne", "in", "is_null"})
OPERATORS: Mapping[FieldType, frozenset[str]] = {
    FieldType.TEXT: _NAMING | {"contains", "starts"},
    FieldType.NUMBER: _COMPARING,
    FieldType.MONEY: _COMPARING,
    FieldType.DATE: _COMPARING,
    FieldType.DATETIME: _COMPARING,
    FieldType.CHOICE: _NAMING,
    FieldType.YES_NO: _NAMING,
    FieldType.REFERENCE: _NAMING,
}
_LOOKUPS = {
    "lt": "lt",
    "le": "lte",
    "gt": "gt",
    "ge": "gte",
    "contains": "icontains",
    "starts": "istartswith",
}


def where(fields: Mapping[str, Field], text: str | None) -> Q:
    """The condition a filter states, as a Django Q; no filter states nothing.

    `fields` are the declared fields by code. Raises Invalid that names the place, as ``filter.all[1].value``.
    """
    if not text:
        return Q()
    if len(text) > LONGEST_FILTER:
        raise Invalid.at("filter", "too_long", f"A filter has at most {LONGEST_FILTER} characters.")
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid.at("filter", "not_json", "The filter is not valid JSON.") from None
    return _Reader(fields).node(tree, "filter", 1)


def choices_required(text: str | None, code: str) -> list[str]:
    """The values of `code` that a valid filter allows by an ``in`` that must hold, if any."""
    tree = json.loads(text) if text else {}
    for one in tree.get("all", [tree]):
        if one.get("field") == code and one.get("op") == "in":
            return list(dict.fromkeys(one["value"]))
    return []


class _Reader:
    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.fields = fields
        self.seen = 0

    def node(self, tree: Any, place: str, depth: int) -> Q:
        self.seen += 1
        if depth > DEEPEST or self.seen > MOST_CONDITIONS:
            raise Invalid.at(
                place, "too_complex",
                f"A filter is at most {DEEPEST} levels deep and has at most {MOST_CONDITIONS} conditions.",
            )  # fmt: skip
        if not isinstance(tree, dict):
            raise Invalid.at(
                place, "not_a_condition", f"{place} must be an object with all, any, not or field."
            )
        for word in ("all", "any"):
            if word in tree:
                return self._several(tree, word, place, depth)
        if "not" in tree:
            _only(tree, {"not"}, place)
            return ~self.node(tree["not"], f"{place}.not", depth + 1)
        return self._condition(tree, place)

    def _several(self, tree: dict[str, Any], word: str, place: str, depth: int) -> Q:
        _only(tree, {word}, place)
        parts = tree[word]
        if not isinstance(parts, list):
            raise Invalid.at(f"{place}.{word}", "not_a_list", f"{place}.{word} must be a list of conditions.")
        nodes = [self.node(part, f"{place}.{word}[{i}]", depth + 1) for i, part in enumerate(parts)]
        if word == "any" and not nodes:
            return Q(pk__in=[])
        joined = Q()
        for one in nodes:
            joined = joined & one if word == "all" else joined | one
        return joined

    def _condition(self, tree: dict[str, Any], place: str) -> Q:
        _only(tree, {"field", "op", "value"}, place)
        code = tree.get("field")
        field = self.fields.get(code) if isinstance(code, str) else None
        if field is None or not field.filterable:
            raise Invalid.at(f"{place}.field", "unknown_field", f"{place}.field is not a field to filter by.")
        op = tree.get("op")
        allowed = OPERATORS[field.type]
        if not isinstance(op, str) or op not in allowed:
            known = ", ".join(sorted(allowed))
            raise Invalid.at(
                f"{place}.op", "unknown_operator", f"{place}.op must be one of {known} for {code}."
            )
        return condition(field, op, tree.get("value"), f"{place}.value")


def condition(field: Field, op: str, raw: Any, place: str) -> Q:
    """One condition. An unknown value satisfies `ne` and no comparison."""
    if op == "is_null":
        if not isinstance(raw, bool):
            raise Invalid.at(place, "not_yes_no", f"{place} must be true or false.")
        return _is_null(field, raw)
    if op == "in":
        several = _list(raw, place)
        if field.in_attributes or _is_day_of_moment(field, several):
            joined = Q(pk__in=[])
            for i, one in enumerate(several):
                joined |= _equals(field, one, f"{place}[{i}]")
            return joined
        return Q(
            **{f"{field.orm}__in": [parse(field, one, f"{place}[{i}]") for i, one in enumerate(several)]}
        )
    if op == "between":
        several = _list(raw, place)
        if len(several) != 2:
            raise Invalid.at(place, "not_a_range", f"{place} must be a list of two values.")
        return condition(field, "ge", several[0], f"{place}[0]") & condition(
            field, "le", several[1], f"{place}[1]"
        )
    if op == "eq":
        return _equals(field, raw, place)
    if op == "ne":
        return ~_equals(field, raw, place)
    if op in ("contains", "starts"):
        part = values.plain_text(raw, place, longest=200)
        narrowed = field.narrow(part) if field.narrow else Q()
        return narrowed & Q(**{f"{field.orm}__{_LOOKUPS[op]}": part})
    return _compares(field, op, raw, place)


def _equals(field: Field, raw: Any, place: str) -> Q:
    if _is_day_of_moment(field, [raw]):
        return condition(field, "between", [raw, raw], place)
    value = parse(field, raw, place)
    if field.in_attributes:
        # Containment is what the index on attributes answers.
        return Q(attributes__contains={field.orm.removeprefix("attributes__"): json_value(value)})
    return Q(**{field.orm: value})


def _compares(field: Field, op: str, raw: Any, place: str) -> Q:
    if _is_day_of_moment(field, [raw]):
        day = values.day(raw, place)
        # "Up to the 5th" includes the 5th; "after the 5th" begins with the 6th.
        if op in ("le", "gt"):
            op, day = {"le": "lt", "gt": "ge"}[op], day + timedelta(days=1)
        return Q(**{f"{field.orm}__{_LOOKUPS[op]}": values.start_of(day)})
    value = parse(field, raw, place)
    compared = Q(**{f"{field.orm}__{_LOOKUPS[op]}": json_value(value) if field.in_attributes else value})
    # JSON compares values of different types by type; null is none of the known values.
    return compared & Q(**{f"{field.orm}__isnull": False}) if field.in_attributes else compared


def json_value(value: Any) -> Any:
    """A parsed value as it is kept in the JSON column of attributes."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _is_null(field: Field, wanted: bool) -> Q:
    if field.type is FieldType.TEXT and not field.in_attributes:
        return Q(**{field.orm: ""}) if wanted else ~Q(**{field.orm: ""})
    return Q(**{f"{field.orm}__isnull": wanted})


def _is_day_of_moment(field: Field, several: list[Any]) -> bool:
    if field.type is not FieldType.DATETIME:
        return False
    return any(isinstance(one, str) and len(one) == 10 for one in several) and not any(
        isinstance(one, datetime) for one in several
    )


def _list(raw: Any, place: str) -> list[Any]:
    if not isinstance(raw, list) or len(raw) > MOST_VALUES:
        raise Invalid.at(place, "not_a_list", f"{place} must be a list of at most {MOST_VALUES} values.")
    return raw


def _only(tree: dict[str, Any], known: set[str], place: str) -> None:
    for name in tree:
        if name not in known:
            raise Invalid.at(
                f"{place}.{name}"[:200], "unknown_word", f"{place} has a part it must not have here."
            )
