"""Doors of duties, their record, and what one customer is owed."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import LARGEST_ID, Cursor, Day, Limit, PathId
from jinzita.treatment import services
from jinzita.treatment.schemas import duties as wire
from jinzita.treatment.selectors import customers, duties, record

router = Router(tags=["treatment"])
Since = Query(None, description="Due from this day on")
Until = Query(None, description="Due until this day")
Start = Query(None, description="A day of the period; default: today")


def _today() -> date:
    return datetime.now(settings.COMPANY_TIME_ZONE).date()


@router.get("/duties", response=responses(wire.DutyPage), summary="Duties, those due last first")
def list_duties(
    request: HttpRequest,
    owner_id: int | None = Query(None, ge=1, le=LARGEST_ID),
    department_id: int | None = Query(None, ge=1, le=LARGEST_ID),
    item: str | None = Query(None, max_length=10, description="visit, contact, answer or sponsor"),
    state: str | None = Query(
        None, max_length=10, description="due, done, missed, excused; open: due, or missed and not made good"
    ),
    since: Day | None = Since,
    until: Day | None = Until,
    limit: int = Limit, cursor: str | None = Cursor,
) -> Any:  # fmt: skip
    wanted = duties.Wanted(owner_id, department_id, item, state, since, until)
    found, following = duties.page(viewer_of(request), wanted, limit=limit, cursor=cursor)
    return {"items": [wire.duty_out(one) for one in found], "next": following}


@router.get("/duties/today", response=responses(wire.DutiesTodayOut), summary="What waits for me")
def get_today(request: HttpRequest) -> Any:
    found = duties.today(viewer_of(request), today=_today())
    return {
        "duties": [wire.duty_out(one) for one in found.duties], "more": found.more,
        "escalated": [wire.duty_out(one) for one in found.escalated],
    }  # fmt: skip


@router.get("/duties/{duty_id}", response=responses(wire.DutyOut), summary="One duty")
def get_duty(request: HttpRequest, duty_id: int = PathId) -> Any:
    return wire.duty_out(duties.duty(viewer_of(request), duty_id))


@router.post("/duties/{duty_id}/excuse", response=responses(wire.DutyOut), summary="Let it not count")
def excuse(request: HttpRequest, data: wire.DutyExcuseIn, duty_id: int = PathId) -> Any:
    return wire.duty_out(
        services.excuse(by=viewer_of(request), duty_id=duty_id, why=data.why, now=datetime.now(UTC))
    )


@router.delete(
    "/duties/{duty_id}/excuse", response=responses(None, 204), summary="Let it count again"
)  # fmt: skip
def take_excuse_back(request: HttpRequest, duty_id: int = PathId) -> Status[None]:
    services.take_excuse_back(by=viewer_of(request), duty_id=duty_id, now=datetime.now(UTC))
    return Status(204, None)


@router.get("/accountability", response=responses(wire.DutyRecordOut), summary="Who kept what, over a period")
def get_record(
    request: HttpRequest,
    period: str = Query("month", max_length=10, description="month, quarter or year"),
    start: Day | None = Start,
) -> Any:
    return wire.record_out(record.record(viewer_of(request), period=period, start=start or _today()))


@router.get(
    "/customers/{customer_id}/treatment",
    response=responses(wire.CustomerTreatmentOut),
    summary="What this customer is owed, and how it went",
)
def get_treatment(request: HttpRequest, customer_id: int = PathId) -> Any:
    return wire.treatment_out(customers.duties_to(viewer_of(request), customer_id))


@router.put(
    "/customers/{customer_id}/sponsor",
    response=responses(wire.CustomerTreatmentOut),
    summary="Name who stands for it beside its owner",
)
def name_sponsor(request: HttpRequest, data: wire.DutySponsorIn, customer_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    services.name_sponsor(by=viewer, customer_id=customer_id, user_id=data.user_id, now=datetime.now(UTC))
    return wire.treatment_out(customers.duties_to(viewer, customer_id))
