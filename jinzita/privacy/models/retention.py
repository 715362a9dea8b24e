"""How long people are kept, and those it is time to forget."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class ErasureWork(models.Model):
    """Many customers to be erased by a job; the first `done` of `ids` are through."""

    job = models.ForeignKey("kernel.Job", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=400)
    ids = ArrayField(models.BigIntegerField())
    done = models.IntegerField(default=0)
    erased = models.IntegerField(default=0)


class RetentionRule(models.Model):
    """After how many years without activity customers of a kind are proposed for erasure; null: never."""

    kind = models.CharField(max_length=12, primary_key=True)
    years = models.PositiveSmallIntegerField(null=True)


class Overdue(models.Model):
    """A customer with whom nothing happened since `last_on`, for longer than the rule of its kind says."""

    customer = models.OneToOneField("customers.Customer", models.CASCADE, primary_key=True, related_name="+")
    last_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["last_on", "customer"], name="overdue_last")]


class Postponement(models.Model):
    """A customer that is to be kept until a day, and why."""

    customer = models.OneToOneField("customers.Customer", models.CASCADE, primary_key=True, related_name="+")
    until = models.DateField()
    reason = models.CharField(max_length=400)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    by_name = models.CharField(max_length=200)
