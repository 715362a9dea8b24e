"""Who is acting, and what that actor may do and see.

`people` builds a Viewer from a signed-in user or an API key; selectors narrow by it, services and doors
ask it. Access is decided from a Viewer and nothing else.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from jinzita.kernel.errors import Forbidden


class Permission(StrEnum):
    """An action that a role may or may not take."""

    READ = "read"
    EDIT_CUSTOMERS = "edit_customers"
    RECORD_FACTS = "record_facts"
    IMPORT = "import"
    EXPORT = "export"
    DELETE = "delete"
    MERGE = "merge"
    ASSIGN = "assign"
    APPROVE = "approve"
    SHARE_VIEWS = "share_views"
    HANDLE_PRIVACY = "handle_privacy"
    MANAGE_SETUP = "manage_setup"
    EDIT_MODEL = "edit_model"
    RUN_SCORING = "run_scoring"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_KEYS = "manage_keys"
    MANAGE_WEBHOOKS = "manage_webhooks"
    MANAGE_DEMO = "manage_demo"
    READ_AUDIT = "read_audit"


class Reach(StrEnum):
    """Whose customers an actor sees."""

    OWN = "own"
    DEPARTMENTS = "departments"
    ALL = "all"


@dataclass(frozen=True)
class Viewer:
    """An actor: a person, an API key acting for one, or the system itself (user_id None, everything allowed).

    `department_ids` are the departments seen with Reach.DEPARTMENTS: the own one and all below it. `role` is
    the code of the person's role, empty for the system.
    """

    user_id: int | None
    name: str
    reach: Reach
    permissions: frozenset[Permission]
    department_ids: frozenset[int] = field(default_factory=frozenset)
    via: str = "browser"
    role: str = ""

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise Forbidden unless the permission is held."""
        if not self.may(permission):
            raise Forbidden(
                f"Your role does not include “{permission.value}”; an administrator can grant it.",
                code="forbidden",
            )


def system(via: str) -> Viewer:
    """The actor of jobs and commands: sees and may do everything; `via` names the door it came by."""
    return Viewer(user_id=None, name="system", reach=Reach.ALL, permissions=frozenset(Permission), via=via)
