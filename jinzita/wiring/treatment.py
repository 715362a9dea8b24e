"""What may keep, open or end the duties to a customer."""

from typing import Any

from jinzita.activities.events import InteractionsRecorded
from jinzita.customers import events as customers
from jinzita.kernel import outbox
from jinzita.kernel.events import react
from jinzita.treatment.events import TreatmentPublished
from jinzita.value.events import GradeChanged, RunFinished
from jinzita.wiring.deferring import are_many, customers_of


def register() -> None:
    for told in (
        InteractionsRecorded, customers.CustomersChanged, customers.CustomersTrashed, customers.OwnersChanged,
        customers.CustomersParted, customers.CustomersMerged, customers.ChangesUndone, GradeChanged,
    ):  # fmt: skip
        react(told, settle)
    react(RunFinished, lambda news: _settle_all() if news["in_force"] else None)
    react(TreatmentPublished, lambda news: _settle_all())


def settle(news: dict[str, Any]) -> None:
    """The duties to the customers of this news are judged again, at once when they are few."""
    if are_many(news):
        outbox.defer("treatment.settle_all", queue="long", once="settle_all_again", again=True)
    elif ids := customers_of(news):
        outbox.defer("treatment.settle", queue="live", customer_ids=ids)


def _settle_all() -> None:
    outbox.defer("treatment.settle_all", queue="long", once="settle_all")
