"""The company's attributes: which a viewer knows of, and the values a viewer may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf

from jinzita.analytics import formulas
from jinzita.analytics.formula_values import value as value_of_formula
from jinzita.customers.fields.attributes import role_of
from jinzita.customers.models import AttributeDefinition, AttributeType, Customer
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.records import Field
from jinzita.people import selectors as people

# Of larger companies a part of the customers is looked at, and from so many on an index is worth having.
COUNTED_WHOLE, WORTH_AN_INDEX = 200_000, 100_000


@dataclass(frozen=True)
class Usage:
    """How many customers have each attribute, by code; `exact` is false when a part was looked at."""

    counts: dict[str, int]
    exact: bool


def attribute_definitions(viewer: Viewer, *, archived: bool = False) -> QuerySet[AttributeDefinition]:
    """The characteristics the company keeps of its customers, as far as the viewer may know of them.

    With those `archived` too for who tells of what was computed while they were in use.
    """
    viewer.require(Permission.READ)
    role = role_of(viewer)
    rows = AttributeDefinition.objects.all()
    rows = rows if archived else rows.filter(archived_at=None)
    return rows if role is None else rows.filter(Q(visible_to=[]) | Q(visible_to__contains=[role]))


def all_definitions(viewer: Viewer) -> QuerySet[AttributeDefinition]:
    """Every definition, archived ones too, for those who define them."""
    viewer.require(Permission.MANAGE_SETUP)
    return AttributeDefinition.objects.all()


def definition(viewer: Viewer, code: str) -> AttributeDefinition:
    """One definition, for those who define them. Raises NotFound."""
    found = all_definitions(viewer).filter(code=code).first()
    if found is None:
        raise NotFound(f"There is no attribute {code}.")
    return found


def usage(viewer: Viewer) -> Usage:
    """How often each attribute is used."""
    viewer.require(Permission.MANAGE_SETUP)
    rows = estimated_customers()
    share = min(100.0, 100 * COUNTED_WHOLE / rows) if rows > COUNTED_WHOLE else 100.0
    sample = f" TABLESAMPLE SYSTEM ({share:.4f}) REPEATABLE (1)" if share < 100 else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, count(*) FROM customers_customer{sample}, jsonb_object_keys(attributes) AS key"
            " GROUP BY key"
        )
        counts = {code: round(count * 100 / share) for code, count in cursor.fetchall()}
    return Usage(counts, share == 100)


def estimated_customers() -> int:
    """How many customers there are, as the planner believes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = 'customers_customer'::regclass")
        return int(cursor.fetchone()[0])


def has_values(code: str) -> bool:
    """Whether any customer has this attribute."""
    return Customer.objects.filter(attributes__has_key=code).exists()


def show_attributes(viewer: Viewer, rows: Sequence[Customer], visible: QuerySet[Customer]) -> None:
    """Leave on these customers only the attributes the viewer may see, references with their names."""
    definitions = attribute_definitions(viewer).only("code", "type", "references", "visible_to")
    kinds = {one.code: one for one in definitions}
    guard(viewer, kinds.values())
    named: dict[str, set[int]] = {"users": set(), "customers": set()}
    for row in rows:
        row.attributes = {code: value for code, value in row.attributes.items() if code in kinds}
        for code, value in row.attributes.items():
            if kinds[code].type == AttributeType.REFERENCE:
                named[kinds[code].references].add(value)
    if not any(named.values()):
        return
    names = {
        "users": {pk: one.shown_name for pk, one in people.owners(named["users"]).items()},
        "customers": dict(visible.filter(pk__in=named["customers"]).values_list("pk", "name"))
        if named["customers"] else {},
    }  # fmt: skip
    for row in rows:
        for code, value in row.attributes.items():
            if kinds[code].type == AttributeType.REFERENCE:
                row.attributes[code] = {"id": value, "name": names[kinds[code].references].get(value)}


def guard(viewer: Viewer, definitions: Iterable[AttributeDefinition]) -> None:
    """Attributes that are not for every role are sensitive (decision 19)."""
    if viewer.reads is not None:
        viewer.reads.guard("customers", [f"attributes.{one.code}" for one in definitions if one.visible_to])


def with_names(
    viewer: Viewer, rows: QuerySet[Customer], fields: Sequence[Field], visible: QuerySet[Customer]
) -> QuerySet[Customer]:
    """The customers with what their attributes of these fields name; who is hidden stays unnamed."""
    found: dict[str, tuple[QuerySet[Any], Any]] = {
        "users": (people.users(viewer).order_by(), Coalesce(NullIf("name", Value("")), "username")),
        "customers": (visible.order_by(), "name"),
    }
    named: dict[str, Subquery] = {}
    for field in fields:
        if field.in_attributes and field.references:
            among, name = found[field.references]
            key = Cast(KeyTextTransform(field.key, OuterRef("attributes")), BigIntegerField())
            named[name_path(field)] = Subquery(among.filter(pk=key).values_list(name)[:1])
    return rows.annotate(**named)


def name_path(field: Field) -> str:
    """Where `with_names` puts the name that an attribute stands for."""
    return f"named_{field.key}"


def formulas_of(definitions: Iterable[AttributeDefinition]) -> list[tuple[str, formulas.Formula]]:
    """The formulas among these, each after those it rests on. Raises CycleError."""
    read = {
        one.code: formulas.parse(one.formula, over="customer") for one in definitions if one.formula
    }  # fmt: skip
    rests_on = {code: [name for name in inputs_of(one) if name in read] for code, one in read.items()}
    return [(code, read[code]) for code in TopologicalSorter(rests_on).static_order()]


def inputs_of(formula: formulas.Formula) -> list[str]:
    """Codes of the attributes a formula names."""
    return [
        one.code.removeprefix("attribute:") for one in formula.references if one.code.startswith("attribute:")
    ]


def fixed_inputs_of(formula: formulas.Formula) -> list[str]:
    """Codes of the fixed fields a formula names."""
    return [
        one.code.removeprefix("customer:") for one in formula.references if one.code.startswith("customer:")
    ]


def computed(
    ordered: Sequence[tuple[str, formulas.Formula]], attributes: dict[str, Any], fixed: dict[str, Any]
) -> dict[str, Any]:
    """The attributes with the values of these formulas."""
    result = dict(attributes)
    for code, formula in ordered:
        found = value_of_formula(formula, lambda one: _input(one.code, result, fixed))
        if found is None:
            result.pop(code, None)
        else:
            result[code] = int(found) if found == int(found) and abs(found) < 2**53 else round(found, 6)
    return result


def _input(code: str, attributes: dict[str, Any], fixed: dict[str, Any]) -> float | None:
    family, _, name = code.partition(":")
    found = (attributes if family == "attribute" else fixed).get(name)
    # A choice, a text or a date is no number to compute with; yes counts one.
    return float(found) if isinstance(found, int | float) else None


def has_choice(one: AttributeDefinition, value: str) -> bool:
    """Whether any customer has this value of a choice or of several choices."""
    kept: Any = [value] if one.type == AttributeType.CHOICES else value
    return Customer.objects.filter(attributes__contains={one.code: kept}).exists()
