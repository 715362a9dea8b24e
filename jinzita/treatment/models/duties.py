"""Duties: what is owed to a customer, by whom, until when, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from jinzita.treatment.models.policies import PolicyVersion


class Item(models.TextChoices):
    """What may be owed. `answer` is owed for one complaint, enquiry or fault, the others to the customer."""

    VISIT = "visit"
    CONTACT = "contact"
    ANSWER = "answer"
    SPONSOR = "sponsor"


class State(models.TextChoices):
    DUE = "due"
    DONE = "done"
    MISSED = "missed"
    EXCUSED = "excused"


class Duty(models.Model):
    """One duty. It follows the owner while it is open; a missed one stays with whoever missed it.

    Interactions from `counts_from` on keep it, before `due_at` in time. `span` is what the policy allows:
    days, hours of an answer. `done_by_id` is the interaction that kept it or made it good, `opened_by_id` the
    one it counts from, `trigger_id` the one to be answered: plain ids, so that a duty holds no interaction
    that is to go. `level` says how many superiors were told.
    """

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+", db_index=False)
    item = models.CharField(max_length=7, choices=Item)
    grade = models.CharField(max_length=9)
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    department = models.ForeignKey(
        "people.Department", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    span = models.IntegerField()
    opened_on = models.DateField()
    opened_by_id = models.BigIntegerField(null=True)
    counts_from = models.DateTimeField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.DUE, db_default=State.DUE)
    trigger_id = models.BigIntegerField(null=True)
    done_by_id = models.BigIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    missed_on = models.DateField(null=True)
    level = models.SmallIntegerField(default=0, db_default=0)
    escalated_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    escalated_on = models.DateField(null=True)
    excuse = models.CharField(max_length=300, blank=True, default="", db_default="")
    excused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    excused_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer", "item"],
                name="duty_one_open",
                condition=Q(state="due") & ~Q(item="answer"),
            ),
            models.UniqueConstraint(
                fields=["trigger_id"], name="duty_of_trigger", condition=Q(trigger_id__isnull=False)
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="duty_state"),
            models.CheckConstraint(condition=Q(item__in=Item.values), name="duty_item"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "item", "-id"], name="duty_customer"),
            models.Index(
                fields=["customer", "-done_at", "-id"], name="duty_kept", condition=Q(done_at__isnull=False)
            ),
            models.Index(
                fields=["customer", "-missed_on", "-id"],
                name="duty_was_missed",
                condition=Q(missed_on__isnull=False),
            ),
            models.Index(
                fields=["customer", "-excused_at", "-id"],
                name="duty_excused",
                condition=Q(excused_at__isnull=False),
            ),
            models.Index(fields=["owner", "state", "due_on"], name="duty_owner"),
            models.Index(fields=["due_at"], name="duty_open", condition=Q(state="due")),
            models.Index(fields=["due_on", "id"], name="duty_day"),
            models.Index(
                fields=["missed_on"], name="duty_missed", condition=Q(state="missed", done_at__isnull=True)
            ),
        ]


class Sponsor(models.Model):
    """Who stands for a customer beside its owner."""

    customer = models.OneToOneField("customers.Customer", models.CASCADE, primary_key=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    named_at = models.DateTimeField()
