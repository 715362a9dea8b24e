"""Jobs deferred as part of the caller's transaction, wherever the caller runs.

Inside a worker, procrastinate's own `task.defer()` uses a connection of the worker: the job would exist
before, and even without, the change it speaks of. This one always goes over Django's connection.
"""

from typing import Any

from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued

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
