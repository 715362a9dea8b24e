"""Whose customer it was, from when until when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Reason(models.TextChoices):
    """Why a customer came to its owner, or went from one."""

    GIVEN = "given"
    ASSIGNED = "assigned"
    CLAIMED = "claimed"
    HANDED_OVER = "handed_over"
    FELL_BACK = "fell_back"
    RELEASED = "released"
    IMPORTED = "imported"
    MERGED = "merged"
    TAKEN_BACK = "taken_back"


# Ends after which nobody has it.
POOLED = (Reason.FELL_BACK, Reason.RELEASED)


class Ownership(models.Model):
    """A time in which a customer belonged to a person; the open one has no `until`.

    `reason` says how it began, `ended_as` how it ended; `department` is the owner's at the beginning.
    """

    customer = models.ForeignKey("Customer", models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    department = models.ForeignKey(
        "people.Department", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    since = models.DateTimeField(db_default=Now())
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    by_name = models.CharField(max_length=150, default="", db_default="")
    reason = models.CharField(max_length=11, choices=Reason)
    ended_as = models.CharField(max_length=11, blank=True, default="", db_default="")
    note = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer"], name="ownership_one_open", condition=models.Q(until__isnull=True)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-since", "-id"], name="ownership_customer"),
            models.Index(fields=["owner", "-until"], name="ownership_owner"),
            models.Index(
                fields=["customer", "-until", "-id"],
                name="ownership_fell",
                condition=models.Q(until__isnull=False, ended_as__in=POOLED),
            ),
        ]
