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
