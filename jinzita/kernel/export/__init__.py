"""A list as a file, never whole in memory: CSV, a workbook, Parquet. Guarded, and kept in the audit log."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from jinzita.kernel import audit, field_access
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.export.parquet import as_parquet
from jinzita.kernel.export.wording import FORMULA, as_cell, harmless, worded
from jinzita.kernel.export.workbook import as_workbook
from jinzita.kernel.records.fields import Field

__all__ = ["FORMULA", "as_csv_file", "chosen", "harmless", "send", "worded"]

STEP = 2_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET = "application/vnd.apache.parquet"


def chosen(fields: Sequence[Field], codes: str | None) -> list[Field]:
    """The exportable fields named by ``a,b,c``; all of them when none is named."""
    known = {one.code: one for one in fields if one.exportable}
    if not codes:
        return list(known.values())
    picked = [code.strip() for code in codes.split(",") if code.strip()]
    for code in picked:
        if code not in known:
            raise Invalid.at("fields", "unknown_field", f"fields may name: {', '.join(known)}.")
    return [known[code] for code in dict.fromkeys(picked)]


def send(
    request: HttpRequest, rows: QuerySet[Any], *, by: Viewer, name: str, fields: Sequence[Field], form: str,
    language: str, read: Callable[[Field], Callable[[Any], Any]], note: dict[str, Any], bom: bool = True,
) -> HttpResponseBase:  # fmt: skip
    """The answer that carries `rows` as ``csv``, ``xlsx`` or ``parquet``, one column a field.

    `fields` are those the viewer reads: what a role keeps back is masked. `read` gives for a
    field what reads its value from a row, `note` goes into the audit log. Raises Forbidden, Invalid.
    """
    by.require(Permission.EXPORT)
    if form not in ("csv", "xlsx", "parquet"):
        raise Invalid.at("format", "unknown_choice", "format must be csv, xlsx or parquet.")
    with transaction.atomic():
        audit.record(
            by=by, action="export", subject_type=name,
            changes={**note, "format": form, "fields": [one.code for one in fields]},
        )  # fmt: skip
    ways = [_column(one, read(one)) for one in fields]
    found = rows.iterator(chunk_size=STEP)
    if form == "parquet":
        table = ([way(row) for way in ways] for row in found)
        return _as_file(request, as_parquet(fields, table), f"{name}.parquet", _PARQUET)
    titles = [harmless(one.zh if language.startswith("zh") else one.en) for one in fields]
    pairs = [(way, as_cell(one, language)) for way, one in zip(ways, fields, strict=True)]
    cells = ([cell(way(row)) for way, cell in pairs] for row in found)
    if form == "xlsx":
        return _as_file(request, as_workbook(name, titles, cells), f"{name}.xlsx", _XLSX)
    return as_csv_file(request, _csv(titles, cells, bom), name=name)


def _column(field: Field, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What reads a row's value as far as the viewer's role shows it."""
    if not field.access.concealed:
        return read
    return lambda row: field_access.shown(field.access, read(row))


def as_csv_file(request: HttpRequest, chunks: Iterator[bytes], *, name: str) -> StreamingHttpResponse:
    """An answer that the browser keeps as ``name.csv``, sent piece by piece, never whole in memory."""
    return _as_file(request, chunks, f"{name}.csv", "text/csv; charset=utf-8")


def _as_file(
    request: HttpRequest, chunks: Iterator[bytes], filename: str, content_type: str
) -> StreamingHttpResponse:
    content = _in_thread(chunks) if isinstance(request, ASGIRequest) else chunks
    answer = StreamingHttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def _csv(titles: list[str], table: Iterator[list[Any]], bom: bool) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    if bom:
        buffer.write("\ufeff")
    writer.writerow(titles)
    yield _taken(buffer)  # before the rows are asked for: of many, the first take a while
    for count, row in enumerate(table, 1):
        writer.writerow([f"{cell:f}" if isinstance(cell, Decimal) else cell for cell in row])
        if count % STEP == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return content


async def _in_thread(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    # The database is read in the request's own thread, piece by piece, while the server sends.
    following = sync_to_async(lambda: next(chunks, None))
    while (chunk := await following()) is not None:
        yield chunk
