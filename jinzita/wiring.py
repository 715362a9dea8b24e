"""Every invisible arrow on one page: which event makes which job run, and the timetable."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued

from jinzita.kernel import jobs, outbox
from jinzita.kernel.events import react

# More customers than this in one piece of news are not re-scored one by one: their models are run instead.
MANY = 2_000
# Priority of somebody's own entry over what waits in bulk.
FIRST = 10
SOON_SECONDS = 30
# The hour from which a new week's lists are made, after the night's scores.
WEEKLY_FROM = 7


def register(app: App) -> None:
    """Called once when Django is ready."""
    from jinzita.activities.events import InteractionsRecorded
    from jinzita.agreements.events import TransactionsRecorded
    from jinzita.customers.events import (
        ChangesUndone,
        ClassificationChanged,
        CustomersChanged,
        CustomersMerged,
        CustomersParted,
        CustomersTrashed,
    )
    from jinzita.integration import events as integration
    from jinzita.people.events import UserMoved
    from jinzita.receivables.events import InvoicesRecorded, ReceiptsRecorded
    from jinzita.sales.events import OpportunitiesRecorded
    from jinzita.value import events as value

    react(UserMoved, _move_customers)
    react(TransactionsRecorded, _rescore("transaction"))
    react(ReceiptsRecorded, _rescore("receipt"))
    react(InvoicesRecorded, _rescore("invoice"))
    react(InteractionsRecorded, _rescore("interaction"))
    _register_looks()
    react(OpportunitiesRecorded, _rescore("opportunity"))
    react(CustomersChanged, _rescore("customer"))
    _register_quality()
    _register_duties()
    react(CustomersMerged, _gather_strays)
    react(ChangesUndone, _rescore_undone)
    react(CustomersChanged, _classify)
    react(CustomersTrashed, _rescore("customer"))
    react(integration.ImportFinished, _rescore_imported)
    react(integration.ImportFinished, _look_for_imported_doubles)
    react(integration.ImportFinished, _classify_imported)
    react(ClassificationChanged, _classify_by_new_rules)
    _register_stages()
    react(CustomersMerged, _settle_overrides)
    react(CustomersParted, _settle_overrides)
    react(integration.ImportRequested, lambda news: outbox.defer("integration.import", queue="long", **news))
    react(integration.DemoRequested, lambda news: outbox.defer("integration.demo", queue="long", **news))
    react(value.RunRequested, lambda news: outbox.defer("value.run", queue="long", run_id=news["run_id"]))
    react(value.RunFinished, _follow_run)
    react(value.ModelPublished, _run_published)
    _register_webhooks()
    _register_erasure()

    app.periodic(cron="* * * * *", periodic_id="minute")(
        app.task(name="wiring.minute", queue="default", queueing_lock="minute", pass_context=True)(_minute)
    )
    for task in app.tasks.values():
        task.retry_strategy = task.retry_strategy or outbox.AgainWhenLineIsLost()


def _register_erasure() -> None:
    """What is known of an erased customer is worked out anew, from what is left."""
    from jinzita.customers.events import CustomersErased

    react(CustomersErased, _rescore("customer"))
    react(CustomersErased, _rate_records)
    react(CustomersErased, _classify)
    react(CustomersErased, _announce("customer.erased"))


def _register_stages() -> None:
    """What may move a customer's stage of life by the rules."""
    from jinzita.activities.events import InteractionsRecorded
    from jinzita.agreements.events import TransactionsRecorded
    from jinzita.customers.events import CustomersChanged, CustomersParted, StageRulesChanged
    from jinzita.integration.events import ImportFinished
    from jinzita.sales.events import OpportunitiesRecorded

    react(TransactionsRecorded, _follow_stage_rules)
    react(InteractionsRecorded, _follow_stage_rules)
    react(OpportunitiesRecorded, _follow_stage_rules)
    react(CustomersChanged, _follow_stage_rules)
    react(CustomersParted, _follow_stage_rules)
    react(ImportFinished, _follow_stage_rules)
    react(StageRulesChanged, lambda news: _follow_stage_rules({"customer_ids": [], "many": True}))


def _register_webhooks() -> None:
    """What other systems that asked for it are told."""
    from jinzita.activities.events import InteractionsRecorded
    from jinzita.agreements.events import TransactionsRecorded
    from jinzita.customers import events as customers
    from jinzita.integration.events import ImportFinished
    from jinzita.receivables.events import InvoicesRecorded, ReceiptsRecorded
    from jinzita.sales.events import OpportunitiesRecorded
    from jinzita.value import events as value

    react(customers.CustomersChanged, _announce_customers)
    react(customers.CustomersTrashed, _announce("customer.deleted"))
    react(customers.CustomersMerged, _announce("customer.merged"))
    react(customers.OwnersChanged, _announce("customer.owner_changed"))
    react(customers.StageChanged, _announce("customer.stage_changed"))
    react(value.GradeChanged, _announce("customer.grade_changed"))
    react(value.ScoreChanged, _announce("customer.score_changed"))
    react(TransactionsRecorded, _announce("transaction.recorded"))
    react(InvoicesRecorded, _announce("invoice.recorded"))
    react(ReceiptsRecorded, _announce("receipt.recorded"))
    react(InteractionsRecorded, _announce("interaction.recorded"))
    react(OpportunitiesRecorded, _announce("opportunity.recorded"))
    react(ImportFinished, _announce("import.finished"))
    react(value.RunFinished, _announce("run.finished"))


