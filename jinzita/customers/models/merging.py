"""Records that were merged: what went where, so that it can come apart again."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Merge(models.Model):
    """Several records that became one.

    Ids are plain numbers, not references: a later merge must not move them. `before` and `after` are the
    survivor's columns that the merge changed, `names` what each record was called before, `undone` what
    coming apart brought about.
    """

    what = models.CharField(max_length=30)
    survivor_id = models.BigIntegerField()
    member_ids = ArrayField(models.BigIntegerField())
    names = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(db_default=models.functions.Now())
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=200, blank=True, default="")
    undone = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["what", "survivor_id"], name="merge_survivor"),
            GinIndex(fields=["member_ids"], name="merge_members"),
            models.Index(fields=["-at", "-id"], name="merge_at"),
        ]


class MergePart(models.Model):
    """What a merge did to the rows of one table, in the order of `position`.

    moved    `column` of the rows with these `ids` (or of those whose keys are in `rows`) was led from
             `from_id` to `into_id`
    aside    `rows` were taken out of the table, whole: the survivor has one of its own
    made     rows that the merge added, with these `ids`; `rows` has what tells them
    changed  columns of single rows: `rows` has {key, before, after} of each
    """

    class What(models.TextChoices):
        MOVED = "moved"
        ASIDE = "aside"
        CHANGED = "changed"
        MADE = "made"

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="+", db_index=False)
    position = models.IntegerField()
    what = models.CharField(max_length=7, choices=What)
    table = models.CharField(max_length=63)
    column = models.CharField(max_length=63, blank=True, default="")
    from_id = models.BigIntegerField(null=True)
    into_id = models.BigIntegerField(null=True)
    ids = ArrayField(models.BigIntegerField(), default=list)
    rows = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["merge", "position"], name="merge_part")]


class NamedAs(models.Model):
    """A record that came after a merge and named a merged one: `row_id` of `table` was meant for `meant_id`.

    When the merge comes apart, it goes where its source says it belongs.
    """

    table = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    meant_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "row_id"], name="named_as_row")]
        indexes: ClassVar = [models.Index(fields=["meant_id", "table"], name="named_as_meant")]
