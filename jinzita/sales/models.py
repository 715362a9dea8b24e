"""Sales: the opportunities a company works on."""

from datetime import date
from typing import ClassVar

from django.db import models

from jinzita.kernel.models import Sourced


class Status(models.TextChoices):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Opportunity(Sourced):
    """A deal that may come: `amount` if won, `probability` 0–1, the day it is expected."""

    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", db_index=False)
    expected_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=4, choices=Status, default=Status.OPEN, db_default=Status.OPEN)
    amount = models.DecimalField(max_digits=18, decimal_places=4)
    probability = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="opportunity_source"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="opportunity_status"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="opportunity_amount"),
            models.CheckConstraint(
                condition=models.Q(probability__gte=0, probability__lte=1), name="opportunity_probability"
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(expected_on__isnull=True)
                    | models.Q(expected_on__gte=date(1900, 1, 1), expected_on__lt=date(2200, 1, 1))
                )
                & (
                    models.Q(closed_on__isnull=True)
                    | models.Q(closed_on__gte=date(1900, 1, 1), closed_on__lt=date(2200, 1, 1))
                ),
                name="opportunity_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-expected_on"], name="opportunity_customer"),
            # The timeline: when they closed, or when they were entered.
            models.Index(
                fields=["customer", "-closed_on"],
                name="opportunity_closed",
                condition=models.Q(closed_on__isnull=False),
            ),
            models.Index(
                fields=["customer", "-created_at"],
                name="opportunity_open",
                condition=models.Q(closed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name
