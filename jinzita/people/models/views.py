"""Lists as somebody arranged them, to be come back to."""

from typing import ClassVar

from django.db import models

from jinzita.people.models.departments import Department
from jinzita.people.models.users import User


class SavedView(models.Model):
    """A list's filter, sorting, columns and grouping under a name; for its maker, or shared.

    Shared with a department means with those in it and below it.
    """

    class Shared(models.TextChoices):
        PRIVATE = "private"
        DEPARTMENT = "department"
        ROLE = "role"
        EVERYBODY = "everybody"

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    shared = models.CharField(max_length=10, choices=Shared, default=Shared.PRIVATE)
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+", db_index=False)
    role = models.CharField(max_length=40, blank=True, default="")
    content = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    created_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "position", "name"], name="view_kind")]

    def __str__(self) -> str:
        return self.name


class ViewChoice(models.Model):
    """What one person does with a view: keeps it at hand, begins with it."""

    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    pinned = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "view"], name="view_choice"),
            models.UniqueConstraint(
                fields=["user", "kind"], name="view_one_default", condition=models.Q(is_default=True)
            ),
        ]
