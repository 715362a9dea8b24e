"""The list of customers in groups: how many have each value of a field."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Func, QuerySet, TextField

from jinzita.customers.fields.classification import PREFIX
from jinzita.customers.models import Customer
from jinzita.customers.selectors.classification import counts_by_code
from jinzita.customers.selectors.customers import fields_named, matching
from jinzita.customers.selectors.members import counts_by_member
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Viewer
from jinzita.kernel.records import Field, FieldType, grouping
from jinzita.people.selectors.grouping import Group, groups_of

TAGS = "tags"


def grouped(viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None) -> list[Group]:
    """The values of a field among the customers that fit, each with its number, the most frequent first.

    Who has several values is counted with each.
    """
    rows = matching(viewer, filter=filter, q=q)
    fields = fields_named(by, viewer)
    found = groups_of(rows, fields, by=by, own=_several)
    if fields[by].references == "customers":
        names = _names(viewer, [group["value"] for group in found])
        return [{**group, "label": names.get(group["value"])} for group in found]
    return found


def tags(viewer: Viewer) -> list[dict[str, Any]]:
    """All tags with the number of customers that carry them, the most frequent first."""
    return [{"name": value, "customers": count} for value, count in tag_counts(matching(viewer))]


def tag_counts(rows: QuerySet[Any]) -> grouping.Counts:
    """How many rows carry each tag, the most frequent first."""
    return grouping.counted(rows.exclude(tags=[]), Func(F(TAGS), function="unnest"))


def _several(rows: QuerySet[Customer], field: Field) -> grouping.Counts | None:
    """The groups of a field of which a customer has several values."""
    most = grouping.MOST_GROUPS
    found: grouping.Counts
    if field.code == "team":
        found = list(counts_by_member(rows, most=most))
    elif field.code.startswith(PREFIX):
        found = list(counts_by_code(field.code.removeprefix(PREFIX), rows, most=most))
    elif field.code == TAGS:
        found = tag_counts(rows)
    elif field.in_attributes and field.type is FieldType.CHOICES:
        each = Func(
            F(field.orm),
            template="jsonb_path_query(%(expressions)s, '$[*]') #>> '{}'",
            output_field=TextField(),
        )
        found = grouping.counted(rows.filter(**{f"{field.orm}__isnull": False}), each)
    else:
        return None
    return grouping.with_unfilled(found, rows, field)


def _names(viewer: Viewer, ids: list[Any]) -> Mapping[Any, dict[str, str]]:
    """What customers are called, as far as the viewer sees them."""
    named = visible_to(viewer).filter(pk__in=[one for one in ids if isinstance(one, int)])
    return {pk: {"en": name, "zh": name} for pk, name in named.values_list("pk", "name")}
