"""The classification on the wire."""

from collections.abc import Mapping
from typing import Any

from ninja import Field, Schema

from jinzita.customers.models import Category, Dimension
from jinzita.customers.schemas.attributes import LabelIn
from jinzita.customers.schemas.fields import Label
from jinzita.kernel.wire import Id, Strict, Text


class ClassOut(Schema):
    """A category a customer belongs to."""

    id: int
    code: str
    label: Label


class CategoryOut(ClassOut):
    parent_id: int | None
    position: int
    rule: dict[str, Any] | None = Field(description="Of a dimension by rule: the filter of its customers")


class DimensionOut(Schema):
    """A way to look at customers."""

    code: str
    label: Label
    form: str = Field(description="list or tree")
    applies_to: str | None
    exclusive: bool = Field(description="A customer has one category at most")
    by_rule: bool
    position: int
    categories: list[CategoryOut]


class CategoryCountOut(Schema):
    category_id: int
    customers: int = Field(description="In this category itself, not below it")


class DimensionChangeIn(Strict):
    label: LabelIn = Field(None)  # type: ignore[assignment]
    form: Text = Field("list", max_length=4)
    applies_to: Text | None = Field(None, max_length=12)
    exclusive: bool = True
    by_rule: bool = False
    position: int = Field(0, ge=-1_000_000, le=1_000_000)


class DimensionIn(DimensionChangeIn):
    code: Text = Field(pattern="^[a-z][a-z0-9_]{0,39}$", examples=["loyalty"])
    label: LabelIn


class CategoryChangeIn(Strict):
    code: Text = Field("", min_length=1, max_length=40)
    label: LabelIn = Field(None)  # type: ignore[assignment]
    parent_id: Id | None = None
    rule: dict[str, Any] | None = None
    position: int = Field(0, ge=-1_000_000, le=1_000_000)


class CategoryIn(CategoryChangeIn):
    code: Text = Field(min_length=1, max_length=40)
    label: LabelIn


class ClassesIn(Strict):
    categories: list[Id] = Field(max_length=200)
    seen: list[Id] | None = Field(
        None, max_length=200, description="The categories you saw; refused when there are others by now"
    )


def category_out(one: Category) -> dict[str, Any]:
    """A category."""
    return {
        "id": one.pk, "code": one.code, "label": {"en": one.label_en, "zh": one.label_zh},
        "parent_id": one.parent_id, "position": one.position, "rule": one.rule,
    }  # fmt: skip


def dimension_out(one: Dimension) -> dict[str, Any]:
    """A dimension with its categories in order."""
    return {
        "code": one.code, "label": {"en": one.label_en, "zh": one.label_zh}, "form": one.form,
        "applies_to": one.applies_to or None, "exclusive": one.exclusive, "by_rule": one.by_rule,
        "position": one.position, "categories": [category_out(each) for each in one.categories.all()],
    }  # fmt: skip


def classification_values(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a body says, in the names of the tables."""
    values = {name: value for name, value in given.items() if name != "label"}
    if given.get("label"):
        values |= {"label_en": given["label"]["en"], "label_zh": given["label"]["zh"]}
    if "applies_to" in values:
        values["applies_to"] = values["applies_to"] or ""
    return values
