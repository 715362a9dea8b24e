"""Writes of contacts and of their positions at customers."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from jinzita.customers import selectors
from jinzita.customers.events import ContactsChanged
from jinzita.customers.fields.reach import email_normal, phone_normal
from jinzita.customers.models import Contact, DecisionRole, Gender, Position
from jinzita.customers.selectors import contacts as reading
from jinzita.customers.selectors.channels import COLUMNS, ways_of_contacts
from jinzita.customers.selectors.subjects import CONTACT
from jinzita.customers.services.channels import follow_column, told, write_ways
from jinzita.customers.services.completion import complete_contacts
from jinzita.customers.services.erased_keys import CONTACTS, require_key_not_erased
from jinzita.customers.services.locking import require_not_erased
from jinzita.customers.services.tags import tags_of
from jinzita.customers.services.touching import touch_contacts
from jinzita.customers.services.versions import require_unchanged
from jinzita.kernel import audit, events, undo, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, Moved
from jinzita.kernel.field_access import require_editable

MANUAL = "manual"
MOST_POSITIONS = 50
_TEXTS = {
    "name": 100, "salutation": 40, "department": 100, "title": 100, "phone": 40, "email": 254, "notes": 4000,
}  # fmt: skip
_WRITTEN = (*_TEXTS, "gender")
_SEAT = ("title", "role", "influence", "is_primary", "since", "until")


@transaction.atomic
def create_contact(
    *, by: Viewer, name: str, positions: Sequence[Mapping[str, Any]], today: date,
    channels: Sequence[Mapping[str, Any]] | None = None, source: str | None = None,
    source_key: str | None = None, **fields: Any,
) -> Contact:  # fmt: skip
    """A new contact at one customer at least. Raises Forbidden, Invalid, Conflict."""
    by.require(Permission.CREATE_CUSTOMERS)
    if source and not source_key:
        raise Invalid.at("source_key", "required", "A contact from a source has its key there.")
    if not 1 <= len(positions) <= MOST_POSITIONS:
        raise Invalid.at("positions", "no_customer", "A contact belongs to one customer at least.")
    require_key_not_erased(CONTACTS, source, source_key)
    given = {name for name, value in fields.items() if value} | _reached_by(channels or ())
    require_editable(by, "contacts", given)
    made = Contact(source=source or MANUAL, source_key=source_key or uuid.uuid4().hex)
    set_fields(made, {"name": name, **fields})
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Conflict("There already is a contact with this key at this source.", code="taken") from None
    if channels is not None:
        write_ways("contact", made, channels, before=[], today=today)
        made.save(update_fields=COLUMNS)
    for place, item in enumerate(positions):
        _add(by, made, item, f"positions[{place}].")
    _settle_primary(made)
    complete_contacts([made.pk])
    audit.record(
        by=by, action="create", subject_type="contact", subject_id=made.pk,
        changes={**_as_written(made), "positions": [one["customer_id"] for one in positions]},
    )  # fmt: skip
    tell([made.pk])
    return selectors.contact(by, made.pk)


@transaction.atomic
def update_contact(
    *, by: Viewer, contact_id: int, changes: Mapping[str, Any], version: int | None, today: date
) -> Contact:
    """Change fields, or the whole list of channels. Raises NotFound, Forbidden, Invalid, Conflict.

    With an older `version` than the present one, fields that differ meanwhile are refused, each by name.
    """
    one = locked_contact(by, contact_id)
    ways = ways_of_contacts([one])[one.pk]
    before = {**_as_written(one), "channels": told(ways)}
    wanted = dict(changes)
    channels = wanted.pop("channels", None)
    require_editable(by, "contacts", wanted.keys() | ({"phone", "email"} if channels is not None else set()))
    set_fields(one, wanted)
    for kind in COLUMNS:
        if before[kind] != getattr(one, kind):
            follow_column("contact", one.pk, kind, before=before[kind], after=getattr(one, kind))
    if channels is not None:
        write_ways("contact", one, channels, before=ways_of_contacts([one])[one.pk], today=today)
    after = {**_as_written(one), "channels": told(ways_of_contacts([one])[one.pk])}
    difference = audit.difference(before, after)
    if difference:
        if version is not None:
            require_unchanged(
                by=by, of=CONTACT, record_id=one.pk, version=version, current_version=one.version, mine=after,
                current=before, fields=difference.keys(),
            )  # fmt: skip
        difference["version"] = [one.version, one.version + 1]
        one.version += 1
        one.save()
        complete_contacts([one.pk])
        audit.record(
            by=by, action="update", subject_type="contact", subject_id=one.pk, changes=difference
        )  # fmt: skip
        tell([one.pk])
    return selectors.contact(by, one.pk)


@transaction.atomic
def add_position(*, by: Viewer, contact_id: int, item: Mapping[str, Any]) -> Contact:
    """Let a contact work at one more customer. Raises NotFound, Forbidden, Invalid."""
    one = locked_contact(by, contact_id)
    if one.positions.count() >= MOST_POSITIONS:
        raise Invalid.at("customer_id", "too_many", f"A contact has at most {MOST_POSITIONS} positions.")
    added = _add(by, one, item, "")
    _settle_primary(one, added.pk if item.get("is_primary") else None)
    return _changed(by, one, "add_position", {"customer_id": added.customer_id, **_seat(added)})


@transaction.atomic
def change_position(*, by: Viewer, position_id: int, changes: Mapping[str, Any]) -> Contact:
    """Change what a contact is at a customer. Raises NotFound, Forbidden, Invalid."""
    by.require(Permission.EDIT_CUSTOMERS)
    one = locked_contact(by, reading.position(by, position_id).contact_id)
    seat = Position.objects.select_for_update(of=("self",)).get(pk=position_id)
    before = _seat(seat)
    _sit(seat, changes, "")
    # Which one is primary is settled among all of them: another one cannot be unseated before.
    wanted = seat.pk if seat.is_primary else None
    seat.is_primary = False
    seat.save()
    _settle_primary(one, wanted)
    seat.refresh_from_db()
    difference = audit.difference(before, _seat(seat))
    return _changed(by, one, "change_position", {"customer_id": seat.customer_id, **difference})


@transaction.atomic
def remove_position(*, by: Viewer, position_id: int) -> None:
    """A contact is no more at a customer. The last position stays. Raises NotFound, Forbidden, Conflict."""
    by.require(Permission.EDIT_CUSTOMERS)
    seat = reading.position(by, position_id)
    one = locked_contact(by, seat.contact_id)
    if one.positions.count() == 1:
        raise Conflict("This is the contact's only customer; delete the contact instead.", code="last_one")
    Position.objects.filter(pk=position_id).delete()
    _settle_primary(one)
    audit.record(
        by=by, action="remove_position", subject_type="contact", subject_id=one.pk,
        changes={"customer_id": [seat.customer_id, None]},
    )  # fmt: skip
    touch_contacts([one.pk])
    events.publish(ContactsChanged([one.pk], [seat.customer_id]))


def _reached_by(channels: Sequence[Mapping[str, Any]]) -> set[str]:
    return {"email" if one["kind"] == "email" else "phone" for one in channels}


def locked_contact(by: Viewer, contact_id: int) -> Contact:
    """A contact to be changed. Raises NotFound, Forbidden, Moved, Conflict."""
    by.require(Permission.EDIT_CUSTOMERS)
    reading.contact(by, contact_id)
    one = Contact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    require_not_erased(one)
    if one.merged_into_id:  # just now
        raise Moved("contacts", contact_id, one.merged_into_id)
    return one


def _changed(by: Viewer, one: Contact, action: str, changes: Mapping[str, Any]) -> Contact:
    audit.record(by=by, action=action, subject_type="contact", subject_id=one.pk, changes=changes)
    tell([one.pk])
    return selectors.contact(by, one.pk)


def tell(ids: Sequence[int]) -> None:
    """Tell the house, and the lake, that contacts were changed."""
    if not ids:
        return
    touch_contacts(ids)
    seats = Position.objects.filter(contact__in=ids).values_list("customer_id", flat=True)
    events.publish(ContactsChanged(list(ids), sorted(set(seats))))


def _add(by: Viewer, one: Contact, item: Mapping[str, Any], place: str) -> Position:
    customer_id = item["customer_id"]
    if not selectors.visible_to(by).filter(pk=customer_id, erased_at=None).exists():
        raise Invalid.at(f"{place}customer_id", "unknown_customer", f"There is no customer {customer_id}.")
    if one.positions.filter(customer_id=customer_id).exists():
        raise Invalid.at(f"{place}customer_id", "twice", "The contact is at this customer already.")
    seat = Position(contact=one, customer_id=customer_id)
    _sit(seat, item, place)
    seat.is_primary = seat.is_primary and not one.positions.filter(is_primary=True).exists()
    seat.save(force_insert=True)
    return seat


def _sit(seat: Position, changes: Mapping[str, Any], place: str) -> None:
    for name in _SEAT:
        if name in changes:
            setattr(seat, name, changes[name])
    seat.title = values.plain_text(seat.title, f"{place}title", longest=100).strip()
    if seat.role not in ("", *DecisionRole.values):
        raise Invalid.at(
            f"{place}role", "unknown_choice", f"role is one of {', '.join(DecisionRole.values)}."
        )
    if seat.influence is not None and not 1 <= seat.influence <= 5:
        raise Invalid.at(f"{place}influence", "out_of_range", "influence is 1 to 5.", low=1, high=5)
    if seat.since and seat.until and seat.until < seat.since:
        raise Invalid.at(f"{place}until", "until_before_since", "The end lies before the beginning.")


def _settle_primary(one: Contact, wanted: int | None = None) -> None:
    """One position is primary: the wanted one, the one that is, or the first that still holds."""
    seats = list(one.positions.order_by("pk").select_for_update(of=("self",)))
    chosen = next((seat for seat in seats if seat.pk == wanted), None)
    chosen = chosen or next((seat for seat in seats if seat.is_primary), None)
    chosen = chosen or next((seat for seat in seats if seat.until is None), seats[0])
    one.positions.exclude(pk=chosen.pk).filter(is_primary=True).update(is_primary=False)
    one.positions.filter(pk=chosen.pk).update(is_primary=True)


def follow_undo() -> None:
    """Called when Django is ready."""
    undo.follow(Contact._meta.label, _taken_back)
    undo.follow(Position._meta.label, _seats_taken_back)


def _taken_back(by: Viewer, what: undo.Followed) -> None:
    ids = [*what.changed, *what.back]
    complete_contacts(ids)
    tell(ids)


def _seats_taken_back(by: Viewer, what: undo.Followed) -> None:
    seats = Position.objects.filter(pk__in=[*what.changed, *what.back])
    tell(sorted(set(seats.values_list("contact_id", flat=True))))


def set_fields(one: Contact, changes: Mapping[str, Any]) -> None:
    """Set fields of an unsaved contact as somebody entered them. Raises Invalid."""
    for name, longest in _TEXTS.items():
        if name in changes:
            setattr(one, name, values.plain_text(changes[name] or "", name, longest=longest).strip())
    if not one.name:
        raise Invalid.at("name", "required", "A contact needs a name.")
    if changes.get("phone") and one.phone and phone_normal(one.phone) is None:
        raise Invalid.at("phone", "not_a_phone", "This is not a telephone number.")
    if changes.get("email") and one.email and email_normal(one.email) is None:
        raise Invalid.at("email", "not_an_email", "This is not an e-mail address.")
    if "gender" in changes:
        if changes["gender"] not in ("", *Gender.values):
            raise Invalid.at("gender", "unknown_choice", f"gender is one of {', '.join(Gender.values)}.")
        one.gender = changes["gender"]
    if "birthday" in changes:
        one.birthday = changes["birthday"]
    if "tags" in changes:
        one.tags = tags_of(changes["tags"], kept=one.tags)


def _as_written(one: Contact) -> dict[str, Any]:
    birthday = one.birthday and one.birthday.isoformat()
    return {**{name: getattr(one, name) for name in _WRITTEN}, "tags": list(one.tags), "birthday": birthday}


def _seat(seat: Position) -> dict[str, Any]:
    return {name: getattr(seat, name) for name in _SEAT}
