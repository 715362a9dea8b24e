"""What value's endpoints take and give.

Shares are 0-1, scores 0-100; amounts in analyses are plain numbers.
"""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from jinzita.analytics.documents import write_toml
from jinzita.analytics.value_model import ValueModel as Document
from jinzita.kernel.access import Viewer
from jinzita.kernel.wire import Day, Id, Money, PageOut, Strict, Text
from jinzita.value.models import ModelVersion, Run, ValueModel
from jinzita.value.schemas.overrides import GradeOverrideOut, override_out
from jinzita.value.selectors.models import current_document, document_of

Words = dict[str, str]


class VersionRef(Schema):
    id: int
    number: int


class CurrentVersion(VersionRef):
    published_at: datetime
    by: str | None


class LastRun(Schema):
    id: int
    as_of: date
    finished_at: datetime
    customers: int


class ModelOut(Schema):
    """A value model as it is published now, and its run in force."""

    id: int
    code: str = Field(examples=["general"])
    name: Words = Field(examples=[{"en": "General default", "zh": "通用默认模型"}])
    priority: int = Field(
        description="The model of the lowest number whose population includes a customer grades it"
    )
    population: dict[str, Any] = Field(description="source: list of sources; kind: organisation or person")
    as_of: str = Field(description="today or data")
    current_version: CurrentVersion
    last_run: LastRun | None
    has_customers: bool = Field(description="Whether it grades anybody at present")


class ModelRef(Schema):
    id: int
    code: str
    name: Words


class VersionOut(VersionRef):
    state: str = Field("published", description="Published versions never change")
    created_at: datetime
    published_at: datetime
    by: str | None
    note: str


class VersionDetail(VersionOut):
    document: dict[str, Any] = Field(description="The model")
    toml: str = Field(description="The same as TOML, as it was written")


class DifferenceOut(Schema):
    path: str = Field(examples=["indicator.revenue.weight"])
    before: Any = None
    after: Any = None


class ModelIn(Strict):
    """A model, as its document or as TOML."""

    document: dict[str, Any] | None = Field(None, description="name, population, as_of, bands, indicators")
    toml: Text | None = None


class PublishIn(ModelIn):
    note: Text = Field("", max_length=300, description="Why it was changed")


class ModelText(Schema):
    document: dict[str, Any]
    toml: str


class IndicatorOut(Schema):
    code: str = Field(examples=["revenue"])
    family: str
    label: Words
    definition: Words
    unit: str = Field(description="money, ratio, days, count or number")
    better: str
    windowed: bool = Field(description="Whether a window in months changes what it counts")


class TierOut(Schema):
    """One grade of the pyramid; null where it is not known."""

    grade: str = Field(examples=["vip"])
    customers: int
    customer_share: float
    revenue: float | None = Field(description="Null where your role keeps amounts back; shares stay")
    revenue_share: float
    profit: float | None
    average_score: float | None
    lowest_score: float | None
    moved_in: int | None = Field(None, description="Since the run before")
    moved_out: int | None = None
    change: int | None = None


class ParetoOut(Schema):
    points: list[tuple[float, float]] = Field(
        description="Share of customers, share of revenue; best first, at most 200"
    )
    top20_revenue_share: float
    gini: float


class RunRef(Schema):
    id: int
    as_of: date | None
    finished_at: datetime | None
    state: str
    in_force: bool


class PyramidOut(Schema):
    model: ModelRef
    version: VersionRef
    run: RunRef
    stale: int = Field(description="Customers re-scored by themselves since the run")
    grades: list[TierOut]
    pareto: ParetoOut
    prospects: int
    overridden: int = Field(description="Of its customers, those that count by an override; not looked back")
    currency: str


class FlowOut(Schema):
    from_: str = Field(alias="from", serialization_alias="from")
    to: str
    customers: int
    revenue: float | None


class ReasonOut(Schema):
    indicator: str
    window_months: int | None
    label: Words
    change: float = Field(description="Points of the score")


