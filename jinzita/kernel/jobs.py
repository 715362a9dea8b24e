"""Long work that a user watches: one row a job, progress pushed to the browser."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from jinzita.kernel import outbox
from jinzita.kernel.access import Permission, Reach, Viewer
from jinzita.kernel.errors import Conflict, JinzitaError, NotFound, Unexpected
from jinzita.kernel.models import Job
from jinzita.kernel.stream import Audience, tell

# A running job whose worker has not been heard of for this long is taken to be dead.
SILENT_AFTER = timedelta(seconds=60)
# By then somebody would have taken it up again.
FORGOTTEN_AFTER = timedelta(minutes=30)
log = logging.getLogger(__name__)


class Cancelled(Exception):
    """Raised inside a job when its user asked to stop it."""


def begin(*, kind: str, by: Viewer, message: str = "", total: int | None = None) -> Job:
    """A waiting job; the caller defers the work in the same transaction."""
    job = Job.objects.create(kind=kind, requested_by_id=by.user_id, message=message, total=total)
    push(job)
    return job


def perform(job_id: int, work: Callable[["Progress"], Mapping[str, Any]]) -> Job:
    """Run `work` as the job: state, progress, result or error are kept and pushed.

    An error a user may see is kept in words; any other is logged and named without its inside, and raised.
    When the line to the database is lost the job stays as it is: whoever takes it up goes on with it.
    """
    job = Job.objects.get(pk=job_id)
    if job.state not in (Job.State.WAITING, Job.State.RUNNING):
        return job
    now = datetime.now(UTC)
    _update(job, state=Job.State.RUNNING, started_at=job.started_at or now, heartbeat_at=now)
    try:
        result = work(Progress(job))
    except Cancelled:
        _finish(job, Job.State.CANCELLED)
    except JinzitaError as error:
        fail(job, error)
    except Exception as error:
        if outbox.broken_off(error):
            log.warning("job %s (%s) was broken off by the database", job.pk, job.kind)
            raise
        log.exception("job %s (%s) failed", job.pk, job.kind)
        fail(job, Unexpected(error))
        raise
    else:
        _finish(job, Job.State.DONE, result=dict(result))
    return job


class Progress:
    """What the work tells while it goes on; written at most four times a second."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._written = 0.0

    def __call__(self, done: int, total: int | None = None, message: str | None = None) -> None:
        """Note `done` of `total` (any unit). Raises Cancelled when the user asked to stop."""
        now = time.monotonic()
        changed_words = message is not None and message != self.job.message
        if now - self._written < 0.25 and not changed_words:
            return
        self._written = now
        changes: dict[str, Any] = {"progress": done, "heartbeat_at": datetime.now(UTC)}
        if total is not None:
            changes["total"] = total
        if message is not None:
            changes["message"] = message
        _update(self.job, **changes)
        if Job.objects.filter(pk=self.job.pk, cancel_requested=True).exists():
            raise Cancelled


def cancel(job: Job) -> None:
    """Ask a job to stop: a waiting one stops here, a running one at its next step."""
    stopped = Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
        state=Job.State.CANCELLED, finished_at=datetime.now(UTC)
    )
    if not stopped:
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_requested=True)


def request_cancel(*, by: Viewer, job_id: int) -> Job:
    """Stop a job of one's own, or anybody's with manage_people; one that is over stays as it is."""
    job = get(by, job_id)
    by.require(Permission.READ)
    if job.requested_by_id != by.user_id:
        by.require(Permission.MANAGE_PEOPLE)
    cancel(job)
    job.refresh_from_db()
    push(job)
    return job


def visible_to(viewer: Viewer) -> QuerySet[Job]:
    """Everybody sees the own jobs; who sees all customers sees all jobs."""
    viewer.require(Permission.READ)
    jobs = Job.objects.order_by("-id")
    return jobs if viewer.reach is Reach.ALL else jobs.filter(requested_by_id=viewer.user_id)


def get(viewer: Viewer, job_id: int) -> Job:
    job = visible_to(viewer).filter(pk=job_id).first()
    if job is None:
        raise NotFound(f"There is no job {job_id}.")
    return job


def silent(kind: str, *, now: datetime) -> QuerySet[Job]:
    """Running jobs of a kind whose worker was killed: no sign of life for a minute."""
    return Job.objects.filter(
        Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=now - SILENT_AFTER),
        kind=kind,
        state=Job.State.RUNNING,
    )


def fail_forgotten(*, now: datetime) -> int:
    """Running jobs that nobody took up again after their worker was killed have failed; answers how many."""
    forgotten = list(
        Job.objects.filter(
            Q(heartbeat_at__isnull=True) | Q(heartbeat_at__lt=now - FORGOTTEN_AFTER), state=Job.State.RUNNING
        )
    )
    for job in forgotten:
        fail(job, Conflict("The process that did this was stopped. Start it again.", code="worker_gone"))
    return len(forgotten)


def fail(job: Job, error: JinzitaError) -> None:
    """Mark a job as failed; also from outside, one whose worker died."""
    _finish(job, Job.State.FAILED, error=error.message, failure=error.as_json())


def as_dict(job: Job) -> dict[str, Any]:
    """The job as the API and the stream show it."""
    return {
        "id": job.pk,
        "kind": job.kind,
        "state": job.state,
        "progress": job.progress,
        "total": job.total,
        "message": job.message,
        "result": job.result,
        "error": job.error,
        "failure": job.failure,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
    }


def push(job: Job) -> None:
    """Show the job's state on its user's open pages."""
    users = frozenset({job.requested_by_id}) if job.requested_by_id else frozenset()
    data = {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in as_dict(job).items()
        if key != "created_at"
    }
    tell("job", data, audience=Audience(user_ids=users))


def _finish(
    job: Job, state: Job.State, *, error: str = "", failure: Mapping[str, Any] | None = None,
    result: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    changes: dict[str, Any] = {
        "state": state, "finished_at": datetime.now(UTC), "error": error, "failure": failure,
    }  # fmt: skip
    if result is not None:
        changes["result"] = result
    if state == Job.State.DONE and job.total is not None:
        # The work may have told its last step too soon after the one before to be written.
        changes["progress"] = job.total
    _update(job, **changes)


def _update(job: Job, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(job, name, value)
    with transaction.atomic():
        job.save(update_fields=list(changes))
        push(job)
