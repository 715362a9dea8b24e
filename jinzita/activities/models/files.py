"""Files that belong to customers: what they hold once, and every place it stands in."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from jinzita.activities.models.notes import Note


class FileContent(models.Model):
    """What one or several files hold, kept once under the hash of it in the data folder.

    `kind` was found by looking inside; `has_preview`: a small picture of it is kept beside.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    has_preview = models.BooleanField(default=False)
    kept_at = models.DateTimeField()


class File(models.Model):
    """A file at a customer, or at a note on it. In the trash it is out of sight, and goes after a while."""

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+", db_index=False)
    note = models.ForeignKey(Note, models.CASCADE, null=True, related_name="+", db_index=False)
    content = models.ForeignKey(FileContent, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    trashed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["customer", "-added_at", "-id"], name="file_customer"),
            models.Index(fields=["note"], name="file_note", condition=models.Q(note__isnull=False)),
            models.Index(
                fields=["trashed_at"], name="file_trashed", condition=models.Q(trashed_at__isnull=False)
            ),
        ]
