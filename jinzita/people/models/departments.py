"""The tree of departments."""

from django.db import models


class Department(models.Model):
    """A node of the tree of departments; `path` is the ids from the root down, as ``/1/4/9/``.

    `head` manages the people of the department who have no manager of their own.
    """

    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=500, db_index=True, default="")
    head = models.ForeignKey("people.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="department_name", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.name
