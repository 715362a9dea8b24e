"""Classification as a viewer sees it: dimensions, how many customers a category has, a customer's classes."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Func, OuterRef, QuerySet, TextField

from jinzita.customers.fields.classification import PREFIX
from jinzita.customers.models import Category, Classified, Customer, Dimension
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import NotFound
from jinzita.kernel.records import Field

# The ids of a category and of those above it, a row of each.
_ABOVE = Func(
    F("category__path"),
    template="unnest(string_to_array(trim(both '/' from %(expressions)s), '/'))",
    output_field=TextField(),
)


def dimensions(viewer: Viewer) -> QuerySet[Dimension]:
    """The ways the company looks at its customers, with their categories."""
    viewer.require(Permission.READ)
    return Dimension.objects.prefetch_related("categories")


def dimension(viewer: Viewer, code: str) -> Dimension:
    """One dimension. Raises NotFound."""
    found = dimensions(viewer).filter(code=code).first()
    if found is None:
        raise NotFound(f"There is no dimension {code}.")
    return found


def counts(one: Dimension, visible: QuerySet[Customer]) -> dict[int, int]:
    """How many of the visible customers are in each category itself, by its id."""
    rows = Classified.objects.filter(dimension=one)
    if visible.query.where:
        rows = rows.filter(customer__in=visible)
    return dict(rows.values_list("category").annotate(Count("customer")).order_by())


def counts_by_code(code: str, rows: QuerySet[Customer], *, most: int) -> list[tuple[str, int]]:
    """How many of these customers are in each category of a dimension or below it, by its code; most frequent
    first.
    """
    classified = Classified.objects.filter(dimension__code=code, customer__in=rows.order_by().values("pk"))
    counted = classified.annotate(above=_ABOVE).values("above").annotate(n=Count("customer", distinct=True))
    codes = dict(Category.objects.filter(dimension__code=code).values_list("pk", "code"))
    pairs = counted.order_by("-n", "above").values_list("above", "n")[:most]
    return [(codes[int(pk)], n) for pk, n in pairs]


def show_classes(rows: Sequence[Customer]) -> None:
    """Put on these customers their categories, as `shown_classes`: ``{dimension: [{id, code, label}]}``."""
    found: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    classes = (
        Classified.objects.filter(customer__in=[row.pk for row in rows])
        .select_related("category", "dimension")
        .order_by("dimension__position", "category__position", "category__code")
    )
    for one in classes:
        category = one.category
        label = {"en": category.label_en, "zh": category.label_zh}
        found[one.customer_id][one.dimension.code].append(
            {"id": category.pk, "code": category.code, "label": label}
        )
    for row in rows:
        row.shown_classes = dict(found.get(row.pk, {}))  # type: ignore[attr-defined]


def with_classes(rows: QuerySet[Customer], fields: Sequence[Field]) -> QuerySet[Customer]:
    """The customers with the codes of their categories, for those of the fields that are dimensions."""
    codes = [field for field in fields if field.code.startswith(PREFIX)]
    return rows.annotate(**{
        field.orm: ArraySubquery(
            Classified.objects.filter(
                customer=OuterRef("pk"), dimension__code=field.code.removeprefix(PREFIX)
            )
            .order_by("category__position")
            .values_list("category__code", flat=True)
        )
        for field in codes
    })  # fmt: skip


def category_of(viewer: Viewer, category_id: int) -> Category:
    """One category. Raises NotFound."""
    viewer.require(Permission.READ)
    found = Category.objects.select_related("dimension").filter(pk=category_id).first()
    if found is None:
        raise NotFound(f"There is no category {category_id}.")
    return found


def in_order(one: Dimension) -> QuerySet[Category]:
    """A dimension's categories in the order in which their rules are tried."""
    return one.categories.order_by("position", "code").annotate(parent_code=F("parent__code"))
