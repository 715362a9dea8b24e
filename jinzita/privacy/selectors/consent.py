"""What customers and contacts allowed, and whether they may be contacted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from jinzita.customers.selectors import presence, require_visible
from jinzita.customers.selectors.contacts import require_at
from jinzita.customers.selectors.presence import Presence
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.privacy.fields import REFUSALS
from jinzita.privacy.models import EVERY, Consent, ConsentPurpose, ContactHours, ContactPreference, Way
from jinzita.privacy.selectors.quiet import Quiet, at_moment

MOST_SHOWN = 500


@dataclass(frozen=True)
class Decision:
    """Whether somebody may be contacted. `not_before`: the first moment it will be allowed, when that is
    known.

    Reasons of yes: given, not_refused. Of no: do_not_contact, refused, no_consent, expired, quiet_hours,
    unknown_customer, unknown_contact, erased.
    """

    allowed: bool
    reason: str
    params: dict[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None


@dataclass(frozen=True)
class Known:
    """All that counts for a customer, or for a contact at it, at a moment.

    `said` maps (level, channel, purpose) to the latest statement, level being contact or customer.
    """

    said: dict[tuple[str, str, str], Consent]
    rules: dict[str, str]
    quiet: tuple[Quiet, ...]
    quiet_ways: frozenset[str]
    zone: ZoneInfo


def check_cell(channel: str, purpose: str, *, every: bool = False) -> None:
    """Raise Invalid unless this is a channel and a purpose; “all” is one when `every`."""
    if channel not in Way.values and not (every and channel == EVERY):
        raise Invalid.at("channel", "unknown_choice", f"There is no channel “{channel[:40]}”.")
    if not (every and purpose == EVERY) and not ConsentPurpose.objects.filter(pk=purpose).exists():
        raise Invalid.at("purpose", "unknown_choice", f"There is no purpose “{purpose[:40]}”.")


def known_of(customer_id: int, contact_id: int | None, at: datetime) -> Known:
    """What counts at this moment, in four queries."""
    whose = Q(customer_id=customer_id, contact=None)
    if contact_id is not None:
        whose |= Q(contact_id=contact_id)
    said: dict[tuple[str, str, str], Consent] = {}
    for one in Consent.objects.filter(whose, at__lte=at).select_related("by").order_by("at", "pk"):
        level = "contact" if one.contact_id is not None else "customer"
        said[level, one.channel, one.purpose] = one
    rules = dict(ConsentPurpose.objects.values_list("code", "rule"))
    hours = ContactHours.objects.first()
    mine = Q(customer_id=customer_id) | Q(contact_id=contact_id if contact_id is not None else -1)
    rows = {one.contact_id is not None: one for one in ContactPreference.objects.filter(mine)}
    own = [rows[level] for level in (True, False) if level in rows]
    zone = next((ZoneInfo(one.time_zone) for one in own if one.time_zone), settings.COMPANY_TIME_ZONE)
    # The company's hours always count. A contact's own stand for those of the customer.
    spans = [hours, next((one for one in own if one.quiet_from is not None), None)]
    quiet = tuple(
        Quiet(one.quiet_from, one.quiet_until, zone)
        for one in spans
        if one is not None and one.quiet_from is not None and one.quiet_until is not None
    )
    return Known(said, rules, quiet, frozenset(hours.ways if hours else ()), zone)


def nobody(there: Presence, whom: str) -> Decision | None:
    """The refusal when nobody is there to be contacted; `whom` is customer or contact."""
    if there is Presence.HERE:
        return None
    return Decision(False, "erased" if there is Presence.ERASED else f"unknown_{whom}")


def decide(known: Known, channel: str, purpose: str, at: datetime, *, hours: bool = True) -> Decision:
    """The answer for one channel and purpose; quiet hours are looked at when `hours`."""
    today = at.astimezone(known.zone).date()
    refusals = [
        (level, one)
        for level, one in _speaking(known, channel, purpose)
        if one.state in REFUSALS and _counts(one, today)
    ]
    if refusals:
        return _refusal(known, refusals, channel, at)
    reason = "not_refused"
    if known.rules.get(purpose, "consent") == "consent":
        cell = [known.said.get((level, channel, purpose)) for level in ("contact", "customer")]
        spoken = next((one for one in cell if one is not None and one.state != "unknown"), None)
        if spoken is None or spoken.state != "given":
            return Decision(False, "no_consent")
        if not _counts(spoken, today):
            return Decision(False, "expired", {"until": _day(spoken.until)})
        reason = "given"
    if hours and channel in known.quiet_ways and (now := at_moment(known.quiet, at)):
        quiet, ends = now
        told = {"from": f"{quiet.begin:%H:%M}", "until": f"{quiet.end:%H:%M}", "time_zone": known.zone.key}
        return Decision(False, "quiet_hours", told, ends)
    return Decision(True, reason)


def _refusal(known: Known, refusals: list[tuple[str, Consent]], channel: str, at: datetime) -> Decision:
    whole = [pair for pair in refusals if pair[1].channel == EVERY and pair[1].purpose == EVERY]
    level, one = (whole or refusals)[0]
    last = max((each.until for _, each in refusals if each.until), default=None)
    not_before = None
    if last and all(each.until for _, each in refusals):
        not_before = datetime.combine(last + timedelta(days=1), time(), known.zone)
        if channel in known.quiet_ways and (then := at_moment(known.quiet, not_before)):
            not_before = then[1]
    params = {"level": level, "state": one.state, "since": one.at.isoformat(), "until": _day(one.until)}
    return Decision(False, "do_not_contact" if whole else "refused", params, not_before)


def _speaking(known: Known, channel: str, purpose: str) -> Iterator[tuple[str, Consent]]:
    for level in ("contact", "customer"):
        for way in (channel, EVERY):
            for why in (purpose, EVERY):
                if one := known.said.get((level, way, why)):
                    yield level, one


def _counts(one: Consent, today: date) -> bool:
    return one.until is None or one.until >= today


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def purposes(viewer: Viewer) -> list[ConsentPurpose]:
    """For what customers are contacted, in order."""
    viewer.require(Permission.READ)
    return list(ConsentPurpose.objects.all())


def hours(viewer: Viewer) -> ContactHours:
    """The company's quiet hours."""
    viewer.require(Permission.READ)
    return ContactHours.objects.first() or ContactHours(pk=1, ways=[])


