"""Files, imports, jobs and the demo on the wire."""

from datetime import UTC, datetime
from typing import Any, Literal

from ninja import Field, Schema

from jinzita.integration.models import Import
from jinzita.integration.services.plan import KINDS
from jinzita.kernel.models import ChangeSet, Job
from jinzita.kernel.undo import undoable
from jinzita.kernel.wire import ErrorOut, Id, Named, Strict, Text

Mode = Literal["both", "create", "update"]
EmptyCells = Literal["keep", "clear"]
State = Literal["waiting", "running", "done", "failed", "cancelled"]


class Words(Schema):
    en: str
    zh: str


class ColumnOut(Schema):
    name: str = Field(examples=["客户编号"])
    samples: list[str] = Field(description="Up to five different values")
    type: str = Field(description="What they look like: text, number or date")


class RememberedOut(Schema):
    """How a file with the same columns was imported the last time, by oneself or else by a colleague."""

    import_id: int
    at: datetime
    own: bool
    kind: str
    source: str
    mapping: dict[str, str]
    unknown_customers: Literal["create", "refuse"]
    date_format: str | None
    customer_source: str | None
    match_by: str
    contact_by: str
    mode: Mode
    empty_cells: EmptyCells
    words: dict[str, dict[str, str]]


class UploadOut(Schema):
    """A file as it was found to be."""

    upload_id: int
    filename: str
    size: int = Field(description="Bytes")
    format: str = Field(description="csv, xlsx or parquet")
    encoding: str | None = Field(description="Of a text file", examples=["gb18030"])
    delimiter: str | None = Field(description="Of a text file", examples=[","])
    sheet: str | None = Field(description="The sheet that was looked into, of a spreadsheet")
    sheet_names: list[str]
    columns: list[ColumnOut]
    rows_preview: list[list[str | None]]
    rows_estimate: int
    kind: str | None = Field(description="What it seems to hold by its columns; null when nothing fits")
    remembered: RememberedOut | None = Field(description="How such a file was imported the last time")


class CellIn(Strict):
    row: int = Field(ge=1, le=2**63 - 1, description="As a spreadsheet counts")
    column: Text = Field(max_length=500)
    value: Text = Field(max_length=100_000)


class ReplaceIn(Strict):
    """Wherever this value stands in a column, another takes its place."""

    column: Text = Field(max_length=500)
    value: Text = Field(max_length=100_000)
    by: Text = Field(max_length=100_000)


class CorrectionsIn(Strict):
    """Cells corrected before the file is imported."""

    cells: list[CellIn] = Field(default_factory=list, max_length=5000)
    replace: list[ReplaceIn] = Field(default_factory=list, max_length=1000)

    def as_json(self) -> dict[str, Any]:
        return {
            "cells": [[one.row, one.column, one.value] for one in self.cells],
            "replace": [[one.column, one.value, one.by] for one in self.replace],
        }


class ChoicesIn(Strict):
    """How a file is read and matched; what is left out is found out."""

    kind: Text = Field(max_length=40, description=", ".join(KINDS), examples=["transactions"])
    source: Text = Field(max_length=200, description="Where the file comes from", examples=["billing"])
    encoding: Text | None = Field(None, max_length=40)
    delimiter: Text | None = Field(None, max_length=10)
    sheet: Text | None = Field(None, max_length=255)
    mapping: dict[Text, Text | None] | None = Field(
        None, description="Column to field; null leaves a column out", examples=[{"订单号": "source_key"}]
    )
    unknown_customers: Literal["create", "refuse"] = "create"
    date_format: Text | None = Field(None, max_length=20, description="dmy or mdy, when dates fit both")
    customer_source: Text | None = Field(
        None, max_length=200, description="Source at which the customers' keys are known, when another one"
    )
    match_by: Text | None = Field(
        None, max_length=80,
        description="By what customers are known: source_key, record, credit_code, tax, vat, duns, external,"
        " phone, email, name, name_region (a file of customers), or attributes.CODE; left out: by record when"
        " a column is matched to it (of a file of contacts by name), else by source_key",
    )  # fmt: skip
    contact_by: Text | None = Field(
        None, max_length=80,
        description="By what the people of a file of contacts are known: source_key, record, phone, email, or"
        " name (among the people of the customer); left out: by record when a column is matched to it, else"
        " by source_key",
    )  # fmt: skip
    mode: Mode = Field("both", description="Create new and update known records, or only one of these")
    empty_cells: EmptyCells = Field("keep", description="What an empty cell does to a known record")

    words: dict[Text, dict[Text, Text]] | None = Field(
        None, description="What words stand for, by field; left out: as the last times",
        examples=[{"attributes.region": {"北京市": "beijing"}}],
    )  # fmt: skip

    def choices(self) -> dict[str, Any]:
        """The arguments of the services' plan."""
        given = self.model_dump(exclude={"upload_id", "dry_run", "corrections"})
        if self.mapping is not None:
            given["mapping"] = {column: field for column, field in self.mapping.items() if field}
        return {name: value if value != "" else None for name, value in given.items()} | {
            "kind": self.kind, "source": self.source,
        }  # fmt: skip


class PlanIn(ChoicesIn):
    upload_id: Id
    corrections: CorrectionsIn | None = None

    def choices(self) -> dict[str, Any]:
        return super().choices() | {"corrections": self.corrections and self.corrections.as_json()}


class ImportIn(PlanIn):
    dry_run: bool = Field(False, description="Do everything but write")


