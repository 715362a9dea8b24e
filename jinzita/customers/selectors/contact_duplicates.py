"""Contacts at one customer that may be one person: the same name, phone or e-mail."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q

from jinzita.customers.models import Contact, ContactsApart, Position
from jinzita.customers.selectors.channels import Way, ways_of_contacts
from jinzita.customers.selectors.contacts import (
    MOST_AT_CUSTOMER,
    contact,
    positions_seen,
    visible_contacts,
)
from jinzita.customers.selectors.kept_back import kept_back
from jinzita.customers.selectors.visible import require_visible
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.field_access import shown
from jinzita.kernel.pinyin import normal

Sign = Literal["name", "phone", "email"]
# A phone that more people share is the company's, not theirs.
MOST_SHARING = 3
# A contact's customers that are looked at, and contacts of a group: as many as a merge takes.
MOST_CUSTOMERS, MOST_OF_GROUP = 50, 50
Apart = Mapping[int, set[int]]


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
    contact(viewer.unwatched(), contact_id)
    customers = positions_seen(viewer).filter(contact=contact_id).values_list("customer_id", flat=True)
    found = _among(viewer, list(customers[:MOST_CUSTOMERS]))
    return [one for one in found if any(each.pk == contact_id for each in one.contacts)]


@dataclass(frozen=True)
class ToldApart:
    """A contact of whom somebody said that it is another person."""

    contact: Contact
    by_name: str
    at: datetime


def told_apart(viewer: Viewer, contact_id: int) -> list[ToldApart]:
    """The contacts that were told apart from this one, the last first. Raises NotFound, Forbidden."""
    viewer.require(Permission.MERGE)
    contact(viewer.unwatched(), contact_id)
    rows = ContactsApart.objects.filter(Q(first=contact_id) | Q(second=contact_id)).order_by("at", "pk")
    last = {one.second_id if one.first_id == contact_id else one.first_id: one for one in rows}
    people = visible_contacts(viewer).in_bulk(last)
    found = [ToldApart(people[pk], one.by_name, one.at) for pk, one in last.items() if pk in people]
    _keep_titles_back(viewer, people.values())
    return found[::-1]


def _keep_titles_back(viewer: Viewer, people: Iterable[Contact]) -> None:
    """Of these contacts names and titles are shown."""
    for one in people:
        viewer.saw("contacts", one.pk, {"title": one.title})
        one.title = shown(viewer.access("contacts", "title"), one.title)


def _apart(contact_ids: Collection[int]) -> Apart:
    """Who of these contacts was told apart from whom."""
    rows = ContactsApart.objects.filter(first__in=contact_ids, second__in=contact_ids)
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in rows.values_list("first_id", "second_id"):
        found[one].add(other)
        found[other].add(one)
    return found


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
    apart = _apart(people)
    found = []
    for customer_id, ids in at.items():
        for group, shared in _groups([people[one] for one in ids], ways, kept, apart):
            found.append(Alike(customer_id, tuple(people[one] for one in group), shared))
    _keep_titles_back(viewer, {one.pk: one for alike in found for one in alike.contacts}.values())
    return found


def _groups(
    people: Sequence[Contact], ways: Mapping[int, Sequence[Way]], kept: frozenset[str], apart: Apart
) -> list[tuple[list[int], tuple[Sign, ...]]]:
    """Contacts that hang together by what they share; no two in a group were told apart."""
    by_sign: dict[tuple[Sign, str], list[int]] = defaultdict(list)
    for one in people:
        for said in dict.fromkeys(_signs(one, ways[one.pk], kept)):
            by_sign[said].append(one.pk)
    names = {one.pk: _called(one) for one in people}
    telling = [
        (sign, ids)
        for (sign, _), ids in by_sign.items()
        if len(ids) > 1 and (sign == "name" or len({names[one] for one in ids}) <= MOST_SHARING)
    ]
    home = {one.pk: one.pk for one in people}
    members = {one.pk: [one.pk] for one in people}
    for _, ids in telling:
        _join(ids, home, members, apart)
    shared: dict[int, set[Sign]] = defaultdict(set)
    for sign, ids in telling:
        for at, count in Counter(home[one] for one in ids).items():
            if count > 1:
                shared[at].add(sign)
    order: tuple[Sign, ...] = ("name", "phone", "email")
    return [
        (sorted(members[at])[:MOST_OF_GROUP], tuple(sign for sign in order if sign in shared[at]))
        for at in dict.fromkeys(home.values())
        if at in shared
    ]


def _join(ids: Sequence[int], home: dict[int, int], members: dict[int, list[int]], apart: Apart) -> None:
    """These share something: those who may be one come into one group, in `home` and `members`."""
    groups: list[int] = []
    for one in ids:
        mine = home[one]
        if mine in groups:
            continue
        into = next((at for at in groups if not _are_apart(members[mine], members[at], apart)), None)
        if into is None:
            groups.append(mine)
            continue
        members[into] += members[mine]
        home |= dict.fromkeys(members.pop(mine), into)


def _are_apart(some: Iterable[int], others: Iterable[int], apart: Apart) -> bool:
    return any(not apart[one].isdisjoint(others) for one in some if one in apart)


def _signs(one: Contact, ways: Sequence[Way], kept: frozenset[str]) -> Iterable[tuple[Sign, str]]:
    yield "name", _called(one)
    for way in ways:
        if way.kind == "phone" and "phone" not in kept:
            yield "phone", way.normal
        elif way.kind == "email" and "email" not in kept:
            yield "email", way.normal


def _called(one: Contact) -> str:
    return normal(one.name).replace(" ", "")
