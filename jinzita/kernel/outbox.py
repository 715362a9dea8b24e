"""Jobs deferred as part of the caller's transaction, wherever the caller runs, and done to their end.

Inside a worker, procrastinate's own `task.defer()` uses a connection of the worker: the job would exist
before, and even without, the change it speaks of. This one always goes over Django's connection.

What was deferred is not lost with its worker or its database: work whose worker is gone is given to another,
and work whose line to the database broke, or that gave way to other work there, is done again. So every task
may be done twice, and is written so.
"""

import logging
from typing import Any

from asgiref.sync import async_to_sync
from django.db import InterfaceError, OperationalError, transaction
from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Job, Status

# A worker says every ten seconds that it lives.
GONE_AFTER_SECONDS = 30
# Work that took its worker with it so often is not given to yet another.
MOST_ATTEMPTS = 5
# Connection exceptions, what a server says to its clients when it is ended or not up yet, and the end of
# one of several transactions that waited for each other, or could not have followed each other.
_GAVE_WAY = "40"
_BROKEN_OFF = ("08", "57P", _GAVE_WAY)
log = logging.getLogger(__name__)
_app = App(connector=DjangoConnector())


def defer(
    task: str,
    *,
    queue: str,
    priority: int = 0,
    in_seconds: int | None = None,
    once: str | None = None,
    **arguments: Any,
) -> bool:
    """Defer the task of this name with JSON arguments; it becomes visible to workers on commit.

    `once`: while a job with the same word waits, no second one is made; answers whether one was made.
    """
    options: dict[str, Any] = {"schedule_in": {"seconds": in_seconds}} if in_seconds else {}
    configured = _app.configure_task(task, queue=queue, priority=priority, queueing_lock=once, **options)
    try:
        with transaction.atomic():  # a savepoint: the refused second job must not undo the caller's work
            configured.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def broken_off(error: BaseException) -> bool:
    """Whether this error says that the work may succeed a little later: the database, or the way to it, is
    gone for the moment, or gave way to other work.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = _state(error)
    return state is None or state.startswith(_BROKEN_OFF)


def gave_way(error: BaseException) -> bool:
    """Whether the database undid this work for the sake of other work: nothing of it was written."""
    return (_state(error) or "").startswith(_GAVE_WAY)


def _state(error: BaseException) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)


class AgainWhenBrokenOff(BaseRetryStrategy):
    """Work that was broken off is done again a little later; any other error is its end."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not broken_off(exception) or job.attempts >= MOST_ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": 3 ** (job.attempts + 1)})


async def take_up(app: App, *, silent_for: float = GONE_AFTER_SECONDS) -> int:
    """Give what workers that are gone were doing to others; answers how much of it is done anew.

    `silent_for`: seconds for which a worker may keep silent.
    """
    jobs, again = app.job_manager, 0
    for one in await jobs.get_stalled_jobs(seconds_since_heartbeat=silent_for):
        if one.attempts >= MOST_ATTEMPTS:
            log.error("job %s (%s) took its worker with it %s times", one.id, one.task_name, one.attempts)
            await jobs.finish_job(one, status=Status.FAILED, delete_job=False)
            continue
        try:
            await jobs.retry_job(one)
            again += 1
        except UniqueViolation:  # another that waits does the same
            await jobs.finish_job(one, status=Status.ABORTED, delete_job=True)
    return again


def take_up_everything() -> int:
    """The same where no worker lives: at a start, and after the database was started again."""
    return async_to_sync(take_up)(_app, silent_for=0)
