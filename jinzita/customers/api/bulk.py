"""Doors of many records at once, of undo, and of the trash."""

from datetime import UTC, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.customers import schemas, selectors, services
from jinzita.customers.api.customers import Words
from jinzita.customers.schemas import bulk as wire
from jinzita.kernel import idempotency, jobs, undo
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import (
    LARGEST_ID,
    Cursor,
    Filter,
    GroupBy,
    IdempotencyKey,
    Limit,
    Offset,
    PathId,
    Sort,
    ValueCountOut,
    WorkOut,
)

router = Router(tags=["customers"])
After = Query(None, ge=1, le=LARGEST_ID, description="`next` of the page before")


@router.post("/customers/bulk", response=responses(WorkOut, 202), summary="Change many customers")
def bulk(
    request: HttpRequest, data: wire.BulkIn, idempotency_key: str | None = IdempotencyKey
) -> Status[Any]:
    return _bulk(
        request, data, idempotency_key, owner_id=data.owner_id, over_capacity=data.over_capacity,
        tags=data.tags,
    )  # fmt: skip


@router.post("/contacts/bulk", response=responses(WorkOut, 202), summary="Change many contacts")
def bulk_contacts(
    request: HttpRequest, data: wire.ContactsBulkIn, idempotency_key: str | None = IdempotencyKey
) -> Status[Any]:
    return _bulk(request, data, idempotency_key, kind="contacts", tags=data.tags)


def _bulk(
    request: HttpRequest, data: wire.BulkIn | wire.ContactsBulkIn, key: str | None, *,
    kind: str = "customers", **wanted: Any,
) -> Status[Any]:  # fmt: skip
    viewer = viewer_of(request)
    selection = data.selection.dict(exclude_unset=True)
    if selection.get("ids") is None:
        selection.pop("ids", None)

    def work() -> dict[str, Any]:
        job = services.request_bulk(
            by=viewer, kind=kind, action=data.action, selection=selection, changes=data.changes, **wanted
        )
        return jobs.as_dict(job)

    body = idempotency.hash_of(request.body)
    return Status(202, idempotency.once(viewer, key, f"POST /{kind}/bulk", body, work))


@router.get(
    "/customers/groups", response=responses(list[ValueCountOut]), summary="How many of each value"
)  # fmt: skip
def get_groups(
    request: HttpRequest, by: str = GroupBy, filter: str | None = Filter,
    q: str | None = Words,
) -> Any:  # fmt: skip
    return selectors.grouped(viewer_of(request), by=by, filter=filter, q=q)


@router.get("/tags", response=responses(list[wire.TagOut]), summary="The tags in use")
def get_tags(request: HttpRequest) -> Any:
    return selectors.tags(viewer_of(request))


@router.get(
    "/change-sets", response=responses(wire.ChangeSetPage), summary="What can be undone, newest first"
)
def list_change_sets(
    request: HttpRequest, limit: int = Limit, cursor: int | None = After,
    kind: str | None = Query(None, max_length=40),
) -> Any:  # fmt: skip
    viewer = viewer_of(request)
    sets = undo.change_sets(viewer)
    if cursor:
        sets = sets.filter(pk__lt=cursor)
    if kind:
        sets = sets.filter(kind=kind)
    found, now = list(sets[: limit + 1]), datetime.now(UTC)
    kept = selectors.history.hidden_attributes(viewer)
    return {
        "items": [wire.change_set_out(viewer, one, now, kept) for one in found[:limit]],
        "next": str(found[limit - 1].pk) if len(found) > limit else None,
    }


@router.post("/change-sets/{set_id}/undo", response=responses(WorkOut, 202), summary="Take it back")
def undo_change_set(request: HttpRequest, set_id: int = PathId) -> Status[Any]:
    job = services.request_undo(by=viewer_of(request), change_set_id=set_id, now=datetime.now(UTC))
    return Status(202, jobs.as_dict(job))


