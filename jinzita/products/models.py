"""Products: what the company sells."""

from typing import ClassVar

from django.db import models

from jinzita.kernel.models import Sourced


class Product(Sourced):
    """A product or service; `unit_price` is its list price in the company's currency, null when not known."""

    name = models.CharField(max_length=200)
    category = models.CharField(max_length=100, blank=True, default="", db_default="")
    unit_price = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="product_source"),
            models.CheckConstraint(condition=models.Q(unit_price__gte=0), name="product_price"),
        ]
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="product_name")]

    def __str__(self) -> str:
        return self.name
