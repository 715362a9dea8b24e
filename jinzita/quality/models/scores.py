"""How well the customers' records are kept: what was found, and how it went."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Score(models.Model):
    """What was found of a customer's record; owner, department and grade as they were then.

    `completeness`, `validity`, `freshness` and `duplicates` are the points they cost.
    """

    customer = models.OneToOneField("customers.Customer", models.CASCADE, primary_key=True, related_name="+")
    score = models.SmallIntegerField()
    completeness = models.FloatField()
    validity = models.FloatField()
    freshness = models.FloatField()
    duplicates = models.FloatField()
    missing = ArrayField(models.CharField(max_length=60), default=list)
    faults = ArrayField(models.CharField(max_length=20), default=list)
    owner_id = models.BigIntegerField(null=True)
    department_id = models.BigIntegerField(null=True)
    grade = models.CharField(max_length=9)
    fresh_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner_id", "score"], name="quality_owner")]


class Verified(models.Model):
    """Somebody looked a customer's record through, last on this day."""

    customer = models.OneToOneField("customers.Customer", models.CASCADE, primary_key=True, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )


class History(models.Model):
    """A week's sums of one owner's customers in one department. Plain ids: what was stays when they go."""

    week = models.DateField()
    owner_id = models.BigIntegerField(null=True)
    department_id = models.BigIntegerField(null=True)
    customers = models.IntegerField()
    score = models.FloatField()
    completeness = models.FloatField()
    validity = models.FloatField()
    freshness = models.FloatField()
    duplicates = models.FloatField()
    bands = ArrayField(models.IntegerField())
    missing = models.JSONField(default=dict)
    faults = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["week", "owner_id", "department_id"], name="quality_week", nulls_distinct=False
            ),
        ]