@router.get(
    "/change-sets/{set_id}/conflicts", response=responses(wire.ConflictPage),
    summary="What was not taken back, because somebody changed it since",
)  # fmt: skip
def list_conflicts(
    request: HttpRequest, set_id: int = PathId, limit: int = Limit, cursor: int | None = After
) -> Any:
    viewer = viewer_of(request)
    found, following = selectors.conflicts(viewer, set_id, after=cursor or 0, limit=limit)
    return {
        "items": [wire.conflict_out(viewer, each) for each in found],
        "next": str(following) if following else None,
    }


@router.post(
    "/customers/{customer_id}/restore", response=responses(schemas.CustomerOut), summary="Out of the trash"
)
def restore_customer(request: HttpRequest, customer_id: int = PathId) -> Any:
    return schemas.customer_out(services.restore_customer(by=viewer_of(request), customer_id=customer_id))


@router.get("/trash", response=responses(wire.TrashPage), summary="What was thrown away, the last first")
def list_trash(
    request: HttpRequest, type: Literal["customer", "contact"] = "customer",
    filter: str | None = Filter, q: str | None = Query(None, max_length=100), sort: str | None = Sort,
    limit: int = Limit, cursor: str | None = Cursor, offset: int = Offset,
) -> Any:  # fmt: skip
    read: Any = selectors.trash.people_page if type == "contact" else selectors.trash.customers_page
    page = read(
        viewer_of(request), filter=filter, q=q, sort=sort, limit=limit, cursor=cursor, offset=offset
    )  # fmt: skip
    return {"items": [wire.trash_out(one) for one in page.items], "next": page.next}


@router.get("/trash/count", response=responses(schemas.CountOut), summary="How many of the trash fit")
def count_trash(
    request: HttpRequest, type: Literal["customer", "contact"] = "customer", filter: str | None = Filter,
    q: str | None = Query(None, max_length=100),
) -> Any:  # fmt: skip
    read: Any = selectors.trash.people if type == "contact" else selectors.trash.customers
    return {"count": read(viewer_of(request), filter=filter, q=q).count(), "exact": True}


@router.get(
    "/trash/groups", response=responses(list[ValueCountOut]), summary="How many of the trash, by a field"
)
def group_trash(
    request: HttpRequest, by: str = GroupBy, type: Literal["customer", "contact"] = "customer",
    filter: str | None = Filter, q: str | None = Query(None, max_length=100),
) -> Any:  # fmt: skip
    read = selectors.trash.people_grouped if type == "contact" else selectors.trash.customers_grouped
    return read(viewer_of(request), by=by, filter=filter, q=q)


@router.delete("/trash/{type}/{record_id}", response=responses(None, 204), summary="Gone for good")
def purge(
    request: HttpRequest, type: Literal["customer", "contact"], record_id: int = PathId
) -> Status[None]:
    by = viewer_of(request)
    if type == "contact":
        services.purge_contact(by=by, contact_id=record_id)
    else:
        services.purge_customer(by=by, customer_id=record_id)
    return Status(204, None)


@router.get(
    "/customers/{customer_id}/changes",
    response=responses(wire.ChangePage),
    summary="What was changed, by whom",
)
def list_changes(
    request: HttpRequest, customer_id: int = PathId, limit: int = Limit, cursor: str | None = Cursor,
    field: str | None = Query(None, max_length=100, examples=["attributes.region"]),
) -> Any:  # fmt: skip
    found, following = selectors.history.changes(
        viewer_of(request), customer_id, named=field, limit=limit, cursor=cursor
    )
    return {"items": [wire.change_out(one) for one in found], "next": following}


@router.post(
    "/customers/{customer_id}/changes/{entry_id}/restore", response=responses(schemas.CustomerOut),
    summary="Set a field back to what it was before a change",
)  # fmt: skip
def restore_field(
    request: HttpRequest, entry_id: str, data: wire.RestoreFieldIn, customer_id: int = PathId
) -> Any:
    return schemas.customer_out(
        services.restore_field(
            by=viewer_of(request), customer_id=customer_id, entry_id=entry_id, field=data.field
        )
    )
