"""What integration does without a person: imports, the demo, tidying up."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.integration.services import demo, imports, uploads, webhooks
from jinzita.kernel import idempotency
from jinzita.kernel.access import system


@app.task(name="integration.import", queue="long")
def run_import(import_id: int) -> None:
    """Do one import."""
    close_old_connections()
    imports.run_import(import_id)


@app.task(name="integration.demo", queue="long")
def change_demo(job_id: int, code: str, remove: bool) -> None:
    """Load or remove a part of the demo."""
    close_old_connections()
    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    demo.perform(by=system("job"), job_id=job_id, code=code, remove=remove, today=today)


@app.task(name="integration.tidy", queue="default")
def tidy() -> None:
    """Mark imports whose worker died, delete uploads and idempotency keys older than a week."""
    close_old_connections()
    now = datetime.now(UTC)
    imports.fail_silent(now=now)
    uploads.discard_old(now=now)
    idempotency.forget(now=now)
    webhooks.take_up(now=now)


@app.task(name="integration.webhook", queue="outgoing")
def deliver_webhook(webhook_id: int) -> None:
    """Deliver what waits for one webhook."""
    close_old_connections()
    webhooks.deliver(webhook_id, clock=lambda: datetime.now(UTC))
