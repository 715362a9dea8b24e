"""Lifecycle: how far a customer has come with the company."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from jinzita.customers.models.customers import Customer


class Stage(models.TextChoices):
    SUSPECT = "suspect"
    PROSPECT = "prospect"
    CUSTOMER = "customer"
    MEMBER = "member"
    FAN = "fan"
    DORMANT = "dormant"
    LOST = "lost"


class Lifecycle(models.Model):
    """The stage of a customer, in a narrow table so that a million changes are cheap.

    `by_rule` false: somebody's hand set it, and it stays, until the end of `until` when that is told.
    """

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True, related_name="lifecycle")
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.SUSPECT, db_default=Stage.SUSPECT)
    since = models.DateTimeField(db_default=models.functions.Now())
    by_rule = models.BooleanField(default=True, db_default=True)
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="lifecycle_stage"),
        ]
        indexes: ClassVar = [models.Index(fields=["stage", "customer"], name="lifecycle_stage_customer")]


class StageChange(models.Model):
    """One step in a customer's life: by a rule, or by hand with a reason."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)
    was = models.CharField(max_length=8, choices=Stage)
    now = models.CharField(max_length=8, choices=Stage)
    at = models.DateTimeField()
    by_rule = models.BooleanField()
    reason = models.CharField(max_length=400, blank=True, default="", db_default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["customer", "-at"], name="stage_change_customer"),
            models.Index(fields=["at", "was", "now"], name="stage_change_at"),
        ]


class StageRule(models.Model):
    """The first rule, by position, of which a customer fulfils every condition says its stage.

    A condition that is null asks nothing: at least so many purchases, no purchase for so many months, at
    least so many interactions in the last twelve months, opportunities, and referrals.
    """

    position = models.SmallIntegerField()
    stage = models.CharField(max_length=8, choices=Stage)
    purchases = models.IntegerField(null=True)
    idle_months = models.IntegerField(null=True)
    interactions = models.IntegerField(null=True)
    opportunities = models.IntegerField(null=True)
    referrals = models.IntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="stage_rule_stage"),
        ]
