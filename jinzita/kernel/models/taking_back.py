"""What can be taken back."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from jinzita.kernel.models.jobs import Job


class ChangeSet(models.Model):
    """Work that can be taken back as one: a bulk edit, an import, a merge.

    `words` say what it was, for people. `taken_back` says how far taking back has come: the step and the
    last row, so that a worker that was killed is followed by another that goes on.
    """

    class State(models.TextChoices):
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"
        PARTLY_UNDONE = "partly_undone"

    kind = models.CharField(max_length=40)
    words = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(db_default=models.functions.Now())
    state = models.CharField(max_length=14, choices=State, default=State.DONE)
    rows = models.BigIntegerField(default=0)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+", db_index=False)
    undo_job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+", db_index=False)
    undone_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", db_index=False, db_constraint=False
    )
    taken_back = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="change_set_at"),
            models.Index(fields=["by", "-id"], name="change_set_by"),
        ]


class ChangedRow(models.Model):
    """What a change set did to one row: the columns that differ.

    `before` null: the row was inserted; `after` null: it was deleted; these hold the whole row. A JSON
    column stands as one entry for each of its keys (``attributes.region``); a key that is missing on one
    side was not there. `version` is the row's after the change. `conflict` names the columns that were not
    taken back because somebody had changed them since.
    """

    change_set = models.ForeignKey(ChangeSet, models.CASCADE, related_name="+", db_index=False)
    table = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    version = models.IntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    conflict = ArrayField(models.TextField(), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "row_id", "change_set"], name="changed_row_once")
        ]
        indexes = [
            models.Index(fields=["change_set", "table", "id"], name="changed_row_of_set"),
            models.Index(
                fields=["table"], name="changed_row_deleted", condition=models.Q(after__isnull=True)
            ),
            models.Index(
                fields=["change_set", "id"], name="changed_row_conflict",
                condition=models.Q(conflict__isnull=False),
            ),
        ]  # fmt: skip


class PackedRows(models.Model):
    """Many rows that a change set made, in one line.

    `images` are the rows as they were then, as PostgreSQL writes a row of these `columns`; the image of
    `ids`[i] is `images`[i]. The ids ascend and lie between `first_id` and `last_id`.
    """

    change_set = models.ForeignKey(ChangeSet, models.CASCADE, related_name="+", db_index=False)
    table = models.CharField(max_length=63)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    ids = ArrayField(models.BigIntegerField())
    columns = ArrayField(models.CharField(max_length=63))
    images = ArrayField(models.TextField())

    class Meta:
        indexes = [
            models.Index(fields=["change_set", "id"], name="packed_rows_of_set"),
            models.Index(fields=["table", "last_id"], name="packed_rows_of_table"),
        ]
