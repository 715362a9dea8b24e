"""Who does what in the company, and for whom."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from jinzita.people.models.departments import Department
from jinzita.people.models.users import User


class JobDuty(models.Model):
    """A duty of the company's catalogue; people hold duties of it. An archived one is not chosen any more."""

    name = models.CharField(max_length=80)
    about = models.CharField(max_length=500, blank=True, default="")
    # Further words it is looked for by.
    aliases = ArrayField(models.CharField(max_length=80), default=list)
    archived = models.BooleanField(default=False)
    # Of a demo part, which takes it away again.
    demo = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="job_duty_name")]

    def __str__(self) -> str:
        return self.name


class HeldDuty(models.Model):
    """A duty one person holds, in that person's words; what is over stays for the ratings it got."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    duty = models.ForeignKey(JobDuty, models.PROTECT, related_name="holders")
    statement = models.CharField(max_length=500, blank=True, default="")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "duty"], name="held_duty", condition=models.Q(ended_at=None)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="held_duty_person")]


class InternalCustomer(models.Model):
    """A person or a department that relies on a duty somebody holds."""

    held = models.ForeignKey(HeldDuty, models.CASCADE, related_name="internal_customers")
    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(department=None), name="internal_customer_one"
            ),
            models.UniqueConstraint(
                fields=["held", "person", "department"], name="internal_customer", nulls_distinct=False
            ),
        ]
