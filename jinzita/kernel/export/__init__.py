"""A list as a file, never whole in memory: CSV, a workbook, Parquet. Guarded, and kept in the audit log."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from jinzita.kernel import audit, field_access
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Invalid
from jinzita.kernel.export.parquet import as_parquet
from jinzita.kernel.export.workbook import as_workbook
from jinzita.kernel.records.fields import Field, FieldType

STEP = 2_000
# Spreadsheets take a cell that begins like this for a formula, Chinese ones the full-width signs too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YES_NO = {"en": ("yes", "no"), "zh": ("是", "否")}


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
    language: str, read: Callable[[Model, Field], Any], note: dict[str, Any], bom: bool = True,
) -> HttpResponseBase:  # fmt: skip
    """The answer that carries `rows` as ``csv``, ``xlsx`` or ``parquet``, one column a field.

    `fields` are those the viewer reads: what a role keeps back is masked. `read` gives a row's
    value of a field, `note` goes into the audit log. Raises Forbidden, Invalid.
    """
    by.require(Permission.EXPORT)
    if form not in ("csv", "xlsx", "parquet"):
        raise Invalid.at("format", "unknown_choice", "format must be csv, xlsx or parquet.")
    with transaction.atomic():
        audit.record(
            by=by, action="export", subject_type=name,
            changes={**note, "format": form, "fields": [one.code for one in fields]},
        )  # fmt: skip
    titles = [harmless(one.zh if language.startswith("zh") else one.en) for one in fields]
    shown = _Cell(language)
    table = (
        [field_access.shown(one.access, read(row, one)) for one in fields]
        for row in rows.iterator(chunk_size=STEP)
    )
    if form == "parquet":
        return as_parquet(fields, table, name=name)
    cells = ([shown(*pair) for pair in zip(fields, row, strict=True)] for row in table)
    if form == "xlsx":
        return _as_file(request, as_workbook(name, titles, cells), f"{name}.xlsx", _XLSX)
    return as_csv_file(request, _csv(titles, cells, bom), name=name)


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


class Worded:
    """A value in words: choices by their names, yes and no, instants in the company's time."""

    def __init__(self, language: str) -> None:
        self.language = "zh" if language.startswith("zh") else "en"

    def __call__(self, field: Field, value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, list):
            value = ("、" if self.language == "zh" else ", ").join(self._word(field, one) for one in value)
        elif field.type is FieldType.CHOICE:
            value = self._word(field, value)
        if isinstance(value, bool):
            return YES_NO[self.language][0 if value else 1]
        if isinstance(value, datetime):
            return value.astimezone(settings.COMPANY_TIME_ZONE).replace(tzinfo=None, microsecond=0)
        if isinstance(value, int | float | Decimal | date):
            return value
        return str(value).translate(_NOT_IN_XML)

    def _word(self, field: Field, value: Any) -> Any:
        words = next((one for one in field.choices if one.value == value), None)
        return (words.zh if self.language == "zh" else words.en) if words else value


class _Cell(Worded):
    """The same as a cell: texts that are no formulas."""

    def __call__(self, field: Field, value: Any) -> Any:
        shown = super().__call__(field, value)
        return harmless(shown) if isinstance(shown, str) else shown


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; an import takes the sign in front away again."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _csv(titles: list[str], table: Iterator[list[Any]], bom: bool) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    if bom:
        buffer.write("\ufeff")
    writer.writerow(titles)
    for count, row in enumerate(table, 1):
        writer.writerow(
            "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else cell for cell in row
        )
        if count % STEP == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


async def _in_thread(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    # The database is read in the request's own thread, piece by piece, while the server sends.
    following = sync_to_async(lambda: next(chunks, None))
    while (chunk := await following()) is not None:
        yield chunk
