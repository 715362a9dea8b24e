"""What passed between the company and a customer."""

from datetime import UTC, datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from jinzita.kernel.models import Sourced


class Kind(models.TextChoices):
    TASK = "task"
    PROCESS = "process"
    PRAISE = "praise"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    ENQUIRY = "enquiry"
    FAULT = "fault"
    VISIT = "visit"
    CALL = "call"


class Interaction(Sourced):
    """One contact with a customer; `by` is the colleague who had it, when known."""

    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", db_index=False)
    occurred_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind)
    subject = models.CharField(max_length=200, blank=True, default="", db_default="")
    note = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="interaction_source"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="interaction_kind"),
            models.CheckConstraint(
                condition=models.Q(
                    occurred_at__gte=datetime(1900, 1, 1, tzinfo=UTC),
                    occurred_at__lt=datetime(2200, 1, 1, tzinfo=UTC),
                ),
                name="interaction_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-occurred_at"], name="interaction_customer"),
            # For the export by months.
            BrinIndex(fields=["occurred_at"], name="interaction_month", autosummarize=True),
            models.Index(fields=["by"], name="interaction_by", condition=models.Q(by__isnull=False)),
        ]
