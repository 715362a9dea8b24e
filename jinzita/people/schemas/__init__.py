"""What people's endpoints take and give."""

from jinzita.people.schemas.audit import AuditOut, AuditPage
from jinzita.people.schemas.company import CompanyOut
from jinzita.people.schemas.departments import DepartmentChangeIn, DepartmentIn, DepartmentOut
from jinzita.people.schemas.keys import ApiKeyIn, ApiKeyMadeOut, ApiKeyOut, api_key
from jinzita.people.schemas.myself import MeIn, MeOut, PasswordChangeIn, me, named
from jinzita.people.schemas.users import PasswordOut, UserChangeIn, UserIn, UserMadeOut, UserOut

__all__ = [
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
    "UserChangeIn",
    "UserIn",
    "UserMadeOut",
    "UserOut",
    "api_key",
    "me",
    "named",
]
