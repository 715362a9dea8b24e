"""People: users with a role and a department, and the keys that act for them."""

from jinzita.people.models.departments import Department
from jinzita.people.models.keys import ApiKey
from jinzita.people.models.roles import Role
from jinzita.people.models.users import User, UserManager

__all__ = ["ApiKey", "Department", "Role", "User", "UserManager"]
