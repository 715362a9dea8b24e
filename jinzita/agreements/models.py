"""Agreements and orders: what customers bought and gave back."""

from datetime import UTC, datetime
from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from jinzita.kernel.models import Sourced


class Kind(models.TextChoices):
    SALE = "sale"
    RETURN = "return"


class Transaction(Sourced):
    """One order or invoice, not a line of it; a return carries the absolute amount given back.

    `cost` is what the goods cost the company, null when not known.
    """

    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", db_index=False)
    occurred_at = models.DateTimeField()
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.SALE)
    amount = models.DecimalField(max_digits=18, decimal_places=4)
    cost = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    note = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="transaction_source"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="transaction_kind"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="transaction_amount"),
            models.CheckConstraint(
                condition=models.Q(
                    occurred_at__gte=datetime(1900, 1, 1, tzinfo=UTC),
                    occurred_at__lt=datetime(2200, 1, 1, tzinfo=UTC),
                ),
                name="transaction_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-occurred_at"], name="transaction_customer"),
            # For the export by months: a few pages of index for millions of rows that came in order of time.
            BrinIndex(fields=["occurred_at"], name="transaction_month", autosummarize=True),
        ]


class TransactionLine(Sourced):
    """One product of a transaction; `amount` is signed: negative on what was given back."""

    transaction = models.ForeignKey(Transaction, models.CASCADE, related_name="lines")
    product = models.ForeignKey("products.Product", models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=4)
    amount = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="transaction_line_source"),
        ]
