"""Ways to reach a customer or a contact."""

from typing import ClassVar

from django.db import models

from jinzita.customers.models.contacts import Contact
from jinzita.customers.models.customers import Customer


class ChannelKind(models.TextChoices):
    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"
    WEB = "web"
    FAX = "fax"


class ChannelLabel(models.TextChoices):
    MOBILE = "mobile"
    WORK = "work"
    RECEPTION = "reception"
    SERVICE = "service"
    HOME = "home"
    OTHER = "other"


class Validity(models.TextChoices):
    UNKNOWN = "unknown"
    VALID = "valid"
    INVALID = "invalid"


class Channel(models.Model):
    """A phone, e-mail, WeChat, web address or fax of a customer or a contact, and whether it works.

    Which phone and e-mail are the primary ones says the owner's own column: it feeds lists and search, and is
    written by imports. A primary value of which no more is known needs no row here. `normal` is the form by
    which equal values are known: E.164 for phones, e-mails folded.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=6, choices=ChannelKind)
    value = models.CharField(max_length=254)
    normal = models.CharField(max_length=254)
    label = models.CharField(max_length=9, choices=ChannelLabel, blank=True, default="", db_default="")
    validity = models.CharField(
        max_length=7, choices=Validity, default=Validity.UNKNOWN, db_default=Validity.UNKNOWN
    )
    validity_on = models.DateField(null=True)
    validity_reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    position = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(customer__isnull=True) ^ models.Q(contact__isnull=True),
                name="channel_owner",
            ),
            models.UniqueConstraint(
                fields=["customer", "kind", "normal"], name="channel_of_customer",
                condition=models.Q(customer__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["contact", "kind", "normal"], name="channel_of_contact",
                condition=models.Q(contact__isnull=False),
            ),
            models.CheckConstraint(condition=models.Q(kind__in=ChannelKind.values), name="channel_kind"),
            models.CheckConstraint(
                condition=models.Q(validity__in=Validity.values), name="channel_validity"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["normal", "kind"], name="channel_normal")]
