"""Whether customers may be contacted, which every sender must ask; and writing down what they said."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from jinzita.customers.selectors import presence
from jinzita.customers.selectors.contacts import require_at
from jinzita.customers.services.locking import locked
from jinzita.kernel import audit, values
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid, NotFound
from jinzita.privacy.models import (
    EVERY,
    Consent,
    ConsentPurpose,
    ConsentState,
    ContactHours,
    ContactPreference,
    Origin,
    Way,
)
from jinzita.privacy.selectors import consent as reads
from jinzita.privacy.selectors.consent import Decision

LONGEST_PROOF = 1000
ALLOWED = ("given", "not_refused")


@dataclass(frozen=True)
class Permitted:
    """Of many: who may be contacted, and how many may or may not for which reason."""

    allowed: list[int]
    reasons: dict[str, int]


def may_contact(
    *, customer_id: int, contact_id: int | None = None, channel: str, purpose: str, at: datetime
) -> Decision:
    """Whether a customer, or a contact at it, may be contacted at this moment. Every sender must ask.

    A refusal of either of them counts, whether for this channel and purpose or for all. Where consent is
    needed, the contact's own word counts; when the contact said nothing, the customer's. Raises Invalid.
    """
    reads.check_cell(channel, purpose)
    home, there = presence.of_customer(customer_id)
    if gone := reads.nobody(there, "customer"):
        return gone
    known = reads.known_of(home, contact_id, at)
    if contact_id is not None:
        there = presence.of_contact(contact_id, home, on=at.astimezone(known.zone).date())
        if gone := reads.nobody(there, "contact"):
            return gone
    return reads.decide(known, channel, purpose, at)


_MANY = """
WITH asked AS MATERIALIZED (
    SELECT a.id, coalesce(nullif(p.time_zone, ''), %(zone)s) AS zone,
           ARRAY[h.quiet_from, p.quiet_from] AS begins, ARRAY[h.quiet_until, p.quiet_until] AS ends,
           coalesce(%(channel)s = ANY(h.ways), false) AS heeds,
           c.id IS NOT NULL AND c.trashed_at IS NULL AND c.merged_into_id IS NULL AS present,
           c.erased_at IS NOT NULL AS erased
    FROM ({asked}) a
    LEFT JOIN customers_customer c ON c.id = a.id
    LEFT JOIN privacy_contactpreference p ON p.customer_id = a.id
    LEFT JOIN privacy_contacthours h ON true
), latest AS (
    SELECT DISTINCT ON (s.customer_id, s.channel, s.purpose) s.customer_id, s.channel, s.purpose, s.state,
           s.until IS NULL OR s.until >= (%(at)s AT TIME ZONE a.zone)::date AS counts
    FROM privacy_consent s JOIN asked a ON a.id = s.customer_id
    WHERE s.contact_id IS NULL AND s.channel IN (%(channel)s, 'all') AND s.purpose IN (%(purpose)s, 'all')
    AND s.at <= %(at)s
    ORDER BY s.customer_id, s.channel, s.purpose, s.at DESC, s.id DESC
), said AS (
    SELECT customer_id,
           bool_or(counts AND state IN ('denied', 'withdrawn')) AS refused,
           bool_or(counts AND state IN ('denied', 'withdrawn') AND channel = 'all' AND purpose = 'all')
               AS never,
           bool_or(state = 'given' AND channel = %(channel)s AND purpose = %(purpose)s) AS given,
           bool_or(counts AND state = 'given' AND channel = %(channel)s AND purpose = %(purpose)s) AS current
    FROM latest GROUP BY customer_id
), judged AS (
    SELECT a.id, CASE
        WHEN NOT a.present THEN 'unknown_customer'
        WHEN a.erased THEN 'erased'
        WHEN s.never THEN 'do_not_contact'
        WHEN s.refused THEN 'refused'
        WHEN %(needed)s AND s.given IS NOT TRUE THEN 'no_consent'
        WHEN %(needed)s AND s.current IS NOT TRUE THEN 'expired'
        WHEN a.heeds AND EXISTS (
            SELECT FROM unnest(a.begins, a.ends) q (begin, until)
            WHERE (q.begin < q.until AND t.clock >= q.begin AND t.clock < q.until)
            OR (q.begin > q.until AND (t.clock >= q.begin OR t.clock < q.until))
        ) THEN 'quiet_hours'
        WHEN %(needed)s THEN 'given' ELSE 'not_refused' END AS reason
    FROM asked a LEFT JOIN said s ON s.customer_id = a.id
    CROSS JOIN LATERAL (SELECT (%(at)s AT TIME ZONE a.zone)::time AS clock) t
)
SELECT reason, count(*),
       array_agg(id ORDER BY id) FILTER (WHERE reason IN ('given', 'not_refused'))
