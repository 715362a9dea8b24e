"""Contacts at one customer that may be one person: the same name, phone or e-mail."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jinzita.customers.models import Contact, Position
from jinzita.customers.selectors.channels import Way, ways_of_contacts
from jinzita.customers.selectors.contacts import (
    MOST_AT_CUSTOMER,
    contact,
    positions_seen,
    visible_contacts,
)
from jinzita.customers.selectors.customers import require_visible
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.pinyin import normal

Sign = Literal["name", "phone", "email"]
# A phone that more people share is the company's, not theirs.
MOST_SHARING = 3
# A contact's customers that are looked at, and contacts of a group: as many as a merge takes.
MOST_CUSTOMERS, MOST_OF_GROUP = 50, 50


@dataclass(frozen=True)
class Alike:
    """Contacts of a customer that may be one, and what they share."""

    customer_id: int
    contacts: tuple[Contact, ...]
    shared: tuple[Sign, ...]


def alike_at(viewer: Viewer, customer_id: int) -> list[Alike]:
    """The contacts at a customer that may be one. Raises NotFound, Forbidden."""
    viewer.require(Permission.MERGE)
    require_visible(viewer, customer_id)
    return _among(viewer, [customer_id])


def alike_to(viewer: Viewer, contact_id: int) -> list[Alike]:
    """The same at the customers of one contact, as far as it is among them. Raises NotFound, Forbidden."""
    viewer.require(Permission.MERGE)
    contact(viewer, contact_id)
    customers = positions_seen(viewer).filter(contact=contact_id).values_list("customer_id", flat=True)
    found = _among(viewer, list(customers[:MOST_CUSTOMERS]))
    return [one for one in found if any(each.pk == contact_id for each in one.contacts)]


def _among(viewer: Viewer, customer_ids: Sequence[int]) -> list[Alike]:
    seats = Position.objects.filter(
        customer__in=customer_ids, contact__in=visible_contacts(viewer).filter(erased_at=None)
    ).order_by("customer_id", "contact_id")
    most = MOST_AT_CUSTOMER * min(len(customer_ids), 4)
    at: dict[int, list[int]] = defaultdict(list)
    for customer_id, contact_id in seats.values_list("customer_id", "contact_id")[:most]:
        at[customer_id].append(contact_id)
    people = Contact.objects.in_bulk({one for some in at.values() for one in some})
    ways = ways_of_contacts(list(people.values()))
    kept = kept_back(viewer, "contacts")
    found = []
    for customer_id, ids in at.items():
        for group, shared in _groups([people[one] for one in ids], ways, kept):
            found.append(Alike(customer_id, tuple(people[one] for one in group), shared))
    return found


def _groups(
    people: Sequence[Contact], ways: Mapping[int, Sequence[Way]], kept: frozenset[str]
) -> list[tuple[list[int], tuple[Sign, ...]]]:
    by_sign: dict[tuple[Sign, str], list[int]] = defaultdict(list)
    for one in people:
        for said in dict.fromkeys(_signs(one, ways[one.pk], kept)):
            by_sign[said].append(one.pk)
    names = {one.pk: _called(one) for one in people}
    home = {one.pk: one.pk for one in people}
    shared: dict[int, set[Sign]] = defaultdict(set)
    for (sign, _), ids in by_sign.items():
        if len(ids) < 2 or (sign != "name" and len({names[one] for one in ids}) > MOST_SHARING):
            continue
        first, others = home[ids[0]], {home[one] for one in ids}
        shared[first] = {sign}.union(*(shared.pop(one, set()) for one in others))
        home = {pk: first if at in others else at for pk, at in home.items()}
    groups = ([pk for pk, at in home.items() if at == first] for first in shared)
    order: tuple[Sign, ...] = ("name", "phone", "email")
    return [
        (ids[:MOST_OF_GROUP], tuple(sign for sign in order if sign in shared[home[ids[0]]])) for ids in groups
    ]


def _signs(one: Contact, ways: Sequence[Way], kept: frozenset[str]) -> Iterable[tuple[Sign, str]]:
    yield "name", _called(one)
    for way in ways:
        if way.kind == "phone" and "phone" not in kept:
            yield "phone", way.normal
        elif way.kind == "email" and "email" not in kept:
            yield "email", way.normal


def _called(one: Contact) -> str:
    return normal(one.name).replace(" ", "")
