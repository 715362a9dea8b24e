"""What quality does without a person: comparing customers with each other, scoring their records."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.kernel.access import system
from jinzita.quality.services import duplicates, scores, weekly


@app.task(name="quality.find_duplicates", queue="long")
def find_duplicates(job_id: int | None = None) -> None:
    """Compare all customers; without a job somebody watches, one of its own."""
    close_old_connections()
    by = system("worker")
    if job_id is None:
        job_id = duplicates.begin_unasked(by=by)
    if job_id is not None:
        duplicates.find_all(by=by, job_id=job_id)


@app.task(name="quality.check_customers", queue="default")
def check_customers(customer_ids: list[int]) -> None:
    """Look for doubles of customers that are new or were changed."""
    close_old_connections()
    duplicates.check(by=system("worker"), customer_ids=customer_ids)


@app.task(name="quality.rate", queue="default")
def rate(customer_ids: list[int]) -> None:
    """Records that were changed are scored anew."""
    close_old_connections()
    scores.rate(customer_ids=customer_ids, now=datetime.now(UTC), today=_today())


@app.task(name="quality.rate_all", queue="long")
def rate_all(job_id: int | None = None) -> None:
    """Score every record; without a job somebody watches, one of its own."""
    close_old_connections()
    by = system("timetable")
    if job_id is None:
        job_id = scores.begin_unasked(by=by)
    if job_id is not None:
        scores.rate_all(by=by, job_id=job_id, now=datetime.now(UTC), today=_today())


@app.task(name="quality.weekly", queue="long")
def weekly_lists(job_id: int | None = None) -> None:
    """Make the lists of this week: when they are due, or as the job somebody watches."""
    close_old_connections()
    by, now = system("timetable"), datetime.now(UTC)
    if job_id is None:
        weekly.make_due(by=by, now=now, today=_today())
    else:
        weekly.make_asked(by=by, job_id=job_id, now=now, today=_today())


def _today() -> date:
    return datetime.now(settings.COMPANY_TIME_ZONE).date()
