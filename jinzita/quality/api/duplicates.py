"""Doors of duplicates: the check while typing, the groups found, the decisions."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.kernel import jobs
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import Cursor, Filter, PathId, Sort, WorkOut
from jinzita.quality import schemas
from jinzita.quality.selectors import duplicates as selectors
from jinzita.quality.services import duplicates as services

router = Router(tags=["quality"])
Words = Query(None, max_length=100, description="What one of the customers is found by")
Verdict = Query(None, max_length=10, description="same or look; both when empty")
State = Query(
    None, max_length=10, description="open, later or different; without a word on it those that are open"
)
ChangeSet = Query(
    None, ge=1, le=2**63 - 1, description="Pairs with a customer made by this import or other work"
)


@router.post(
    "/customers/duplicate-check",
    response=responses(schemas.DuplicateCheckOut),
    summary="Who may be this customer already",
)
def check_duplicate(request: HttpRequest, data: schemas.DuplicateCheckIn) -> Any:
    record = data.dict()
    found = selectors.likely(viewer_of(request), record, without=record.pop("without"))
    return {"items": [schemas.likely_out(one) for one in found]}


@router.get(
    "/quality/duplicates", response=responses(schemas.DuplicateGroupPage), summary="Customers that may be one"
)
def list_duplicates(
    request: HttpRequest, filter: str | None = Filter, q: str | None = Words, sort: str | None = Sort,
    verdict: str | None = Verdict, state: str | None = State, change_set: int | None = ChangeSet,
    limit: int = Query(20, ge=1, le=100), cursor: str | None = Cursor,
) -> Any:  # fmt: skip
    found = selectors.groups(
        viewer_of(request), filter=filter, q=q, sort=sort, verdict=verdict, state=state, limit=limit,
        cursor=cursor, change_set_id=change_set,
    )  # fmt: skip
    return {"items": [schemas.group_out(one) for one in found.items], "next": found.next}


@router.get(
    "/quality/duplicates/count", response=responses(schemas.DuplicateCountOut), summary="How many groups fit"
)
def count_duplicates(
    request: HttpRequest, filter: str | None = Filter, q: str | None = Words, verdict: str | None = Verdict,
    state: str | None = State, change_set: int | None = ChangeSet,
) -> Any:  # fmt: skip
    counted = selectors.count(
        viewer_of(request), filter=filter, q=q, verdict=verdict, state=state, change_set_id=change_set
    )
    return {"count": counted}


@router.get(
    "/quality/duplicates/summary",
    response=responses(schemas.DuplicateSummaryOut),
    summary="How many there are",
)
def get_summary(request: HttpRequest) -> Any:
    return selectors.summary(viewer_of(request))


@router.post(
    "/quality/duplicates/run",
    response=responses(WorkOut, 202),
    summary="Compare all customers",
)
def run_duplicates(request: HttpRequest) -> Status[Any]:
    return Status(202, jobs.as_dict(services.begin(by=viewer_of(request))))


@router.post(
    "/quality/duplicates/decide",
    response=responses(schemas.DuplicateDecidedOut),
    summary="Not the same, later, or open again",
)
def decide_duplicates(request: HttpRequest, data: schemas.DuplicateDecideIn) -> Any:
    changed = services.decide(
        by=viewer_of(request), match_ids=data.matches, state=data.state, now=datetime.now(UTC)
    )
    return {"changed": changed}


@router.get(
    "/quality/duplicates/policy", response=responses(schemas.DuplicatePolicyOut), summary="The thresholds"
)
def get_policy(request: HttpRequest) -> Any:
    return selectors.policy_for(viewer_of(request))


@router.put(
    "/quality/duplicates/policy", response=responses(schemas.DuplicatePolicyOut), summary="Set the thresholds"
)
def put_policy(request: HttpRequest, data: schemas.DuplicatePolicyIn) -> Any:
    return services.set_policy(by=viewer_of(request), **data.dict())


@router.get(
    "/customers/{customer_id}/duplicates",
    response=responses(list[schemas.DuplicateGroupOut]),
    summary="Who may be the same as this customer",
)
def get_duplicates_of(request: HttpRequest, customer_id: int = PathId) -> Any:
    return [schemas.group_out(one) for one in selectors.matches_of(viewer_of(request), customer_id)]
