"""The ways to reach customers and contacts, the primary ones first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from jinzita.customers.fields.reach import NORMAL
from jinzita.customers.models import Channel, ChannelKind, Contact, Customer, Validity
from jinzita.customers.selectors.fingerprint import fingerprint
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Viewer
from jinzita.kernel.field_access import shown

Owner = Literal["customer", "contact"]
# The kinds of which the owner's own column holds the primary one.
COLUMNS = ("phone", "email")


@dataclass(frozen=True)
class Way:
    """One way to reach somebody."""

    kind: str
    value: str
    normal: str
    label: str = ""
    validity: str = Validity.UNKNOWN
    validity_on: date | None = None
    validity_reason: str = ""
    is_primary: bool = False


def channels(viewer: Viewer, customer_id: int) -> tuple[list[Way], str]:
    """A customer's channels, and the fingerprint of this list. Raises NotFound."""
    require_visible(viewer, customer_id)
    one = Customer.objects.only("phone", "email").get(pk=customer_id)
    ways = ways_of_owners("customer", [one])[one.pk]
    return _concealed(viewer, "customers", one.pk, ways), fingerprint(ways)


def ways_of_contacts(contacts: Sequence[Contact], viewer: Viewer | None = None) -> Mapping[int, list[Way]]:
    """The channels of contacts by id, as a viewer may see them."""
    if viewer is None:
        return ways_of_owners("contact", contacts)
    if viewer.fields:
        # What is kept back may be masked in the contacts already: which is primary is told by what is stored.
        contacts = list(Contact.objects.only("phone", "email").filter(pk__in=[one.pk for one in contacts]))
    found = ways_of_owners("contact", contacts)
    return {pk: _concealed(viewer, "contacts", pk, ways) for pk, ways in found.items()}


def field_of(way: Way) -> str:
    """The field by which roles keep a channel of this kind back."""
    return "email" if way.kind == "email" else "phone"


def _concealed(viewer: Viewer, kind: str, owner_id: int, ways: Sequence[Way]) -> list[Way]:
    viewer.saw(kind, owner_id, {field_of(way): way.value for way in ways})
    found = []
    for way in ways:
        access = viewer.access(kind, field_of(way))
        found.append(replace(way, value=shown(access, way.value), normal=shown(access, way.normal)))
    return found


def ways_of_owners(which: Owner, owners: Sequence[Any]) -> Mapping[int, list[Way]]:
    """The channels of customers or contacts by the owner's id.

    The owner's column says which phone and e-mail are primary, also when no more is known of them.
    """
    rows: dict[int, list[Channel]] = {one.pk: [] for one in owners}
    for row in Channel.objects.filter(**{f"{which}_id__in": list(rows)}).order_by("position", "pk"):
        rows[getattr(row, f"{which}_id")].append(row)
    return {one.pk: _ways(one, rows[one.pk]) for one in owners}


def _ways(owner: Any, rows: Sequence[Channel]) -> list[Way]:
    found: list[Way] = []
    for kind in ChannelKind.values:
        column = getattr(owner, kind) if kind in COLUMNS else ""
        of_kind = [row for row in rows if row.kind == kind]
        primary = normal_of(kind, column) if column else of_kind[0].normal if of_kind else ""
        if column and all(row.normal != primary for row in of_kind):
            found.append(Way(kind, column, primary, is_primary=True))
        for row in sorted(of_kind, key=lambda row: row.normal != primary):
            found.append(
                Way(
                    kind, row.value, row.normal, row.label, row.validity, row.validity_on,
                    row.validity_reason, is_primary=row.normal == primary,
                )
            )  # fmt: skip
    return found


def normal_of(kind: str, value: str) -> str:
    """The normal form of a value that is kept already, whatever it is."""
    return NORMAL[kind](value) or value.strip()
