"""Doors of saved views."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId
from jinzita.people.schemas import views as wire
from jinzita.people.selectors import views as reads
from jinzita.people.services import views as services

router = Router(tags=["people"])


@router.get("/views", response=responses(wire.ViewsOut), summary="Saved views of a list")
def list_views(request: HttpRequest, kind: str | None = Query(None, max_length=40)) -> Any:
    viewer = viewer_of(request)
    chosen = reads.choices(viewer)
    found = reads.views(viewer, kind)
    return {"items": [wire.view_out(one, chosen.get(one.pk), viewer.user_id) for one in found]}


@router.post("/views", response=responses(wire.ViewOut, 201), summary="Save a view")
def create_view(request: HttpRequest, data: wire.ViewIn) -> Status[Any]:
    viewer = viewer_of(request)
    values = {**data.dict(), "role": data.role or ""}
    return Status(201, wire.view_out(services.create_view(by=viewer, **values), None, viewer.user_id))


@router.patch("/views/{view_id}", response=responses(wire.ViewOut), summary="Change a view")
def patch_view(request: HttpRequest, data: wire.ViewChangeIn, view_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    changes = data.dict(exclude_unset=True)
    if "role" in changes:
        changes["role"] = changes["role"] or ""
    one = services.update_view(by=viewer, view_id=view_id, changes=changes)
    return wire.view_out(one, reads.choices(viewer).get(one.pk), viewer.user_id)


@router.delete("/views/{view_id}", response=responses(None, 204), summary="Delete a view")
def delete_view(request: HttpRequest, view_id: int = PathId) -> Status[None]:
    services.delete_view(by=viewer_of(request), view_id=view_id)
    return Status(204, None)


@router.put("/views/{view_id}/mine", response=responses(wire.ViewOut), summary="Pin a view, or begin with it")
def choose_view(request: HttpRequest, data: wire.ViewChoiceIn, view_id: int = PathId) -> Any:
    viewer = viewer_of(request)
    one = services.choose_view(by=viewer, view_id=view_id, **data.dict())
    return wire.view_out(one, reads.choices(viewer).get(one.pk), viewer.user_id)
