"""What people do without a person: mails, notices on their way out, tidying up."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.kernel import audit
from jinzita.kernel.access import system
from jinzita.people.services import leaving, mails, notifications, photos, ratings, signin


@app.task(name="people.send_mail", queue="default")
def send_mail(mail_id: int) -> None:
    """Send one mail."""
    close_old_connections()
    mails.deliver(mail_id, now=datetime.now(UTC))


@app.task(name="people.deliver_notices", queue="default")
def deliver_notices() -> None:
    """Send by mail and robot what is due."""
    close_old_connections()
    leaving.deliver(now=datetime.now(UTC))


@app.task(name="people.minute", queue="default")
def minute() -> None:
    """Digests that are due, mails whose worker was killed, what is too old to keep."""
    close_old_connections()
    now = datetime.now(UTC)
    leaving.deliver(now=now)
    mails.take_up(now=now)
    if now.minute == 0:
        mails.forget(now=now)
        notifications.forget(now=now)
        signin.forget(now=now)
        photos.forget(now=now)


@app.task(name="people.forget_reads", queue="long")
def forget_reads() -> None:
    """Reads that the audit log has kept long enough."""
    close_old_connections()
    audit.forget_reads(
        by=system("timetable"), before=datetime.now(UTC) - timedelta(days=settings.READS_DAYS)
    )  # fmt: skip


@app.task(name="people.ratings_nightly", queue="default")
def ratings_nightly() -> None:
    """Rounds of ratings that begin, end, or are to be reminded of."""
    close_old_connections()
    now = datetime.now(settings.COMPANY_TIME_ZONE)
    ratings.nightly(by=system("timetable"), today=now.date(), now=now)
