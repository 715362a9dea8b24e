"""Doors of departments."""

from collections import Counter
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId
from jinzita.people import schemas, selectors, services

router = Router(tags=["people"])


@router.get(
    "/departments", response=responses(list[schemas.DepartmentOut]), summary="The tree of departments"
)
def list_departments(request: HttpRequest) -> list[dict[str, Any]]:
    viewer = viewer_of(request)
    members = Counter(selectors.users(viewer).values_list("department_id", flat=True))
    return [{**_plain(one), "members": members[one.pk]} for one in selectors.departments(viewer)]


@router.post("/departments", response=responses(schemas.DepartmentOut, 201), summary="Make a department")
def create_department(request: HttpRequest, data: schemas.DepartmentIn) -> Status[Any]:
    made = services.create_department(by=viewer_of(request), **data.dict())
    return Status(201, {**_plain(made), "members": 0})


@router.patch(
    "/departments/{department_id}",
    response=responses(schemas.DepartmentOut),
    summary="Rename, move, or give a head",
)
def patch_department(
    request: HttpRequest, data: schemas.DepartmentChangeIn, department_id: int = PathId
) -> dict[str, Any]:
    viewer = viewer_of(request)
    changed = services.update_department(
        by=viewer, department_id=department_id, changes=data.dict(exclude_unset=True)
    )
    members = selectors.users(viewer).filter(department_id=department_id).count()
    return {**_plain(changed), "members": members}


@router.delete(
    "/departments/{department_id}", response=responses(None, 204), summary="Delete an empty department"
)
def delete_department(request: HttpRequest, department_id: int = PathId) -> Status[None]:
    services.delete_department(by=viewer_of(request), department_id=department_id)
    return Status(204, None)


def _plain(one: Any) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "parent_id": one.parent_id,
        "path": one.path,
        "head": schemas.person(one.head),
    }
