"""What follows for customers: departments, classification, stages, what a merge left behind."""

from typing import Any

from jinzita.activities.events import InteractionsRecorded
from jinzita.agreements.events import TransactionsRecorded
from jinzita.customers.events import (
    ClassificationChanged,
    CustomersChanged,
    CustomersErased,
    CustomersMerged,
    CustomersParted,
    StageRulesChanged,
)
from jinzita.kernel import outbox
from jinzita.kernel.events import react
from jinzita.people.events import UserDeactivated, UserMoved
from jinzita.sales.events import OpportunitiesRecorded
from jinzita.wiring.deferring import few_or_all

SOON_SECONDS = 30

classify = few_or_all("customers.classify", "customers.classify_all", queue="live")
follow_stage_rules = few_or_all(
    "customers.follow_stage_rules", "customers.follow_all_stage_rules", queue="live"
)


def register() -> None:
    react(UserMoved, _move_customers)
    react(UserDeactivated, _leave_teams)
    react(CustomersMerged, _gather_strays)
    react(CustomersChanged, classify)
    react(CustomersErased, classify)
    react(ClassificationChanged, _classify_by_new_rules)
    for told in (
        TransactionsRecorded, InteractionsRecorded, OpportunitiesRecorded, CustomersChanged, CustomersParted,
    ):  # fmt: skip
        react(told, follow_stage_rules)
    react(StageRulesChanged, lambda news: follow_stage_rules({"many": True}))


def _move_customers(news: dict[str, Any]) -> None:
    outbox.defer("customers.follow_owner", queue="live", owner_id=news["user_id"])


def _leave_teams(news: dict[str, Any]) -> None:
    outbox.defer("customers.leave_teams", queue="live", user_id=news["user_id"])


def _gather_strays(news: dict[str, Any]) -> None:
    """Soon, when whoever had looked a merged customer up just before has written."""
    outbox.defer(
        "customers.gather_strays", queue="default", in_seconds=SOON_SECONDS, customer_ids=news["customer_ids"]
    )


def _classify_by_new_rules(news: dict[str, Any]) -> None:
    dimension_id = news["dimension_id"]
    outbox.defer(
        "customers.classify_all", queue="long", once=f"classify_all {dimension_id}", dimension_id=dimension_id
    )
