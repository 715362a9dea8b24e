"""What moves scores: facts, customers, published models, runs."""

from typing import Any

from jinzita.activities.events import InteractionsRecorded
from jinzita.agreements.events import TransactionsRecorded
from jinzita.customers.events import (
    ChangesUndone,
    ClassesChanged,
    ContactsChanged,
    CustomersChanged,
    CustomersErased,
    CustomersMerged,
    CustomersParted,
    CustomersTrashed,
)
from jinzita.kernel import outbox
from jinzita.kernel.events import react
from jinzita.receivables.events import InvoicesRecorded, ReceiptsRecorded
from jinzita.sales.events import OpportunitiesRecorded
from jinzita.value.events import ModelPublished, RunFinished, RunRequested
from jinzita.wiring.deferring import MANY, Reaction, are_many

# Priority of somebody's own entry over what waits in bulk.
FIRST = 10


def register() -> None:
    react(TransactionsRecorded, rescore("transaction"))
    react(ReceiptsRecorded, rescore("receipt"))
    react(InvoicesRecorded, rescore("invoice"))
    react(InteractionsRecorded, rescore("interaction"))
    react(OpportunitiesRecorded, rescore("opportunity"))
    react(CustomersChanged, rescore("customer"))
    react(CustomersTrashed, rescore("customer"))
    react(CustomersErased, rescore("customer"))
    react(ChangesUndone, rescore("undo"))
    react(ClassesChanged, choose_models("classes"))
    react(ContactsChanged, choose_models("contacts"))
    react(CustomersMerged, _settle_overrides)
    react(CustomersParted, _settle_overrides)
    react(RunRequested, lambda news: outbox.defer("value.run", queue="long", run_id=news["run_id"]))
    react(RunFinished, _follow_run)
    react(ModelPublished, _run_published)


def rescore(cause: str) -> Reaction:
    """A reaction: the customers of this news are scored anew, at once; of many, their models are run."""

    def reaction(news: dict[str, Any]) -> None:
        if are_many(news):
            sources = news.get("sources")
            once = f"run_touched {sources}" if sources else "run_touched"
            outbox.defer("value.run_touched", queue="long", once=once, sources=sources)
        elif ids := news["customer_ids"]:
            outbox.defer("value.rescore", queue="live", priority=FIRST, customer_ids=ids, cause=cause)

    return reaction


def choose_models(fact: str) -> Reaction:
    """A reaction: these customers may belong to another model now, when populations are chosen by `fact`."""

    def reaction(news: dict[str, Any]) -> None:
        if are_many(news):
            outbox.defer(
                "value.choose_models",
                queue="long",
                once=f"choose_models {fact}",
                fact=fact,
                customer_ids=None,
            )
        elif ids := news["customer_ids"]:
            outbox.defer("value.choose_models", queue="live", priority=FIRST, fact=fact, customer_ids=ids)

    return reaction


def _settle_overrides(news: dict[str, Any]) -> None:
    """A merged customer's overridden grade is the survivor's, and goes back with it."""
    ids = [news["survivor_id"], *news["customer_ids"]]
    outbox.defer("value.settle_overrides", queue="live", customer_ids=ids)


def _run_published(news: dict[str, Any]) -> None:
    """A new version comes into force by a run of it."""
    outbox.defer(
        "value.run_published", queue="default", once=f"run_published {news['model_id']}",
        model_id=news["model_id"],
    )  # fmt: skip


def _follow_run(news: dict[str, Any]) -> None:
    """Facts that arrived during a run count by its scales too; the next one finds the worker ready."""
    if news["in_force"]:
        outbox.defer("value.warm_up", queue="live", once="value.warm_up")
    ids = news["late"]
    for start in range(0, len(ids), MANY):
        outbox.defer("value.rescore", queue="live", customer_ids=ids[start : start + MANY], cause="late")
