"""Addresses of customers."""

from typing import ClassVar

from django.db import models

from jinzita.customers.models.customers import Customer


class AddressKind(models.TextChoices):
    REGISTERED = "registered"
    OFFICE = "office"
    DELIVERY = "delivery"
    BILLING = "billing"
    HOME = "home"


class Address(models.Model):
    """Where a customer is. `country` is a code of ISO 3166; in China `province` is one of GB/T 2260."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=AddressKind, default=AddressKind.OFFICE)
    country = models.CharField(max_length=2, default="CN", db_default="CN")
    province = models.CharField(max_length=60, blank=True, default="", db_default="")
    city = models.CharField(max_length=60, blank=True, default="", db_default="")
    district = models.CharField(max_length=60, blank=True, default="", db_default="")
    street = models.CharField(max_length=200, blank=True, default="", db_default="")
    postcode = models.CharField(max_length=12, blank=True, default="", db_default="")
    valid_from = models.DateField(null=True)
    until = models.DateField(null=True)
    position = models.SmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=AddressKind.values), name="address_kind"),
        ]
        indexes: ClassVar = [models.Index(fields=["customer", "position"], name="address_customer")]
