"""How well the customers' records are kept: what is asked of them, what was found, and how it went."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

NONSENSE_WORDS = [
    "无", "没有", "暂无", "不详", "未知", "不知道", "不清楚", "待补充", "待定", "空", "略", "同上",
    "none", "null", "nil", "n/a", "na", "unknown", "tbd", "no",
]  # fmt: skip


def ready_words() -> list[str]:
    return list(NONSENSE_WORDS)


class Policy(models.Model):
    """How a record's 100 points are made up, and which texts say nothing. One row."""

    completeness = models.SmallIntegerField(default=50)
    validity = models.SmallIntegerField(default=20)
    freshness = models.SmallIntegerField(default=20)
    duplicates = models.SmallIntegerField(default=10)
    fresh_days = models.SmallIntegerField(default=180)
    stale_days = models.SmallIntegerField(default=730)
    nonsense = ArrayField(models.CharField(max_length=40), default=ready_words)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    completeness=100 - F("validity") - F("freshness") - F("duplicates"),
                    completeness__gte=0, validity__gte=0, freshness__gte=0, duplicates__gte=0,
                ),
                name="policy_hundred",
            ),
            models.CheckConstraint(
                condition=Q(fresh_days__gte=0, stale_days__gt=F("fresh_days")), name="policy_days"
            ),
        ]  # fmt: skip


class Important(models.Model):
    """A field a record should have. `kind` empty: of every customer; `grades` empty: of every grade."""

    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, blank=True, default="")
    grades = ArrayField(models.CharField(max_length=9), default=list)
    weight = models.SmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-weight", "code", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "kind"], name="important_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=10), name="important_weight"),
        ]


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
