"""What treatment does without a person."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.kernel.access import system
from jinzita.treatment import services


@app.task(name="treatment.settle", queue="live")
def settle(customer_ids: list[int]) -> None:
    """Something happened with customers: their duties are judged again."""
    close_old_connections()
    services.settle(by=system("worker"), ids=customer_ids, now=datetime.now(UTC))


@app.task(name="treatment.settle_all", queue="long")
def settle_all(again: bool = False) -> None:
    """All duties, after a policy was published or very much came in."""
    close_old_connections()
    services.settle_all(by=system("worker"), now=datetime.now(UTC), again=again)


@app.task(name="treatment.nightly", queue="long")
def nightly() -> None:
    """The nightly check, and what was missed for long goes up."""
    close_old_connections()
    now = datetime.now(settings.COMPANY_TIME_ZONE)
    by = system("timetable")
    services.settle_all(by=by, now=now)
    services.escalate(by=by, today=now.date())


@app.task(name="treatment.hourly", queue="default")
def hourly() -> None:
    """What was due until now, such as answers owed by the hour."""
    close_old_connections()
    services.look_overdue(by=system("timetable"), now=datetime.now(UTC))
