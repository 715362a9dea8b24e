"""The identifiers of customers."""

from dataclasses import dataclass

from jinzita.customers.models import Identifier
from jinzita.customers.selectors.fingerprint import fingerprint
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Viewer


@dataclass(frozen=True)
class Known:
    """One number by which a customer is known; `source` is the system of an external id."""

    kind: str
    source: str
    value: str


def identifiers(viewer: Viewer, customer_id: int) -> tuple[list[Known], str]:
    """A customer's identifiers, and the fingerprint of this list. Raises NotFound."""
    require_visible(viewer, customer_id)
    found = known_of(customer_id)
    return found, fingerprint(found)


def known_of(customer_id: int) -> list[Known]:
    """The identifiers of a customer who was found visible."""
    rows = Identifier.objects.filter(customer_id=customer_id).order_by("position", "pk")
    return [Known(*row) for row in rows.values_list("kind", "source", "value")]
