"""The audit log."""

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One write: who, when, by which door, on what, and what changed (never a secret).

    `version` is the record's after the change. A line is never changed or deleted: a trigger refuses it.
    """

    at = models.DateTimeField(db_default=models.functions.Now())
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    actor_name = models.CharField(max_length=200)
    via = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    changes = models.JSONField(default=dict)
    version = models.IntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_at"),
            models.Index(fields=["actor", "-id"], name="audit_actor"),
            models.Index(fields=["action", "-id"], name="audit_action"),
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_subject"),
        ]
