"""Work that was deferred is done to its end, whatever is killed meanwhile."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as Deferred

from jinzita.kernel import jobs, outbox
from jinzita.kernel.access import system
from jinzita.kernel.models import Job


def caused(error: Exception, cause: Exception | None) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "lost"),
    [
        (caused(OperationalError(), psycopg.OperationalError("server closed the connection")), True),
        (caused(OperationalError(), psycopg.errors.CrashShutdown()), True),
        (caused(OperationalError(), psycopg.errors.CannotConnectNow()), True),
        (caused(InterfaceError(), psycopg.InterfaceError("the connection is closed")), True),
        (caused(OperationalError(), psycopg.errors.DeadlockDetected()), True),
        (caused(OperationalError(), psycopg.errors.DiskFull()), False),
        (caused(IntegrityError(), psycopg.errors.UniqueViolation()), False),
        (OSError(), False),
    ],
)
def test_only_work_that_was_broken_off_is_done_again(error, lost):
    assert outbox.broken_off(error) is lost
    one = Deferred(id=1, queue="live", lock=None, queueing_lock=None, task_name="a", attempts=2)
    decision = outbox.AgainWhenBrokenOff().get_retry_decision(exception=error, job=one)
    assert (decision is not None) is lost
    worn = one.evolve(attempts=outbox.MOST_ATTEMPTS)
    assert outbox.AgainWhenBrokenOff().get_retry_decision(exception=error, job=worn) is None


def test_every_task_is_done_again_after_a_lost_line():
    assert all(task.retry_strategy is not None for task in app.tasks.values())


def being_done(name: str, *, attempts: int = 0, once: str | None = None) -> None:
    outbox.defer(name, queue="default", once=once)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s WHERE task_name = %s",
            [attempts, name],
        )


def deferred() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status FROM procrastinate_jobs WHERE status <> 'failed' OR attempts > 0"
        )
        return dict(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_what_dead_workers_were_doing_is_given_to_others():
    being_done("people.minute")
    being_done("value.tidy", attempts=outbox.MOST_ATTEMPTS)
    being_done("customers.tidy", once="tidy")
    outbox.defer("customers.tidy", queue="default", once="tidy")  # waits already
    assert outbox.take_up_everything() == 1
    assert deferred() == {"people.minute": "todo", "value.tidy": "failed", "customers.tidy": "todo"}


@pytest.mark.django_db
def test_a_job_that_lost_its_line_waits_to_be_taken_up_and_is_failed_in_words_when_nobody_does():
    job = jobs.begin(kind="bulk", by=system("test"))

    def falls(progress):
        raise caused(OperationalError("gone"), psycopg.OperationalError("gone"))

    with pytest.raises(OperationalError):
        jobs.perform(job.pk, falls)
    assert Job.objects.get().state == "running"
    now = datetime.now(UTC)
    assert jobs.fail_forgotten(now=now + timedelta(minutes=5)) == 0
    assert jobs.perform(job.pk, lambda progress: {"changed": 1}).state == "done"

    other = jobs.begin(kind="duplicates", by=system("test"))
    with pytest.raises(OperationalError):
        jobs.perform(other.pk, falls)
    assert jobs.fail_forgotten(now=now + timedelta(minutes=31)) == 1
    assert "Start it again" in Job.objects.get(pk=other.pk).error
