"""The rules by which customers fall back to the public pool, and who was warned."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class PoolRule(models.Model):
    """When customers of a grade fall back; a department's own rule comes before that of all departments.

    Nothing falls within `protected_days` of its assignment, nor before its owner was warned `warn_days` ago.
    """

    grade = models.CharField(max_length=9)
    department = models.ForeignKey("people.Department", models.CASCADE, null=True, related_name="+")
    quiet_days = models.PositiveIntegerField(null=True)
    dealless_days = models.PositiveIntegerField(null=True)
    protected_days = models.PositiveIntegerField(default=30)
    warn_days = models.PositiveIntegerField(default=7)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["grade", "department"], name="pool_rule_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_days__isnull=False) | models.Q(dealless_days__isnull=False),
                name="pool_rule_says_something",
            ),
        ]


class PoolLimits(models.Model):
    """What one person may take from the pool: one row for the company; null means without limit."""

    class Open(models.TextChoices):
        COMPANY = "company"
        DEPARTMENT = "department"

    id = models.SmallIntegerField(primary_key=True, default=1)
    claims_per_day = models.PositiveIntegerField(null=True, default=10)
    capacity = models.PositiveIntegerField(null=True)
    former_days = models.PositiveIntegerField(default=30)
    open_to = models.CharField(max_length=10, choices=Open, default=Open.COMPANY)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="pool_limits_one"),
        ]


class PoolWarning(models.Model):
    """A customer about to fall back, of whom the owner was told.

    It belongs to the `ownership` in which it was given and counts no longer than that lasts. The customer
    stays until `postponed_until` when a colleague approved what the owner `asked_until`.
    """

    class Cause(models.TextChoices):
        NO_CONTACT = "no_contact"
        NO_DEAL = "no_deal"

    customer = models.OneToOneField("customers.Customer", models.CASCADE, primary_key=True, related_name="+")
    ownership = models.ForeignKey("customers.Ownership", models.CASCADE, related_name="+")
    cause = models.CharField(max_length=10, choices=Cause)
    due_on = models.DateField(db_index=True)
    warned_on = models.DateField()
    last_contact = models.DateTimeField(null=True)
    last_deal = models.DateTimeField(null=True)
    asked_until = models.DateField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    asked_why = models.CharField(max_length=300, blank=True, default="", db_default="")
    postponed_until = models.DateField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
