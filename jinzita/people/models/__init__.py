"""People: users with a role and a department, and the keys that act for them."""

from jinzita.people.models.departments import Department
from jinzita.people.models.keys import ApiKey
from jinzita.people.models.users import Role, User, UserManager
from jinzita.people.models.views import SavedView, ViewChoice

__all__ = ["ApiKey", "Department", "Role", "SavedView", "User", "UserManager", "ViewChoice"]
