"""Doors of uploads, imports, the demo and jobs."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from ninja import File, Query, Router, Status, UploadedFile

from jinzita.integration import selectors
from jinzita.integration.schemas.bad_rows import BadRowPage, RetryIn, bad_rows_out
from jinzita.integration.schemas.imports import (
    DemoOut,
    ImportCountOut,
    ImportIn,
    ImportOut,
    ImportPage,
    PlanIn,
    PreviewOut,
    UploadOut,
    import_out,
)
from jinzita.integration.services import bad_rows, demo, imports, uploads
from jinzita.kernel import export, jobs
from jinzita.kernel.access import Permission
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.errors import TooLarge
from jinzita.kernel.wire import Cursor, Filter, GroupBy, Limit, Offset, PathId, Sort, ValueCountOut, WorkOut

router = Router(tags=["integration"])
Words = Query(None, max_length=100, description="Part of the file's name or of its source")


@router.post("/imports/uploads", response=responses(UploadOut, 201), summary="Send a file to import")
def upload(request: HttpRequest, file: File[UploadedFile]) -> Status[Any]:
    viewer = viewer_of(request)
    viewer.require(Permission.IMPORT)
    if int(request.headers.get("Content-Length") or 0) > settings.MAX_UPLOAD_BYTES + (1 << 20):
        raise TooLarge(f"The file is larger than {settings.MAX_UPLOAD_BYTES >> 20} MiB.")
    kept = uploads.receive(by=viewer, filename=file.name or "file", chunks=file.chunks())
    return Status(201, uploads.look_into_or_discard(kept, by=viewer))


@router.post(
    "/imports/preview", response=responses(PreviewOut), summary="The first rows as they would be read"
)
def preview(request: HttpRequest, data: PlanIn) -> dict[str, Any]:
    return imports.preview(by=viewer_of(request), upload_id=data.upload_id, **data.choices())


@router.post("/imports", response=responses(ImportOut, 202), summary="Import an uploaded file")
def start(request: HttpRequest, data: ImportIn) -> Status[Any]:
    viewer = viewer_of(request)
    found = uploads.find(viewer, data.upload_id)
    one = imports.start_import(by=viewer, upload=found, dry_run=data.dry_run, **data.choices())
    return Status(202, _out(request, one))


@router.get("/imports", response=responses(ImportPage), summary="Imports, newest first")
def list_imports(
    request: HttpRequest, filter: str | None = Filter, q: str | None = Words, sort: str | None = Sort,
    limit: int = Limit, cursor: str | None = Cursor, offset: int = Offset,
) -> dict[str, Any]:  # fmt: skip
    page = selectors.page(
        viewer_of(request), filter=filter, q=q, sort=sort, limit=limit, cursor=cursor, offset=offset
    )
    words = bad_rows.wordings({one.kind for one in page.items}, _language(request))
    return {"items": [import_out(one, words[one.kind]) for one in page.items], "next": page.next}


@router.get("/imports/count", response=responses(ImportCountOut), summary="How many imports fit")
def count_imports(request: HttpRequest, filter: str | None = Filter, q: str | None = Words) -> Any:
    return {"count": selectors.matching(viewer_of(request), filter=filter, q=q).count()}


@router.get(
    "/imports/groups", response=responses(list[ValueCountOut]), summary="How many imports, by a field"
)
def group_imports(
    request: HttpRequest, by: str = GroupBy, filter: str | None = Filter, q: str | None = Words
) -> Any:
    return selectors.grouped(viewer_of(request), by=by, filter=filter, q=q)


@router.get("/imports/{import_id}", response=responses(ImportOut), summary="One import as it stands")
def get_import(request: HttpRequest, import_id: int = PathId) -> dict[str, Any]:
    return _out(request, selectors.get_import(viewer_of(request), import_id))


@router.get(
    "/imports/{import_id}/bad-rows",
    response=responses(None),
    summary="The rows that could not be used, as CSV with the reasons",
)
def get_bad_rows(
    request: HttpRequest,
    import_id: int = PathId,
    language: Literal["en", "zh"] | None = Query(
        None, description="Of the reasons; default: the browser's, by Accept-Language"
    ),
) -> StreamingHttpResponse:
    one = selectors.get_import(viewer_of(request), import_id)
    lines = _csv_lines(bad_rows.table(one, language=language or _language(request)))
    return export.as_csv_file(request, lines, name=f"bad-rows-{one.pk}")


@router.get(
    "/imports/{import_id}/bad-rows/cells",
    response=responses(BadRowPage),
    summary="The rows that could not be used, to be corrected",
)
def list_bad_rows(
    request: HttpRequest,
    import_id: int = PathId,
    limit: int = Query(50, ge=1, le=200),
    cursor: int = Query(0, ge=0, le=2**63 - 1, description="`next` of the page before"),
    code: str | None = Query(None, max_length=60, description="Of the reason", examples=["not_a_date"]),
    field: str | None = Query(None, max_length=100),
) -> dict[str, Any]:
    one, found = selectors.some_bad_rows(
        viewer_of(request), import_id, after=cursor, limit=limit + 1, code=code, field=field
    )
    return bad_rows_out(one, found, limit, bad_rows.wording(one.kind, _language(request)))


@router.post(
    "/imports/{import_id}/bad-rows/retry",
    response=responses(ImportOut, 202),
    summary="Import the bad rows again, corrected",
)
def retry_bad_rows(request: HttpRequest, data: RetryIn, import_id: int = PathId) -> Status[Any]:
    one = bad_rows.retry(
        by=viewer_of(request), import_id=import_id, rows={row.number: row.cells for row in data.rows},
        replace=[bad_rows.Replacement(each.column, each.value, each.by) for each in data.replace],
    )  # fmt: skip
    return Status(202, _out(request, one))


@router.post(
    "/imports/{import_id}/resume", response=responses(ImportOut, 202), summary="Go on where it stopped"
)
def resume(request: HttpRequest, import_id: int = PathId) -> Status[Any]:
    one = imports.resume(by=viewer_of(request), import_id=import_id, now=datetime.now(UTC))
    return Status(202, _out(request, one))


@router.post(
    "/imports/{import_id}/undo", response=responses(ImportOut, 202),
    summary="Take back all it did; what was changed since stays, and is listed as a conflict",
)  # fmt: skip
def undo_import(request: HttpRequest, import_id: int = PathId) -> Status[Any]:
    one = imports.request_undo(by=viewer_of(request), import_id=import_id, now=datetime.now(UTC))
    return Status(202, _out(request, one))


@router.post("/imports/{import_id}/cancel", response=responses(ImportOut), summary="Stop; what came in stays")
def cancel(request: HttpRequest, import_id: int = PathId) -> dict[str, Any]:
    return _out(request, imports.cancel(by=viewer_of(request), import_id=import_id))


@router.get("/demo", response=responses(DemoOut), summary="The parts of the demo")
def get_demo(request: HttpRequest) -> dict[str, Any]:
    return {"parts": demo.parts(viewer_of(request))}


@router.post("/demo/{code}", response=responses(WorkOut, 202), summary="Load a part of the demo")
def load_demo(request: HttpRequest, code: Literal["carrier", "retail"]) -> Status[Any]:
    return Status(202, jobs.as_dict(demo.request(by=viewer_of(request), code=code, remove=False)))


@router.delete("/demo/{code}", response=responses(WorkOut, 202), summary="Remove a part of the demo")
def remove_demo(request: HttpRequest, code: Literal["carrier", "retail"]) -> Status[Any]:
    return Status(202, jobs.as_dict(demo.request(by=viewer_of(request), code=code, remove=True)))


@router.get("/jobs/{job_id}", response=responses(WorkOut), summary="Long work as it stands")
def get_job(request: HttpRequest, job_id: int = PathId) -> dict[str, Any]:
    return jobs.as_dict(jobs.get(viewer_of(request), job_id))


@router.post("/jobs/{job_id}/cancel", response=responses(WorkOut), summary="Stop; what is done stays")
def cancel_job(request: HttpRequest, job_id: int = PathId) -> dict[str, Any]:
    return jobs.as_dict(jobs.request_cancel(by=viewer_of(request), job_id=job_id))


def _out(request: HttpRequest, one: Any) -> dict[str, Any]:
    return import_out(one, bad_rows.wording(one.kind, _language(request)))


def _language(request: HttpRequest) -> str:
    return "zh" if request.headers.get("Accept-Language", "").lower().startswith("zh") else "en"


def _csv_lines(rows: Iterator[list[str]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff".encode()  # spreadsheets take the file for another encoding without it
    for row in rows:
        writer.writerow(row)
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
