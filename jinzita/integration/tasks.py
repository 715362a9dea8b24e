"""What integration does without a person: imports, the demo, tidying up."""

from datetime import UTC, datetime

from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.integration.services import imports, uploads
from jinzita.kernel import idempotency


@app.task(name="integration.import", queue="long")
def run_import(import_id: int) -> None:
    """Do one import."""
    close_old_connections()
    imports.run_import(import_id)


@app.task(name="integration.tidy", queue="default")
def tidy() -> None:
    """Mark imports whose worker died, delete uploads and idempotency keys older than a week."""
    close_old_connections()
    now = datetime.now(UTC)
    imports.fail_silent(now=now)
    uploads.discard_old(now=now)
    idempotency.forget(now=now)
