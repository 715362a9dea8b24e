"""The addresses of customers."""

from dataclasses import dataclass
from datetime import date

from jinzita.customers.models import Address
from jinzita.customers.selectors.fingerprint import fingerprint
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Viewer


@dataclass(frozen=True)
class Place:
    """One address."""

    kind: str
    country: str
    province: str
    city: str
    district: str
    street: str
    postcode: str
    valid_from: date | None
    until: date | None


NAMES = tuple(Place.__dataclass_fields__)


def addresses(viewer: Viewer, customer_id: int) -> tuple[list[Place], str]:
    """A customer's addresses, and the fingerprint of this list. Raises NotFound."""
    require_visible(viewer, customer_id)
    places = places_of(customer_id)
    return places, fingerprint(places)


def places_of(customer_id: int) -> list[Place]:
    """The addresses of a customer who was found visible."""
    rows = Address.objects.filter(customer_id=customer_id).order_by("position", "pk")
    return [Place(*row) for row in rows.values_list(*NAMES)]
