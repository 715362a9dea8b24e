"""Contacts: the people at customers, where they work, and by what they are found."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models

from jinzita.customers.models.customers import Customer
from jinzita.kernel.models import Sourced


class Gender(models.TextChoices):
    FEMALE = "female"
    MALE = "male"


class DecisionRole(models.TextChoices):
    """What somebody does when the customer decides to buy."""

    DECISION_MAKER = "decision_maker"
    INFLUENCER = "influencer"
    SPONSOR = "sponsor"
    PURCHASER = "purchaser"
    TECHNICAL = "technical"
    FINANCE = "finance"
    USER = "user"
    GATEKEEPER = "gatekeeper"


class Contact(Sourced):
    """A person at one customer or several. `phone` and `email` are the primary ones of its channels.

    A contact that was merged stays as a row that leads to the survivor: `merged_into`, which is never itself
    merged.
    """

    name = models.CharField(max_length=100)
    salutation = models.CharField(max_length=40, blank=True, default="", db_default="")
    gender = models.CharField(max_length=6, choices=Gender, blank=True, default="", db_default="")
    birthday = models.DateField(null=True)
    department = models.CharField(max_length=100, blank=True, default="", db_default="")
    title = models.CharField(max_length=100, blank=True, default="", db_default="")
    phone = models.CharField(max_length=40, blank=True, default="", db_default="")
    email = models.CharField(max_length=254, blank=True, default="", db_default="")
    notes = models.TextField(blank=True, default="", db_default="")
    tags = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, default=None, related_name="+", db_index=False
    )
    version = models.IntegerField(default=1, db_default=1)
    trashed_at = models.DateTimeField(null=True)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="contact_source"),
            models.CheckConstraint(condition=~models.Q(name=""), name="contact_named"),
            models.CheckConstraint(
                condition=models.Q(gender__in=["", *Gender.values]), name="contact_gender"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="contact_created"),
            BrinIndex(fields=["created_at"], name="contact_month"),
            GinIndex(fields=["tags"], name="contact_tags"),
            models.Index(
                fields=["-trashed_at", "-id"],
                name="contact_trashed",
                condition=models.Q(trashed_at__isnull=False),
            ),
            models.Index(
                fields=["merged_into"],
                name="contact_merged_into",
                condition=models.Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """What a contact is at a customer. Of several, one is primary."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="positions", db_index=False)
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=100, blank=True, default="", db_default="")
    role = models.CharField(max_length=14, choices=DecisionRole, blank=True, default="", db_default="")
    influence = models.SmallIntegerField(null=True)
    is_primary = models.BooleanField(default=False, db_default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contact", "customer"], name="position_once"),
            models.UniqueConstraint(
                fields=["contact"], name="position_primary", condition=models.Q(is_primary=True)
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["", *DecisionRole.values]), name="position_role"
            ),
            models.CheckConstraint(
                condition=models.Q(influence__isnull=True) | models.Q(influence__range=(1, 5)),
                name="position_influence",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "contact"], name="position_customer"),
            models.Index(fields=["role", "contact"], name="position_by_role", condition=~models.Q(role="")),
        ]


class ContactsApart(models.Model):
    """Two contacts that look alike, of whom somebody said that they are two people.

    They are written down with the lower id first; a merge may turn them round.
    """

    first = models.ForeignKey(Contact, models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="contacts_apart_once"),
            models.CheckConstraint(condition=~models.Q(first=models.F("second")), name="contacts_apart_two"),
        ]


class ContactKey(models.Model):
    """By what a contact is found and sorted; as `SearchKey` of customers."""

    contact = models.OneToOneField(Contact, models.CASCADE, primary_key=True, related_name="search_key")
    text = models.TextField()
    sort = models.CharField(max_length=60, db_collation="C")
    grams = ArrayField(models.IntegerField())

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["grams"], name="contact_grams"),
            models.Index(fields=["sort", "contact"], name="contact_sort"),
        ]