def _register_quality() -> None:
    from jinzita.activities.events import InteractionsRecorded
    from jinzita.customers.events import ContactsChanged, CustomersChanged, CustomersEdited, StageChanged
    from jinzita.integration.events import ImportFinished
    from jinzita.quality.events import QualityPolicyPublished, RatingWanted, WeeklyListsWanted

    react(
        QualityPolicyPublished, lambda news: outbox.defer("quality.rate_all", queue="long", once="rate_all")
    )
    react(WeeklyListsWanted, lambda news: outbox.defer("quality.weekly", queue="long", **news))
    react(RatingWanted, lambda news: outbox.defer("quality.rate_all", queue="long", **news))
    for edited in (CustomersChanged, CustomersEdited, ContactsChanged, InteractionsRecorded, StageChanged):
        react(edited, _rate_records)
    react(ImportFinished, _rate_imported_records)


def _register_duties() -> None:
    """What may keep, open or end the duties to a customer."""
    from jinzita.activities.events import InteractionsRecorded
    from jinzita.customers import events as customers
    from jinzita.integration.events import ImportFinished
    from jinzita.treatment.events import TreatmentPublished
    from jinzita.value.events import GradeChanged, RunFinished

    for told in (
        InteractionsRecorded, customers.CustomersChanged, customers.CustomersTrashed, customers.OwnersChanged,
        customers.CustomersParted, customers.CustomersMerged, customers.ChangesUndone, ImportFinished,
        GradeChanged,
    ):  # fmt: skip
        react(told, _settle_duties)
    react(RunFinished, lambda news: _settle_all_duties() if news["in_force"] else None)
    react(TreatmentPublished, lambda news: _settle_all_duties())


def _settle_duties(news: dict[str, Any]) -> None:
    """The duties to the customers of this news are judged again, at once when they are few."""
    ids = set(news.get("customer_ids") or [])
    ids |= {news[name] for name in ("customer_id", "survivor_id") if name in news}
    if len(ids) > MANY or news.get("many"):
        outbox.defer("treatment.settle_all", queue="long", once="settle_all_again", again=True)
    elif ids:
        outbox.defer("treatment.settle", queue="live", customer_ids=sorted(ids))


def _settle_all_duties() -> None:
    outbox.defer("treatment.settle_all", queue="long", once="settle_all")


def _announce(code: str) -> Callable[[dict[str, Any]], None]:
    """A reaction: other systems that asked for it are told."""

    def reaction(news: dict[str, Any]) -> None:
        from jinzita.integration.services import webhooks

        webhooks.announce(event=code, data={name: value for name, value in news.items() if name != "late"})

    return reaction


def _announce_customers(news: dict[str, Any]) -> None:
    code = "customer.created" if news["made"] else "customer.changed"
    _announce(code)({"customer_ids": news["customer_ids"]})


def _move_customers(news: dict[str, Any]) -> None:
    outbox.defer("customers.follow_owner", queue="live", owner_id=news["user_id"])


def _gather_strays(news: dict[str, Any]) -> None:
    """Soon, when whoever had looked a merged customer up just before has written."""
    outbox.defer(
        "customers.gather_strays", queue="default", in_seconds=SOON_SECONDS, customer_ids=news["customer_ids"]
    )


def _settle_overrides(news: dict[str, Any]) -> None:
    """A merged customer's overridden grade is the survivor's, and goes back with it."""
    ids = [news["survivor_id"], *news["customer_ids"]]
    outbox.defer("value.settle_overrides", queue="live", customer_ids=ids)


def _register_looks() -> None:
    from jinzita.activities.events import InteractionsRecorded
    from jinzita.agreements.events import TransactionsRecorded
    from jinzita.customers.events import CustomersChanged, CustomersTrashed
    from jinzita.quality.events import DuplicatesWanted

    react(InteractionsRecorded, _look_at_warnings)
    react(TransactionsRecorded, _look_at_warnings)
    react(CustomersChanged, _look_for_doubles)
    react(CustomersTrashed, _look_for_doubles)
    react(DuplicatesWanted, lambda news: outbox.defer("quality.find_duplicates", queue="long", **news))


def _look_at_warnings(news: dict[str, Any]) -> None:
    """Contacts and deals keep customers from falling back to the pool."""
    if 0 < len(news["customer_ids"]) <= MANY:
        outbox.defer("customers.look_at_warnings", queue="default", customer_ids=news["customer_ids"])


def _rescore(cause: str) -> Callable[[dict[str, Any]], None]:
    """A reaction: the customers of this news are scored anew, at once."""

    def reaction(news: dict[str, Any]) -> None:
        ids = news["customer_ids"]
        if len(ids) > MANY:
            outbox.defer("value.run_touched", queue="long", once="run_touched", sources=None)
        elif ids:
            outbox.defer("value.rescore", queue="live", priority=FIRST, customer_ids=ids, cause=cause)

    return reaction


