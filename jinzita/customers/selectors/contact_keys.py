"""Which contacts the rows of a file mean, when they name them by a key: a whole batch in few queries."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from jinzita.customers.fields.keys import normal_key
from jinzita.customers.fields.search_text import normal
from jinzita.customers.models import Contact, Position
from jinzita.customers.selectors.contacts import visible_contacts
from jinzita.customers.selectors.keys import EMAIL_FOLDED, MOST_NAMED, PHONE_END
from jinzita.customers.selectors.visible import visible_to
from jinzita.kernel.access import Reach, Viewer

Pairs = Iterable[tuple[str, int]]


@dataclass(frozen=True)
class Person:
    """A contact that a key may mean, the survivor of those that were merged; `customers` are where they are
    as far as it is seen, the main one first.
    """

    id: int
    source: str
    source_key: str
    name: str
    customers: tuple[int, ...]
    trashed: bool
    erased: bool
    seen: bool


def people_meant(
    by: Viewer, key: str, values: Collection[str], *, at: Collection[int] = ()
) -> dict[str, list[Person]]:  # fmt: skip
    """The contacts each of these normal keys may mean, by id; those known by name are sought among the people
    of the customers `at`.
    """
    if not values:
        return {}
    pairs = _by_name(values, at) if key == "name" else _BY[key](values)
    found: dict[str, set[int]] = defaultdict(set)
    for value, contact_id in pairs:
        found[value].add(contact_id)
    people = _people(by, {one for some in found.values() for one in some})
    return {value: [people[one] for one in sorted(ids)] for value, ids in found.items()}


def named(people: Iterable[Person]) -> list[tuple[int, str]]:
    """Id and name of some of them, as far as they are seen."""
    return [(one.id, one.name) for one in people if one.seen][:MOST_NAMED]


def _people(by: Viewer, ids: Collection[int]) -> dict[int, Person]:
    rows = Contact.objects.filter(pk__in=ids)
    seen = None if by.reach is Reach.ALL else {
        one for trashed in (False, True)
        for one in visible_contacts(by, trashed=trashed).filter(pk__in=ids).values_list("pk", flat=True)
    }  # fmt: skip
    seats: dict[int, list[int]] = defaultdict(list)
    of = Position.objects.filter(contact__in=ids, customer__in=visible_to(by)).order_by("-is_primary", "pk")
    for contact_id, customer_id in of.values_list("contact_id", "customer_id"):
        seats[contact_id].append(customer_id)
    return {
        one.pk: Person(
            one.pk, one.source, one.source_key, one.name, tuple(seats[one.pk]), one.trashed_at is not None,
            one.erased_at is not None, seen is None or one.pk in seen,
        )
        for one in rows.only("source", "source_key", "name", "trashed_at", "erased_at")
    }  # fmt: skip


def _asked(query: str, *parameters: list[str] | str) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def _by_record(values: Collection[str]) -> Pairs:
    return _asked(
        "SELECT v.k, coalesce(t.merged_into_id, t.id) FROM unnest(%s::text[]) v(k)"
        " JOIN customers_contact t ON t.id = v.k::bigint",
        list(values),
    )


def _by_way(kind: str, folded: str, ends: Collection[str], values: Collection[str]) -> Pairs:
    """By a way to reach them: among their channels, and in their own column, whose normal form is checked."""
    found = _asked(
        "SELECT v.k, coalesce(t.merged_into_id, t.id) FROM unnest(%s::text[]) v(k)"
        " JOIN customers_channel h ON h.normal = v.k AND h.kind = %s"
        " JOIN customers_contact t ON t.id = h.contact_id",
        list(values), kind,
    )  # fmt: skip
    rows = _asked(
        f"SELECT t.{kind}, coalesce(t.merged_into_id, t.id) FROM unnest(%s::text[]) v(k)"
        f" JOIN customers_contact t ON {folded.format(f't.{kind}')} = v.k AND t.{kind} <> ''",
        list(ends),
    )
    wanted = set(values)
    read = ((normal_key(kind, text), contact_id) for text, contact_id in rows)
    return [*found, *((value, one) for value, one in read if value in wanted)]  # type: ignore[misc]


def _by_phone(values: Collection[str]) -> Pairs:
    ends = {"".join(filter(str.isdigit, value))[-8:] for value in values}
    return _by_way("phone", PHONE_END, ends, values)


def _by_email(values: Collection[str]) -> Pairs:
    return _by_way("email", EMAIL_FOLDED, values, values)


def _by_name(values: Collection[str], at: Collection[int]) -> Pairs:
    rows = Position.objects.filter(customer__in=at, contact__merged_into=None)
    wanted = set(values)
    names = rows.values_list("contact__name", "contact_id")
    return [(value, one) for name, one in names.iterator() if (value := normal(name)) in wanted]


_BY: Mapping[str, Callable[[Collection[str]], Pairs]] = {
    "record": _by_record,
    "phone": _by_phone,
    "email": _by_email,
}