FROM judged GROUP BY reason
"""


def may_contact_many(
    *, customers: QuerySet[Any] | Sequence[int], channel: str, purpose: str, at: datetime
) -> Permitted:
    """The same of many customers, in one statement: millions are no more than one table read.

    `customers` are ids, or a query of customers. Who was merged is unknown here: ask for the survivor.
    """
    reads.check_cell(channel, purpose)
    needed = ConsentPurpose.objects.get(pk=purpose).rule == ConsentPurpose.Rule.CONSENT
    given: dict[str, Any] = {
        "zone": settings.COMPANY_TIME_ZONE.key, "channel": channel, "purpose": purpose, "at": at,
        "needed": needed,
    }  # fmt: skip
    if isinstance(customers, QuerySet):
        # Its own parameters stand by position, those here by name: it is filled in first.
        with connection.cursor() as cursor:
            statement, parameters = customers.order_by().values("pk").query.sql_with_params()
            filled = cursor.mogrify(f"SELECT q.* FROM ({statement}) q (id)", parameters)
            asked = filled.replace("%", "%%")
    else:
        asked = "SELECT DISTINCT unnest(%(ids)s::bigint[]) AS id"
        given["ids"] = list(customers)
    with connection.cursor() as cursor:
        cursor.execute(_MANY.format(asked=asked), given)
        rows = cursor.fetchall()
    allowed = sorted(pk for reason, _, ids in rows if reason in ALLOWED for pk in ids or ())
    return Permitted(allowed, {reason: count for reason, count, _ in rows})


@transaction.atomic
def record_consent(
    *, by: Viewer, customer_id: int, now: datetime, channel: str, purpose: str, state: str,
    origin: str = Origin.OTHER, contact_id: int | None = None, at: datetime | None = None,
    until: date | None = None, proof: str = "",
) -> Consent:  # fmt: skip
    """Write down what a customer, or a contact at it, said; what was said before stays in the history.

    Raises Forbidden, NotFound, Invalid.
    """
    one = locked(by, customer_id)
    require_at(one.pk, contact_id)
    reads.check_cell(channel, purpose, every=True)
    if state not in ConsentState.values:
        raise Invalid.at("state", "unknown_choice", "This is not a state of a consent.")
    if origin not in Origin.values:
        raise Invalid.at("origin", "unknown_choice", "This is not a way in which something is said.")
    if state == ConsentState.GIVEN and EVERY in (channel, purpose):
        raise Invalid.at("state", "too_wide", "A consent names its channel and its purpose.")
    at = now if at is None else at
    if at > now:
        raise Invalid.at("at", "in_the_future", "This moment has not come yet.")
    if until is not None and until < at.astimezone(settings.COMPANY_TIME_ZONE).date():
        raise Invalid.at("until", "before_start", "It would end before it began.")
    known = reads.known_of(one.pk, contact_id, now).said
    before = known.get(("customer" if contact_id is None else "contact", channel, purpose))
    made = Consent.objects.create(
        customer=one, contact_id=contact_id, channel=channel, purpose=purpose, state=state, origin=origin,
        at=at, until=until, proof=values.plain_text(proof, "proof", longest=LONGEST_PROOF).strip(),
        by_id=by.user_id, source="consent", source_key=uuid.uuid4().hex,
    )  # fmt: skip
    subject = ("customer", one.pk) if contact_id is None else ("contact", contact_id)
    audit.record(
        by=by, action="update", subject_type=subject[0], subject_id=subject[1],
        changes={f"consent.{channel}.{purpose}": [before.state if before else "unknown", state]},
    )  # fmt: skip
    return made


@transaction.atomic
def set_preference(
    *, by: Viewer, customer_id: int, contact_id: int | None = None, quiet_from: time | None = None,
    quiet_until: time | None = None, time_zone: str = "", channel: str = "", language: str = "",
) -> ContactPreference:  # fmt: skip
    """Say how a customer, or a contact at it, likes to be reached. Raises Forbidden, NotFound, Invalid."""
    one = locked(by, customer_id)
    require_at(one.pk, contact_id)
    if (quiet_from is None) != (quiet_until is None):
        raise Invalid.at("quiet_until", "required", "Quiet hours have a beginning and an end.")
    if time_zone and time_zone not in available_timezones():
        raise Invalid.at("time_zone", "unknown_choice", f"There is no time zone “{time_zone[:60]}”.")
    if channel and channel not in Way.values:
        raise Invalid.at("channel", "unknown_choice", "There is no such channel.")
    if language and language not in dict(settings.LANGUAGES):
        raise Invalid.at("language", "unknown_choice", "There is no such language.")
    given = {
        "quiet_from": quiet_from, "quiet_until": quiet_until, "time_zone": time_zone, "channel": channel,
        "language": language,
    }  # fmt: skip
    row = reads.preference(one.pk, contact_id)
    before = {name: getattr(row, name) for name in given}
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
    subject = ("customer", one.pk) if contact_id is None else ("contact", contact_id)
    changes = {f"reach.{name}": pair for name, pair in audit.difference(before, given).items()}
    if changes:
        audit.record(by=by, action="update", subject_type=subject[0], subject_id=subject[1], changes=changes)
    return row


@transaction.atomic
def set_rules(
    *, by: Viewer, quiet_from: time | None, quiet_until: time | None, ways: Sequence[str],
    purposes: Sequence[Mapping[str, Any]],
) -> None:  # fmt: skip
    """The company's quiet hours and what each purpose asks for. Raises Forbidden, NotFound, Invalid."""
    by.require(Permission.MANAGE_SETUP)
    if (quiet_from is None) != (quiet_until is None):
        raise Invalid.at("quiet_until", "required", "Quiet hours have a beginning and an end.")
    if unknown := [one for one in ways if one not in Way.values]:
        raise Invalid.at("ways", "unknown_choice", f"There is no channel “{unknown[0]}”.")
    changes: dict[str, Any] = {}
    row = reads.hours(by)
    given = {"quiet_from": quiet_from, "quiet_until": quiet_until, "ways": list(ways)}
    changes |= audit.difference({name: getattr(row, name) for name in given}, given)
    ContactHours.objects.update_or_create(pk=1, defaults=given)
    known = {one.code: one for one in ConsentPurpose.objects.select_for_update()}
    for item in purposes:
        purpose = known.get(item["code"])
        if purpose is None:
            raise NotFound(f"There is no purpose {item['code']}.")
        if item["rule"] not in ConsentPurpose.Rule.values:
            raise Invalid.at("purposes", "unknown_choice", "A rule is consent or refusal.")
        for name in ("rule", "legal_basis"):
            if getattr(purpose, name) != item[name]:
                changes[f"{purpose.code}.{name}"] = [getattr(purpose, name), item[name]]
                setattr(purpose, name, item[name])
        purpose.save()
    if changes:
        audit.record(by=by, action="update", subject_type="consent_rules", changes=changes)
