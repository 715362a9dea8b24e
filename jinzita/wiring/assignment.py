"""What keeps customers from falling back to the pool."""

from typing import Any

from jinzita.activities.events import InteractionsRecorded
from jinzita.agreements.events import TransactionsRecorded
from jinzita.customers.events import OwnersChanged
from jinzita.kernel import outbox
from jinzita.kernel.events import react
from jinzita.wiring.deferring import MANY


def register() -> None:
    for told in (InteractionsRecorded, TransactionsRecorded, OwnersChanged):
        react(told, _look_at_warnings)


def _look_at_warnings(news: dict[str, Any]) -> None:
    """Of more customers than these the night knows."""
    if 0 < len(news["customer_ids"]) <= MANY:
        outbox.defer("assignment.look_at_warnings", queue="default", customer_ids=news["customer_ids"])
