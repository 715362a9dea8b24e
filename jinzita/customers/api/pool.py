"""Doors of owners and of the public pool."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.customers import schemas, selectors, services
from jinzita.customers.api.customers import Words
from jinzita.customers.api.today import today
from jinzita.customers.schemas import pool as wire
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import Cursor, Limit, PathId

router = Router(tags=["customers"])


@router.get("/pool", response=responses(wire.PoolPage), summary="Customers free to claim, the best first")
def list_pool(
    request: HttpRequest, grade: str | None = Query(None, max_length=9), q: str | None = Words,
    limit: int = Limit, cursor: str | None = Cursor,
) -> Any:  # fmt: skip
    now = datetime.now(UTC)
    found, following = selectors.pool.page(
        viewer_of(request), now=now, grade=grade, q=q, limit=limit, cursor=cursor
    )
    return {"items": [wire.pooled_out(one, now) for one in found], "next": following}


@router.get("/pool/capacity", response=responses(wire.CapacityOut), summary="What I hold and may still take")
def get_capacity(request: HttpRequest) -> Any:
    return wire.capacity_out(selectors.pool.capacity(viewer_of(request), now=datetime.now(UTC)))


@router.get(
    "/pool/capacities", response=responses(list[wire.PersonCapacityOut]), summary="What each person holds"
)
def list_capacities(request: HttpRequest) -> Any:
    return [
        {
            "id": person.pk, "name": person.shown_name,
            "department": person.department.name if person.department else None, **wire.capacity_out(held),
        }
        for person, held in selectors.pool.team_capacities(viewer_of(request), now=datetime.now(UTC))
    ]  # fmt: skip


@router.get(
    "/pool/warnings", response=responses(list[wire.PoolWarningOut]), summary="Customers about to fall back"
)
def list_warnings(request: HttpRequest, mine: bool = False, asked: bool = False) -> Any:
    return [
        wire.warning_out(one)
        for one in selectors.pool.warnings(viewer_of(request), mine=mine, asked=asked)
    ]  # fmt: skip


@router.post("/pool/assign", response=responses(wire.PoolGivenOut), summary="Give customers of the pool")
def assign(request: HttpRequest, data: wire.PoolAssignIn) -> Any:
    given = services.pool.assign(
        by=viewer_of(request), customer_ids=data.customer_ids, owner_id=data.owner_id
    )
    return {"assigned": given}


@router.get("/pool/rules", response=responses(wire.PoolSetupOut), summary="When customers fall back")
def get_rules(request: HttpRequest) -> Any:
    viewer = viewer_of(request)
    return {
        "rules": [wire.rule_out(one) for one in selectors.pool.rules(viewer)],
        "limits": selectors.pool.limits(),
    }


@router.put("/pool/rules", response=responses(wire.PoolRuleOut), summary="Set the rule of a grade")
def put_rule(request: HttpRequest, data: wire.PoolRuleIn) -> Any:
    changes = data.dict()
    grade, department_id = changes.pop("grade"), changes.pop("department_id")
    return wire.rule_out(
        services.pool.save_rule(
            by=viewer_of(request), grade=grade, department_id=department_id, changes=changes
        )
    )  # fmt: skip


@router.delete("/pool/rules/{rule_id}", response=responses(None, 204), summary="Nothing falls by it any more")
def delete_rule(request: HttpRequest, rule_id: int = PathId) -> Status[None]:
    services.pool.delete_rule(by=viewer_of(request), rule_id=rule_id)
    return Status(204, None)


@router.put("/pool/limits", response=responses(wire.PoolLimitsOut), summary="Set what one person may take")
def put_limits(request: HttpRequest, data: wire.PoolLimitsIn) -> Any:
    return services.pool.save_limits(by=viewer_of(request), changes=data.dict())


@router.post(
    "/pool/{customer_id}/claim", response=responses(schemas.CustomerOut), summary="Take it for oneself"
)
def claim(request: HttpRequest, customer_id: int = PathId) -> Any:
    return schemas.customer_out(
        services.pool.claim(by=viewer_of(request), customer_id=customer_id, now=datetime.now(UTC))
    )


@router.post("/customers/{customer_id}/release", response=responses(None, 204), summary="Back to the pool")
def release(request: HttpRequest, data: wire.ReleaseIn, customer_id: int = PathId) -> Status[None]:
    services.pool.release(by=viewer_of(request), customer_id=customer_id, why=data.why)
    return Status(204, None)


@router.post(
    "/customers/{customer_id}/postponement", response=responses(wire.PoolWarningOut),
    summary="Ask that it does not fall back yet",
)  # fmt: skip
def postpone(request: HttpRequest, data: wire.PostponeIn, customer_id: int = PathId) -> Any:
    return wire.warning_out(
        services.pool.postpone(
            by=viewer_of(request), customer_id=customer_id, until=data.until, why=data.why, today=today()
        )
    )  # fmt: skip


@router.post(
    "/customers/{customer_id}/postponement/decision", response=responses(wire.PoolWarningOut),
    summary="Approve or refuse what was asked",
)  # fmt: skip
def decide(request: HttpRequest, data: wire.DecideIn, customer_id: int = PathId) -> Any:
    return wire.warning_out(
        services.pool.decide_postponement(
            by=viewer_of(request), customer_id=customer_id, approved=data.approved
        )
    )  # fmt: skip


@router.get(
    "/customers/{customer_id}/owners", response=responses(list[wire.OwnershipOut]), summary="Whose it was"
)
def list_owners(request: HttpRequest, customer_id: int = PathId) -> Any:
    return [wire.ownership_out(one) for one in selectors.pool.ownerships(viewer_of(request), customer_id)]
