"""Falling back to the pool: who is due is found in one statement a rule, from the facts as they are now.

Last contact and last deal are read from the owners' own tables through the sources of the warehouse, each by
its index of customer and time: a visit recorded a minute ago counts, which the lake of last night would not
know, and ten million customers are as many looks into an index. “OFFSET 0” has them looked up once each, not
once wherever the day is named.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from jinzita.assignment.models import PoolRule, PoolWarning
from jinzita.assignment.selectors.warnings import standing
from jinzita.customers.fields.owners import Reason
from jinzita.customers.selectors import names_of, visible_to
from jinzita.customers.services import owners
from jinzita.kernel import audit, undo, warehouse
from jinzita.kernel.access import Viewer, system
from jinzita.kernel.models import ChangeSet
from jinzita.kernel.stream import Audience, tell
from jinzita.people.services import notifications

KIND = "pool_fall_back"
BATCH = 5_000
_DUE = """
INSERT INTO pool_due
SELECT d.* FROM (
  SELECT c.id AS customer_id, o.id AS ownership_id, f.contact, f.deal, %(warn)s AS warn_days,
    CASE WHEN {quiet} <= {dealless} THEN 'no_contact' ELSE 'no_deal' END AS cause,
    greatest(least({quiet}, {dealless}), {since} + %(protected)s) AS due_on
  FROM customers_customer c
  JOIN customers_standing s ON s.customer_id = c.id AND s.grade = %(grade)s
  JOIN customers_ownership o ON o.customer_id = c.id AND o.until IS NULL
  CROSS JOIN LATERAL (SELECT ({contact}) AS contact, ({deal}) AS deal OFFSET 0) f
  WHERE c.owner_id IS NOT NULL AND c.trashed_at IS NULL AND c.merged_into_id IS NULL
    AND {since} <= %(today)s::date - greatest(%(shortest)s, %(protected)s) + %(warn)s
    AND {where}
) d WHERE d.due_on <= %(today)s::date + %(warn)s"""
_CHANGED_HANDS = """
DELETE FROM assignment_poolwarning w USING customers_ownership o
WHERE {those} AND o.id = w.ownership_id AND o.until IS NOT NULL"""
_NO_LONGER = """
DELETE FROM assignment_poolwarning w WHERE {those}
AND (w.postponed_until IS NULL OR w.postponed_until <= %(today)s)
AND NOT EXISTS (SELECT FROM pool_due d WHERE d.customer_id = w.customer_id)"""
_WARN = """
INSERT INTO assignment_poolwarning
  (customer_id, ownership_id, cause, due_on, warned_on, last_contact, last_deal)
SELECT customer_id, ownership_id, cause, greatest(due_on, %(today)s::date + warn_days), %(today)s, contact,
  deal
FROM pool_due
ON CONFLICT (customer_id) DO UPDATE SET cause = excluded.cause, last_contact = excluded.last_contact,
  last_deal = excluded.last_deal,
  due_on = greatest((SELECT d.due_on FROM pool_due d WHERE d.customer_id = excluded.customer_id),
    assignment_poolwarning.warned_on
    + (SELECT d.warn_days FROM pool_due d WHERE d.customer_id = excluded.customer_id))
