"""Writes of channels: the list of a customer or contact as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from jinzita.customers.events import CustomersChanged
from jinzita.customers.fields.reach import NORMAL
from jinzita.customers.models import Channel, ChannelKind, ChannelLabel, Customer, Validity
from jinzita.customers.selectors import channels as reading
from jinzita.customers.selectors.channels import COLUMNS, Owner, Way, normal_of
from jinzita.customers.selectors.fingerprint import fingerprint
from jinzita.customers.services.completion import complete_new
from jinzita.customers.services.locking import locked
from jinzita.kernel import audit, events, values
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import Conflict, Invalid, Problem
from jinzita.kernel.field_access import require_editable

MOST_CHANNELS = 50
_LENGTH = {"phone": 40, "fax": 40, "email": 254, "wechat": 60, "web": 254}
_WRONG = {
    "phone": ("not_a_phone", "This is not a telephone number."),
    "fax": ("not_a_phone", "This is not a telephone number."),
    "email": ("not_an_email", "This is not an e-mail address."),
    "web": ("not_a_web_address", "This is not a web address."),
    "wechat": ("required", "An account is needed."),
}


@transaction.atomic
def replace_channels(
    *, by: Viewer, customer_id: int, items: Sequence[Mapping[str, Any]], version: str | None, today: date
) -> None:
    """Make these the customer's channels, the first or primary of phones and e-mails its own.

    `version` is the fingerprint of the list as the caller saw it. Raises NotFound, Forbidden, Invalid,
    Conflict.
    """
    require_editable(by, "customers", ["phone", "email"])
    one = locked(by, customer_id)
    before = reading.ways_of_owners("customer", [one])[one.pk]
    former = {kind: getattr(one, kind) for kind in COLUMNS}
    require_unchanged(version, fingerprint(before))
    after = write_ways("customer", one, items, before=before, today=today)
    if after == before:
        return
    columns = {
        kind: [former[kind], getattr(one, kind)] for kind in COLUMNS if former[kind] != getattr(one, kind)
    }
    Customer.objects.filter(pk=one.pk).update(
        phone=one.phone, email=one.email, version=F("version") + 1, updated_at=Now()
    )
    complete_new([one.pk])
    audit.record(
        by=by, action="update", subject_type="customer", subject_id=one.pk,
        changes={**columns, "channels": [told(before), told(after)]}, version=one.version + 1,
    )  # fmt: skip
    events.publish(CustomersChanged([one.pk]))


def require_unchanged(seen: object, present: object) -> None:
    """Raise Conflict when a list, or its fingerprint, is not what the caller saw; None: nothing was said."""
    if seen is not None and seen != present:
        raise Conflict("Somebody changed this list meanwhile; look at it again.", code="changed_meanwhile")


def write_ways(
    which: Owner, owner: Any, items: Sequence[Mapping[str, Any]], *, before: Sequence[Way], today: date
) -> list[Way]:
    """Write an owner's channels and set its columns, which the caller saves. Raises Invalid."""
    ways = _checked(items, before, today)
    for kind in COLUMNS:
        setattr(owner, kind, next((one.value for one in ways if one.kind == kind and one.is_primary), ""))
    if ways == list(before):
        return ways
    Channel.objects.filter(**{f"{which}_id": owner.pk}).delete()
    Channel.objects.bulk_create(
        Channel(
            **{f"{which}_id": owner.pk}, kind=one.kind, value=one.value, normal=one.normal, label=one.label,
            validity=one.validity, validity_on=one.validity_on, validity_reason=one.validity_reason,
            position=place,
        )
        for place, one in enumerate(ways)
    )  # fmt: skip
    return ways


def follow_column(which: Owner, owner_id: int, kind: str, *, before: str, after: str) -> None:
    """The owner's column was changed by itself: what is known of the former value goes with it."""
    rows = Channel.objects.filter(**{f"{which}_id": owner_id}, kind=kind)
    old, new = normal_of(kind, before), normal_of(kind, after)
    if not before or old == new:
        rows.filter(normal=new).update(value=after)
    elif after and not rows.filter(normal=new).exists():
        rows.filter(normal=old).update(
            value=after, normal=new, validity=Validity.UNKNOWN, validity_on=None, validity_reason=""
        )
    else:
        rows.filter(normal=old).delete()


def told(ways: Sequence[Way]) -> list[str]:
    """The channels as the audit log says them."""
    return [f"{one.kind} {one.value}" + (f" ({one.validity})" if one.validity != Validity.UNKNOWN else "")
            for one in ways]  # fmt: skip


def _checked(items: Sequence[Mapping[str, Any]], before: Sequence[Way], today: date) -> list[Way]:
    if len(items) > MOST_CHANNELS:
        raise Invalid.at("channels", "too_many", f"There are at most {MOST_CHANNELS} channels.")
    problems: list[Problem] = []
    ways: list[Way] = []
    known = {(one.kind, one.normal): one for one in before}
    for place, item in enumerate(items):
        try:
            one = _way(item, f"channels[{place}]", known, today)
        except Invalid as wrong:
            problems += wrong.problems
            continue
        if any((one.kind, one.normal) == (other.kind, other.normal) for other in ways):
            problems.append(Problem(f"channels[{place}].value", "twice", f"“{one.value}” stands here twice."))
        ways.append(one)
    if problems:
        raise Invalid(problems[0].message, problems=problems)
    return [one for kind in ChannelKind.values for one in _with_primary([w for w in ways if w.kind == kind])]


def _with_primary(ways: Sequence[Way]) -> list[Way]:
    """The primary one first: the one said to be, or the first that works."""
    if not ways:
        return []
    chosen = next((one for one in ways if one.is_primary), None)
    chosen = chosen or next((one for one in ways if one.validity != Validity.INVALID), ways[0])
    ordered = [chosen, *(one for one in ways if one is not chosen)]
    return [replace(one, is_primary=one is chosen) for one in ordered]


def _way(item: Mapping[str, Any], place: str, known: Mapping[tuple[str, str], Way], today: date) -> Way:
    kind = item.get("kind", "")
    if kind not in ChannelKind.values:
        raise Invalid.at(f"{place}.kind", "unknown_choice", "This is not a kind of channel.")
    value = values.plain_text(item.get("value", ""), f"{place}.value", longest=_LENGTH[kind]).strip()
    if not value:
        raise Invalid.at(f"{place}.value", "required", "A value is needed.")
    normal = NORMAL[kind](value)
    present = known.get((kind, normal or value))
    # What came by an import stays as it is, also when it is not what it should be.
    if normal is None and present is None:
        raise Invalid.at(f"{place}.value", *_WRONG[kind])
    validity = item.get("validity") or Validity.UNKNOWN
    label = item.get("label") or ""
    if validity not in Validity.values or label not in ("", *ChannelLabel.values):
        raise Invalid.at(place, "unknown_choice", "This is not one of the choices.")
    on = present.validity_on if present and present.validity == validity else today
    reason = values.plain_text(item.get("validity_reason") or "", f"{place}.validity_reason", longest=200)
    return Way(
        kind, value, normal or value, label, validity,
        None if validity == Validity.UNKNOWN else on,
        "" if validity == Validity.UNKNOWN else reason.strip(),
        bool(item.get("is_primary")),
    )  # fmt: skip
