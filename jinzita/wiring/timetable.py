"""What happens by the clock."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued

from jinzita.kernel import jobs, outbox

# The hour from which a new week's lists are made, after the night's scores.
WEEKLY_FROM = 7


async def minute(context: Any, timestamp: int) -> None:
    """The timetable, asked every minute so that it follows the company's clock through summer time."""
    now = datetime.fromtimestamp(timestamp, settings.COMPANY_TIME_ZONE)
    await _defer_once(context.app, "value.warm_up", "live")
    await _defer_once(context.app, "people.minute", "default")
    if now.minute == 0:
        await _defer_once(context.app, "treatment.hourly", "default")
        # Each Monday morning; what a house that was closed then missed is made when it opens.
        if now.hour >= WEEKLY_FROM:
            await _defer_once(context.app, "quality.weekly", "long")
    # What a killed worker was doing goes on elsewhere; only what does not is called failed, a minute later.
    if not await outbox.take_up(context.app):
        await _defer_once(context.app, "value.tidy", "default")
        await _defer_once(context.app, "integration.tidy", "default")
        await _defer_once(context.app, "customers.tidy", "default")
        await _defer_once(context.app, "activities.tidy", "default")
        await _defer_once(context.app, "assignment.tidy", "default")
        await _defer_once(context.app, "privacy.tidy", "default")
        await sync_to_async(jobs.fail_forgotten)(now=now)
    if f"{now:%H:%M}" == settings.NIGHTLY_AT:
        await _defer_once(context.app, "value.nightly", "long")
        await _defer_once(context.app, "customers.classify_all", "long")
        await _defer_once(context.app, "customers.follow_all_stage_rules", "long")
        await _defer_once(context.app, "quality.rate_all", "long")
        await _defer_once(context.app, "assignment.nightly", "long")
        await _defer_once(context.app, "privacy.look_for_overdue", "long")
        await _defer_once(context.app, "treatment.nightly", "long")
        await _defer_once(context.app, "people.ratings_nightly", "default")
        await _defer_once(context.app, "activities.clean_files", "default")
        await _defer_once(context.app, "people.forget_reads", "long")


async def _defer_once(app: App, task: str, queue: str) -> None:
    with suppress(AlreadyEnqueued):
        await app.configure_task(task, queue=queue, queueing_lock=task).defer_async()
