"""A customer taken for writing."""

from jinzita.customers.models import Contact, Customer
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict


def locked(by: Viewer, customer_id: int, *, needs: Permission = Permission.EDIT_CUSTOMERS) -> Customer:
    """The customer, locked until the transaction ends. Raises Forbidden, NotFound, Conflict (erased)."""
    by.require(needs)
    require_visible(by, customer_id)
    one = Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
    require_not_erased(one)
    return one


def require_not_erased(one: Customer | Contact) -> None:
    """Raise Conflict for somebody of whom nothing personal may be known any more."""
    if one.erased_at is not None:
        raise Conflict("The personal data was erased; nothing is entered any more.", code="erased")
