"""What customers do without a person."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from jinzita.customers import services
from jinzita.kernel.access import system


@app.task(name="customers.follow_owner", queue="live")
def follow_owner(owner_id: int) -> None:
    """The owner moved: the customers' department follows."""
    close_old_connections()
    services.follow_owner(by=system("worker"), owner_id=owner_id)


@app.task(name="customers.gather_strays", queue="default")
def gather_strays(customer_ids: list[int]) -> None:
    """What was being written for customers while they were merged follows them."""
    close_old_connections()
    services.merging.gather_strays(by=system("worker"), what="customer", ids=customer_ids)
