"""Files that came in, the imports made of them, and the rows that could not be used."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Upload(models.Model):
    """A file on disk, waiting to be imported; `path` is inside the upload folder, or where a command
    found it.
    """

    filename = models.CharField(max_length=255)
    path = models.CharField(max_length=1000)
    size = models.BigIntegerField()
    # A file that a command reads where it lies is never deleted.
    own = models.BooleanField(default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=models.functions.Now())


class Import(models.Model):
    """One file on its way into one kind of record.

    `plan` says how the file is read and matched (`services.plan.Plan`). Counts and `last_row` are written in
    the transaction of the batch they count, so that an import that was killed goes on where it stopped.
    """

    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=50)
    filename = models.CharField(max_length=255)
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, related_name="+")
    job = models.ForeignKey("kernel.Job", models.PROTECT, related_name="+")
    # What the import did to rows, so that it can be taken back; a dry run has none.
    change_set = models.ForeignKey(
        "kernel.ChangeSet", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    plan = models.JSONField()
    dry_run = models.BooleanField(default=False)
    last_row = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    read = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    # Of the unchanged: rows whose key comes again later in the file.
    superseded = models.BigIntegerField(default=0)
    # Of the unchanged: new or known rows that the mode leaves out.
    skipped = models.BigIntegerField(default=0, db_default=0)
    bad = models.BigIntegerField(default=0)
    # {"code field": rows}
    reasons = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    seconds = models.FloatField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["created_at", "id"], name="import_created_at")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    read=models.F("created") + models.F("updated") + models.F("unchanged") + models.F("bad")
                ),
                name="import_counts_add_up",
            )
        ]


class BadRow(models.Model):
    """A row that could not be used, as it came, and why: ``[{"field", "code", "value",
    "candidates"}]``."""

    of = models.ForeignKey(Import, models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    cells = ArrayField(models.TextField())
    reasons = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["of", "number"], name="bad_row_number")]


class AwaitedReference(models.Model):
    """A reference of a row to a customer that comes later in the same file: set at the end of the import.

    `customer` is what the row became, `field` the attribute or the parent, `text` what stands there, `cells`
    the row as it came.
    """

    of = models.ForeignKey(Import, models.CASCADE, related_name="+", db_index=False)
    number = models.BigIntegerField()
    field = models.CharField(max_length=80)
    text = models.TextField()
    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+")
    is_new = models.BooleanField()
    cells = ArrayField(models.TextField())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "number", "field"], name="awaited_reference_once")
        ]
