"""Full runs: asked for, performed by the worker, one at a time per model."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from jinzita.analytics.facts import Facts, last_day
from jinzita.analytics.runs import FullRun, score_all
from jinzita.analytics.value_model import ValueModel as Model
from jinzita.kernel import audit, jobs, warehouse
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid, JinzitaError, Unexpected
from jinzita.kernel.events import publish
from jinzita.kernel.models import Job
from jinzita.kernel.stream import Audience, tell
from jinzita.value.events import RunFinished, RunRequested
from jinzita.value.models import ModelVersion, Run, ValueModel
from jinzita.value.selectors.documents import earlier_populations, read_published, said_plainly
from jinzita.value.selectors.engine import all_facts, open_engine
from jinzita.value.selectors.models import current_document, has_customers, value_model
from jinzita.value.selectors.runs import result_folder, run
from jinzita.value.services.results import prepare_scores, put_in_force, sweep_up
from jinzita.value.services.summary import summarise

KIND = "run"
# Full results kept per model; older runs keep their summary and can be repeated.
KEPT_RESULTS = 30
HEARTBEAT_SECONDS = 15
KILLED = Conflict(
    "The worker stopped in the middle of this run. The former results stay in force; start it again.",
    code="worker_gone",
)
# What part of a run's progress each step takes: the export of the facts, the scoring, the writing.
LAKE, SCORED, PREPARED = 0.3, 0.75, 0.9
Watch = Callable[[float, str], None]
log = logging.getLogger(__name__)


@transaction.atomic
def start_run(
    *, by: Viewer, model_id: int, today: date, as_of: date | None = None, repeats: Run | None = None,
    here: bool = False,
) -> Run:  # fmt: skip
    """A waiting run of a model's current version (or, to repeat one, of that run's version and day).

    `today` is the company's day. Without `as_of` the run is dated as the model says: today, or the last day
    in the data. A worker performs it, unless the caller does so itself (`here`).
    Raises Conflict while one is open.
    """
    by.require(Permission.RUN_SCORING)
    model = value_model(by, model_id)
    if as_of is not None and not date(1900, 1, 1) <= as_of <= today:
        message = f"The day of a run lies between 1900-01-01 and {today}."
        raise Invalid.at("as_of", "out_of_range", message, low="1900-01-01", high=today.isoformat())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('start a run'), %s)", [model.pk])
    fail_silent_runs(now=datetime.now(UTC))
    if Run.objects.filter(model=model, state__in=Run.OPEN).exists():
        raise Conflict("A run of this value model is already under way.", code="already_running")
    version = repeats.version if repeats else model.current_version
    assert version is not None
    if as_of is None and current_document(model).as_of == "today":
        as_of, dated = today, False
    else:
        dated = as_of is not None
    one = Run.objects.create(
        model=model, version=version, repeats=repeats, as_of=as_of, requested_by_id=by.user_id,
        job=jobs.begin(kind=KIND, by=by, total=1000),
        takes_force=_takes_force(model, version, as_of if dated else None),
    )  # fmt: skip
    audit.record(
        by=by, action="start", subject_type="run", subject_id=one.pk,
        changes={"model": model.code, "version": version.number, "as_of": as_of},
    )  # fmt: skip
    if not here:
        publish(RunRequested(run_id=one.pk, model_id=model.pk))
    one = run(by, one.pk)
    show(one)
    return one


def start_published(*, by: Viewer, model_id: int, today: date) -> bool | None:
    """Start a run by a model's current version when the present results are by another one.

    None = nothing to do: no customers, or a run by this version is done or open. False = a run by another
    version is under way; ask again.
    """
    by.require(Permission.RUN_SCORING)
    model = next((one for one in _published() if one.pk == model_id), None)
    if model is None or not with_customers([model]):
        return None
    runs = Run.objects.filter(model=model, version_id=model.current_version_id)
    if runs.filter(Q(in_force=True) | Q(state__in=Run.OPEN)).exists():
        return None
    try:
        start_run(by=by, model_id=model_id, today=today)
    except Conflict:
        return False
    return True


def repeat_run(*, by: Viewer, run_id: int, today: date) -> Run:
    """A new run by the version and the day of an earlier one."""
    by.require(Permission.RUN_SCORING)
    former = run(by, run_id)
    if former.as_of is None:
        raise Conflict("This run never got as far as having a day; start a new one instead.")
    return start_run(by=by, model_id=former.model_id, today=today, as_of=former.as_of, repeats=former)


def _takes_force(model: ValueModel, version: ModelVersion, as_of: date | None) -> bool:
    """A run of a chosen day that lies before the present results, or by an old version, is only looked at."""
    if version.pk != model.current_version_id:
        return False
    present = Run.objects.filter(model=model, in_force=True).values_list("as_of", flat=True).first()
    return as_of is None or present is None or as_of >= present


def perform_run(run_id: int, *, today: date, watch: Watch | None = None) -> Run:
    """Do a waiting run: export the facts, score everybody, put the results in force. For the worker.

    Whatever goes wrong, and a kill too, leaves the former results in force. `watch` is told the share done
    and the step.
    """
    one = Run.objects.select_related("version", "model").get(pk=run_id)
    waiting = Run.objects.filter(pk=run_id, state=Run.State.WAITING)
    if one.job_id is None or not waiting.update(state=Run.State.RUNNING, started_at=datetime.now(UTC)):
        return one
    show(run_by_id(run_id))

    def work(progress: jobs.Progress) -> dict[str, Any]:
        try:
            with said_plainly():
                _Performance(one, progress, today, watch).perform()
        except jobs.Cancelled:
            _close(run_id, Run.State.CANCELLED)
            raise
        except Exception as error:
            known = error if isinstance(error, JinzitaError) else Unexpected(error)
            _close(run_id, Run.State.FAILED, error=known)
            raise
        return {"run_id": run_id}

    with _heartbeat(one.job_id):
        job = jobs.perform(one.job_id, work)
    if job.state == Job.State.CANCELLED:  # cancelled while it waited
        _close(run_id, Run.State.CANCELLED)
    return run_by_id(run_id)


def fail_silent_runs(*, now: datetime) -> None:
    """Close runs whose worker was killed, so that the next can start."""
    for job in jobs.silent(KIND, now=now):
        jobs.fail(job, KILLED)
    stopped = Run.objects.filter(state__in=Run.OPEN, job__state__in=[Job.State.FAILED, Job.State.CANCELLED])
    for run_id, state in list(stopped.values_list("pk", "job__state")):
        _close(run_id, Run.State(state), error=KILLED if state == Job.State.FAILED else None)


def models_to_run() -> list[int]:
    """The models a nightly run scores again.

    Those dated today, and closed sets with facts or a version not run yet; a model without customers is none.
    """
    system_models = ValueModel.objects.filter(current_version__isnull=False).select_related("current_version")
    written = warehouse.is_behind()
    due = []
    for model in with_customers(list(system_models.order_by("priority"))):
        present = Run.objects.filter(model=model, in_force=True).first()
        changed = present is None or present.version_id != model.current_version_id
        if current_document(model).as_of == "today" or written or changed:
            due.append(model.pk)
    return due


def with_customers(models: list[ValueModel]) -> list[ValueModel]:
    """Those of the models that grade anybody; the results of the others are no longer in force."""
    found = [model for model in models if has_customers(model)]
    empty = {model.pk for model in models} - {model.pk for model in found}
    with transaction.atomic():
        for one in Run.objects.filter(model__in=empty, in_force=True):
            Run.objects.filter(pk=one.pk).update(in_force=False)
            show(run_by_id(one.pk))
    return found


def show(one: Run) -> None:
    """Tell open pages how a run is doing."""
    data = {
        "id": one.pk, "model_id": one.model_id, "state": one.state, "job_id": one.job_id,
        "as_of": one.as_of and one.as_of.isoformat(), "in_force": one.in_force, "error": one.error[:500],
    }  # fmt: skip
    tell("run", data, audience=Audience(everybody=True))


def run_by_id(run_id: int) -> Run:
    return Run.objects.select_related("version", "model__current_version", "requested_by", "job").get(
        pk=run_id
    )


def _close(run_id: int, state: Run.State, *, error: JinzitaError | None = None) -> None:
    with transaction.atomic():
        closed = Run.objects.filter(pk=run_id, state__in=Run.OPEN).update(
            state=state,
            error=error.message if error else "",
            failure=error and error.as_json(),
            finished_at=datetime.now(UTC),
        )
        if closed:
            show(run_by_id(run_id))
    shutil.rmtree(result_folder(run_id), ignore_errors=True)


@dataclass
class _Performance:
    """One run being done."""

    run: Run
    progress: jobs.Progress
    today: date
    watch: Watch | None

    def perform(self) -> None:
        since = _database_now()
        self.tell(0.0, "lake")
        warehouse.bring_up_to_date(lambda share: self.tell(LAKE * share, "lake"))
        model = read_published(self.run.version.toml)
        scored = self.score(model)
        self.run.as_of = scored.as_of
        Run.objects.filter(pk=self.run.pk).update(as_of=scored.as_of)
        self.tell(SCORED, "summary")
        summary = summarise(self.run, model, scored)
        seconds = dict(scored.seconds)
        if self.run.takes_force:
            self.tell(SCORED, "results")
            prepare_scores(self.run.pk, scored.as_of, scored.result, model, scored.fitted)
            self.tell(PREPARED, "in_force")
        self.finish(scored, summary, seconds, since)
        sweep_up(self.run.model_id)
        _sweep_files(self.run.model_id)

    def score(self, model: Model) -> FullRun:
        earlier = earlier_populations(
            [(one.priority, current_document(one)) for one in _published()], self.run.model.priority
        )
        with open_engine() as engine:
            facts = all_facts(engine, [model.population, *earlier], today=self.today)
            return score_all(
                engine, facts, model,
                as_of=self.run.as_of or self._day_of_data(facts.limited_to(model.population, earlier)),
                time_zone=settings.COMPANY_TIME_ZONE.key,
                out_dir=result_folder(self.run.pk),
                progress=lambda share, step: self.tell(LAKE + (SCORED - LAKE) * share, step),
                before=earlier,
            )  # fmt: skip

    def _day_of_data(self, facts: Facts) -> date:
        return min(last_day(facts, settings.COMPANY_TIME_ZONE.key) or self.today, self.today)

    def finish(
        self, scored: FullRun, summary: dict[str, Any], seconds: dict[str, Any], since: datetime
    ) -> None:
        def note() -> None:
            now = _database_now()
            seconds["run"] = round((now - since).total_seconds(), 3)
            Run.objects.filter(pk=self.run.pk).update(
                state=Run.State.DONE, in_force=self.run.takes_force, fitted=scored.fitted.to_dict(),
                counts=scored.counts, seconds=seconds, summary=summary, finished_at=now,
            )  # fmt: skip
            show(run_by_id(self.run.pk))

        with transaction.atomic():
            late: list[int] = []
            if self.run.takes_force:
                late = put_in_force(self.run, scored.result, since=since, finish=note)
            else:
                note()
            publish(
                RunFinished(
                    run_id=self.run.pk,
                    model_id=self.run.model_id,
                    as_of=scored.as_of.isoformat(),
                    in_force=self.run.takes_force,
                    moved=summary.get("moved", 0),
                    late=late,
                )
            )

    def tell(self, share: float, step: str) -> None:
        self.progress(int(1000 * share), 1000, step)
        if self.watch:
            self.watch(share, step)


@contextmanager
def _heartbeat(job_id: int) -> Iterator[None]:
    """Let the job be heard of while one step takes longer than the patience for silent workers."""
    ended = threading.Event()

    def beat() -> None:
        try:
            while not ended.wait(HEARTBEAT_SECONDS):
                Job.objects.filter(pk=job_id).update(heartbeat_at=datetime.now(UTC))
        finally:
            connection.close()

    beating = threading.Thread(target=beat, name=f"heartbeat of job {job_id}", daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()


def _published() -> list[ValueModel]:
    return list(ValueModel.objects.filter(current_version__isnull=False).select_related("current_version"))


def _database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def _sweep_files(model_id: int) -> None:
    """Remove full results beyond the newest, and those of runs that are gone."""
    kept = (
        Run.objects.filter(model_id=model_id, state=Run.State.DONE)
        .order_by("-pk")
        .values_list("pk", flat=True)
    )
    for run_id in list(kept[KEPT_RESULTS:]):
        shutil.rmtree(result_folder(run_id), ignore_errors=True)
