"""Numbers by which authorities and other systems know a customer."""

from typing import ClassVar

from django.db import models

from jinzita.customers.models.customers import Customer


class IdentifierKind(models.TextChoices):
    CREDIT_CODE = "credit_code"
    TAX = "tax"
    VAT = "vat"
    DUNS = "duns"
    EXTERNAL = "external"


class Identifier(models.Model):
    """A credit code, tax or VAT number, D-U-N-S number, or the id at another system (`source`)."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=11, choices=IdentifierKind)
    source = models.CharField(max_length=50, blank=True, default="", db_default="")
    value = models.CharField(max_length=120)
    position = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["value", "kind", "source"], name="identifier_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=IdentifierKind.values), name="identifier_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=IdentifierKind.EXTERNAL) ^ models.Q(source=""),
                name="identifier_source",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["customer", "position"], name="identifier_customer")]
