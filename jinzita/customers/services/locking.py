"""A customer taken for writing."""

from jinzita.customers.models import Customer
from jinzita.customers.selectors.customers import require_visible
from jinzita.kernel.access import Permission, Viewer


def locked(by: Viewer, customer_id: int) -> Customer:
    """The customer, locked until the transaction ends. Raises Forbidden, NotFound."""
    by.require(Permission.EDIT_CUSTOMERS)
    require_visible(by, customer_id)
    return Customer.objects.select_for_update(of=("self",)).get(pk=customer_id)
