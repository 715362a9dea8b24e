"""What customers do without a person."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.customers import services
from jinzita.customers.services import classification, lifecycle
from jinzita.customers.services.attributes import jobs as attribute_jobs
from jinzita.kernel import undo, warehouse
from jinzita.kernel.access import system


@app.task(name="customers.follow_owner", queue="live")
def follow_owner(owner_id: int) -> None:
    """The owner moved: the customers' department follows."""
    close_old_connections()
    services.follow_owner(by=system("worker"), owner_id=owner_id)


@app.task(name="customers.leave_teams", queue="live")
def leave_teams(user_id: int) -> None:
    """Somebody left by a closed account: no team has the person any more."""
    close_old_connections()
    services.leave_teams(by=system("worker"), user_id=user_id)


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
    services.purge_old_contacts(by=system("timetable"), now=now)
    undo.tidy(now=now)


@app.task(name="customers.refresh_lake", queue="long")
def refresh_lake() -> None:
    """Somebody was erased: the files of the lake are written anew without the name."""
    close_old_connections()
    warehouse.bring_up_to_date()


@app.task(name="customers.gather_strays", queue="default")
def gather_strays(customer_ids: list[int]) -> None:
    """What was being written for customers while they were merged follows them."""
    close_old_connections()
    services.merging.gather_strays(by=system("worker"), what="customer", ids=customer_ids)


@app.task(name="customers.compute_formulas", queue="long")
def compute_formulas(job_id: int | None) -> None:
    """A formula changed, or what formulas rest on did, for many."""
    close_old_connections()
    attribute_jobs.compute_formulas(job_id)


@app.task(name="customers.rename_choices", queue="long")
def rename_choices(job_id: int, code: str, renamed: dict[str, str]) -> None:
    """Values of a choice got other names."""
    close_old_connections()
    attribute_jobs.rename_choices(by=system("worker"), job_id=job_id, code=code, renamed=renamed)


@app.task(name="customers.convert_attribute", queue="long")
def convert_attribute(job_id: int, code: str, changes: dict[str, Any]) -> None:
    """An attribute is to have another type."""
    close_old_connections()
    attribute_jobs.convert_attribute(by=system("worker"), job_id=job_id, code=code, changes=changes)


@app.task(name="customers.index_attribute", queue="long")
def index_attribute(job_id: int | None, code: str, wanted: bool) -> None:
    """An attribute gets an index of its own, or loses it."""
    close_old_connections()
    attribute_jobs.index_attribute(job_id=job_id, code=code, wanted=wanted)


@app.task(name="customers.classify", queue="live")
def classify(customer_ids: list[int]) -> None:
    """Customers changed: the rules of the classification are asked again for them."""
    close_old_connections()
    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    classification.classify(customer_ids=customer_ids, today=today)


@app.task(name="customers.classify_all", queue="long")
def classify_all(dimension_id: int | None = None) -> None:
    """All customers by the rules of all dimensions, or of one whose rules were changed."""
    close_old_connections()
    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    classification.classify(customer_ids=None, today=today, dimension_id=dimension_id)


@app.task(name="customers.follow_stage_rules", queue="live")
def follow_stage_rules(customer_ids: list[int]) -> None:
    """Something happened with customers: the rules of the lifecycle are asked again for them."""
    close_old_connections()
    now = datetime.now(UTC)
    today = now.astimezone(settings.COMPANY_TIME_ZONE).date()
    lifecycle.follow_rules(customer_ids=customer_ids, now=now, today=today)


@app.task(name="customers.follow_all_stage_rules", queue="long")
def follow_all_stage_rules() -> None:
    """All customers by the rules of the lifecycle."""
    close_old_connections()
    now = datetime.now(UTC)
    today = now.astimezone(settings.COMPANY_TIME_ZONE).date()
    lifecycle.follow_rules(customer_ids=None, now=now, today=today)