class MoverOut(Schema):
    customer_id: int
    name: str
    from_grade: str
    to_grade: str
    from_score: float | None
    to_score: float | None
    reasons: list[ReasonOut] = Field(default_factory=list)


class MovementOut(Schema):
    from_: RunRef = Field(alias="from", serialization_alias="from")
    to: RunRef
    flows: list[FlowOut] = Field(
        description="Prospects and customers that one run did not have stand as prospect"
    )
    risers: list[MoverOut]
    fallers: list[MoverOut]


class ExplainedOut(Schema):
    """What one indicator adds to a customer's score."""

    key: str = Field(description="Code, with @MONTHS when it has a window", examples=["revenue@12"])
    code: str
    window_months: int | None
    label: Words
    family: str
    unit: str
    value: float | str | None
    points: float | None
    weight: float
    contribution: float | None = Field(description="Contributions add up to the score")
    grade_average_points: float | None
    grade_average_contribution: float | None
    missing: bool
    kept_back: bool = Field(False, description="Your role keeps it back; it counts in the score all the same")


class HistoryOut(Schema):
    at: datetime
    as_of: date
    score: float | None
    grade: str
    cause: str = Field(examples=["transaction"])


class CustomerValueOut(Schema):
    """Null where the customer has no score: a prospect, or nothing was run yet."""

    score: float | None
    grade: str = Field(description="The one that counts")
    computed_grade: str = Field(description="What the score says")
    override: GradeOverrideOut | None = Field(None, description="Why the grade is not the computed one")
    asked: GradeOverrideOut | None = Field(None, description="Another grade that is asked for")
    model_id: int | None = None
    version: VersionRef | None = None
    run_id: int | None = None
    as_of: date | None = None
    scored_at: datetime | None = None
    cause: str | None = Field(None, description="What the present score came from: run, transaction, facts …")
    indicators: list[ExplainedOut]
    history: list[HistoryOut] = Field(description="Oldest first")
    bounds: dict[str, float | None] | None = None


class MemberValueOut(Schema):
    id: int
    revenue: Money | None
    profit: Money | None


class TogetherOut(Schema):
    """All members taken for one customer."""

    score: float | None
    grade: str
    as_of: date
    revenue: Money | None
    profit: Money | None


class GroupValueOut(Schema):
    members: list[MemberValueOut] = Field(description="Those you may see")
    revenue: Money | None
    profit: Money | None
    together: TogetherOut | None = Field(description="Null for a customer alone, or before the first run")


class RecordOut(Schema):
    kind: str = Field(examples=["transaction"])
    id: int
    at: str | None
    amount: Money | None
    note: str | None = Field(description="The kind or state of the record")


class RecordsOut(Schema):
    items: list[RecordOut] = Field(description="Newest first, at most 500")
    count: int
    sum: Money | None


class Histogram(Schema):
    edges: list[float]
    counts: list[int]


class DistributionOut(Schema):
    key: str
    code: str
    window_months: int | None
    label: Words
    unit: str = Field(description="money, ratio, days, count or number")
    count: int
    missing: int
    min: float | None = None
    p01: float | None = None
    p25: float | None = None
    median: float | None = None
    p75: float | None = None
    p99: float | None = None
    max: float | None = None
    mean: float | None = None
    histogram: Histogram
    scale_curve: list[tuple[float, float]] = Field(description="Value and points")
    categories: dict[str, int] = Field(description="Customers per category, for an attribute that is one")


class DocumentIn(Strict):
    document: dict[str, Any]


class MoveOut(Schema):
    from_: str = Field(alias="from", serialization_alias="from")
    to: str
    customers: int


class WhatIfOut(Schema):
    took_ms: int
    grades: list[TierOut] = Field(description="As it would be; moves are against the present")
    before: list[TierOut]
    moved: list[MoveOut]
    movers: list[MoverOut] = Field(description="At most 50")
    lowest: dict[str, float | None]


class JudgementsIn(Strict):
    labels: list[Text] = Field(min_length=1, max_length=15)
    judgements: list[list[float]] = Field(
        max_length=15,
        description="How many times more important the row is than the column",
        examples=[[[1, 3], [0.3333, 1]]],
    )


