"""What activities do without a person.

Jobs that waited when files were part of customers carry their former name; they are done all the same.
"""

from datetime import UTC, datetime

from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.activities import services


@app.task(name="activities.tidy", queue="default")
def tidy() -> None:
    """Empty the trash of the notes and files that lay there too long."""
    close_old_connections()
    now = datetime.now(UTC)
    services.purge_notes(now=now)
    services.purge_files(now=now)


@app.task(name="activities.clean_files", queue="default", aliases=["customers.clean_files"])
def clean_files() -> None:
    """Remove files that nothing names any more."""
    close_old_connections()
    services.clean_files(now=datetime.now(UTC))
