"""Runs: what was scored when, by which version, and what it learned."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from jinzita.analytics.runs import RESULT_FILE
from jinzita.analytics.scoring import Fitted
from jinzita.analytics.value_model import ValueModel as Model
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, NotFound
from jinzita.value.models import Run
from jinzita.value.selectors.documents import read_published

# Read for nearly nothing: lists and re-scores do without them.
HEAVY = ("fitted", "summary")


@dataclass(frozen=True)
class Learned:
    """A finished run as re-scoring needs it: the model it scored by and the scales it fitted."""

    run_id: int
    model_id: int
    as_of: date
    model: Model
    fitted: Fitted


def runs(viewer: Viewer, model_id: int | None = None) -> QuerySet[Run]:
    """Runs, newest first."""
    viewer.require(Permission.READ)
    found = Run.objects.select_related("version", "model__current_version", "requested_by", "job").defer(
        *HEAVY
    )
    if model_id is not None:
        found = found.filter(model_id=model_id)
    return found.order_by("-id")


def page(
    viewer: Viewer, *, model_id: int | None = None, limit: int = 50, before: int | None = None
) -> tuple[list[Run], str | None]:
    """Runs with an id below `before`, newest first, and the cursor of the next page."""
    rows = runs(viewer, model_id)
    found = list((rows.filter(pk__lt=before) if before else rows)[: limit + 1])
    return found[:limit], str(found[limit - 1].pk) if len(found) > limit else None


def in_force(viewer: Viewer) -> dict[int, Run]:
    """The runs whose results are the customers' present scores, by model id."""
    viewer.require(Permission.READ)
    return {one.model_id: one for one in Run.objects.filter(in_force=True).defer(*HEAVY)}


def run(viewer: Viewer, run_id: int) -> Run:
    """One run with all it learned."""
    viewer.require(Permission.READ)
    found = Run.objects.select_related("version", "model__current_version", "requested_by", "job")
    one = found.filter(pk=run_id).first()
    if one is None:
        raise NotFound(f"There is no run {run_id}.")
    return one


def finished_run(viewer: Viewer, model_id: int, run_id: int | None) -> Run:
    """A finished run of a model; None means the one in force.

    Raises NotFound, and Conflict when the run has no results.
    """
    if run_id is None:
        viewer.require(Permission.READ)
        one = Run.objects.filter(model_id=model_id, in_force=True).select_related("version", "model").first()
        if one is None:
            raise NotFound("This value model has not been run yet. Start a run, and its pyramid appears.")
        return one
    one = run(viewer, run_id)
    if one.model_id != model_id:
        raise NotFound(f"Run {run_id} is not one of this value model.")
    if one.state != Run.State.DONE:
        raise Conflict(f"Run {run_id} has no results: it is {one.get_state_display().lower()}.")
    return one


def earlier_run(one: Run) -> Run | None:
    """The run whose results were in force before this one: the last finished one that took force."""
    before = Run.objects.filter(model_id=one.model_id, state=Run.State.DONE, takes_force=True, pk__lt=one.pk)
    return before.order_by("-pk").first()


def result_folder(run_id: int) -> Path:
    """Where the full results of a run lie."""
    folder: Path = settings.LAKE_FOLDER / "results" / f"run={run_id}"
    return folder


def result_file(one: Run) -> Path:
    """The Parquet file of a run's results. Raises Conflict when it was swept up or lost."""
    path = result_folder(one.pk) / RESULT_FILE
    if not path.exists():
        raise Conflict(
            f"The full results of run {one.pk} are not kept any more. Repeat the run to have them again.",
            code="results_gone",
        )
    return path


@lru_cache(maxsize=16)
def learned(run_id: int) -> Learned:
    """What a finished run learned; it never changes, so each process reads it once."""
    one = Run.objects.select_related("version").get(pk=run_id)
    assert one.as_of is not None
    return Learned(
        one.pk, one.model_id, one.as_of, read_published(one.version.toml), Fitted.from_dict(one.fitted)
    )
