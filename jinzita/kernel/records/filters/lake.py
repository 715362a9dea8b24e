"""A filter as a condition of Ibis, over the fact tables of the lake."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import and_, ge, gt, le, lt, or_
from typing import Any

import ibis

from jinzita.kernel.errors import Invalid
from jinzita.kernel.records.fields import Field, FieldType
from jinzita.kernel.records.filters.tree import Condition, Node, Not, Related, Several

_COMPARING: Mapping[str, Callable[[Any, Any], Any]] = {"lt": lt, "le": le, "gt": gt, "ge": ge}
_EXACT = "decimal(38, 8)"


def chosen(node: Node, kind: str, tables: Mapping[str, Any]) -> Any:
    """The condition of a tree that was read for records of `kind`, a boolean column of ``tables[kind]``.

    `tables` are fact tables by the code of their kind. Raises Invalid for a field or a kind that the lake
    does not have.
    """
    match node:
        case Several(word=word, parts=parts):
            conditions = [chosen(part, kind, tables) for part in parts]
            return reduce(and_ if word == "all" else or_, conditions, ibis.literal(word == "all"))
        case Not(part=part):
            return ~chosen(part, kind, tables)
        case Related():
            return _related(node, kind, tables)
        case Condition(field=field, op=op, value=value):
            if field.belongs:
                return _belongs(tables, kind, field, op, value)
            # What is unknown is false, so that turning it round makes it true.
            return _condition(tables[kind], field, op, value).fill_null(False)


def _related(node: Related, kind: str, tables: Mapping[str, Any]) -> Any:
    if node.count == 0:
        return ibis.literal(True)
    if node.kind not in tables:
        message = f"The lake has no {node.kind} to choose by."
        raise Invalid.at("filter", "not_in_lake", message, en=node.kind, zh=node.kind)
    facts = tables[node.kind]
    fitting = facts.filter(chosen(node.having, node.kind, tables), facts.customer_id.notnull())
    if node.count > 1:
        counted = fitting.group_by("customer_id").aggregate(found=ibis._.count())
        fitting = counted.filter(counted.found >= node.count)
    return tables[kind].customer_id.isin(fitting.customer_id)


def _belongs(tables: Mapping[str, Any], kind: str, field: Field, op: str, value: Any) -> Any:
    if field.fact not in tables:
        raise _not_in_lake(field)
    rows = tables[field.fact]
    wanted = {
        one for choice in field.choices if op == "is_null" or choice.value in value for one in choice.ids
    }
    held = ibis.literal(False)
    if wanted:
        held = tables[kind].customer_id.isin(rows.filter(rows.choice_id.isin(sorted(wanted))).customer_id)
    return ~held if op == "is_null" and value else held


def _condition(table: Any, field: Field, op: str, value: Any) -> Any:
    column = _column(table, field)
    text = field.type in (FieldType.TEXT, FieldType.CHOICE)
    if op == "is_null":
        unknown = column.isnull()
        if text and not field.in_attributes:
            unknown = unknown | (column == "")
        return unknown if value else ~unknown
    if op == "has_any":  # several choices cross into the lake as the text of a JSON list
        held = [column.contains(json.dumps(one, ensure_ascii=False)) for one in value]
        return reduce(or_, held, ibis.literal(False))
    if op == "in":
        return reduce(or_, [column == _literal(one, column) for one in value], ibis.literal(False))
    if op == "eq":
        return column == _literal(value, column)
    if op == "contains" and text:
        return column.upper().contains(value.upper())
    if op == "starts" and text:
        return column.upper().startswith(value.upper())
    return _COMPARING[op](column, _literal(value, column))


def _column(table: Any, field: Field) -> Any:
    name = f"attribute:{field.key}" if field.in_attributes else field.code
    if name not in table.columns:
        raise _not_in_lake(field)
    return table[name]


def _not_in_lake(field: Field) -> Invalid:
    message = f"The lake does not have {field.code} to choose by."
    return Invalid.at("filter", "not_in_lake", message, en=field.en, zh=field.zh)


def _literal(value: Any, column: Any) -> Any:
    if isinstance(value, Decimal):
        floating = column.type().is_floating()
        return ibis.literal(float(value)) if floating else ibis.literal(value, type=_EXACT)
    if isinstance(value, datetime):
        return ibis.literal(value, type=column.type())
    return ibis.literal(value, type="date") if isinstance(value, date) else ibis.literal(value)
