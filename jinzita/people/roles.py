"""What each role may do, and what a key's scopes allow."""

from jinzita.kernel.access import Permission, Reach
from jinzita.people.models import Role

_READ = {Permission.READ}
_SELL = _READ | {Permission.EDIT_CUSTOMERS, Permission.RECORD_FACTS, Permission.EXPORT}
_MANAGE = _SELL | {
    Permission.IMPORT,
    Permission.EDIT_MODEL,
    Permission.RUN_SCORING,
    Permission.DELETE,
    Permission.MERGE,
    Permission.ASSIGN,
    Permission.APPROVE,
    Permission.SHARE_VIEWS,
}

PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.MANAGER: frozenset(_MANAGE),
    Role.SALESPERSON: frozenset(_SELL),
    Role.READER: frozenset(_READ),
}

REACH: dict[str, Reach] = {
    Role.ADMINISTRATOR: Reach.ALL,
    Role.MANAGER: Reach.DEPARTMENTS,
    Role.SALESPERSON: Reach.OWN,
    Role.READER: Reach.ALL,
}

# The scopes a key may have; each stands for the permissions it needs. A key never may more than its maker.
SCOPES: dict[str, frozenset[Permission]] = {
    "read": frozenset({Permission.READ}),
    "facts:write": frozenset({Permission.RECORD_FACTS}),
    "customers:write": frozenset({Permission.EDIT_CUSTOMERS}),
    "imports:write": frozenset({Permission.IMPORT}),
    "export": frozenset({Permission.EXPORT}),
    "runs:write": frozenset({Permission.RUN_SCORING}),
}
