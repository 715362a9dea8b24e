"""The audit log."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class AuditEntry(models.Model):
    """One write: who, when, by which door, on what, and what changed (never a secret).

    `version` is the record's after the change. Of a read `seen_ids` are the records shown, whose kind is the
    subject, and `once` is the same for what the same person reads again within the hour. A line is never
    changed or deleted: a trigger refuses it, but for reads that are old.
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
    seen_ids = ArrayField(models.BigIntegerField(), null=True)
    once = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["once"], condition=models.Q(once__isnull=False), name="audit_read_once"
            ),
        ]
        indexes = [
            GinIndex(fields=["seen_ids"], condition=models.Q(seen_ids__isnull=False), name="audit_seen"),
            models.Index(fields=["-at", "-id"], name="audit_at"),
            models.Index(fields=["actor", "-id"], name="audit_actor"),
            models.Index(fields=["action", "-id"], name="audit_action"),
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_subject"),
        ]
