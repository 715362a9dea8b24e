"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower

from jinzita.people.models.departments import Department


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    SALESPERSON = "salesperson"
    READER = "reader"


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
