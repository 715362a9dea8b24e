"""Who works for a customer beside its owner."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class TeamMember(models.Model):
    """A colleague in the team of a customer, who sees it as its owner does; `part` is what the person does
    there.
    """

    customer = models.ForeignKey("Customer", models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    part = models.CharField(max_length=60, blank=True, default="", db_default="")
    since = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer", "user"], name="team_member_once"),
        ]
        # Every request of somebody who does not see all customers asks by it.
        indexes: ClassVar = [models.Index(fields=["user", "customer"], name="team_member_user")]
