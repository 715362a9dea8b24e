"""Doors of duties, their record, and what one customer is owed."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import Cursor, Day, Filter, GroupBy, Limit, Offset, PathId, Sort, ValueCountOut
from jinzita.treatment import services
from jinzita.treatment.schemas import duties as wire
from jinzita.treatment.selectors import customers, duties, record

router = Router(tags=["treatment"])
Words = Query(None, max_length=100, description="Part of the customer's name, pinyin, initials")
Start = Query(None, description="A day of the period; default: today")


def _today() -> date:
    return datetime.now(settings.COMPANY_TIME_ZONE).date()


@router.get("/duties", response=responses(wire.DutyPage), summary="Duties, those due last first")
def list_duties(
    request: HttpRequest, filter: str | None = Filter, q: str | None = Words, sort: str | None = Sort,
    limit: int = Limit, cursor: str | None = Cursor, offset: int = Offset,
) -> Any:  # fmt: skip
    page = duties.page(
        viewer_of(request), filter=filter, q=q, sort=sort, limit=limit, cursor=cursor, offset=offset
    )
    return {"items": [wire.duty_out(one) for one in page.items], "next": page.next}


@router.get("/duties/count", response=responses(wire.DutyCountOut), summary="How many duties fit")
def count_duties(request: HttpRequest, filter: str | None = Filter, q: str | None = Words) -> Any:
    return {"count": duties.matching(viewer_of(request), filter=filter, q=q).count()}


@router.get("/duties/groups", response=responses(list[ValueCountOut]), summary="How many duties, by a field")
def group_duties(
    request: HttpRequest, by: str = GroupBy, filter: str | None = Filter, q: str | None = Words
) -> Any:
    return duties.grouped(viewer_of(request), by=by, filter=filter, q=q)


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
