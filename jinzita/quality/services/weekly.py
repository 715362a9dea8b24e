"""Making the weekly lists: of each led team the customers worth most whose records are wanting."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from jinzita.customers import selectors as customers
from jinzita.customers.selectors import filling
from jinzita.kernel import audit, events, jobs
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict
from jinzita.kernel.models import Job
from jinzita.people import selectors as people
from jinzita.people.services import notifications
from jinzita.quality.events import WeeklyListsWanted
from jinzita.quality.fields import Terms, monday
from jinzita.quality.models import Score, WeeklyItem, WeeklyList
from jinzita.quality.selectors.policies import in_force
from jinzita.quality.selectors.rating import Found, found
from jinzita.quality.selectors.weekly import problems

JOB = "weekly_lists"
# So many customers on a list, so many fields of each: what a team can fill in within a week.
CUSTOMERS_ON_A_LIST, FIELDS_OF_A_CUSTOMER, NAMED = 30, 5, 3
_WANTING = f"""
WITH led AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS t (department_id, place)), ranked AS (
    SELECT led.place, q.customer_id, row_number() OVER (
        PARTITION BY led.place ORDER BY w.rank, w.score DESC NULLS LAST, q.customer_id) AS n
    FROM quality_score q JOIN led USING (department_id) JOIN ({filling.worth()}) w USING (customer_id)
    WHERE q.missing <> '{{}}' OR q.faults <> '{{}}' OR q.freshness > 0 AND q.freshness >= %s / 2.0
)
SELECT place, customer_id FROM ranked WHERE n <= {CUSTOMERS_ON_A_LIST} ORDER BY place, n"""


@transaction.atomic
def begin(*, by: Viewer) -> Job:
    """Let the lists of this week be made now, where there are none. Raises Conflict."""
    by.require(Permission.MANAGE_SETUP)
    if not Score.objects.exists():
        raise Conflict("The records have not been scored yet.", code="not_scored")
    if not people.led_departments():
        raise Conflict("No department has a head who would get a list.", code="no_leaders")
    job = jobs.begin(kind=JOB, by=by, message="weekly")
    audit.record(by=by, action="make_weekly_lists", subject_type="customer")
    events.publish(WeeklyListsWanted(job.pk))
    return job


def make_asked(*, by: Viewer, job_id: int, now: datetime, today: date) -> Job:
    """The same as a job that somebody watches."""
    return jobs.perform(job_id, lambda progress: {"lists": make(by=by, now=now, today=today)})


def make_due(*, by: Viewer, now: datetime, today: date) -> int:
    """Make this week's lists unless they were made; answers how many."""
    if WeeklyList.objects.filter(week=monday(today)).exists():
        return 0
    return make(by=by, now=now, today=today)


@transaction.atomic
def make(*, by: Viewer, now: datetime, today: date) -> int:
    """Make the lists of this week that are not there yet, tell whom they are for, and close those before."""
    by.require(Permission.MANAGE_SETUP)
    week = monday(today)
    close(before=week, now=now, today=today)
    there = set(WeeklyList.objects.filter(week=week).values_list("department_id", flat=True))
    led = {place: one for place, one in people.led_departments().items() if one[0] not in there}
    limits = in_force()
    chosen = _chosen(led, limits)
    records = found({pk for ids in chosen.values() for pk in ids}, limits, today=today)
    leaders = dict(led.values())
    lists = {
        one.department_id: one
        for one in WeeklyList.objects.bulk_create(
            WeeklyList(week=week, department_id=place, leader_id=leaders[place], at=now) for place in chosen
        )
    }
    items = [
        WeeklyItem(
            weekly=lists[place], place=number, customer_id=pk, owner_id=records[pk].owner_id,
            codes=_codes(records[pk], limits),
        )
        for place, ids in chosen.items()
        for number, pk in enumerate(ids)
        if pk in records
    ]  # fmt: skip
    WeeklyItem.objects.bulk_create((one for one in items if one.codes), batch_size=2_000)
    _tell(by, items, leaders)
    return len(lists)


@transaction.atomic
def close(*, before: date, now: datetime, today: date) -> None:
    """Keep what was done of the lists of earlier weeks, as it is now."""
    rows = list(WeeklyItem.objects.filter(weekly__closed_at=None, weekly__week__lt=before))
    records = found({one.customer_id for one in rows}, in_force(), today=today) if rows else {}
    for one in rows:
        wrong = problems(records.get(one.customer_id))
        one.done = [code for code in one.codes if code not in wrong]
    WeeklyItem.objects.bulk_update(rows, ["done"], batch_size=2_000)
    WeeklyList.objects.filter(closed_at=None, week__lt=before).update(closed_at=now)


def _chosen(led: Mapping[int, tuple[int, int]], limits: Terms) -> dict[int, list[int]]:
    """The customers of each list, worth most first."""
    if not led:
        return {}
    columns = [list(led), [place for place, _ in led.values()]]
    with connection.cursor() as cursor:
        cursor.execute(_WANTING, [*columns, limits.freshness])
        rows = cursor.fetchall()
    ids: dict[int, list[int]] = defaultdict(list)
    for place, customer_id in rows:
        ids[place].append(customer_id)
    return ids


def _codes(one: Found, limits: Terms) -> list[str]:
    """The fields that cost most."""
    return list(dict.fromkeys(each.code for each in one.to_do(limits)))[:FIELDS_OF_A_CUSTOMER]


def _tell(by: Viewer, items: Iterable[WeeklyItem], leaders: Mapping[int, int]) -> None:
    """Leaders are told of their list, whoever looks after customers on one of the own part."""
    whole: dict[int, list[WeeklyItem]] = defaultdict(list)
    part: dict[int, list[WeeklyItem]] = defaultdict(list)
    for one in items:
        whole[leaders[one.weekly.department_id]].append(one)
        if one.owner_id:
            part[one.owner_id].append(one)
    shown = {row.customer_id for rows in (*whole.values(), *part.values()) for row in rows[:NAMED]}
    names = {one.pk: one.name for one in customers.by_ids(by, shown)}
    for event, told in (("weekly_list", whole), ("weekly_part", part)):
        for user_id, rows in told.items():
            if event == "weekly_part" and user_id in whole:
                continue
            words: dict[str, Any] = {
                "customers": len(rows), "fields": sum(len(row.codes) for row in rows),
                "what": [names.get(row.customer_id, "") for row in rows[:NAMED]],
            }  # fmt: skip
            notifications.notify(by=by, user_ids=[user_id], event=event, words=words, link="/quality/weekly")
