"""What other systems that asked for it are told."""

from typing import Any

from jinzita.activities.events import InteractionsRecorded
from jinzita.agreements.events import TransactionsRecorded
from jinzita.customers import events as customers
from jinzita.integration.events import ImportFinished
from jinzita.kernel.events import react
from jinzita.receivables.events import InvoicesRecorded, ReceiptsRecorded
from jinzita.sales.events import OpportunitiesRecorded
from jinzita.value import events as value
from jinzita.wiring.deferring import Reaction


def register() -> None:
    react(customers.CustomersChanged, _announce_customers)
    react(customers.CustomersTrashed, announce("customer.deleted"))
    react(customers.CustomersMerged, announce("customer.merged"))
    react(customers.CustomersErased, announce("customer.erased"))
    react(customers.OwnersChanged, announce("customer.owner_changed"))
    react(customers.StageChanged, announce("customer.stage_changed"))
    react(value.GradeChanged, announce("customer.grade_changed"))
    react(value.ScoreChanged, announce("customer.score_changed"))
    react(TransactionsRecorded, announce("transaction.recorded"))
    react(InvoicesRecorded, announce("invoice.recorded"))
    react(ReceiptsRecorded, announce("receipt.recorded"))
    react(InteractionsRecorded, announce("interaction.recorded"))
    react(OpportunitiesRecorded, announce("opportunity.recorded"))
    react(ImportFinished, announce("import.finished"))
    react(value.RunFinished, announce("run.finished"))


def announce(code: str) -> Reaction:
    """A reaction: other systems that asked for it are told."""

    def reaction(news: dict[str, Any]) -> None:
        from jinzita.integration.services import webhooks

        webhooks.announce(event=code, data={name: value for name, value in news.items() if name != "late"})

    return reaction


def _announce_customers(news: dict[str, Any]) -> None:
    code = "customer.created" if news["made"] else "customer.changed"
    announce(code)({"customer_ids": news["customer_ids"]})
