"""What quality does without a person: comparing all customers, and those that are new."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.kernel.access import system
from jinzita.quality.services import duplicates


@app.task(name="quality.find_duplicates", queue="long")
def find_duplicates(job_id: int | None = None) -> None:
    """Compare all customers; without a job somebody watches, one of its own."""
    close_old_connections()
    by = system("worker")
    if job_id is None:
        job_id = duplicates.begin_unasked(by=by)
    if job_id is not None:
        duplicates.find_all(by=by, job_id=job_id)


@app.task(name="quality.check_customers", queue="default")
def check_customers(customer_ids: list[int]) -> None:
    """Look for doubles of customers that are new or were changed."""
    close_old_connections()
    duplicates.check(by=system("worker"), customer_ids=customer_ids)
