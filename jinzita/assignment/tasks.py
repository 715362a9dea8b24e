"""What assignment does without a person.

The aliases are the names by which jobs were deferred before this was a capability of its own.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.assignment.services import falling, handing_over
from jinzita.kernel.access import system


@app.task(name="assignment.hand_over", aliases=["customers.hand_over"], queue="long")
def run_hand_over(hand_over_id: int) -> None:
    """Give the customers of a hand-over to those who get them."""
    close_old_connections()
    handing_over.run(hand_over_id, now=datetime.now(UTC))


@app.task(name="assignment.nightly", aliases=["customers.pool_nightly"], queue="long")
def nightly() -> None:
    """Warn the owners of customers about to fall back, and let fall back who is due."""
    close_old_connections()
    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    falling.fall_back(by=system("timetable"), today=today)


@app.task(name="assignment.look_at_warnings", aliases=["customers.look_at_warnings"], queue="default")
def look_at_warnings(customer_ids: list[int]) -> None:
    """Something happened with customers: those of them that were about to fall back may stay."""
    close_old_connections()
    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    falling.look_again(by=system("worker"), ids=customer_ids, today=today)


@app.task(name="assignment.tidy", queue="default")
def tidy() -> None:
    """Take up hand-overs whose worker was killed."""
    close_old_connections()
    handing_over.resume_silent(now=datetime.now(UTC))
