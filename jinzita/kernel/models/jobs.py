"""Work in the background, and requests that are answered once."""

from django.conf import settings
from django.db import models


class Job(models.Model):
    """Long work that a user watches: an import, a run, an export, loading a demo."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    progress = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    message = models.CharField(max_length=300, blank=True, default="")
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True, default="")
    # Why it failed, in the one shape of an error.
    failure = models.JSONField(null=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "-id"], name="job_kind")]


class IdempotencyKey(models.Model):
    """A request's key and the answer given, so that a repetition is answered and not done again."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=200)
    endpoint = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    answer = models.JSONField(default=dict, db_default={})
    created_at = models.DateTimeField(db_default=models.functions.Now(), db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "key"], name="idempotency_actor_key", nulls_distinct=False
            )
        ]
