"""The groups of any list with their words: people and departments by name, choices as declared."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet

from jinzita.kernel.records import Field, grouping
from jinzita.people import selectors as people

Group = dict[str, Any]
# How a capability counts fields whose values it keeps in a table of their own; None leaves it to the kernel.
CountOwn = Callable[[QuerySet[Any], Field], grouping.Counts | None]


def groups_of(
    rows: QuerySet[Any], fields: Mapping[str, Field], *, by: str, own: CountOwn = lambda rows, field: None
) -> list[Group]:
    """The values of a field among the rows, each with its number, the most frequent first.

    `rows` and `fields` are those of the viewer. Raises Invalid.
    """
    field = grouping.field_of(fields, by)
    counted = own(rows, field)
    found = grouping.counts(rows, field) if counted is None else counted
    words = _words(field, {value for value, _ in found})
    return [{"value": value, "label": words.get(value), "count": count} for value, count in found]


def _words(field: Field, found: set[Any]) -> Mapping[Any, dict[str, str]]:
    if field.choices:
        return {one.value: {"en": one.en, "zh": one.zh} for one in field.choices}
    ids = found - {None}
    if field.references == "users":
        return {pk: _same(name) for pk, name in people.people_named(ids).items()}
    if field.references == "departments":
        return {pk: _same(name) for pk, name in people.departments_named(ids).items()}
    return {}


def _same(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}
