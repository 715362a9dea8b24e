"""What each grade of a value model is owed, as versions that never change."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class PolicyVersion(models.Model):
    """A published policy; `document` is {"escalate_after_days": 3, "grades": {"vip": {…}}}."""

    model = models.ForeignKey("value.ValueModel", models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    document = models.JSONField()
    note = models.CharField(max_length=300, blank=True, default="")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["model", "number"], name="treatment_version"),
        ]


class Policy(models.Model):
    """The policy of a value model: the version in force, and what somebody works on (null: nothing)."""

    model = models.OneToOneField("value.ValueModel", models.PROTECT, primary_key=True, related_name="+")
    current = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, related_name="+", db_index=False)
    draft = models.JSONField(null=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    drafted_at = models.DateTimeField(null=True)
