"""A declared field for each dimension of the classification; its code is ``class.DIMENSION``."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from jinzita.customers.models import Category, Classified, Dimension
from jinzita.kernel.records import Choice, Field, FieldType

PREFIX = "class."


def class_fields() -> tuple[Field, ...]:
    """The fields of all dimensions. Filtering by a category finds what stands below it too."""
    return tuple(
        _field(one) for one in Dimension.objects.prefetch_related("categories")
    )  # fmt: skip


def _field(one: Dimension) -> Field:
    below = _below(one)
    return Field(
        f"{PREFIX}{one.code}",
        FieldType.CHOICES,
        one.label_en,
        one.label_zh,
        path=f"class_{one.code}",
        choices=tuple(
            Choice(each.code, each.label_en, each.label_zh, ids=tuple(below[each.pk]))
            for each in one.categories.all()
        ),
        belongs=_belongs(one),
        kept=True,
        fact="classes",
        listed=False,
        importable=False,
        applies_to=one.applies_to,
    )  # fmt: skip


def _below(of: Dimension) -> dict[int, list[int]]:
    """By category it and all that stand below it: a path names what stands above."""
    found: dict[int, list[int]] = defaultdict(list)
    for one in of.categories.all():
        for above in one.path.strip("/").split("/"):
            found[int(above)].append(one.pk)
    return found


def _belongs(one: Dimension) -> Callable[[Sequence[str] | None], Q]:
    paths = {each.code: each.path for each in one.categories.all()}

    def condition(codes: Sequence[str] | None) -> Q:
        rows = Classified.objects.filter(dimension_id=one.pk)
        if codes is not None:
            below = reduce(or_, (Q(path__startswith=paths[code]) for code in codes), Q(pk__in=[]))
            rows = rows.filter(category__in=Category.objects.filter(below, dimension_id=one.pk))
        return Q(Exists(rows.filter(customer=OuterRef("pk"))))

    return condition
