"""Scoring records: all of them at night, those that changed at once; saying that one was looked through."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from jinzita.customers import selectors as customers
from jinzita.customers import services as customer_services
from jinzita.customers.selectors import filling
from jinzita.kernel import audit, events, jobs
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict
from jinzita.kernel.models import Job
from jinzita.quality.events import RatingWanted
from jinzita.quality.fields import monday
from jinzita.quality.models import Score, Verified
from jinzita.quality.selectors.policies import in_force
from jinzita.quality.selectors.rating import rating
from jinzita.quality.selectors.scores import JOB

PART = 20_000
_COLUMNS = (
    "customer_id, score, completeness, validity, freshness, duplicates, missing, faults, owner_id,"
    " department_id, grade, fresh_on"
)
_SET = ", ".join(f"{one} = excluded.{one}" for one in [*_COLUMNS.split(", ")[1:], "at"])
_OLD, _NEW = (
    ", ".join(f"{table}.{one}" for one in _COLUMNS.split(", ")[1:]) for table in ("quality_score", "excluded")
)
_HISTORY = """
WITH codes AS (
    SELECT coalesce(owner_id, 0) AS o, coalesce(department_id, 0) AS d, which, code, count(*) AS n
    FROM quality_score, LATERAL (
        SELECT 'missing' AS which, unnest(missing) AS code UNION ALL SELECT 'faults', unnest(faults)
    ) each GROUP BY 1, 2, 3, 4
), counted AS (
    SELECT o, d, jsonb_object_agg(code, n) FILTER (WHERE which = 'missing') AS missing,
        jsonb_object_agg(code, n) FILTER (WHERE which = 'faults') AS faults
    FROM codes GROUP BY 1, 2
), summed AS (
    SELECT coalesce(owner_id, 0) AS o, coalesce(department_id, 0) AS d, count(*) AS customers,
        sum(score) AS score, sum(completeness) AS completeness,
        sum(validity) AS validity, sum(freshness) AS freshness,
        sum(duplicates) AS duplicates, ARRAY[{bands}] AS bands
    FROM quality_score GROUP BY 1, 2
)
INSERT INTO quality_history (week, at, owner_id, department_id, customers, score, completeness, validity,
    freshness, duplicates, bands, missing, faults)
SELECT %s, %s, nullif(o, 0), nullif(d, 0), customers, score, completeness, validity, freshness, duplicates,
    bands, coalesce(missing, '{{}}'), coalesce(faults, '{{}}')
FROM summed LEFT JOIN counted USING (o, d)
""".format(
    bands=", ".join(
        f"count(*) FILTER (WHERE score >= {low} AND score < {low + 10 if low < 90 else 101})"
        for low in range(0, 100, 10)
    )
)


@transaction.atomic
def begin(*, by: Viewer) -> Job:
    """Let all records be scored now. Raises Conflict while that is under way."""
    by.require(Permission.MANAGE_SETUP)
    if _running():
        raise Conflict("All records are being scored already.", code="already_running")
    job = jobs.begin(kind=JOB, by=by, message="rating")
    audit.record(by=by, action="rate_quality", subject_type="customer")
    events.publish(RatingWanted(job.pk))
    return job


@transaction.atomic
def begin_unasked(*, by: Viewer) -> int | None:
    """A job nobody asked for, of the night or after many changes; None while one is under way."""
    return None if _running() else int(jobs.begin(kind=JOB, by=by, message="rating").pk)


def _running() -> bool:
    return Job.objects.filter(kind=JOB, state__in=[Job.State.WAITING, Job.State.RUNNING]).exists()


def rate_all(*, by: Viewer, job_id: int, now: datetime, today: date) -> Job:
    """Score every record, part by part, and sum the week up."""

    def work(progress: jobs.Progress) -> Mapping[str, Any]:
        total, last, rated, changed = customers.count(by), 0, 0, 0
        while (end := filling.last_of_part(last, PART)) is not None:
            changed += _rate("c.id > %s AND c.id <= %s", [last, end], now=now, today=today)
            last, rated = end, rated + PART
            progress(min(rated, total), total, "rating")
        progress(total, total, "summing")
        Score.objects.exclude(customer__in=customers.visible_to(by).values("pk")).delete()
        sum_up(now=now, today=today)
        return {"customers": total, "changed": changed}

    return jobs.perform(job_id, work)


def rate(*, customer_ids: Sequence[int], now: datetime, today: date) -> int:
    """Score the records of these customers anew; answers how many changed."""
    return _rate("c.id = ANY(%s)", [list(customer_ids)], now=now, today=today) if customer_ids else 0


@transaction.atomic
def _rate(where: str, given: Sequence[Any], *, now: datetime, today: date) -> int:
    sql, parameters = rating(in_force(), where, given, today=today)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO quality_score ({_COLUMNS}, at) SELECT {_COLUMNS}, %s FROM ({sql}) found"
            " ORDER BY customer_id"  # two at once wait for each other in one order
            f" ON CONFLICT (customer_id) DO UPDATE SET {_SET}"
            f" WHERE ({_OLD}) IS DISTINCT FROM ({_NEW}) RETURNING customer_id, score",
            [now, *parameters],
        )
        changed = cursor.fetchall()
    if changed:
        customer_services.record_quality(scores=changed)
    return len(changed)


@transaction.atomic
def sum_up(*, now: datetime, today: date) -> None:
    """Write this week's sums by owner and department anew."""
    week = monday(today)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM quality_history WHERE week = %s", [week])
        cursor.execute(_HISTORY, [week, now])


@transaction.atomic
def verify(*, by: Viewer, customer_id: int, now: datetime, today: date) -> None:
    """Say that a customer's record was looked through today and is right. Raises NotFound, Forbidden."""
    by.require(Permission.EDIT_CUSTOMERS)
    customers.require_visible(by, customer_id)
    Verified.objects.update_or_create(customer_id=customer_id, defaults={"on": today, "by_id": by.user_id})
    audit.record(by=by, action="verify", subject_type="customer", subject_id=customer_id)
    rate(customer_ids=[customer_id], now=now, today=today)
