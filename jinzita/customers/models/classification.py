"""Classification: the stable kinds a company sorts its customers into, beside their grades."""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from jinzita.customers.models.customers import Customer


class Dimension(models.Model):
    """A way to look at customers: industry, region, state of cooperation. A list or a tree of categories.

    `exclusive`: a customer has one category at most. `by_rule`: the categories' rules decide, nobody's hand.
    """

    class Form(models.TextChoices):
        LIST = "list"
        TREE = "tree"

    code = models.CharField(max_length=40, unique=True)
    label_en = models.CharField(max_length=80)
    label_zh = models.CharField(max_length=80)
    form = models.CharField(max_length=4, choices=Form, default=Form.LIST)
    applies_to = models.CharField(max_length=12, blank=True, default="")
    exclusive = models.BooleanField(default=True)
    by_rule = models.BooleanField(default=False)
    position = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[a-z][a-z0-9_]*$"), name="dimension_code"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Category(models.Model):
    """A place in a dimension; `path` is the ids from the root down, as ``/1/4/``. `rule` is a filter."""

    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="categories")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    code = models.CharField(max_length=40)
    label_en = models.CharField(max_length=120)
    label_zh = models.CharField(max_length=120)
    rule = models.JSONField(null=True)
    path = models.CharField(max_length=500, default="")
    position = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dimension", "code"], name="category_code"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["path"], name="category_path", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.code


class Classified(models.Model):
    """A customer in a category. `exclusive` repeats the dimension's word, so that the table can keep it."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="classes", db_index=False)
    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="+", db_index=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False)
    exclusive = models.BooleanField()
    by_rule = models.BooleanField(default=False)
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer", "category"], name="classified_once"),
            models.UniqueConstraint(
                fields=["customer", "dimension"],
                condition=models.Q(exclusive=True),
                name="classified_exclusive",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["category", "customer"], name="classified_category"),
            models.Index(fields=["dimension", "customer"], name="classified_dimension"),
            BrinIndex(fields=["since"], name="classified_month"),
        ]
