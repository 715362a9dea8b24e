"""Contacts as a viewer may see them: those at a customer the viewer sees."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from jinzita.customers.fields.contacts import CONTACTS
from jinzita.customers.fields.frequencies import CONTACT_KEYS, frequency
from jinzita.customers.fields.keys import RECORD
from jinzita.customers.fields.search_text import Term, matched, sort_of, ways_of
from jinzita.customers.models import Contact, ContactKey, DecisionRole, Position
from jinzita.customers.selectors.added import show_added, with_added
from jinzita.customers.selectors.channels import Way, ways_of_contacts
from jinzita.customers.selectors.kept_back import in_what_is_shown, kept_back
from jinzita.customers.selectors.visible import require_visible, visible_to
from jinzita.customers.selectors.words import LONGEST_QUERY, MOST_INDEXED, every_term, is_common
from jinzita.kernel import field_access, values
from jinzita.kernel.access import Reach, Viewer
from jinzita.kernel.errors import Invalid, Moved, NotFound
from jinzita.kernel.field_access import by_code
from jinzita.kernel.pinyin import normal
from jinzita.kernel.records import Field, filters, listing

MOST_AT_CUSTOMER = 500


def fields_of(viewer: Viewer) -> Mapping[str, Field]:
    """The fields by code; parts in decisions are those taken at customers the viewer sees."""
    found = {code: one for code, one in by_code(viewer, CONTACTS).items() if code != "customer"}
    return {**found, "role": replace(found["role"], belongs=partial(plays, viewer))}


def plays(viewer: Viewer, roles: Sequence[str] | None) -> Q:
    """The condition that somebody takes one of these parts in decisions, or any, where the viewer sees it."""
    seats = positions_seen(viewer).order_by()
    seats = seats.exclude(role="") if roles is None else seats.filter(role__in=roles)
    return Q(pk__in=seats.values("contact_id"))


def visible_contacts(viewer: Viewer, *, trashed: bool = False) -> QuerySet[Contact]:
    """The contacts a viewer may know of, without merged ones; those in the trash when asked for."""
    customers = visible_to(viewer)
    rows = Contact.objects.filter(trashed_at__isnull=not trashed, merged_into=None)
    if viewer.reach is Reach.ALL:
        return rows
    return rows.filter(Exists(Position.objects.filter(contact=OuterRef("pk"), customer__in=customers)))


def positions_seen(viewer: Viewer) -> QuerySet[Position]:
    """Positions at customers the viewer may know of, the primary one of a contact first."""
    return (
        Position.objects.filter(customer__in=visible_to(viewer))
        .select_related("customer__standing")
        .order_by("-is_primary", "pk")
    )


def shown(viewer: Viewer, rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """The contacts with their positions, in two queries."""
    return rows.select_related("search_key").prefetch_related(
        Prefetch("positions", positions_seen(viewer), to_attr="seen_positions")
    )


def contact(viewer: Viewer, contact_id: int, *, trashed: bool = False) -> Contact:
    """One contact with its positions. Raises NotFound, also for one that is hidden, and Moved for one that
    was merged.
    """
    found = shown(viewer, visible_contacts(viewer, trashed=trashed)).filter(pk=contact_id).first()
    if found is None:
        home = Contact.objects.filter(pk=contact_id).values_list("merged_into_id", flat=True).first()
        if home and visible_contacts(viewer).filter(pk=home).exists():
            raise Moved("contacts", contact_id, home)
        raise NotFound(f"There is no contact {contact_id}.")
    return _let_out(viewer, [found])[0]


def _let_out(viewer: Viewer, rows: Sequence[Contact]) -> list[Contact]:
    """The contacts as the viewer may see them, with their titles at each customer and what is known above."""
    if rows:
        show_added(Contact, rows)
    found = field_access.conceal(viewer, CONTACTS, rows)
    titles = viewer.access(CONTACTS.code, "title")
    for one in found:
        for seat in _seats(one):
            viewer.saw(CONTACTS.code, one.pk, {"title": seat.title})
            seat.title = field_access.shown(titles, seat.title)
    return found


def contact_or_survivor(viewer: Viewer, contact_id: int) -> Contact:
    """The same; of one that was merged, its survivor."""
    try:
        return contact(viewer, contact_id)
    except Moved as moved:
        return contact(viewer, moved.now)


def several(viewer: Viewer, contact_ids: Sequence[int]) -> list[Contact]:
    """These contacts as lists show them, in this order. Raises NotFound."""
    rows = {one.pk: one for one in shown(viewer, visible_contacts(viewer).filter(pk__in=set(contact_ids)))}
    for contact_id in contact_ids:
        if contact_id not in rows:
            raise NotFound(f"There is no contact {contact_id}.")
    return _let_out(viewer, [rows[contact_id] for contact_id in dict.fromkeys(contact_ids)])


def require_at(customer_id: int, contact_id: int | None) -> None:
    """Raise NotFound unless the contact, when one is named, is at this customer."""
    if contact_id is None:
        return
    seats = Position.objects.filter(customer=customer_id, contact=contact_id, contact__trashed_at=None)
    if not seats.exists():
        raise NotFound(f"There is no contact {contact_id} at this customer.")


def position(viewer: Viewer, position_id: int) -> Position:
    """One position of a visible contact. Raises NotFound."""
    found = positions_seen(viewer).filter(pk=position_id, contact__trashed_at__isnull=True).first()
    if found is None:
        raise NotFound(f"There is no position {position_id}.")
    return found


def contacts_of(viewer: Viewer, customer_id: int) -> list[tuple[Contact, list[Way]]]:
    """The contacts at a customer with their channels, who decides first. Raises NotFound."""
    require_visible(viewer, customer_id)
    of_customer = Position.objects.filter(customer_id=customer_id).values("contact_id")
    rows = list(shown(viewer, visible_contacts(viewer).filter(pk__in=of_customer))[:MOST_AT_CUSTOMER])
    ways = ways_of_contacts(rows, viewer)
    _let_out(viewer, rows)
    roles = {role: place for place, role in enumerate(DecisionRole.values)}

    def rank(one: Contact) -> tuple[bool, int, int, str]:
        here = next(seat for seat in _seats(one) if seat.customer_id == customer_id)
        return here.until is not None, roles.get(here.role, len(roles)), -(here.influence or 0), one.name

    return [(one, ways[one.pk]) for one in sorted(rows, key=rank)]


def matching(
    viewer: Viewer, *, filter: str | None = None, q: str | None = None, role: str | None = None
) -> QuerySet[Contact]:
    """The visible contacts that fit a filter, the words searched for, and a role at some customer."""
    rows = visible_contacts(viewer).filter(filters.where(fields_of(viewer), filter))
    if role:
        if role not in DecisionRole.values:
            raise Invalid.at("role", "unknown_choice", f"role is one of {', '.join(DecisionRole.values)}.")
        rows = rows.filter(plays(viewer, [role]))
    return rows.filter(found_by(q, kept_back(viewer, CONTACTS.code))) if q and q.strip() else rows


def page(
    viewer: Viewer, *, filter: str | None = None, q: str | None = None, role: str | None = None,
    sort: str | None = None, limit: int = 50, cursor: str | None = None, offset: int = 0,
) -> listing.Page[Contact]:  # fmt: skip
    """A page of the list, by name unless `sort` says otherwise."""
    found = listing.page(
        shown(viewer, matching(viewer, filter=filter, q=q, role=role)), fields_of(viewer),
        default_sort=CONTACTS.default_sort, sort=sort, limit=limit, cursor=cursor, offset=offset,
    )  # fmt: skip
    _let_out(viewer, found.items)
    return found


def ordered(
    viewer: Viewer,
    *,
    filter: str | None,
    q: str | None,
    role: str | None,
    sort: str | None,
    shown: Sequence[Field] = (),
    ids: Sequence[int] | None = None,
) -> QuerySet[Contact]:
    """The whole list in order, or those of `ids` that fit, for an export that shows the fields `shown`."""
    rows = with_added(matching(viewer, filter=filter, q=q, role=role), shown)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    return listing.ordered(
        rows.prefetch_related(Prefetch("positions", positions_seen(viewer), to_attr="seen_positions")),
        fields_of(viewer), default_sort=CONTACTS.default_sort, sort=sort,
    )  # fmt: skip


def reader_of(field: Field) -> Callable[[Any], Any]:
    """What reads a declared field's value from a contact of `ordered`, for exports; of customers the primary
    one's.
    """
    if field.code == "customer":
        return lambda row: seat.customer.name if (seat := _first_seat(row)) else None
    if field.code == RECORD.code:
        return attrgetter("pk")
    if field.code == "role":
        return lambda row: seat.role if (seat := _first_seat(row)) else None
    return attrgetter(field.code)


def found_by(q: str, kept: frozenset[str] = frozenset()) -> Q:
    """The condition that every word of `q` is part of what a contact is found by. Raises Invalid."""
    values.plain_text(q, "q", longest=LONGEST_QUERY)
    condition = Q(pk__in=[])
    for way in ways_of(q):
        shown_lines = in_what_is_shown(way, "search_key__text", kept)
        condition |= every_term(way, "", frequent=_is_frequent(way)) & shown_lines
    return condition


def search(viewer: Viewer, q: str, *, most: int) -> list[tuple[Contact, str]]:
    """The contacts somebody means by a few letters, names that begin so first; and by what they match."""
    rows = shown(viewer, visible_contacts(viewer))
    fits = found_by(q, kept_back(viewer, CONTACTS.code))
    begin = rows.filter(search_key__sort__startswith=sort_of(q))
    if not q.isascii():  # other characters are said alike
        begin = begin.filter(search_key__text__startswith="\n" + normal(q))
        if not _is_frequent(ways_of(q)[0]):
            begin = begin.filter(fits)
    found = list(begin.order_by("search_key__sort", "pk")[:most])
    if len(found) < most:
        others = rows.filter(fits).exclude(pk__in=[one.pk for one in found])
        found += others.order_by(F("search_key__sort"), "pk")[: most - len(found)]
    exact = normal(q)
    found.sort(key=lambda one: normal(one.name) != exact)
    return [(one, matched(one.search_key.text, q)) for one in found]


def _seats(one: Contact) -> Sequence[Position]:
    seats: Sequence[Position] = one.seen_positions  # type: ignore[attr-defined]
    return seats


def _first_seat(one: Contact) -> Position | None:
    return next(iter(_seats(one)), None)


def _is_frequent(way: Sequence[Term]) -> bool:
    def share(gram: int) -> float:
        return frequency(gram, CONTACT_KEYS)

    def some() -> int:
        rows = ContactKey.objects.filter(every_term(way, "", frequent=False, key=""))
        return rows.values("pk")[:MOST_INDEXED].count()

    return is_common(way, share, some)
