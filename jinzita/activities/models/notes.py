"""What colleagues write down about a customer."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Note(models.Model):
    """Plain text about a customer; `mentions` are the colleagues named in it, as {id, name}.

    Earlier texts stand in the audit log. A note in the trash is out of sight and goes for good after a while.
    """

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+", db_index=False)
    text = models.TextField()
    mentions = models.JSONField(default=list, db_default=[])
    is_pinned = models.BooleanField(default=False, db_default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1, db_default=1)
    trashed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["customer", "-written_at", "-id"], name="note_customer"),
            models.Index(
                fields=["customer", "-written_at"],
                name="note_pinned",
                condition=models.Q(is_pinned=True, trashed_at=None),
            ),
            models.Index(
                fields=["trashed_at"], name="note_trashed", condition=models.Q(trashed_at__isnull=False)
            ),
        ]
