"""People: users with a role and a department, and the keys that act for them."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    SALESPERSON = "salesperson"
    READER = "reader"


class Department(models.Model):
    """A node of the tree of departments; `path` is the ids from the root down, as ``/1/4/9/``."""

    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=500, db_index=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="department_name", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person who signs in."""

    username = models.CharField(max_length=80, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(max_length=100, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    role = models.CharField(max_length=20, choices=Role, default=Role.READER)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True, default="")
    theme = models.CharField(max_length=10, blank=True, default="")
    created_at = models.DateTimeField(db_default=models.functions.Now())
    # Marks people made by a demo part, so that removing the part removes them.
    demo = models.CharField(max_length=20, blank=True, default="")

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="username_any_case"),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="email_any_case"),
        ]

    @property
    def shown_name(self) -> str:
        return self.name or self.username

    def __str__(self) -> str:
        return self.shown_name

    def get_full_name(self) -> str:
        return self.shown_name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used; access is decided from a Viewer."""
        return False


class ApiKey(models.Model):
    """A key for a program: acts for its maker within its scopes. Only a hash of the key is kept."""

    name = models.CharField(max_length=100)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=40))
    expires_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=models.functions.Now())
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
