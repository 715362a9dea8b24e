"""Rules of entry, as the company made them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Rule(models.Model):
    """What is asked of a field of customers, and of which: the kind, grades, stages, and a filter.

    A strict rule refuses, another one warns. A rule that is not active is only counted.
    """

    class Check(models.TextChoices):
        REQUIRED = "required"
        FORMAT = "format"
        UNIQUE = "unique"
        ALLOWED = "allowed"

    check_type = models.CharField(max_length=8, choices=Check)
    field = models.CharField(max_length=60)
    strict = models.BooleanField(default=True)
    active = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, blank=True, default="")
    grades = ArrayField(models.CharField(max_length=9), default=list)
    stages = ArrayField(models.CharField(max_length=9), default=list)
    when = models.JSONField(null=True)
    pattern = models.CharField(max_length=200, blank=True, default="")
    choices = ArrayField(models.CharField(max_length=200), default=list)
    minimum = models.CharField(max_length=40, blank=True, default="")
    maximum = models.CharField(max_length=40, blank=True, default="")
    # What it asks, said by the program; renewed whenever the rule is saved. Own words stand before them.
    words_en = models.CharField(max_length=400, blank=True, default="")
    words_zh = models.CharField(max_length=400, blank=True, default="")
    message_en = models.CharField(max_length=200, blank=True, default="")
    message_zh = models.CharField(max_length=200, blank=True, default="")
    # The part of the demo that brought it and takes it away again.
    demo = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["field", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(check_type__in=["required", "format", "unique", "allowed"]),
                name="rule_check",
            ),
        ]