def preference(customer_id: int, contact_id: int | None) -> ContactPreference:
    """How somebody likes to be reached; an empty one when nothing is known."""
    whose = {"contact_id": contact_id} if contact_id is not None else {"customer_id": customer_id}
    return ContactPreference.objects.filter(**whose).first() or ContactPreference(**whose)


def statements(
    viewer: Viewer, customer_id: int, *, contact_id: int | None = None, channel: str | None = None,
    purpose: str | None = None,
) -> QuerySet[Consent]:  # fmt: skip
    """Everything a customer, or a contact at it, said, the latest first. Raises NotFound."""
    require_visible(viewer, customer_id)
    require_at(customer_id, contact_id)
    rows = Consent.objects.filter(
        **(
            {"contact_id": contact_id}
            if contact_id is not None
            else {"customer_id": customer_id, "contact": None}
        )
    )
    for name, value in (("channel", channel), ("purpose", purpose)):
        if value:
            rows = rows.filter(**{name: value})
    return rows.select_related("by").order_by("-at", "-pk")[:MOST_SHOWN]


@dataclass(frozen=True)
class Overview:
    """What the page of a customer shows of it: (channel, purpose, latest word, what follows), and the
    rest."""

    cells: list[tuple[str, str, Consent | None, Decision]]
    never: Consent | None
    preference: ContactPreference


def overview(viewer: Viewer, customer_id: int, contact_id: int | None, at: datetime) -> Overview:
    """All channels and purposes of a customer, or of a contact at it. Raises NotFound."""
    require_visible(viewer, customer_id)
    require_at(customer_id, contact_id)
    known = known_of(customer_id, contact_id, at)
    home, there = presence.of_customer(customer_id)
    gone = nobody(there, "customer")
    if gone is None and contact_id is not None:
        today = at.astimezone(known.zone).date()
        gone = nobody(presence.of_contact(contact_id, home, on=today), "contact")
    level = "contact" if contact_id is not None else "customer"
    cells = [
        (
            way,
            purpose,
            known.said.get((level, way, purpose)),
            gone or decide(known, way, purpose, at, hours=False),
        )
        for purpose in known.rules
        for way in Way.values
    ]
    return Overview(cells, known.said.get((level, EVERY, EVERY)), preference(customer_id, contact_id))
