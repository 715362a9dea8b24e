"""Duties brought into agreement with what happened: the nightly check, and the same for single customers.

Each step is one statement over a batch of customers. Visits and contacts are read from the interactions by
their index of customer and time, not from the lake: a visit recorded a minute ago counts, and a look into an
index for each open duty is less than what the lake would have to read. Whoever settles holds one lock, so
that the night and a recorded interaction never judge the same duty at once. Settling twice changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from jinzita.customers.selectors import names_of, visible_to
from jinzita.kernel.access import Viewer, system
from jinzita.kernel.stream import Audience, tell
from jinzita.people.services import notifications
from jinzita.treatment.selectors import statements
from jinzita.treatment.selectors.wanted import fill_wanted

LOCK = 0x6A7A_6475
BATCH = 20_000
# Duties opened longer ago are not judged again, whatever is recorded late.
JUDGED_DAYS = 400
# Complaints and enquiries that became known later than this are not held against anybody.
ANSWER_DAYS = 31


@dataclass
class Settled:
    """What a check changed, counted; and whose duties were missed, customers by owner."""

    opened: int = 0
    closed: int = 0
    missed: int = 0
    gone: int = 0
    overdue: dict[int, list[int]] = field(default_factory=dict)

    def add(self, other: "Settled") -> None:
        self.opened += other.opened
        self.closed += other.closed
        self.missed += other.missed
        self.gone += other.gone
        for owner_id, theirs in other.overdue.items():
            self.overdue.setdefault(owner_id, []).extend(theirs)

    @property
    def changed(self) -> int:
        return self.opened + self.closed + self.missed + self.gone


def settle(*, by: Viewer, ids: Sequence[int], now: datetime) -> Settled:
    """Settle the duties to these customers: all of their duties are judged again."""
    found = _batch("ANY", {"ids": list(ids)}, now, again=True)
    _tell_missed(by, found)
    if found.changed:
        owners = visible_to(system("treatment")).filter(pk__in=ids, owner__isnull=False)
        whose = frozenset(owners.values_list("owner_id", flat=True))
        told = list(ids)[:100]
        tell(
            "duty", {"customer_ids": told}, audience=Audience(user_ids=whose, customer_ids=frozenset(told))
        )  # fmt: skip
    return found


def settle_all(*, by: Viewer, now: datetime, again: bool = False, quiet: bool = False) -> Settled:
    """Settle the duties to all customers, batch by batch. `again`: closed duties are judged anew too, after
    interactions came or went in bulk; `quiet`: nobody is told.
    """
    found = Settled()
    for first, last in _ranges():
        found.add(_batch("BETWEEN", {"first": first, "last": last}, now, again=again))
    if not quiet:
        _tell_missed(by, found)
    return found


def look_overdue(*, by: Viewer, now: datetime) -> Settled:
    """Settle the customers to whom something was due until now: answers are owed by the hour."""
    found = Settled()
    while ids := _overdue(now):
        one = _batch("ANY", {"ids": ids}, now, again=False)
        found.add(one)
        if not one.changed:
            break
    _tell_missed(by, found)
    return found


def _overdue(now: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT customer_id FROM treatment_duty WHERE state = 'due' AND due_at <= %s LIMIT 2000",
            [now],
        )
        return [customer_id for (customer_id,) in cursor.fetchall()]


def _ranges() -> Iterator[tuple[int, int]]:
    """The customers in pieces, by their ids; also those merged or in the trash, who may still have duties."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT max(id) FROM"
                " (SELECT id FROM customers_customer WHERE id > %s ORDER BY id LIMIT %s) c",
                [last, BATCH],
            )
            (end,) = cursor.fetchone()
        if end is None:
            return
        yield last + 1, end
        last = end


@transaction.atomic
def _batch(how: str, whose: dict[str, Any], now: datetime, *, again: bool) -> Settled:
    today = now.astimezone(settings.COMPANY_TIME_ZONE).date()
    given = {
        **statements.KINDS, **whose, "now": now, "today": today, "zone": settings.COMPANY_TIME_ZONE.key,
        "judged_from": today - timedelta(days=JUDGED_DAYS), "asked_from": now - timedelta(days=ANSWER_DAYS),
    }  # fmt: skip
    those = statements.THOSE[how]
    found = Settled()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        fill_wanted(cursor, whose, today=today)

        def run(statement: str) -> int:
            cursor.execute(statement.format(those=those), given)
            return max(cursor.rowcount, 0)

        found.opened += run(statements.OPEN_ANSWERS)
        run(statements.JUDGE_AGAIN if again else statements.JUDGE)
        found.gone += run(statements.UNASKED) + run(statements.DOUBLES) + run(statements.BASELESS)
        found.closed += run(statements.CLOSE)
        cursor.execute(statements.MISS.format(those=those), given)
        for owner_id, customer_id in cursor.fetchall():
            found.overdue.setdefault(owner_id, []).append(customer_id)
            found.missed += 1
        found.gone += run(statements.NOT_OWED)
        found.closed += run(statements.FOLLOW)
        found.closed += run(statements.SPONSORED)
        found.opened += run(statements.OPEN_RHYTHM) + run(statements.OPEN_SPONSOR)
    return found


def _tell_missed(by: Viewer, found: Settled) -> None:
    for owner_id, theirs in found.overdue.items():
        notifications.notify(
            by=by, user_ids=[owner_id], event="duty_missed",
            words={"count": len(theirs), "what": names_of(theirs)}, link="/today",
        )  # fmt: skip
