"""Writes of addresses: the list of a customer as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from jinzita.customers.events import CustomersChanged
from jinzita.customers.models import Address, AddressKind
from jinzita.customers.selectors.addresses import Place, places_of
from jinzita.customers.selectors.fingerprint import fingerprint
from jinzita.customers.services.channels import require_unchanged
from jinzita.customers.services.locking import locked
from jinzita.kernel import audit, events, values
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Invalid

MOST_ADDRESSES = 50
_TEXTS = {"province": 60, "city": 60, "district": 60, "street": 200, "postcode": 12}


@transaction.atomic
def replace_addresses(
    *, by: Viewer, customer_id: int, items: Sequence[Mapping[str, Any]], version: str | None
) -> None:
    """Make these the customer's addresses, in this order. Raises NotFound, Forbidden, Invalid, Conflict."""
    one = locked(by, customer_id)
    before = places_of(one.pk)
    require_unchanged(version, fingerprint(before))
    if len(items) > MOST_ADDRESSES:
        raise Invalid.at("addresses", "too_many", f"There are at most {MOST_ADDRESSES} addresses.")
    after = [_place(item, f"addresses[{place}]") for place, item in enumerate(items)]
    if after == before:
        return
    Address.objects.filter(customer=one).delete()
    Address.objects.bulk_create(
        Address(customer=one, position=place, **vars(each)) for place, each in enumerate(after)
    )
    audit.record(
        by=by, action="update", subject_type="customer", subject_id=one.pk,
        changes={"addresses": [[_told(each) for each in before], [_told(each) for each in after]]},
    )  # fmt: skip
    events.publish(CustomersChanged([one.pk]))


def _place(item: Mapping[str, Any], place: str) -> Place:
    kind, country = item.get("kind", ""), (item.get("country") or "").strip().upper()
    if kind not in AddressKind.values:
        raise Invalid.at(f"{place}.kind", "unknown_choice", "This is not a kind of address.")
    if len(country) != 2 or not country.isascii() or not country.isalpha():
        raise Invalid.at(f"{place}.country", "not_a_country", "A country is two letters, such as CN.")
    texts = {
        name: values.plain_text(item.get(name) or "", f"{place}.{name}", longest=longest).strip()
        for name, longest in _TEXTS.items()
    }
    if not any(texts.values()):
        raise Invalid.at(f"{place}.street", "required", "An address says where.")
    since, until = item.get("valid_from"), item.get("until")
    if since and until and until < since:
        raise Invalid.at(f"{place}.until", "until_before_since", "The end lies before the beginning.")
    return Place(kind=kind, country=country, valid_from=since, until=until, **texts)


def _told(one: Place) -> str:
    parts = (one.country, one.province, one.city, one.district, one.street, one.postcode)
    return f"{one.kind}: " + " ".join(filter(None, parts))
