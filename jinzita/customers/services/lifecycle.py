"""Stages of life: by the company's rules over what customers did, or by hand for a while."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from jinzita.customers.events import StageChanged, StageRulesChanged
from jinzita.customers.models import Customer, Lifecycle, Stage, StageChange, StageRule
from jinzita.customers.selectors.lifecycle import REACHABLE, facts_of
from jinzita.customers.services.attributes import values as attribute_values
from jinzita.customers.services.entry import Judge
from jinzita.customers.services.locking import locked
from jinzita.kernel import audit, events
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, Problem
from jinzita.kernel.loading import MOST_CUSTOMERS_NAMED

MOST_RULES = 50
CONDITIONS = ("purchases", "idle_months", "interactions", "opportunities", "referrals")


@transaction.atomic
def set_stage(
    *, by: Viewer, customer_id: int, stage: str, reason: str, now: datetime, today: date,
    until: date | None = None,
) -> None:  # fmt: skip
    """Put a customer into a stage by hand; rules leave it there, until the end of `until` when told.

    Raises Forbidden, NotFound, Invalid, Conflict when the stage cannot be reached from the present one.
    """
    one = locked(by, customer_id)
    if stage not in Stage.values:
        raise Invalid.at("stage", "unknown_choice", "There is no such stage.")
    if not reason.strip():
        raise Invalid.at("reason", "required", "Say why.")
    if until is not None and until < today:
        raise Invalid.at("until", "before_start", "It would end before it began.")
    row, _ = Lifecycle.objects.select_for_update().get_or_create(customer=one)
    before = row.stage
    if stage != before and stage not in REACHABLE[before]:
        raise Conflict(f"A {before} does not become a {stage} by hand.", code="not_reachable")
    _require_filled(by, one, stage)
    judge = Judge(by, [one.pk])
    Lifecycle.objects.filter(pk=one.pk).update(
        stage=stage, by_rule=False, until=until, since=row.since if stage == before else now
    )
    judge.require_good(one.pk, accept_warnings=True)
    StageChange.objects.create(
        customer=one, was=before, now=stage, at=now, by_rule=False, reason=reason.strip()[:400],
        by_id=by.user_id,
    )  # fmt: skip
    audit.record(
        by=by, action="update", subject_type="customer", subject_id=one.pk,
        changes={"stage": [before, stage], "stage_reason": reason.strip()[:400]},
    )  # fmt: skip
    if stage != before:
        events.publish(StageChanged(stage, [one.pk], 1))


def _require_filled(by: Viewer, one: Customer, stage: str) -> None:
    """Raise Invalid that names every attribute which is needed at this stage and missing."""
    problems = [
        Problem(
            f"attributes.{code}", "needed_at_stage", f"attributes.{code} is needed from this stage on.",
            {"stage": stage},
        )
        for code in attribute_values.missing(by, one.kind, one.attributes, stage)
    ]  # fmt: skip
    if problems:
        raise Invalid("Fill in first what is needed from this stage on.", problems=problems)


@transaction.atomic
def release(*, by: Viewer, customer_id: int, now: datetime, today: date) -> None:
    """Let the rules decide again. Raises Forbidden, NotFound."""
    one = locked(by, customer_id)
    Lifecycle.objects.filter(customer=one).update(by_rule=True, until=None)
    audit.record(
        by=by, action="update", subject_type="customer", subject_id=one.pk, changes={"stage_by_rule": True}
    )
    follow_rules(customer_ids=[one.pk], now=now, today=today)


@transaction.atomic
def set_rules(*, by: Viewer, rules: Sequence[Mapping[str, Any]]) -> None:
    """The rules, in the order in which they are asked. Raises Forbidden, Invalid."""
    by.require(Permission.MANAGE_SETUP)
    if len(rules) > MOST_RULES:
        raise Invalid.at("rules", "too_many", f"There are at most {MOST_RULES} rules.")
    for place, rule in enumerate(rules):
        if rule["stage"] not in Stage.values:
            raise Invalid.at(f"rules[{place}].stage", "unknown_choice", "There is no such stage.")
    before = list(StageRule.objects.values("stage", *CONDITIONS))
    StageRule.objects.all().delete()
    made = [
        StageRule(position=place, stage=rule["stage"], **{name: rule.get(name) for name in CONDITIONS})
        for place, rule in enumerate(rules)
    ]
    StageRule.objects.bulk_create(made)
    after = list(StageRule.objects.values("stage", *CONDITIONS))
    audit.record(by=by, action="update", subject_type="stage_rules", changes={"rules": [before, after]})
    events.publish(StageRulesChanged(len(made)))


@transaction.atomic
def follow_rules(*, customer_ids: Sequence[int] | None, now: datetime, today: date) -> int:
    """Ask the rules again, for these customers or for all, in a few statements; answers how many moved."""
    some = None if customer_ids is None else list(customer_ids)
    with connection.cursor() as cursor:
        # Two at once would write the same step twice.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('lifecycle', 0))")
        cursor.execute("DROP TABLE IF EXISTS pg_temp.steps")
        case, given = _case(list(StageRule.objects.all()), today)
        parts, of_facts = facts_of(some, today)
        narrowed = "" if some is None else " AND l.customer_id = ANY(%s)"
        cursor.execute(
            f"""CREATE TEMP TABLE steps ON COMMIT DROP AS
            SELECT * FROM (
                SELECT l.customer_id, l.stage AS was, {case} AS now FROM customers_lifecycle l
                JOIN customers_customer c ON c.id = l.customer_id AND c.merged_into_id IS NULL
                {parts}
                WHERE (l.by_rule OR l.until < %s){narrowed}
            ) judged WHERE was <> now""",
            [*given, *of_facts, today, *([] if some is None else [some])],
        )
        cursor.execute(
            "UPDATE customers_lifecycle SET by_rule = true, until = NULL WHERE NOT by_rule AND until < %s",
            [today],
        )
        cursor.execute(
            "UPDATE customers_lifecycle l SET stage = s.now, since = %s FROM steps s"
            " WHERE l.customer_id = s.customer_id",
            [now],
        )
        moved = int(cursor.rowcount)
        cursor.execute(
            "INSERT INTO customers_stagechange (customer_id, was, now, at, by_rule)"
            " SELECT customer_id, was, now, %s, true FROM steps",
            [now],
        )
        cursor.execute(
            "SELECT now, count(*), CASE WHEN count(*) <= %s THEN array_agg(customer_id) ELSE '{}' END"
            " FROM steps GROUP BY now ORDER BY now",
            [MOST_CUSTOMERS_NAMED],
        )
        for stage, count, ids in cursor.fetchall():
            events.publish(StageChanged(stage, list(ids), count))
        cursor.execute("DROP TABLE pg_temp.steps")
    return moved


def _case(rules: Sequence[StageRule], today: date) -> tuple[str, list[Any]]:
    """The rules as one CASE over the facts of a customer."""
    whens: list[str] = []
    given: list[Any] = []
    for rule in rules:
        asked = ["true"]
        for name in ("purchases", "interactions", "opportunities", "referrals"):
            if (least := getattr(rule, name)) is not None:
                asked.append(f"coalesce({name}.n, 0) >= %s")
                given.append(least)
        if rule.idle_months is not None:
            asked.append("purchases.last < %s::date - make_interval(months => %s)")
            given += [today, rule.idle_months]
        whens.append(f"WHEN {' AND '.join(asked)} THEN %s")
        given.append(rule.stage)
    return (f"CASE {' '.join(whens)} ELSE 'suspect' END" if whens else "l.stage"), given
