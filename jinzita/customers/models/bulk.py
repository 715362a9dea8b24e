"""Many records changed at once."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class BulkAction(models.Model):
    """One change of many records of a kind (customers, contacts), done batch by batch by a job.

    `ids` are those meant, fixed when the job begins; the first `done` of them are through. `values` are the
    columns to write, checked when it was asked for.
    """

    class Action(models.TextChoices):
        EDIT = "edit"
        ASSIGN = "assign"
        TAG = "tag"
        UNTAG = "untag"
        DELETE = "delete"
        RESTORE = "restore"

    kind = models.CharField(max_length=20, default="customers", db_default="customers")
    action = models.CharField(max_length=8, choices=Action)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    job = models.ForeignKey("kernel.Job", models.CASCADE, related_name="+")
    change_set = models.ForeignKey(
        "kernel.ChangeSet", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    selection = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    ids = ArrayField(models.BigIntegerField(), null=True)
    done = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    refused_count = models.IntegerField(default=0)
    refused = models.JSONField(default=list)
    # [{"rule", "words", "count"}]: how many of the changed came to break a rule of entry that only warns.
    warned = models.JSONField(default=list, db_default=[])
