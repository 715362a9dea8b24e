"""What people's endpoints take and give."""

from jinzita.people.schemas.audit import AuditOut, AuditPage, audit_out, subjects_of
from jinzita.people.schemas.company import CompanyOut
from jinzita.people.schemas.departments import DepartmentChangeIn, DepartmentIn, DepartmentOut
from jinzita.people.schemas.keys import ApiKeyIn, ApiKeyMadeOut, ApiKeyOut, api_key
from jinzita.people.schemas.myself import MeIn, MeOut, PasswordChangeIn, me, named, person
from jinzita.people.schemas.roles import (
    AdministratorOut,
    RoleChangeIn,
    RoleChoicesOut,
    RoleIn,
    RoleOut,
    administrator_out,
    role_choices,
    role_out,
)
from jinzita.people.schemas.users import (
    PasswordOut,
    UserChangeIn,
    UserCountOut,
    UserIn,
    UserMadeOut,
    UserOut,
    UserPage,
)

__all__ = [
    "AdministratorOut",
    "ApiKeyIn",
    "ApiKeyMadeOut",
    "ApiKeyOut",
    "AuditOut",
    "AuditPage",
    "CompanyOut",
    "DepartmentChangeIn",
    "DepartmentIn",
    "DepartmentOut",
    "MeIn",
    "MeOut",
    "PasswordChangeIn",
    "PasswordOut",
    "RoleChangeIn",
    "RoleChoicesOut",
    "RoleIn",
    "RoleOut",
    "UserChangeIn",
    "UserCountOut",
    "UserIn",
    "UserMadeOut",
    "UserOut",
    "UserPage",
    "administrator_out",
    "api_key",
    "audit_out",
    "me",
    "named",
    "person",
    "role_choices",
    "role_out",
    "subjects_of",
]
