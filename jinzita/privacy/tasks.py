"""What privacy does without a person.

Jobs that waited when privacy was part of customers carry their former names; they are done all the same.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.privacy.services import retention


@app.task(name="privacy.look_for_overdue", queue="long", aliases=["customers.look_for_overdue"])
def look_for_overdue(job_id: int | None = None) -> None:
    """Find who was kept long enough."""
    close_old_connections()
    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    if job_id is None:
        retention.look(today=today)
    else:
        retention.run_look(job_id, today=today)


@app.task(name="privacy.erase_many", queue="long", aliases=["customers.erase_many"])
def erase_many(work_id: int) -> None:
    """Erase those chosen on the page of retention."""
    close_old_connections()
    retention.run_erasure(work_id, now=datetime.now(UTC))


@app.task(name="privacy.tidy", queue="default")
def tidy() -> None:
    """Take up erasures whose worker was killed."""
    close_old_connections()
    retention.resume_silent(now=datetime.now(UTC))