class JudgedOut(Schema):
    weights: list[float] = Field(description="In the order of the labels, adding to 1")
    consistency_ratio: float
    lambda_max: float
    acceptable: bool = Field(description="Whether the ratio is at most 0.1")


class WeightsOut(Schema):
    weights: dict[str, float]


class ConditionOut(Schema):
    code: str = Field(examples=["repeat_business"])
    met: bool
    measured: dict[str, float | None]
    threshold: dict[str, float | None]


class AdviceOut(Schema):
    verdict: str = Field(description="yes, partly or no")
    as_of: date
    conditions: list[ConditionOut]
    pareto: ParetoOut
    gini: float
    top20_revenue_share: float


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


class RunDetail(RunOut):
    grades: list[TierOut]
    scales: dict[str, Any] = Field(description="The fitted scale of each indicator")
    bounds: dict[str, Any] = Field(description="Where each grade begins")
    left_out: list[str] = Field(description="Indicators that said nothing")


class RunPage(PageOut):
    items: list[RunOut]


def both(document: Document) -> Words:
    """A model's name in both languages."""
    return {"en": document.title("en"), "zh": document.title("zh")}


def model_ref(model: ValueModel) -> ModelRef:
    return ModelRef(id=model.pk, code=model.code, name=both(current_document(model)))


def model_out(model: ValueModel, last_run: Run | None, has_customers: bool) -> dict[str, Any]:
    document, version = current_document(model), model.current_version
    assert version is not None
    return {
        "id": model.pk, "code": model.code, "name": both(document), "priority": model.priority,
        "population": document.to_document()["population"], "as_of": document.as_of,
        "current_version": {
            "id": version.pk, "number": version.number, "published_at": version.published_at,
            "by": _by(version),
        },
        "last_run": last_run and {
            "id": last_run.pk, "as_of": last_run.as_of, "finished_at": last_run.finished_at,
            "customers": last_run.counts.get("scored", 0),
        },
        "has_customers": has_customers,
    }  # fmt: skip


def customer_value_out(viewer: Viewer, found: dict[str, Any]) -> dict[str, Any]:
    told = {
        name: override_out(viewer, found[name]) if found[name] else None for name in ("override", "asked")
    }
    return {**found, **told}


def version_out(version: ModelVersion) -> dict[str, Any]:
    return {
        "id": version.pk, "number": version.number, "created_at": version.published_at,
        "published_at": version.published_at, "by": _by(version), "note": version.note,
    }  # fmt: skip


def version_detail(version: ModelVersion) -> dict[str, Any]:
    return {**version_out(version), "document": document_of(version).to_document(), "toml": version.toml}


def model_text(document: Document, toml: str | None = None) -> dict[str, Any]:
    return {"document": document.to_document(), "toml": toml or write_toml(document)}


def run_ref(run: Run) -> RunRef:
    return RunRef(
        id=run.pk, as_of=run.as_of, finished_at=run.finished_at, state=run.state, in_force=run.in_force
    )


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
        "job_id": run.job_id, "error": run.error or None,
    }  # fmt: skip


def run_detail(run: Run, grades: list[dict[str, Any]], kept: set[str]) -> dict[str, Any]:
    """A run with its scales but those `kept` from the viewer, by key."""
    scales = {key: scale for key, scale in run.fitted.get("scales", {}).items() if key not in kept}
    return {
        **run_out(run), "grades": grades, "scales": scales,
        "bounds": run.fitted.get("bounds", {}), "left_out": run.fitted.get("left_out", []),
    }  # fmt: skip


def distribution_out(line: dict[str, Any]) -> dict[str, Any]:
    return {
        **line, **line["quantiles"],
        "histogram": {"edges": line["histogram_edges"], "counts": line["histogram_counts"]},
    }  # fmt: skip


def _by(version: ModelVersion) -> str | None:
    return version.published_by.shown_name if version.published_by else None
