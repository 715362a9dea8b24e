"""Keeping no longer than needed: rules, the look for who is overdue, and what is decided about them.

The last activity is read from the owners' tables through the sources of the warehouse, each by its index of
customer and time; a customer with whom nothing ever happened counts from when it was made.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction

from jinzita.customers.services.erasure.people import erase, required_reason
from jinzita.kernel import audit, jobs, outbox, warehouse
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, Problem
from jinzita.kernel.models import Job
from jinzita.people import selectors as people
from jinzita.privacy.models import ErasureWork, Overdue, Postponement, RetentionRule
from jinzita.privacy.selectors import retention as reads
from jinzita.privacy.selectors.signs_of_life import signs

BATCH, MOST_IDS, LONGEST = 200, 5_000, 100
_DUE = """
INSERT INTO privacy_overdue (customer_id, last_on)
SELECT c.id, l.last_on FROM customers_customer c
JOIN privacy_retentionrule r ON r.kind = c.kind AND r.years IS NOT NULL
CROSS JOIN LATERAL (
    SELECT (coalesce(greatest({facts}), c.created_at) AT TIME ZONE %(zone)s)::date AS last_on
) l
WHERE c.erased_at IS NULL AND c.trashed_at IS NULL AND c.merged_into_id IS NULL AND {where}
AND l.last_on < (%(today)s::date - make_interval(years => r.years))::date
AND NOT EXISTS (
    SELECT FROM privacy_postponement p WHERE p.customer_id = c.id AND p.until >= %(today)s::date
)"""
_SAID = "SELECT max(s.at) FROM privacy_consent s WHERE s.customer_id = c.id"


@transaction.atomic
def set_rules(*, by: Viewer, years: Mapping[str, int | None]) -> Job:
    """After how many years without activity customers of a kind are proposed; a look by them is begun."""
    by.require(Permission.HANDLE_PRIVACY)
    before = reads.rules(by)
    for kind, number in years.items():
        reads.require_ruled(kind)
        if number is not None and not 1 <= number <= LONGEST:
            raise Invalid.at(f"years.{kind}", "out_of_range", f"1 to {LONGEST} years.", low=1, high=LONGEST)
        RetentionRule.objects.update_or_create(kind=kind, defaults={"years": number})
    audit.record(
        by=by, action="update", subject_type="retention_rules",
        changes=audit.difference(before, {**before, **years}),
    )  # fmt: skip
    return request_look(by=by)


@transaction.atomic
def request_look(*, by: Viewer) -> Job:
    """Ask that a worker looks through all customers."""
    by.require(Permission.HANDLE_PRIVACY)
    job = jobs.begin(kind=reads.LOOK, by=by)
    outbox.defer("privacy.look_for_overdue", queue="long", job_id=job.pk)
    return job


def run_look(job_id: int, *, today: date) -> Job:
    """Look through all customers, as a job."""
    return jobs.perform(job_id, lambda progress: {"found": look(today=today)})


@transaction.atomic
def look(*, today: date, ids: Sequence[int] | None = None) -> int:
    """Find anew who is overdue, among all or these; answers how many are."""
    rows = Overdue.objects.all() if ids is None else Overdue.objects.filter(pk__in=ids)
    rows.delete()
    facts = [f"({moment})" for moment in (*signs(), _SAID)]
    for source in warehouse.sources().values():
        if source.customer and source.month:
            moment = source.month
            if source.month_is == "day":
                moment = f"({source.month})::timestamp AT TIME ZONE '{settings.COMPANY_TIME_ZONE.key}'"
            facts.append(f"(SELECT max({moment}) FROM {source.table} WHERE {source.customer} = c.id)")
    where = "true" if ids is None else "c.id = ANY(%(ids)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            _DUE.format(facts=", ".join(facts), where=where),
            {"today": today, "zone": settings.COMPANY_TIME_ZONE.key, "ids": list(ids or [])},
        )
        return int(cursor.rowcount)


@transaction.atomic
def postpone(*, by: Viewer, ids: Sequence[int], until: date, reason: str, today: date) -> int:
    """Keep customers until a day, with the reason; answers how many were proposed."""
    by.require(Permission.HANDLE_PRIVACY)
    why = required_reason(reason)
    if until <= today:
        raise Invalid.at("until", "past", "The day must lie in the future.")
    _checked(ids)
    rows = reads.overdue(by).filter(pk__in=ids)
    kept = list(rows.order_by("pk").values_list("pk", flat=True))
    Postponement.objects.bulk_create(
        [
            Postponement(customer_id=one, until=until, reason=why, by_id=by.user_id, by_name=by.name)
            for one in kept
        ],
        update_conflicts=True, unique_fields=["customer"],
        update_fields=["until", "reason", "by", "by_name"],
    )  # fmt: skip
    Overdue.objects.filter(pk__in=kept).delete()
    audit.record_each(
        by=by, action="postpone_erasure", subject_type="customer",
        changes={"until": until, "reason": why}, versions=dict.fromkeys(kept),
    )  # fmt: skip
    return len(kept)


@transaction.atomic
def request_erasure(
    *, by: Viewer, reason: str, ids: Sequence[int] | None = None, kind: str | None = None,
    expected: int | None = None,
) -> Job:  # fmt: skip
    """Erase these of the proposed, or all of a kind (None: of both), of whom `expected` were seen, by a job.

    Raises Forbidden, Invalid, Conflict (selection_changed).
    """
    by.require(Permission.HANDLE_PRIVACY)
    why = required_reason(reason)
    rows = reads.overdue(by)
    if ids is not None:
        _checked(ids)
        rows = rows.filter(pk__in=ids)
    elif kind:
        rows = rows.filter(customer__kind=kind)
    chosen = list(rows.order_by("pk").values_list("pk", flat=True))
    if ids is None and expected != len(chosen):
        problem = Problem(
            "expected", "selection_changed", f"{len(chosen)} customers are proposed now.",
            {"count": len(chosen)},
        )  # fmt: skip
        raise Conflict(
            "Another number of customers is proposed now than when you looked.", code="selection_changed",
            problems=[problem],
        )  # fmt: skip
    job = jobs.begin(kind=reads.ERASE, by=by, total=len(chosen))
    one = ErasureWork.objects.create(job=job, by_id=by.user_id, reason=why, ids=chosen)
    outbox.defer("privacy.erase_many", queue="long", work_id=one.pk)
    return job


def run_erasure(work_id: int, *, now: datetime) -> Job:
    """Erase, or go on where a killed worker stopped: batch by batch, each a transaction with its note."""
    one = ErasureWork.objects.get(pk=work_id)
    by = people.actor(one.by_id)
    today = now.astimezone(settings.COMPANY_TIME_ZONE).date()

    def work(progress: jobs.Progress) -> dict[str, int]:
        progress(one.done, len(one.ids))
        while one.done < len(one.ids):
            _batch(one, by, now, today)
            progress(one.done, len(one.ids))
        return {"erased": one.erased, "kept": len(one.ids) - one.erased}

    return jobs.perform(one.job_id, work)


@transaction.atomic
def _batch(one: ErasureWork, by: Viewer, now: datetime, today: date) -> None:
    done = ErasureWork.objects.select_for_update().values_list("done", flat=True).get(pk=one.pk)
    if done != one.done:
        raise Conflict("This is being done by another process.")
    part = one.ids[done : done + BATCH]
    look(today=today, ids=part)  # something may have happened with some of them meanwhile
    due = list(reads.overdue(by).filter(pk__in=part).order_by("pk").values_list("pk", flat=True))
    if due:
        erase(by, due, one.reason, now)
        Overdue.objects.filter(pk__in=due).delete()
    one.done += len(part)
    one.erased += len(due)
    one.save(update_fields=["done", "erased"])


def resume_silent(*, now: datetime) -> None:
    """Give erasures whose worker was killed to another."""
    for work_id in ErasureWork.objects.filter(job__in=jobs.silent(reads.ERASE, now=now)).values_list(
        "pk", flat=True
    ):
        outbox.defer("privacy.erase_many", queue="long", once=f"erasure {work_id}", work_id=work_id)


def _checked(ids: Sequence[int]) -> None:
    if not 1 <= len(ids) <= MOST_IDS:
        raise Invalid.at("ids", "wrong_count", f"Name 1 to {MOST_IDS} customers.", most=MOST_IDS)
