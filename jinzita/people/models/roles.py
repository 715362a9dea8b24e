"""What people may do and see, as data."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Role(models.Model):
    """A role: its permissions, whose records it sees, and which fields it keeps back.

    `ready` roles come with the product and cannot be deleted. `reaches` narrows `reach` for single kinds of
    record, `fields` maps ``kind.code`` to see, masked or hidden; what is not named is open. `sensitive` are
    the fields that any role keeps back, the same in every row: each request reads its person's role anyway.
    """

    code = models.CharField(max_length=40, unique=True)
    label_en = models.CharField(max_length=80)
    label_zh = models.CharField(max_length=80)
    about_en = models.CharField(max_length=300, blank=True, default="")
    about_zh = models.CharField(max_length=300, blank=True, default="")
    ready = models.BooleanField(default=False)
    permissions = ArrayField(models.CharField(max_length=40), default=list)
    reach = models.CharField(max_length=12)
    reaches = models.JSONField(default=dict)
    fields = models.JSONField(default=dict)
    sensitive = ArrayField(models.CharField(max_length=200), default=list)
    position = models.IntegerField(default=100)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(code__regex=r"^[a-z][a-z0-9_]*$"), name="role_code"),
        ]

    def __str__(self) -> str:
        return self.code
