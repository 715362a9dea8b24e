"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower

from jinzita.people.models.departments import Department
from jinzita.people.models.roles import Role


class UserManager(BaseUserManager["User"]):
    """People with their role: whoever is read to act is read with what they may do, in one query."""

    def get_queryset(self) -> models.QuerySet["User"]:
        return super().get_queryset().select_related("role")

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person who signs in."""

    username = models.CharField(max_length=80, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(max_length=100, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    title = models.CharField(max_length=100, blank=True, default="", db_default="")
    phone = models.CharField(max_length=40, blank=True, default="", db_default="")
    # The role's code stands in the row: who has which role is told without looking at the roles.
    role = models.ForeignKey(
        Role, models.PROTECT, to_field="code", db_column="role", default="reader", related_name="+"
    )
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    # Without one, the head of the department is the manager.
    manager = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
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
