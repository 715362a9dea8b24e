"""Doors of the public pool."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.assignment import selectors, services
from jinzita.assignment.schemas import pool as wire
from jinzita.customers.schemas import CustomerOut, customer_out
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import Cursor, Filter, GroupBy, Limit, Offset, PathId, Sort, ValueCountOut

router = Router(tags=["assignment"])
Words = Query(None, max_length=100, description="Part of a name, pinyin or initials")
FoundBy = Query(None, max_length=100, description="What the customer is found by")
Mine = Query(False, description="Of the own customers alone")
Asked = Query(False, description="Those alone for which others ask more time")


@router.get("/pool", response=responses(wire.PoolPage), summary="Customers free to claim, the best first")
def list_pool(
    request: HttpRequest, filter: str | None = Filter, q: str | None = Words, sort: str | None = Sort,
    limit: int = Limit, cursor: str | None = Cursor, offset: int = Offset,
) -> Any:  # fmt: skip
    now = datetime.now(UTC)
    page = selectors.pool.page(
        viewer_of(request), now=now, filter=filter, q=q, sort=sort, limit=limit, cursor=cursor, offset=offset
    )
    return {"items": [wire.pooled_out(one, now) for one in page.items], "next": page.next}


@router.get("/pool/count", response=responses(wire.PoolCountOut), summary="How many customers are free")
def count_pool(request: HttpRequest, filter: str | None = Filter, q: str | None = Words) -> Any:
    return {"count": selectors.pool.matching(viewer_of(request), filter=filter, q=q).count()}


@router.get("/pool/groups", response=responses(list[ValueCountOut]), summary="How many are free, by a field")
def group_pool(
    request: HttpRequest, by: str = GroupBy, filter: str | None = Filter, q: str | None = Words
) -> Any:
    return selectors.pool.grouped(viewer_of(request), by=by, filter=filter, q=q)


@router.get("/pool/capacity", response=responses(wire.CapacityOut), summary="What I hold and may still take")
def get_capacity(request: HttpRequest) -> Any:
    return wire.capacity_out(selectors.capacity.capacity(viewer_of(request), now=datetime.now(UTC)))


@router.get(
    "/pool/capacities", response=responses(list[wire.PersonCapacityOut]), summary="What each person holds"
)
def list_capacities(request: HttpRequest) -> Any:
    return [
        {
            "id": person.pk, "name": person.shown_name,
            "department": person.department.name if person.department else None, **wire.capacity_out(held),
        }
        for person, held in selectors.capacity.team_capacities(viewer_of(request), now=datetime.now(UTC))
    ]  # fmt: skip


@router.get(
    "/pool/warnings", response=responses(wire.PoolWarningPage), summary="Customers about to fall back"
)
def list_warnings(
    request: HttpRequest, filter: str | None = Filter, q: str | None = FoundBy, sort: str | None = Sort,
    mine: bool = Mine, asked: bool = Asked,
    limit: int = Limit, cursor: str | None = Cursor, offset: int = Offset,
) -> Any:  # fmt: skip
    page = selectors.warnings.page(
        viewer_of(request), filter=filter, q=q, part=selectors.warnings.Part(mine, asked), sort=sort,
        limit=limit, cursor=cursor, offset=offset,
    )  # fmt: skip
    return {"items": [wire.warning_out(one) for one in page.items], "next": page.next}


@router.get(
    "/pool/warnings/count", response=responses(wire.PoolCountOut), summary="How many are about to fall back"
)
def count_warnings(
    request: HttpRequest, filter: str | None = Filter, q: str | None = FoundBy, mine: bool = Mine,
    asked: bool = Asked,
) -> Any:  # fmt: skip
    part = selectors.warnings.Part(mine, asked)
    return {"count": selectors.warnings.matching(viewer_of(request), filter=filter, q=q, part=part).count()}


@router.get(
    "/pool/warnings/groups", response=responses(list[ValueCountOut]),
    summary="How many are about to fall back, by a field",
)  # fmt: skip
def group_warnings(
    request: HttpRequest, by: str = GroupBy, filter: str | None = Filter, q: str | None = FoundBy,
    mine: bool = Mine, asked: bool = Asked,
) -> Any:  # fmt: skip
    part = selectors.warnings.Part(mine, asked)
    return selectors.warnings.grouped(viewer_of(request), by=by, filter=filter, q=q, part=part)


@router.post("/pool/assign", response=responses(wire.PoolGivenOut), summary="Give customers of the pool")
def assign(request: HttpRequest, data: wire.PoolAssignIn) -> Any:
    given = services.pool.assign(
        by=viewer_of(request), customer_ids=data.customer_ids, owner_id=data.owner_id,
        now=datetime.now(UTC), over_capacity=data.over_capacity,
    )  # fmt: skip
    return {"assigned": given}


@router.get("/pool/rules", response=responses(wire.PoolSetupOut), summary="When customers fall back")
def get_rules(request: HttpRequest) -> Any:
    viewer = viewer_of(request)
    return {
        "rules": [wire.rule_out(one) for one in selectors.rules.rules(viewer)],
        "limits": selectors.rules.limits(),
    }


@router.put("/pool/rules", response=responses(wire.PoolRuleOut), summary="Set the rule of a grade")
def put_rule(request: HttpRequest, data: wire.PoolRuleIn) -> Any:
    changes = data.dict()
    grade, department_id = changes.pop("grade"), changes.pop("department_id")
    return wire.rule_out(
        services.rules.save_rule(
            by=viewer_of(request), grade=grade, department_id=department_id, changes=changes
        )
    )  # fmt: skip


@router.delete("/pool/rules/{rule_id}", response=responses(None, 204), summary="Nothing falls by it any more")
def delete_rule(request: HttpRequest, rule_id: int = PathId) -> Status[None]:
    services.rules.delete_rule(by=viewer_of(request), rule_id=rule_id)
    return Status(204, None)


@router.put("/pool/limits", response=responses(wire.PoolLimitsOut), summary="Set what one person may take")
def put_limits(request: HttpRequest, data: wire.PoolLimitsIn) -> Any:
    return services.rules.save_limits(by=viewer_of(request), changes=data.dict())


@router.post("/pool/{customer_id}/claim", response=responses(CustomerOut), summary="Take it for oneself")
def claim(request: HttpRequest, customer_id: int = PathId) -> Any:
    return customer_out(
        services.pool.claim(by=viewer_of(request), customer_id=customer_id, now=datetime.now(UTC))
    )


@router.post("/customers/{customer_id}/release", response=responses(None, 204), summary="Back to the pool")
def release(request: HttpRequest, data: wire.ReleaseIn, customer_id: int = PathId) -> Status[None]:
    services.pool.release(by=viewer_of(request), customer_id=customer_id, why=data.why)
    return Status(204, None)


@router.get(
    "/customers/{customer_id}/pool-warning", response=responses(wire.PoolWarningOut | None),
    summary="Whether it is about to fall back; null when it is not",
)  # fmt: skip
def get_warning(request: HttpRequest, customer_id: int = PathId) -> Any:
    found = selectors.warnings.of_customer(viewer_of(request), customer_id)
    return wire.warning_out(found) if found else None


@router.post(
    "/customers/{customer_id}/postponement", response=responses(wire.PoolWarningOut),
    summary="Ask that it does not fall back yet",
)  # fmt: skip
def postpone(request: HttpRequest, data: wire.PostponeIn, customer_id: int = PathId) -> Any:
    return wire.warning_out(
        services.postponing.postpone(
            by=viewer_of(request), customer_id=customer_id, until=data.until, why=data.why, today=_today()
        )
    )  # fmt: skip


@router.post(
    "/customers/{customer_id}/postponement/decision", response=responses(wire.PoolWarningOut),
    summary="Approve or refuse what was asked",
)  # fmt: skip
def decide(request: HttpRequest, data: wire.DecideIn, customer_id: int = PathId) -> Any:
    return wire.warning_out(
        services.postponing.decide_postponement(
            by=viewer_of(request), customer_id=customer_id, approved=data.approved
        )
    )  # fmt: skip


def _today() -> date:
    return datetime.now(settings.COMPANY_TIME_ZONE).date()
