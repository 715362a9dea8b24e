"""What customers do without a person."""

from datetime import UTC, datetime

from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.customers import services
from jinzita.kernel import undo
from jinzita.kernel.access import system


@app.task(name="customers.follow_owner", queue="live")
def follow_owner(owner_id: int) -> None:
    """The owner moved: the customers' department follows."""
    close_old_connections()
    services.follow_owner(by=system("worker"), owner_id=owner_id)


@app.task(name="customers.bulk", queue="long")
def run_bulk(bulk_id: int) -> None:
    """Change many customers."""
    close_old_connections()
    services.run_bulk(bulk_id, now=datetime.now(UTC))


@app.task(name="customers.undo", queue="long")
def run_undo(change_set_id: int) -> None:
    """Take back what was done."""
    close_old_connections()
    services.run_undo(change_set_id)


@app.task(name="customers.tidy", queue="default")
def tidy() -> None:
    """Take up work whose worker was killed; empty the trash of what lay there too long."""
    close_old_connections()
    now = datetime.now(UTC)
    services.resume_silent(now=now)
    services.resume_undo(now=now)
    services.purge_old(by=system("timetable"), now=now)
    undo.tidy(now=now)
