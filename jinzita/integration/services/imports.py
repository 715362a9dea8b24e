"""Imports from preview to end: planned, started, stopped, taken up again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from jinzita.customers import services as customers
from jinzita.customers.fields.keys import RECORD
from jinzita.integration.events import ImportRequested
from jinzita.integration.models import Import, Upload
from jinzita.integration.parsing.wording import sentence
from jinzita.integration.reading import Batch, open_file
from jinzita.integration.selectors import get_import, words_used
from jinzita.integration.services import uploads
from jinzita.integration.services.correcting import corrected, corrections_from_json
from jinzita.integration.services.looking_ahead import look_ahead
from jinzita.integration.services.plan import (
    Plan,
    check_mapping,
    contact_keys,
    importable,
    match_keys,
    missing_required,
    read_date_order,
    read_source,
    record_kind,
    require_complete,
    require_manner,
    require_words,
    suggest,
)
from jinzita.integration.services.preparing import Preparer, Reason, without_blank_rows
from jinzita.integration.services.running import perform, require_standing
from jinzita.integration.services.scanning import Brought, StyleFinder
from jinzita.kernel import audit, jobs, undo
from jinzita.kernel.access import Permission, Viewer, system
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.events import publish
from jinzita.kernel.field_access import require_editable
from jinzita.kernel.models import Job
from jinzita.kernel.records import RecordKind
from jinzita.people.selectors import owners, viewer_for

JOB = "import"
PREVIEWED = 100


def make_plan(
    *, by: Viewer, upload: Upload, kind: str, source: str, encoding: str | None = None,
    delimiter: str | None = None, sheet: str | None = None, mapping: dict[str, str] | None = None,
    unknown_customers: str = "create",
    date_format: str | None = None, customer_source: str | None = None, match_by: str | None = None,
    contact_by: str | None = None, mode: str = "both", empty_cells: str = "keep",
    words: dict[str, dict[str, str]] | None = None, corrections: dict[str, Any] | None = None,
) -> tuple[Plan, list[str]]:  # fmt: skip
    """A plan for an upload and the file's columns; what is not given is found out. Raises Invalid."""
    of = record_kind(kind)
    if unknown_customers not in ("create", "refuse"):
        raise Invalid.at(
            "unknown_customers", "unknown_choice", "Unknown customers are created (create) or refused."
        )
    description = uploads.description_of(upload, encoding=encoding, delimiter=delimiter, sheet=sheet)
    columns = open_file(uploads.path_of(upload), description).columns
    if mapping is None:
        mapping = suggest(columns, of, by)
    check_mapping(mapping, columns, of)
    own = RECORD.code if RECORD.code in mapping.values() else "source_key"
    # An exported list of contacts calls their customers by name.
    people = kind == "contacts"
    plan = Plan(
        kind=kind,
        source=read_source(source),
        format=description.format,
        encoding=description.encoding,
        delimiter=description.delimiter,
        sheet=description.sheet,
        mapping=mapping,
        unknown_customers=unknown_customers,  # type: ignore[arg-type]
        date_order=read_date_order(date_format),
        customer_source=read_source(customer_source, where="customer_source") if customer_source else None,
        match_by=match_by or ("source_key" if own != RECORD.code else "name" if people else own),
        contact_by=contact_by or (own if people else "source_key"),
        mode=mode,  # type: ignore[arg-type]
        empty_cells=empty_cells,  # type: ignore[arg-type]
        words=_words(words, mapping, of),
        corrections=corrections or {},
    )
    corrections_from_json(plan.corrections).require_columns(columns)
    require_manner(plan, of, by)
    return plan, columns


def _words(
    given: dict[str, dict[str, str]] | None, mapping: dict[str, str], of: RecordKind
) -> dict[str, dict[str, str]]:
    """The words of matched fields: those given, or else as they were understood the last times."""
    if given is not None:
        require_words(given, of)
        return given
    used, fields = words_used(of.code), importable(of)
    there = {code: {one.value for one in fields[code].choices} for code in mapping.values() if code in fields}
    return {
        code: known
        for code, several in used.items()
        if (known := {word: value for word, value in several.items() if value in there.get(code, ())})
    }


