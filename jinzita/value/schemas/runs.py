"""Runs on the wire."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinzita.kernel.wire import Day, ErrorOut, Id, PageOut, Strict
from jinzita.value.models import Run
from jinzita.value.schemas.pyramid import TierOut
from jinzita.value.schemas.references import ModelRef, VersionRef, model_ref


class RunIn(Strict):
    model_id: Id
    as_of: Day | None = Field(
        None, description="Default: as the model says, today or the last day in the data"
    )


class RunOut(Schema):
    id: int
    model: ModelRef
    version: VersionRef
    as_of: date | None
    state: str = Field(description="waiting, running, done, failed or cancelled")
    in_force: bool = Field(description="Whether its results are the customers' present scores")
    takes_force: bool = Field(description="Whether they become so; a look at an earlier day does not")
    progress: float = Field(description="0 to 1")
    message: str = Field(
        description="The step it is at: lake, values, scales, scores, summary, results, in_force"
    )
    counts: dict[str, int]
    seconds: dict[str, float | None]
    started_at: datetime | None
    finished_at: datetime | None
    by: str | None
    job_id: int | None
    error: str | None
    failure: ErrorOut | None = Field(description="Why it failed, in the shape of an error")


class RunDetail(RunOut):
    grades: list[TierOut]
    scales: dict[str, Any] = Field(description="The fitted scale of each indicator")
    bounds: dict[str, Any] = Field(description="Where each grade begins")
    left_out: list[str] = Field(description="Indicators that said nothing")


class RunPage(PageOut):
    items: list[RunOut]


def run_out(run: Run) -> dict[str, Any]:
    job = run.job
    done = run.state == Run.State.DONE
    return {
        "id": run.pk, "model": model_ref(run.model),
        "version": {"id": run.version_id, "number": run.version.number},
        "as_of": run.as_of, "state": run.state, "in_force": run.in_force, "takes_force": run.takes_force,
        "progress": 1.0 if done else (job.progress / (job.total or 1000) if job else 0.0),
        "message": job.message if job and not done else "", "counts": run.counts, "seconds": run.seconds,
        "started_at": run.started_at, "finished_at": run.finished_at,
        "by": run.requested_by.shown_name if run.requested_by else None,
        "job_id": run.job_id, "error": run.error or None, "failure": run.failure,
    }  # fmt: skip


def run_detail(run: Run, grades: list[dict[str, Any]], kept: set[str]) -> dict[str, Any]:
    """A run with its scales but those `kept` from the viewer, by key."""
    scales = {key: scale for key, scale in run.fitted.get("scales", {}).items() if key not in kept}
    return {
        **run_out(run), "grades": grades, "scales": scales,
        "bounds": run.fitted.get("bounds", {}), "left_out": run.fitted.get("left_out", []),
    }  # fmt: skip