RETURNING customer_id, (SELECT owner_id FROM customers_ownership o WHERE o.id = ownership_id),
  (xmax = 0) AS fresh"""


@transaction.atomic
def look(*, by: Viewer, today: date, ids: Sequence[int] | None = None) -> int:
    """Warn the owners of all customers (or of `ids`) that are about to fall back, and unwarn the others;
    answers how many are newly warned.
    """
    given: dict[str, Any] = {"today": today, "ids": list(ids or [])}
    those = "true" if ids is None else "w.customer_id = ANY(%(ids)s)"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.pool_due")
        cursor.execute(
            "CREATE TEMP TABLE pool_due (customer_id bigint PRIMARY KEY, ownership_id bigint,"
            " contact timestamptz, deal timestamptz, warn_days integer, cause text, due_on date)"
            " ON COMMIT DROP"
        )
        rules = list(PoolRule.objects.all())
        for rule in rules:
            _find_due(rule, rules, today, ids)
        cursor.execute(_CHANGED_HANDS.format(those=those), given)
        cursor.execute(_NO_LONGER.format(those=those), given)
        cursor.execute(_WARN, given)
        fresh: dict[int, list[int]] = defaultdict(list)
        for customer_id, owner_id, new in cursor.fetchall():
            if new:
                fresh[owner_id].append(customer_id)
    _tell(by, "pool_warning", fresh, link="/customers/pool?tab=about")
    return sum(map(len, fresh.values()))


def look_again(*, by: Viewer, ids: Sequence[int], today: date) -> None:
    """Look at those of `ids` that are warned of, when something happened with them."""
    warned = list(PoolWarning.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    if not warned:
        return
    look(by=by, today=today, ids=warned)
    told = warned[:100]
    rows = list(visible_to(system("assignment")).filter(pk__in=told).values_list("owner_id", "department_id"))
    audience = Audience(
        user_ids=frozenset(owner for owner, _ in rows if owner),
        department_ids=frozenset(department for _, department in rows if department),
        customer_ids=frozenset(told),
    )
    tell("pool", {"customer_ids": told}, audience=audience)


def fall_back(*, by: Viewer, today: date) -> int:
    """Let fall back, after a look, whoever is due and was warned in time; answers how many. As one change
    set, so that a rule that was wrong is taken back in one go.
    """
    look(by=by, today=today)
    change_set: ChangeSet | None = None
    count = 0
    while ids := _falling(today):
        with transaction.atomic():
            if change_set is None:
                change_set = undo.begin(by=by, kind=KIND, words={"on": today.isoformat()})
            count += _let_fall(by, change_set, ids)
    if change_set is not None:
        audit.record(
            by=by, action=KIND, subject_type="customer",
            changes={"customers": count, "change_set": change_set.pk},
        )  # fmt: skip
    return count


def _falling(today: date) -> list[int]:
    # Owner by owner, so that somebody who loses a few hundred is told once.
    due = standing().filter(due_on__lte=today).exclude(postponed_until__gt=today)
    return list(due.order_by("ownership__owner_id", "pk").values_list("pk", flat=True)[:BATCH])


def _let_fall(by: Viewer, change_set: ChangeSet, ids: list[int]) -> int:
    rows = visible_to(by).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
    locked = list(rows.values_list("pk", flat=True))
    causes: dict[str, list[int]] = defaultdict(list)
    told: dict[int, list[int]] = defaultdict(list)
    # Read now that they are locked: nobody gives them away any more.
    due = standing().filter(pk__in=locked).order_by("pk")
    for customer_id, cause, owner_id in due.values_list("pk", "cause", "ownership__owner_id"):
        causes[cause].append(customer_id)
        told[owner_id].append(customer_id)
    for cause, several in causes.items():
        owners.give(
            by=by, to=dict.fromkeys(several), reason=Reason.FELL_BACK, cause=cause, change_set=change_set
        )
    PoolWarning.objects.filter(pk__in=ids).delete()
    _tell(by, "pool_fell_back", told, link="/customers/pool")
    return sum(map(len, told.values()))


def _tell(by: Viewer, event: str, told: Mapping[int, list[int]], *, link: str) -> None:
    for owner_id, theirs in told.items():
        notifications.notify(
            by=by, user_ids=[owner_id], event=event,
            words={"count": len(theirs), "what": names_of(theirs)}, link=link,
        )  # fmt: skip


def _find_due(rule: PoolRule, rules: list[PoolRule], today: date, ids: Sequence[int] | None) -> None:
    own = [one.department_id for one in rules if one.grade == rule.grade and one.department_id is not None]
    where = "c.department_id = %(department)s" if rule.department_id else (
        "(c.department_id IS NULL OR c.department_id <> ALL(%(own)s))"
    )  # fmt: skip
    if ids is not None:
        where += " AND c.id = ANY(%(ids)s)"
    statement = _DUE.format(
        quiet=_day("f.contact", rule.quiet_days), dealless=_day("f.deal", rule.dealless_days),
        contact=_last("interactions"), deal=_last("transactions"), where=where, since=_on("o.since"),
    )  # fmt: skip
    given = {
        "grade": rule.grade, "department": rule.department_id, "own": own, "ids": list(ids or []),
        "today": today, "zone": settings.COMPANY_TIME_ZONE.key, "warn": rule.warn_days,
        "protected": rule.protected_days,
        "shortest": min(one for one in (rule.quiet_days, rule.dealless_days) if one is not None),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def _day(fact: str, days: int | None) -> str:
    since = _on(f"greatest({fact}, o.since)")
    return f"({since} + {int(days)})" if days is not None else "'infinity'::date"


def _on(moment: str) -> str:
    """SQL of the company's day of a moment."""
    return f"({moment} AT TIME ZONE %(zone)s)::date"


def _last(fact: str) -> str:
    """SQL of the last time of a fact of customer c, by the owner's declaration of where it lies."""
    source = warehouse.sources().get(fact)
    if source is None:
        return "NULL::timestamptz"
    return f"SELECT max({source.month}) FROM {source.table} WHERE {source.customer} = c.id"