def preview(*, by: Viewer, upload_id: int, **choices: Any) -> dict[str, Any]:
    """The first rows as the plan reads them, with what is wrong with each; nothing is written."""
    upload = uploads.find(by, upload_id)
    plan, columns = make_plan(by=by, upload=upload, **choices)
    may = {one.code for one in record_kind(plan.kind).read_fields(by) if one.importable}
    plan = replace(plan, mapping={column: code for column, code in plan.mapping.items() if code in may})
    missing = missing_required(plan)
    answer: dict[str, Any] = {
        "mapping": plan.mapping,
        "unmapped_columns": [column for column in columns if column not in plan.mapping],
        "missing_required": missing,
        "words": plan.words,
        "unknown_words": {},
        "match_by": plan.match_by,
        "match_keys": match_keys(record_kind(plan.kind), by),
        "contact_by": plan.contact_by,
        "contact_keys": contact_keys(record_kind(plan.kind), by),
        "ambiguous_dates": [],
        "columns": [],
        "rows": [],
        "ok": 0,
        "bad": 0,
    }
    rows = corrected(open_file(uploads.path_of(upload), plan.description), plan.corrections)
    finder, first = StyleFinder(plan), None
    for batch in rows.batches():
        first = first or without_blank_rows(batch)
        finder.see(batch)
        if not finder.ambiguous:
            break  # a column whose first rows are ambiguous is looked at to its end
    answer["columns"] = uploads.columns_of(rows, first)
    answer["ambiguous_dates"] = finder.ambiguous
    if first is not None and not missing:
        brought = Brought(plan)
        brought.see(first)
        brought.close()
        _preview_rows(answer, Preparer(plan, finder.styles, by, brought), first)
    return answer


def _preview_rows(answer: dict[str, Any], preparer: Preparer, first: Batch) -> None:
    answer["unknown_words"] = preparer.unknown_words(first)
    head = Batch(first.table.slice(0, PREVIEWED), first.numbers.slice(0, PREVIEWED))
    last = head.numbers[-1].as_py() if len(head.numbers) == PREVIEWED else None
    head.broken.extend(one for one in first.broken if last is None or one.number < last)
    prepared = preparer.prepare(head)
    look_ahead(by=preparer.by, plan=preparer.plan, prepared=prepared)
    texts = {broken.number: {"": broken.text[:500]} for broken in head.broken}
    values = {code: column.to_pylist() for code, column in prepared.values.items()}
    for code, names in preparer.called.items():
        values[code] = [names.get(one) for one in values[code]]
    labels = {code: one.en for code, one in importable(preparer.kind).items()}
    for position, number in enumerate(head.numbers.to_pylist()):
        texts[number] = {code: _shown(column[position]) for code, column in values.items()}
        texts[number] |= prepared.awaited.get(number, {})
    answer["rows"] = [
        {
            "number": number,
            "values": texts[number],
            "errors": [_error(one, labels) for one in prepared.bad.get(number, [])],
        }
        for number in sorted(texts)[:PREVIEWED]
    ]
    answer["bad"] = sum(1 for row in answer["rows"] if row["errors"])
    answer["ok"] = len(answer["rows"]) - answer["bad"]


def _shown(value: Any) -> Any:
    if value is None or isinstance(value, bool | str | list):
        return value if not isinstance(value, str) else value[:500]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _error(one: Reason, labels: dict[str, str]) -> dict[str, Any]:
    value = one.value.replace("\0", "␀")
    return {
        "field": one.field or None,
        "code": one.code,
        "message": sentence(one.code, labels.get(one.field, ""), "en"),
        "value": value,
        "candidates": [],
    }


@transaction.atomic
def start_import(
    *, by: Viewer, upload: Upload, dry_run: bool = False, here: bool = False, **choices: Any
) -> Import:
    """A waiting import; a worker does it, unless the caller does so itself (`here`). Raises Invalid."""
    by.require(Permission.IMPORT)
    plan, columns = make_plan(by=by, upload=upload, **choices)
    require_editable(by, plan.kind, plan.mapping.values())
    check_mapping(plan.mapping, columns, record_kind(plan.kind), by)
    require_complete(plan)
    job = jobs.begin(kind=JOB, by=by)
    one = Import.objects.create(
        kind=plan.kind, source=plan.source, filename=upload.filename, upload=upload, job=job,
        plan=plan.as_json(), dry_run=dry_run, columns=columns, created_by_id=by.user_id,
    )  # fmt: skip
    if not dry_run:
        words = {"import": one.pk, "kind": plan.kind, "filename": upload.filename, "source": plan.source}
        one.change_set = undo.begin(by=by, kind=JOB, words=words, job=job)
        one.save(update_fields=["change_set"])
    audit.record(
        by=by, action="start_import", subject_type="import", subject_id=one.pk,
        changes={"kind": plan.kind, "source": plan.source, "filename": upload.filename, "dry_run": dry_run},
    )  # fmt: skip
    if not here:
        publish(ImportRequested(import_id=one.pk))
    return one


