"""Customers that may be one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Match(models.Model):
    """Two customers that may be one; `left` is the smaller id.

    The ids are no foreign keys: a match says something about two records and goes when one of them does.
    `group` is the smallest id of the customers that hang together by open matches; the strongest open match
    of a group is its `leading` one, by which groups are listed. `found_at` is when it was first found.
    """

    class Verdict(models.TextChoices):
        SAME = "same"
        LOOK = "look"

    class State(models.TextChoices):
        OPEN = "open"
        LATER = "later"
        DIFFERENT = "different"

    left = models.BigIntegerField()
    right = models.BigIntegerField()
    probability = models.FloatField()
    verdict = models.CharField(max_length=4, choices=Verdict)
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField(null=True, db_default=Now())
    group = models.BigIntegerField()
    leading = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN, db_default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["left", "right"], name="match_pair"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="match_order"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["right"], name="match_right"),
            models.Index(fields=["group"], name="match_group"),
            models.Index(
                "state", F("probability").desc(), "id", name="match_leading", condition=Q(leading=True)
            ),
        ]


class MatchPolicy(models.Model):
    """From which probability on two customers are taken to be one, or worth a look. One row."""

    same = models.FloatField(default=0.95)
    look = models.FloatField(default=0.3)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(look__gte=0.05, look__lte=F("same"), same__lt=1), name="policy_order"
            ),
        ]
