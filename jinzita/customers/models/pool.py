"""The public pool: customers that nobody looks after and that are free to claim."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Cause(models.TextChoices):
    """Why a customer went to the pool, as whoever let it go says."""

    NO_CONTACT = "no_contact"
    NO_DEAL = "no_deal"
    RELEASED = "released"


class Pooled(models.Model):
    """A customer in the pool."""

    customer = models.OneToOneField("Customer", models.CASCADE, primary_key=True, related_name="+")
    pooled_at = models.DateTimeField(db_default=Now())
    cause = models.CharField(max_length=10, choices=Cause)
    former_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