@transaction.atomic
def resume(*, by: Viewer, import_id: int, now: datetime, here: bool = False) -> Import:
    """Take up an import whose worker was killed, that failed or was cancelled, where it stopped.

    Raises NotFound, Conflict when it is still running, done, or its file is gone.
    """
    by.require(Permission.IMPORT)
    one = get_import(by, import_id)
    job = Job.objects.select_for_update().get(pk=one.job_id)
    dead = jobs.silent(JOB, now=now).filter(pk=job.pk).exists()
    if job.state in (Job.State.WAITING, Job.State.DONE) or (job.state == Job.State.RUNNING and not dead):
        raise Conflict(f"This import is {job.state}; only one that stopped can be taken up again.")
    if one.upload is None or not uploads.path_of(one.upload).exists():
        raise Conflict("The file of this import is no longer there; import it anew.", code="file_gone")
    require_standing(one)
    job.state, job.cancel_requested, job.finished_at = Job.State.WAITING, False, None
    job.error, job.failure = "", None
    job.save(update_fields=["state", "cancel_requested", "error", "failure", "finished_at"])
    jobs.push(job)
    audit.record(by=by, action="resume_import", subject_type="import", subject_id=one.pk)
    if not here:
        publish(ImportRequested(import_id=one.pk))
    one.job = job
    return one


@transaction.atomic
def cancel(*, by: Viewer, import_id: int) -> Import:
    """Ask an import to stop: what came in stays, the rest does not come."""
    by.require(Permission.IMPORT)
    one = get_import(by, import_id)
    if one.job.state not in (Job.State.WAITING, Job.State.RUNNING):
        raise Conflict(f"This import is {one.job.state} already.")
    jobs.cancel(one.job)
    audit.record(by=by, action="cancel_import", subject_type="import", subject_id=one.pk)
    return get_import(by, import_id)


@transaction.atomic
def request_undo(*, by: Viewer, import_id: int, now: datetime) -> Import:
    """Ask for everything an import did to be taken back, by a job. Raises NotFound, Forbidden, Conflict."""
    by.require(Permission.IMPORT)
    one = get_import(by, import_id)
    if one.change_set_id is None:
        raise Conflict("This import has changed nothing that could be undone.", code="not_undoable")
    customers.request_undo(by=by, change_set_id=one.change_set_id, now=now)
    return get_import(by, import_id)


def run_import(import_id: int, *, watch: Callable[..., None] | None = None) -> Job:
    """Do a waiting import as its job, on behalf of who started it; `watch` is told of the progress, too."""
    one = Import.objects.get(pk=import_id)
    by = actor(one.created_by_id)

    def work(progress: jobs.Progress) -> dict[str, Any]:
        def tell(done: int, total: int | None = None, message: str | None = None) -> None:
            if watch:
                watch(done, total, message)
            progress(done, total, message)

        return perform(by=by, import_id=import_id, progress=tell)

    return jobs.perform(one.job_id, work)


def actor(user_id: int | None) -> Viewer:
    """Who a job works for; the system when nobody."""
    if user_id is None:
        return system("job")
    return viewer_for(owners({user_id})[user_id])


def fail_silent(*, now: datetime) -> int:
    """Mark imports whose worker was killed as failed, so that they can be taken up again; answers how
    many.
    """
    dead = list(jobs.silent(JOB, now=now))
    for job in dead:
        why = "The process that did this import was stopped; it can be taken up again."
        jobs.fail(job, Conflict(why, code="worker_gone_resumable"))
    return len(dead)


__all__ = [
    "cancel",
    "fail_silent",
    "make_plan",
    "preview",
    "request_undo",
    "resume",
    "run_import",
    "start_import",
]
