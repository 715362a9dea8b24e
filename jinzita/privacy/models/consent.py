"""What customers and contacts allowed and forbade: consents, and when and how they like to be reached."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from jinzita.kernel.models import Sourced

# Stands for every channel, or every purpose: a customer with this denied is not contacted at all.
EVERY = "all"


class Way(models.TextChoices):
    """A channel on which a customer is contacted."""

    CALL = "call"
    SMS = "sms"
    EMAIL = "email"
    WECHAT = "wechat"
    POST = "post"
    VISIT = "visit"


class ConsentState(models.TextChoices):
    GIVEN = "given"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class Origin(models.TextChoices):
    """How a statement reached the company."""

    FORM = "form"
    PHONE = "phone"
    CONVERSATION = "conversation"
    LETTER = "letter"
    EMAIL = "email"
    CONTRACT = "contract"
    PORTAL = "portal"
    IMPORT = "import"
    OTHER = "other"


class ConsentPurpose(models.Model):
    """For what a customer is contacted, and what the law asks for it.

    `rule`: consent  only who gave it
            refusal  everybody who did not refuse
    """

    class Rule(models.TextChoices):
        CONSENT = "consent"
        REFUSAL = "refusal"

    code = models.CharField(max_length=20, primary_key=True)
    rule = models.CharField(max_length=7, choices=Rule)
    legal_basis = models.CharField(max_length=1000, blank=True, default="")
    position = models.SmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(rule__in=["consent", "refusal"]), name="consent_purpose_rule"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ContactHours(models.Model):
    """The one row of what the company keeps by itself: from when until when it leaves people in peace."""

    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    ways = ArrayField(models.CharField(max_length=6), default=list)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="contact_hours_one")]


class Consent(Sourced):
    """One statement of a customer, or of a contact, about a channel and a purpose. Never changed by hand: a
    later statement counts instead of it, the latest by `at`.

    `channel` and `purpose` may be “all”. `until` is the last day on which it counts.
    """

    customer = models.ForeignKey("customers.Customer", models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=6)
    purpose = models.CharField(max_length=20)
    state = models.CharField(max_length=9, choices=ConsentState)
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.OTHER, db_default=Origin.OTHER)
    at = models.DateTimeField()
    until = models.DateField(null=True)
    proof = models.CharField(max_length=1000, blank=True, default="", db_default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "source_key"], name="consent_source"),
            models.CheckConstraint(
                condition=models.Q(channel__in=[*Way.values, EVERY]), name="consent_channel"
            ),
            models.CheckConstraint(condition=models.Q(state__in=ConsentState.values), name="consent_state"),
            models.CheckConstraint(condition=models.Q(origin__in=Origin.values), name="consent_origin"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["customer", "channel", "purpose", "-at", "-id"], name="consent_customer"),
            models.Index(
                fields=["contact", "channel", "purpose", "-at", "-id"], name="consent_contact",
                condition=models.Q(contact__isnull=False),
            ),
            models.Index(fields=["channel", "purpose", "state"], name="consent_cell"),
            models.Index(fields=["customer", "-at", "-id"], name="consent_customer_at"),
        ]  # fmt: skip


class ContactPreference(models.Model):
    """How a customer or a contact likes to be reached; quiet hours of its own are added to the company's."""

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, null=True, related_name="+", db_index=False
    )
    contact = models.ForeignKey(
        "customers.Contact", models.CASCADE, null=True, related_name="+", db_index=False
    )
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    time_zone = models.CharField(max_length=60, blank=True, default="", db_default="")
    channel = models.CharField(max_length=6, blank=True, default="", db_default="")
    language = models.CharField(max_length=10, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(customer__isnull=True) ^ models.Q(contact__isnull=True),
                name="contact_preference_owner",
            ),
            models.UniqueConstraint(
                fields=["customer"], name="contact_preference_customer",
                condition=models.Q(customer__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["contact"], name="contact_preference_contact",
                condition=models.Q(contact__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="contact_preference_hours",
            ),
        ]  # fmt: skip
