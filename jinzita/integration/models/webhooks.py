"""Addresses of other systems that are told of the house's news, and what became of each telling."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Webhook(models.Model):
    """An address that is told of some events. The secret signs; it is shown once."""

    name = models.CharField(max_length=100)
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=100)
    events = ArrayField(models.CharField(max_length=60))
    active = models.BooleanField(default=True)
    # Why it was stopped by itself; empty when somebody did so, or when it is active.
    stopped = models.CharField(max_length=500, blank=True, default="")
    # A worker is at it until then, so that two never deliver at once and the order is kept.
    busy_until = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=models.functions.Now())


class WebhookDelivery(models.Model):
    """One piece of news for one address: what was sent, how often, and what was answered last."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="+", db_index=False)
    event = models.CharField(max_length=60)
    # The receiver tells a repetition by it; a replay carries the same.
    payload_id = models.UUIDField(default=uuid.uuid4)
    data = models.JSONField()
    at = models.DateTimeField(db_default=models.functions.Now())
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    status = models.IntegerField(null=True)
    answer = models.TextField(blank=True, default="")
    # Why nothing answered, for the reader's language; `answer` then says it in English.
    failure = models.CharField(max_length=20, blank=True, default="", db_default="")
    seconds = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["webhook", "-id"], name="delivery_webhook"),
            models.Index(
                fields=["webhook", "id"], name="delivery_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["at"], name="delivery_at"),
        ]
