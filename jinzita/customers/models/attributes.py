"""What the company keeps of its customers beside the fixed fields."""

from typing import ClassVar

from django.db import models


class AttributeType(models.TextChoices):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    REFERENCE = "reference"


class Mandatory(models.TextChoices):
    NEVER = "never"
    ALWAYS = "always"
    FROM_STAGE = "from_stage"


class IndexState(models.TextChoices):
    """Whether an index of the attribute's own stands: none wanted, being built, there, or impossible."""

    NONE = "none"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"


class AttributeDefinition(models.Model):
    """A characteristic of customers: its type and words. `applies_to` is empty for both kinds.

    `choices` is a list of ``{"value", "en", "zh"}``; an empty list lets a choice take any text.
    `visible_to` and `editable_by` are codes of roles; empty lists are for everybody. `formula` computes the
    value from others, and nobody enters it. An archived attribute is nowhere to be found, its values stay.
    """

    code = models.CharField(max_length=40, unique=True)
    label_en = models.CharField(max_length=80)
    label_zh = models.CharField(max_length=80)
    type = models.CharField(max_length=10, choices=AttributeType)
    unit = models.CharField(max_length=20, blank=True, default="")
    choices = models.JSONField(default=list)
    references = models.CharField(max_length=20, blank=True, default="")
    synonyms = models.JSONField(default=list)
    applies_to = models.CharField(max_length=12, blank=True, default="")
    section = models.CharField(max_length=80, blank=True, default="")
    help_en = models.CharField(max_length=500, blank=True, default="")
    help_zh = models.CharField(max_length=500, blank=True, default="")
    mandatory = models.CharField(max_length=10, choices=Mandatory, default=Mandatory.NEVER)
    mandatory_stage = models.CharField(max_length=20, blank=True, default="")
    minimum = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    maximum = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    pattern = models.CharField(max_length=200, blank=True, default="")
    visible_to = models.JSONField(default=list)
    editable_by = models.JSONField(default=list)
    formula = models.TextField(blank=True, default="")
    listed = models.BooleanField(default=False)
    # Erased with the person it is about; other attributes stay, for figures.
    personal = models.BooleanField(default=True, db_default=True)
    index_state = models.CharField(max_length=8, choices=IndexState, default=IndexState.NONE)
    archived_at = models.DateTimeField(null=True)
    position = models.IntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        # The code becomes part of SQL and of Parquet column names.
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[a-z][a-z0-9_]*$"), name="attribute_code"
            ),
            models.CheckConstraint(condition=models.Q(type__in=AttributeType.values), name="attribute_type"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def numeric(self) -> bool:
        return self.type in (AttributeType.NUMBER, AttributeType.MONEY)

    def shown_to(self, role: str | None) -> bool:
        """Whether people of this role see it; None is the system, which sees everything."""
        return role is None or not self.visible_to or role in self.visible_to

    def edited_by(self, role: str | None) -> bool:
        """Whether people of this role may enter it."""
        shown = self.shown_to(role) and not self.formula
        return shown and (role is None or not self.editable_by or role in self.editable_by)
