"""A list in groups: how many customers have each value of a field."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, Func, QuerySet, TextField

from jinzita.customers.fields.classification import PREFIX
from jinzita.customers.selectors.classification import counts_by_code
from jinzita.customers.selectors.customers import fields_named, matching
from jinzita.customers.selectors.members import counts_by_member
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records import Field, FieldType
from jinzita.people import selectors as people

MOST_GROUPS = 200
TAGS = "tags"


def grouped(
    viewer: Viewer, *, by: str, filter: str | None = None, q: str | None = None
) -> list[dict[str, Any]]:
    """The values of a field among the customers that fit, each with its number, the most frequent first."""
    field = fields_named(by, viewer).get(by)
    if field is None or not field.groupable or viewer.access("customers", by).concealed:
        raise Invalid.at("by", "unknown_field", "The list cannot be grouped by this field.")
    rows = matching(viewer, filter=filter, q=q)
    found: list[tuple[Any, int]]
    if field.code == "team":
        found = counts_by_member(rows, most=MOST_GROUPS)
    elif field.belongs:
        found = counts_by_code(by.removeprefix(PREFIX), rows, most=MOST_GROUPS)
    elif field.in_attributes and field.type is FieldType.CHOICES:
        each = Func(
            F(field.orm),
            template="jsonb_path_query(%(expressions)s, '$[*]') #>> '{}'",
            output_field=TextField(),
        )
        found = counted(rows.filter(**{f"{field.orm}__isnull": False}), each)
    elif field.code == TAGS:
        found = tag_counts(rows)
    else:
        found = counted(rows, F(f"{field.orm}_id" if field.type is FieldType.REFERENCE else field.orm))
    values = [value for value, _ in found]
    labels = _names(viewer, values) if field.references == "customers" else labels_of(field, values)
    return [{"value": value, "label": labels.get(value), "count": count} for value, count in found]


def tags(viewer: Viewer) -> list[dict[str, Any]]:
    """All tags with the number of customers that carry them, the most frequent first."""
    return [{"name": value, "customers": count} for value, count in tag_counts(matching(viewer))]


def tag_counts(rows: QuerySet[Any]) -> list[tuple[Any, int]]:
    """How many rows carry each tag, the most frequent first."""
    return counted(rows.exclude(tags=[]), Func(F(TAGS), function="unnest"))


def counted(rows: QuerySet[Any], value: "F | Func[Any]") -> list[tuple[Any, int]]:
    """How many rows have each value, the most frequent first."""
    counted = rows.order_by().annotate(group_value=value).values("group_value").annotate(n=Count("pk"))
    pairs = counted.order_by("-n", "group_value").values_list("group_value", "n")[:MOST_GROUPS]
    return list(pairs)


def labels_of(field: Field, found: list[Any]) -> Mapping[Any, dict[str, str]]:
    """What values of a field are called."""
    if field.choices:
        return {one.value: {"en": one.en, "zh": one.zh} for one in field.choices}
    ids = {one for one in found if isinstance(one, int) and not isinstance(one, bool)}
    if field.references == "users":
        return {pk: _same(user.shown_name) for pk, user in people.owners(ids).items()}
    if field.references == "departments":
        return {pk: _same(name) for pk, name in people.departments_named(ids).items()}
    return {}


def _names(viewer: Viewer, ids: list[Any]) -> Mapping[Any, dict[str, str]]:
    """What customers are called, as far as the viewer sees them."""
    named = visible_to(viewer).filter(pk__in=[one for one in ids if isinstance(one, int)])
    return {pk: _same(name) for pk, name in named.values_list("pk", "name")}


def _same(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}
