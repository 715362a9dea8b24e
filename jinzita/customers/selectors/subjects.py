"""Records whose changes are told one by one: customers and contacts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from jinzita.customers.models import Contact, Customer
from jinzita.customers.selectors import contacts
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Viewer


@dataclass(frozen=True)
class Subject:
    """How the changes of a kind of record are read.

    word        what the audit log calls such a record
    kind        the code of its kind, by which a role keeps fields back
    table       where changes of many at once were kept
    restorable  what a user can set, and so can set back
    require     raises NotFound for a record the viewer may not know of
    told        the names of what is told of a line; all of them when empty
    places      actions on its places at customers, each told to those who see the customer
    """

    word: str
    kind: str
    table: str
    restorable: frozenset[str]
    require: Callable[[Viewer, int], object]
    told: frozenset[str] = field(default_factory=frozenset)
    places: frozenset[str] = field(default_factory=frozenset)

    def tells(self, name: str) -> bool:
        """Whether a change of this name is told."""
        return not self.told or name in self.told


_PLAIN = frozenset(
    {
        "name", "title", "department", "phone", "email", "gender", "salutation", "birthday", "notes", "tags",
    }
)  # fmt: skip
_AT_CUSTOMER = frozenset(
    {"customer_id", "position_title", "role", "influence", "is_primary", "since", "until"}
)

CUSTOMER = Subject(
    "customer", "customers", Customer._meta.db_table,
    frozenset({"name", "kind", "phone", "email", "owner_id", "tags"}), require_visible,
)  # fmt: skip
CONTACT = Subject(
    "contact", "contacts", Contact._meta.db_table, _PLAIN, contacts.contact,
    _PLAIN | _AT_CUSTOMER | {"channels"}, frozenset({"add_position", "change_position", "remove_position"}),
)  # fmt: skip
