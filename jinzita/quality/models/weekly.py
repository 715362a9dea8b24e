"""The lists of each week: what the leader of a department is asked to have filled in."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class WeeklyList(models.Model):
    """A department's list of a week, and whom it was made for. Plain ids: what was stays when they go."""

    week = models.DateField()
    department_id = models.BigIntegerField()
    leader_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["week", "department_id"], name="quality_weekly_once"),
        ]


class WeeklyItem(models.Model):
    """A customer on a list: what was asked for, worth most first, and what of it was done when it closed.

    `owner_id` is who looked after the customer when the list was made.
    """

    weekly = models.ForeignKey(WeeklyList, models.CASCADE, related_name="items")
    place = models.SmallIntegerField()
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    owner_id = models.BigIntegerField(null=True)
    codes = ArrayField(models.CharField(max_length=60))
    done = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["weekly", "customer"], name="quality_weekly_item"),
        ]
        indexes: ClassVar = [models.Index(fields=["owner_id"], name="quality_weekly_owner")]