class CellErrorOut(Schema):
    field: str | None = Field(description="null: the row as a whole")
    code: str = Field(examples=["not_a_date"])
    message: str
    value: str
    candidates: list[Named] = Field(
        description="The customers or contacts it may mean, when there are several"
    )


class PreviewRowOut(Schema):
    number: int = Field(description="As a spreadsheet counts: the header is row 1")
    values: dict[str, Any] = Field(description="By field; of a row of wrong form its text, by the empty name")
    errors: list[CellErrorOut]


class MatchKeyOut(Schema):
    code: str
    label: Words
    fields: list[str] = Field(description="Fields of a customer that make it up")

    @staticmethod
    def resolve_label(one: Any) -> dict[str, str]:
        return {"en": one.en, "zh": one.zh}


class PreviewOut(Schema):
    mapping: dict[str, str]
    match_by: str = Field(description="The one of them that counts: as asked, or else as the columns suggest")
    match_keys: list[MatchKeyOut] = Field(description="By what customers of such a file can be known")
    contact_by: str = Field(description="By what the people of a file of contacts are known")
    contact_keys: list[MatchKeyOut] = Field(description="By what they can be known; none for other files")
    unmapped_columns: list[str]
    missing_required: list[str]
    words: dict[str, dict[str, str]] = Field(description="What words of the file stand for, by field")
    unknown_words: dict[str, list[str]] = Field(description="Words that stand for no choice, by field")
    ambiguous_dates: list[str] = Field(description="Fields for which date_format must be given")
    columns: list[ColumnOut]
    rows: list[PreviewRowOut] = Field(description="The first 100")
    ok: int
    bad: int


class BadRowReasonOut(Schema):
    code: str
    field: str | None
    count: int
    message: str


class ImportUndoOut(Schema):
    """What the import did to rows; its conflicts are at /change-sets/{change_set_id}/conflicts."""

    change_set_id: int
    rows: int = Field(description="Rows made and changed, of all tables")
    state: str = Field(description="done, undoing, undone or partly_undone")
    can_undo: bool
    job_id: int | None = Field(description="The job that takes it back")


class ImportOut(Schema):
    """An import as it stands. read = created + updated + unchanged + bad."""

    id: int
    kind: str
    source: str
    filename: str
    state: State
    dry_run: bool
    progress: int = Field(description="Rows done")
    total: int | None = Field(description="Rows in the file, once known")
    read: int
    created: int
    updated: int
    unchanged: int
    superseded: int = Field(description="Of the unchanged: rows whose key comes again later in the file")
    skipped: int = Field(description="Of the unchanged: rows that the mode leaves out")
    mode: Mode
    bad: int
    reasons: list[BadRowReasonOut]
    bad_rows_url: str | None
    rate: float | None = Field(description="Rows a second")
    seconds_left: float | None
    job_id: int
    by: Named | None
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: str | None
    failure: ErrorOut | None = Field(description="Why it failed, in the shape of an error")
    resumable: bool
    undo: ImportUndoOut | None = Field(description="null: a dry run, or too old")


class ImportPage(Schema):
    items: list[ImportOut]
    next: str | None


class ImportCountOut(Schema):
    count: int


class DemoPartOut(Schema):
    code: str
    name: Words
    installed: bool
    customers: int
    licence: str
    job_id: int | None = Field(description="The job that loads or removes it now")


class DemoOut(Schema):
    parts: list[DemoPartOut]


def import_out(one: Import, message_of: Any) -> dict[str, Any]:
    """`message_of(code, field)` words a reason."""
    job: Job = one.job
    rate = one.read / one.seconds if one.seconds else None
    left = (one.total - one.read) / rate if rate and one.total and job.state == Job.State.RUNNING else None
    names = ("id", "kind", "source", "filename", "dry_run", "total", "read", "created", "updated",
             "unchanged", "superseded", "skipped", "bad")  # fmt: skip
    reasons = [(key.partition(" "), count) for key, count in one.reasons.items()]
    by = one.created_by
    return {
        **{name: getattr(one, name) for name in names},
        "state": job.state,
        "mode": one.plan.get("mode", "both"),
        "progress": one.read,
        "reasons": [
            {"code": code, "field": field or None, "count": count, "message": message_of(code, field)}
            for (code, _, field), count in sorted(reasons, key=lambda reason: -reason[1])
        ],
        "bad_rows_url": f"/api/v1/imports/{one.pk}/bad-rows" if one.bad else None,
        "rate": round(rate, 1) if rate else None,
        "seconds_left": round(left, 1) if left is not None else None,
        "job_id": job.pk,
        "by": {"id": by.pk, "name": by.shown_name} if by else None,
        "asked_at": one.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "error": job.error or None,
        "failure": job.failure,
        "undo": _undo_out(one),
        "resumable": one.upload_id is not None and _stands(one) and (
            job.state in (Job.State.FAILED, Job.State.CANCELLED) or is_silent(job, datetime.now(UTC))
        ),
    }  # fmt: skip


def _stands(one: Import) -> bool:
    return one.change_set is None or one.change_set.state == ChangeSet.State.DONE


def _undo_out(one: Import) -> dict[str, Any] | None:
    found = one.change_set
    if found is None:
        return None
    return {
        "change_set_id": found.pk, "rows": found.rows, "state": found.state,
        "can_undo": undoable(found, now=datetime.now(UTC)), "job_id": found.undo_job_id,
    }  # fmt: skip


def is_silent(job: Job, now: datetime) -> bool:
    return job.state == Job.State.RUNNING and (
        job.heartbeat_at is None or (now - job.heartbeat_at).total_seconds() > 60
    )
