"""A list in groups: how many of its rows have each value of a declared field."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, Func, Q, QuerySet

from jinzita.kernel.errors import Invalid
from jinzita.kernel.records.fields import Field, FieldType
from jinzita.kernel.records.filters.sql import compiled
from jinzita.kernel.records.filters.tree import Condition

# More groups than a person reads through; the rarest are left out.
MOST_GROUPS = 200
Counts = list[tuple[Any, int]]


def field_of(fields: Mapping[str, Field], by: str) -> Field:
    """The field a list is to be put in groups by. Raises Invalid, also of one kept back from the viewer."""
    field = fields.get(by)
    if field is None or not field.groupable:
        raise Invalid.at("by", "unknown_field", "The list cannot be grouped by this field.")
    return field


def counts(rows: QuerySet[Any], field: Field) -> Counts:
    """How many rows have each value of the field, the most frequent first, in one query."""
    if field.belongs:
        return _by_condition(rows, field)
    return counted(rows, F(f"{field.orm}_id" if field.type is FieldType.REFERENCE else field.orm))


def counted(rows: QuerySet[Any], value: "F | Func[Any]") -> Counts:
    """How many rows have each value, the most frequent first; an empty text counts as no value."""
    found = rows.order_by().annotate(group_value=value).values("group_value").annotate(n=Count("pk"))
    pairs = found.order_by("-n", "group_value").values_list("group_value", "n")[:MOST_GROUPS]
    numbers: dict[Any, int] = {}
    for one, number in pairs:
        known = None if one == "" else one
        numbers[known] = numbers.get(known, 0) + number
    return by_number(numbers)


def with_unfilled(found: Counts, rows: QuerySet[Any], field: Field) -> Counts:
    """These groups of a field of several values, and the one of the rows that have none of them."""
    none = rows.filter(compiled(Condition(field, "is_null", True), "")).count()
    return by_number(dict(found) | {None: none})


def by_number(numbers: Mapping[Any, int]) -> Counts:
    """The values that occur, the most frequent first."""
    return sorted(((one, n) for one, n in numbers.items() if n), key=lambda pair: -pair[1])[:MOST_GROUPS]


def _by_condition(rows: QuerySet[Any], field: Field) -> Counts:
    # The values stand in no column: each is counted by the condition it is found by.
    assert field.belongs is not None
    own = (True, False) if field.type is FieldType.YES_NO else tuple(one.value for one in field.choices)
    asked: dict[Any, Q] = {one: field.belongs([one]) for one in own} | {None: ~field.belongs(None)}
    numbers = rows.order_by().aggregate(
        **{f"n{place}": Count("pk", filter=one) for place, one in enumerate(asked.values())}
    )
    return by_number({one: numbers[f"n{place}"] for place, one in enumerate(asked)})
