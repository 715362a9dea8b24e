"""How records are judged, as versions that never change."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class PolicyVersion(models.Model):
    """A published policy; the highest number is in force. `document` is that of `fields.Terms`."""

    number = models.IntegerField(unique=True)
    document = models.JSONField()
    note = models.CharField(max_length=300, blank=True, default="")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-number"]


class PolicyDraft(models.Model):
    """What somebody works on; no row when nobody does. One row."""

    document = models.JSONField()
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    drafted_at = models.DateTimeField()
