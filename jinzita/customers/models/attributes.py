"""What the company keeps of its customers beside the fixed fields."""

from typing import ClassVar

from django.db import models


class AttributeType(models.TextChoices):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


class AttributeDefinition(models.Model):
    """A characteristic of customers: its type and words. `applies_to` is empty for both kinds.

    `choices` is a list of ``{"value", "en", "zh"}``; an empty list lets a choice take any text.
    """

    code = models.CharField(max_length=40, unique=True)
    label_en = models.CharField(max_length=80)
    label_zh = models.CharField(max_length=80)
    type = models.CharField(max_length=10, choices=AttributeType)
    unit = models.CharField(max_length=20, blank=True, default="")
    choices = models.JSONField(default=list)
    synonyms = models.JSONField(default=list)
    applies_to = models.CharField(max_length=12, blank=True, default="")
    position = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        # The code becomes part of SQL and of Parquet column names.
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[a-z][a-z0-9_]*$"), name="attribute_code"
            ),
        ]

    def __str__(self) -> str:
        return self.code
