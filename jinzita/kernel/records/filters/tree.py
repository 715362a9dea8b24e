"""A filter that has been read: every field known, every value parsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from jinzita.kernel.records.fields import Field

Op = Literal[
    "eq", "lt", "le", "gt", "ge", "in", "contains", "starts", "is_null", "has_any"
]  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """A field compared: `value` is of the field's Python type, a list for in and has_any, a bool for is_null.

    The other operators of the language are made of these: ne is not eq, between is ge and le.
    """

    field: Field
    op: Op
    value: Any


@dataclass(frozen=True)
class Several:
    """All of the parts, or any of them."""

    word: Literal["all", "any"]
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    part: Node


@dataclass(frozen=True)
class Related:
    """At least `count` records of another kind that name this one and fulfil `having`."""

    kind: str
    having: Node
    count: int


Node = Condition | Several | Not | Related
EVERYTHING, NOTHING = Several("all", ()), Several("any", ())


def fact_tables(node: Node) -> set[str]:
    """The fact tables that a filter asks, beside that of the records themselves."""
    match node:
        case Several(parts=parts):
            return set().union(*map(fact_tables, parts))
        case Not(part=part):
            return fact_tables(part)
        case Related(kind=kind, having=having):
            return {kind} | fact_tables(having)
        case Condition(field=field):
            return {field.fact} - {""}
