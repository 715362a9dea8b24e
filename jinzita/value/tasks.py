"""What value does without a person: runs, re-scores, the nightly round."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jinzita.kernel import outbox
from jinzita.kernel.access import system
from jinzita.kernel.errors import Conflict
from jinzita.value import services
from jinzita.value.selectors.models import any_chosen_by, models_touching

# A re-score that meets a lock or a lost connection tries again, soon and then later.
PERSISTENT = RetryStrategy(max_attempts=6, exponential_wait=3)
WAIT_FOR_FIRST_RUN_SECONDS = 10
WAIT_FOR_FORMER_RUN_SECONDS = 15


@app.task(name="value.rescore", queue="live", retry=PERSISTENT)
def rescore(customer_ids: list[int], cause: str) -> None:
    """Score these customers anew, now."""
    close_old_connections()
    outcome = services.rescore(customer_ids=customer_ids, cause=cause, today=_today())
    if outcome.waiting:
        outbox.defer(
            "value.rescore", queue="live", in_seconds=WAIT_FOR_FIRST_RUN_SECONDS,
            customer_ids=list(outcome.waiting), cause=cause,
        )  # fmt: skip


@app.task(name="value.choose_models", queue="live", retry=PERSISTENT)
def choose_models(fact: str, customer_ids: list[int] | None) -> None:
    """These facts of customers (null: of many) changed, by which models may choose whom they grade."""
    close_old_connections()
    if any_chosen_by(fact):
        if customer_ids is None:
            run_touched(None)
        else:
            rescore(customer_ids, fact)


@app.task(name="value.warm_up", queue="live")
def warm_up() -> None:
    """Keep the worker ready, so that the first fact of a day is as fast as the next."""
    close_old_connections()
    services.warm_up(today=_today())


@app.task(name="value.run", queue="long")
def perform_run(run_id: int) -> None:
    """Perform a run somebody asked for."""
    close_old_connections()
    services.perform_run(run_id, today=_today())


@app.task(name="value.run_touched", queue="long")
def run_touched(sources: list[str] | None) -> None:
    """Score again every model that may grade customers of these sources (null: of any)."""
    close_old_connections()
    touched = models_touching(None if sources is None else set(sources))
    _run_models([model.pk for model in services.with_customers(touched)])


@app.task(name="value.run_published", queue="default")
def run_published(model_id: int) -> None:
    """Start a run of a model's new version, unless it grades nobody; a run of a former one is waited for."""
    close_old_connections()
    if services.start_published(by=system("publication"), model_id=model_id, today=_today()) is False:
        outbox.defer(
            "value.run_published", queue="default", in_seconds=WAIT_FOR_FORMER_RUN_SECONDS,
            once=f"run_published {model_id}", model_id=model_id,
        )  # fmt: skip


@app.task(name="value.nightly", queue="long")
def nightly() -> None:
    """The nightly round: every model that is due."""
    close_old_connections()
    _run_models(services.models_to_run())


@app.task(name="value.tidy", queue="default")
def tidy() -> None:
    """Close runs whose worker was killed, and end overrides whose last day is over."""
    close_old_connections()
    services.fail_silent_runs(now=datetime.now(UTC))
    services.end_due(now=datetime.now(UTC), today=_today())


@app.task(name="value.settle_overrides", queue="live", retry=PERSISTENT)
def settle_overrides(customer_ids: list[int]) -> None:
    """The grades of customers that were merged, or taken apart, follow their overrides."""
    close_old_connections()
    services.settle(customer_ids=customer_ids, today=_today())


def _run_models(model_ids: list[int]) -> None:
    for model_id in model_ids:
        try:
            one = services.start_run(by=system("timetable"), model_id=model_id, today=_today(), here=True)
        except Conflict:
            continue  # somebody's own run of it is under way
        services.perform_run(one.pk, today=_today())


def _today() -> date:
    return datetime.now(settings.COMPANY_TIME_ZONE).date()
