"""Tables of the kernel: the audit log, jobs, what can be taken back, and the base of every fact."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Sourced(models.Model):
    """Base of records that come from somewhere: the source and its key there make them unique.

    The same file or message loaded twice therefore changes nothing.
    """

    source = models.CharField(max_length=50)
    source_key = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True, db_default=models.functions.Now())
    updated_at = models.DateTimeField(auto_now=True, db_default=models.functions.Now())

    class Meta:
        abstract = True


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
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "-id"], name="job_kind")]


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


class Touched(models.Model):
    """A month of a fact table that was written since the lake last took it (null: a table without months)."""

    fact = models.CharField(max_length=30)
    month = models.DateField(null=True)
