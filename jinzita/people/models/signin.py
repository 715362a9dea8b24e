"""What guards the door: failed attempts, and links by which people set their own password."""

from typing import ClassVar

from django.db import models

from jinzita.people.models.users import User


class SignInLock(models.Model):
    """Failed attempts for a name as it was typed, known or not, from one address."""

    login = models.CharField(max_length=254)
    ip = models.CharField(max_length=45)
    failures = models.IntegerField(default=0)
    last_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["login", "ip"], name="sign_in_lock")]
        indexes: ClassVar = [models.Index(fields=["ip", "last_at"], name="sign_in_lock_ip")]


class Invitation(models.Model):
    """A link with which one person, once and for some days, sets the own password. Only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=models.functions.Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
