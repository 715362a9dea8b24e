"""Doors of the weekly lists: what the records of a team want most."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router, Status

from jinzita.kernel import export, jobs
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import WorkOut
from jinzita.quality.schemas import scores as words_of
from jinzita.quality.schemas import weekly as schemas
from jinzita.quality.selectors import weekly as selectors
from jinzita.quality.services import weekly as services

router = Router(tags=["quality"])
_WEEK = Query(None, description="Any day of the week; without it the newest list")
_DEPARTMENT = Query(None, ge=1, le=2**63 - 1)


@router.get(
    "/quality/weekly",
    response=responses(schemas.WeeklyListOut),
    summary="The week's list of what to fill in, and how much of it is done",
)
def get_weekly_list(
    request: HttpRequest, week: date | None = _WEEK, department_id: int | None = _DEPARTMENT
) -> Any:
    viewer = viewer_of(request)
    found = selectors.weekly(viewer, week=week, department_id=department_id, today=_today())
    words = words_of.labels(viewer)
    return {**found, "lines": [schemas.line_out(one, words) for one in found["lines"]]}


@router.post(
    "/quality/weekly",
    response=responses(WorkOut, 202),
    summary="Make this week's lists now, where there are none",
)
def make_weekly_lists(request: HttpRequest) -> Status[Any]:
    return Status(202, jobs.as_dict(services.begin(by=viewer_of(request))))


@router.get(
    "/quality/weekly/export", response=responses(None), summary="The week's list as CSV or a workbook"
)
def export_weekly_list(
    request: HttpRequest, week: date | None = _WEEK, department_id: int | None = _DEPARTMENT,
    format: str = Query("xlsx"), language: str = Query("zh", max_length=10),
) -> HttpResponseBase:  # fmt: skip
    viewer = viewer_of(request)
    of = selectors.scope(viewer, week=week, department_id=department_id)
    lines = selectors.lines(viewer, of, today=_today())
    cells = schemas.cells(lines, words_of.labels(viewer), language)
    return export.send(
        request, selectors.items(viewer, of), by=viewer, name="weekly-list", fields=schemas.COLUMNS,
        form=format, language=language, read=lambda field: lambda row: cells.get((row.pk, field.code)),
        note={"week": str(of.week) if of.week else None, "department_id": of.department_id},
    )  # fmt: skip


def _today() -> date:
    return datetime.now(UTC).astimezone(settings.COMPANY_TIME_ZONE).date()
