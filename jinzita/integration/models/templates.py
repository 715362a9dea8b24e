"""How files are imported, kept under a name."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class ImportTemplate(models.Model):
    """Choices of an import under a name: one's own, or shared with everybody who imports.

    `choices` are those of the API: source, mapping, match_by and so on.
    """

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    choices = models.JSONField()
    shared = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["created_by", "name"], name="import_template_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="import_template_named"),
        ]
