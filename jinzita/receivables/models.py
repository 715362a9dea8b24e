"""Receivables: what customers were asked to pay, and what they paid."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from jinzita.kernel.models import Sourced

FIRST_DAY, END = date(1900, 1, 1), date(2200, 1, 1)


class Invoice(Sourced):
    """A request for payment."""

    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", db_index=False)
    issued_on = models.DateField()
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="invoice_source"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="invoice_amount"),
            models.CheckConstraint(
                condition=models.Q(
                    issued_on__gte=FIRST_DAY,
                    issued_on__lt=END,
                    due_on__gte=models.F("issued_on"),
                    due_on__lt=END,
                ),
                name="invoice_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-issued_on"], name="invoice_customer"),
            # For the export by months.
            BrinIndex(fields=["issued_on"], name="invoice_month", autosummarize=True),
        ]


class Receipt(Sourced):
    """Money that came in; `invoice` is the one it pays, when known."""

    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", db_index=False)
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, related_name="+", db_index=False)
    received_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="receipt_source"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="receipt_amount"),
            models.CheckConstraint(
                condition=models.Q(received_on__gte=FIRST_DAY, received_on__lt=END), name="receipt_day"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-received_on"], name="receipt_customer"),
            BrinIndex(fields=["received_on"], name="receipt_month", autosummarize=True),
            models.Index(
                fields=["invoice"], name="receipt_invoice", condition=models.Q(invoice__isnull=False)
            ),
        ]
