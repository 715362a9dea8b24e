"""Many customers handed over from people to people."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class HandOver(models.Model):
    """One hand-over, done batch by batch by a job.

    `wanted` says whose customers, which of them, to whom and how. When the job begins it plans who gets whom
    (`planned`, the parts); customers up to the id `last` are through. `left` counts those that stayed, by
    why; `told` is what the people concerned are told at the end.
    """

    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    job = models.ForeignKey("kernel.Job", models.CASCADE, related_name="+")
    change_set = models.ForeignKey(
        "kernel.ChangeSet", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=300)
    wanted = models.JSONField()
    planned = models.BooleanField(default=False)
    total = models.IntegerField(default=0)
    last = models.BigIntegerField(default=0)
    moved = models.IntegerField(default=0)
    left: Any = models.JSONField(default=dict)
    told: Any = models.JSONField(default=dict)


class HandOverPart(models.Model):
    """One customer of a hand-over that is not through yet: whose it was, and whose it will be.

    Plain ids: it holds nobody who is to go, and is gone when the hand-over is done.
    """

    hand_over = models.ForeignKey(HandOver, models.CASCADE, related_name="+", db_index=False)
    customer_number = models.BigIntegerField()
    from_number = models.BigIntegerField()
    to_number = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hand_over", "customer_number"], name="hand_over_part_once")
        ]
