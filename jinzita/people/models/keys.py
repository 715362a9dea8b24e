"""Keys that act for people."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jinzita.people.models.roles import Role
from jinzita.people.models.users import User


class ApiKey(models.Model):
    """A key for a program: acts for its maker within its scopes, and within a role when it names one.

    Only a hash of the key is kept.
    """

    name = models.CharField(max_length=100)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=40))
    role = models.ForeignKey(
        Role, models.PROTECT, null=True, to_field="code", db_column="role", related_name="+"
    )
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