def _look_for_doubles(news: dict[str, Any]) -> None:
    """New and changed customers are compared with those there are; very many, all with all."""
    ids = news["customer_ids"]
    if len(ids) > MANY:
        outbox.defer("quality.find_duplicates", queue="long", once="find_duplicates")
    elif ids:
        outbox.defer("quality.check_customers", queue="default", customer_ids=ids)


def _look_for_imported_doubles(news: dict[str, Any]) -> None:
    if news["kind"] != "customers":
        return
    if news["many"]:
        outbox.defer("quality.find_duplicates", queue="long", once="find_duplicates")
    else:
        _look_for_doubles(news)


def _rate_records(news: dict[str, Any]) -> None:
    """How well the records of changed customers are kept is told anew."""
    ids = news["customer_ids"]
    if len(ids) > MANY:
        outbox.defer("quality.rate_all", queue="long", once="rate_all")
    elif ids:
        outbox.defer("quality.rate", queue="default", customer_ids=ids)


def _rate_imported_records(news: dict[str, Any]) -> None:
    if news["many"]:
        outbox.defer("quality.rate_all", queue="long", once="rate_all")
    else:
        _rate_records(news)


def _classify(news: dict[str, Any]) -> None:
    """The rules of the classification are asked again for changed customers, at once when they are few."""
    ids = news["customer_ids"]
    if len(ids) > MANY:
        outbox.defer("customers.classify_all", queue="long", once="classify_all")
    elif ids:
        outbox.defer("customers.classify", queue="live", customer_ids=ids)


def _follow_stage_rules(news: dict[str, Any]) -> None:
    """The rules of the lifecycle are asked again for these customers, at once when they are few."""
    ids = news["customer_ids"]
    if len(ids) > MANY or news.get("many"):
        outbox.defer("customers.follow_all_stage_rules", queue="long", once="follow_all_stage_rules")
    elif ids:
        outbox.defer("customers.follow_stage_rules", queue="live", customer_ids=ids)


def _classify_imported(news: dict[str, Any]) -> None:
    if news["many"]:
        outbox.defer("customers.classify_all", queue="long", once="classify_all")
    else:
        _classify(news)


def _classify_by_new_rules(news: dict[str, Any]) -> None:
    dimension_id = news["dimension_id"]
    outbox.defer(
        "customers.classify_all", queue="long", once=f"classify_all {dimension_id}", dimension_id=dimension_id
    )


def _rescore_imported(news: dict[str, Any]) -> None:
    """A file touched few customers: these are scored anew; or many: the models that grade them are run."""
    if news["many"]:
        outbox.defer(
            "value.run_touched", queue="long", once=f"run_touched {news['sources']}", sources=news["sources"]
        )
    else:
        _rescore("import")(news)


def _rescore_undone(news: dict[str, Any]) -> None:
    """Facts that an import had brought are gone again, or as they were."""
    if news["many"]:
        outbox.defer("value.run_touched", queue="long", once="run_touched", sources=None)
    else:
        _rescore("undo")(news)


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


async def _minute(context: Any, timestamp: int) -> None:
    """The timetable, asked every minute so that it follows the company's clock through summer time."""
    now = datetime.fromtimestamp(timestamp, settings.COMPANY_TIME_ZONE)
    await _defer_once(context.app, "value.warm_up", "live")
    await _defer_once(context.app, "people.minute", "default")
    if now.minute == 0:
        await _defer_once(context.app, "treatment.hourly", "default")
        # Each Monday morning; what a house that was closed then missed is made when it opens.
        if now.hour >= WEEKLY_FROM:
            await _defer_once(context.app, "quality.weekly", "long")
    # What a killed worker was doing goes on elsewhere; only what does not is called failed, a minute later.
    if not await outbox.take_up(context.app):
        await _defer_once(context.app, "value.tidy", "default")
        await _defer_once(context.app, "integration.tidy", "default")
        await _defer_once(context.app, "customers.tidy", "default")
        await sync_to_async(jobs.fail_forgotten)(now=now)
    if f"{now:%H:%M}" == settings.NIGHTLY_AT:
        await _defer_once(context.app, "value.nightly", "long")
        await _defer_once(context.app, "customers.classify_all", "long")
        await _defer_once(context.app, "customers.follow_all_stage_rules", "long")
        await _defer_once(context.app, "quality.rate_all", "long")
        await _defer_once(context.app, "customers.pool_nightly", "long")
        await _defer_once(context.app, "customers.look_for_overdue", "long")
        await _defer_once(context.app, "treatment.nightly", "long")
        await _defer_once(context.app, "people.ratings_nightly", "default")
        await _defer_once(context.app, "customers.clean_files", "default")


async def _defer_once(app: App, task: str, queue: str) -> None:
    with suppress(AlreadyEnqueued):
        await app.configure_task(task, queue=queue, queueing_lock=task).defer_async()
