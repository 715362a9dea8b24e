"""From the text of a filter to a tree whose fields are known and whose values are parsed."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from jinzita.kernel import values
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records.fields import Field, FieldType, ties
from jinzita.kernel.records.filters import dates
from jinzita.kernel.records.filters.related import related_kinds
from jinzita.kernel.records.filters.tree import (
    EVERYTHING,
    NOTHING,
    Condition,
    Node,
    Not,
    Op,
    Related,
    Several,
)
from jinzita.kernel.records.parsing import parse

DEEPEST, MOST_CONDITIONS, MOST_VALUES, LONGEST_FILTER = 6, 60, 500, 20_000
MOST_COUNTED = 1_000_000

_COMPARING = frozenset({"eq", "ne", "in", "lt", "le", "gt", "ge", "between", "is_null"})
_NAMING = frozenset({"eq", "ne", "in", "is_null"})
OPERATORS: Mapping[FieldType, frozenset[str]] = {
    FieldType.TEXT: _NAMING | {"contains", "starts"},
    FieldType.NUMBER: _COMPARING,
    FieldType.MONEY: _COMPARING,
    FieldType.DATE: _COMPARING,
    FieldType.DATETIME: _COMPARING,
    FieldType.CHOICE: _NAMING,
    FieldType.CHOICES: frozenset({"has", "has_any", "has_none", "is_null"}),
    FieldType.YES_NO: _NAMING,
    FieldType.REFERENCE: _NAMING,
}


def read(
    fields: Mapping[str, Field], text: str | None, *, kind: str = "", viewer: Viewer | None = None,
    today: date | None = None,
) -> Node:  # fmt: skip
    """The tree a filter states; no filter is a tree that everything fulfils.

    `fields` are the declared fields of `kind` by code (without a kind no related records are known), `viewer`
    decides which fields of related records are known, `today` what dates said from today mean (the company's
    day when None). Raises Invalid that names the place, as ``filter.all[1].value``.
    """
    if not text:
        return EVERYTHING
    if len(text) > LONGEST_FILTER:
        raise Invalid.at("filter", "too_long", f"A filter has at most {LONGEST_FILTER} characters.")
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid.at("filter", "not_json", "The filter is not valid JSON.") from None
    return _Reader(fields, kind, viewer, today).node(tree, "filter", 1)


def choices_required(text: str | None, code: str) -> list[str]:
    """The values of `code` that a valid filter allows by an ``in`` that must hold, if any."""
    tree = json.loads(text) if text else {}
    for one in tree.get("all", [tree]):
        if one.get("field") == code and one.get("op") == "in":
            return list(dict.fromkeys(one["value"]))
    return []


class _Reader:
    def __init__(
        self, fields: Mapping[str, Field], kind: str, viewer: Viewer | None, today: date | None
    ) -> None:
        self.fields, self.kind, self.viewer = fields, kind, viewer
        # A filter is kept and read again on other days: this is where its "today" is said.
        self.today = today or datetime.now(settings.COMPANY_TIME_ZONE).date()
        self.seen = 0

    def node(self, tree: Any, place: str, depth: int) -> Node:
        self.seen += 1
        if depth > DEEPEST or self.seen > MOST_CONDITIONS:
            raise Invalid.at(
                place, "too_complex",
                f"A filter is at most {DEEPEST} levels deep and has at most {MOST_CONDITIONS} conditions.",
            )  # fmt: skip
        if not isinstance(tree, dict):
            raise Invalid.at(
                place, "not_a_condition", f"{place} must be an object with all, any, not, related or field."
            )
        if "all" in tree:
            return Several("all", self._parts(tree, "all", place, depth))
        if "any" in tree:
            return Several("any", self._parts(tree, "any", place, depth))
        if "not" in tree:
            _only(tree, {"not"}, place)
            return Not(self.node(tree["not"], f"{place}.not", depth + 1))
        if "related" in tree:
            return self._related(tree, place, depth)
        return self._condition(tree, place)

    def _parts(self, tree: dict[str, Any], word: str, place: str, depth: int) -> tuple[Node, ...]:
        _only(tree, {word}, place)
        parts = tree[word]
        if not isinstance(parts, list):
            raise Invalid.at(f"{place}.{word}", "not_a_list", f"{place}.{word} must be a list of conditions.")
        return tuple(self.node(part, f"{place}.{word}[{i}]", depth + 1) for i, part in enumerate(parts))

    def _related(self, tree: dict[str, Any], place: str, depth: int) -> Node:
        _only(tree, {"related", "having", "count"}, place)
        known = related_kinds(self.kind)
        code = tree["related"]
        if not isinstance(code, str) or code not in known:
            raise Invalid.at(
                f"{place}.related",
                "unknown_kind",
                f"{place}.related must be one of {', '.join(sorted(known))}.",
            )
        outer = self.fields, self.kind
        related = known[code][0]
        self.fields = {one.code: one for one in related.read_fields(self.viewer)}
        # What a mere tie is tied to further on, is not asked.
        self.kind = code if code not in ties() else ""
        try:
            having = self.node(tree.get("having", {"all": []}), f"{place}.having", depth + 1)
        finally:
            self.fields, self.kind = outer
        op, count = self._count(tree.get("count", {"op": "ge", "value": 1}), f"{place}.count")
        at_least, more = Related(code, having, count), Related(code, having, count + 1)
        meant: dict[str, Node] = {
            "ge": at_least, "gt": more, "lt": Not(at_least), "le": Not(more),
            "eq": Several("all", (at_least, Not(more))), "ne": Several("any", (Not(at_least), more)),
        }  # fmt: skip
        return meant[op]

    def _count(self, raw: Any, place: str) -> tuple[str, int]:
        if not isinstance(raw, dict):
            raise Invalid.at(place, "not_a_count", f"{place} must be an object with op and value.")
        _only(raw, {"op", "value"}, place)
        op, count = raw.get("op"), raw.get("value")
        if op not in ("eq", "ne", "lt", "le", "gt", "ge"):
            raise Invalid.at(
                f"{place}.op", "unknown_operator", f"{place}.op must be eq, ne, lt, le, gt or ge."
            )
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= MOST_COUNTED:
            raise Invalid.at(f"{place}.value", "not_a_count", f"{place}.value must be a whole number from 0.")
        return op, count

    def _condition(self, tree: dict[str, Any], place: str) -> Node:
        _only(tree, {"field", "op", "value"}, place)
        code = tree.get("field")
        field = self.fields.get(code) if isinstance(code, str) else None
        if field is None or not field.filterable:
            raise Invalid.at(f"{place}.field", "unknown_field", f"{place}.field is not a field to filter by.")
        op = tree.get("op")
        allowed = OPERATORS[field.type]
        if field.belongs:
            allowed = allowed | {"eq", "ne", "in"}
        if not isinstance(op, str) or op not in allowed:
            known = ", ".join(sorted(allowed))
            raise Invalid.at(
                f"{place}.op", "unknown_operator", f"{place}.op must be one of {known} for {code}."
            )
        if field.type is FieldType.CHOICES:
            return _of_choices(field, op, tree.get("value"), f"{place}.value")
        return self._compared(field, op, tree.get("value"), f"{place}.value")

    def _compared(self, field: Field, op: str, raw: Any, place: str) -> Node:
        dated = field.type in (FieldType.DATE, FieldType.DATETIME)
        if dated and dates.is_relative(raw) and op not in ("in", "is_null"):
            first, last = dates.span(raw, self.today, place)
            return _within(field, op, first, last)
        if op == "is_null":
            if not isinstance(raw, bool):
                raise Invalid.at(place, "not_yes_no", f"{place} must be true or false.")
            return Condition(field, "is_null", raw)
        if op == "in":
            several = _list(raw, place)
            if any(_is_day_of_moment(field, one) for one in several):
                parts = [self._compared(field, "eq", one, f"{place}[{i}]") for i, one in enumerate(several)]
                return Several("any", tuple(parts))
            return Condition(
                field, "in", [parse(field, one, f"{place}[{i}]") for i, one in enumerate(several)]
            )
        if op == "between":
            several = _list(raw, place)
            if len(several) != 2:
                raise Invalid.at(place, "not_a_range", f"{place} must be a list of two values.")
            low, high = (
                self._compared(field, each, several[i], f"{place}[{i}]")
                for i, each in enumerate(("ge", "le"))
            )
            return Several("all", (low, high))
        if op == "ne":
            return Not(self._compared(field, "eq", raw, place))
        if op in ("contains", "starts"):
            return Condition(field, _as_op(op), values.plain_text(raw, place, longest=200))
        if _is_day_of_moment(field, raw):
            day = values.day(raw, place)
            return _within(field, op, day, day)
        return Condition(field, _as_op(op), parse(field, raw, place))


def _within(field: Field, op: str, first: date, last: date) -> Node:
    """A date or an instant compared with a span of days, both ends of it included."""
    low: Any = first
    after: Any = last + timedelta(days=1)
    if field.type is FieldType.DATETIME:
        low, after = values.start_of(low), values.start_of(after)
    begun, over = Condition(field, "ge", low), Condition(field, "ge", after)
    inside = Several("all", (begun, Condition(field, "lt", after)))
    meant: dict[str, Node] = {
        "eq": inside, "between": inside, "ne": Not(inside), "lt": Condition(field, "lt", low),
        "ge": begun, "gt": over, "le": Condition(field, "lt", after),
    }  # fmt: skip
    return meant[op]


def _of_choices(field: Field, op: str, raw: Any, place: str) -> Node:
    if op == "is_null":
        if not isinstance(raw, bool):
            raise Invalid.at(place, "not_yes_no", f"{place} must be true or false.")
        return Condition(field, "is_null", raw)
    several = [raw] if op in ("has", "eq", "ne") else _list(raw, place)
    chosen = parse(field, several, place) if several else []
    found = Condition(field, "has_any", chosen) if chosen else NOTHING
    return Not(found) if op in ("has_none", "ne") else found


def _as_op(op: str) -> Op:
    return op  # type: ignore[return-value]


def _is_day_of_moment(field: Field, raw: Any) -> bool:
    return field.type is FieldType.DATETIME and isinstance(raw, str) and len(raw) == 10


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
