"""Doors of roles."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from jinzita.kernel.access import Permission
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.records import kinds
from jinzita.people import schemas, selectors, services

router = Router(tags=["people"])
RoleCode = Path(..., max_length=40)


@router.get("/roles", response=responses(list[schemas.RoleOut]), summary="The roles")
def list_roles(request: HttpRequest) -> list[dict[str, Any]]:
    viewer = viewer_of(request)
    people = selectors.people_by_role(viewer)
    return [schemas.role_out(one, people) for one in selectors.roles(viewer)]


@router.get(
    "/roles/choices", response=responses(schemas.RoleChoicesOut), summary="What a role can be made of"
)
def get_role_choices(request: HttpRequest) -> dict[str, Any]:
    viewer_of(request).require(Permission.MANAGE_PEOPLE)
    return schemas.role_choices(kinds().values())


@router.get(
    "/administrators",
    response=responses(list[schemas.AdministratorOut]),
    summary="Who can grant what a role lacks",
)
def list_administrators(request: HttpRequest) -> list[dict[str, Any]]:
    return [schemas.administrator_out(one) for one in selectors.administrators(viewer_of(request))]


@router.post("/roles", response=responses(schemas.RoleOut, 201), summary="Make a role of the company's own")
def create_role(request: HttpRequest, data: schemas.RoleIn) -> Status[Any]:
    given = data.dict(exclude_unset=True)
    copy_of = given.pop("copy_of", None)
    made = services.create_role(by=viewer_of(request), given=given, copy_of=copy_of)
    return Status(201, schemas.role_out(made, {}))


@router.patch("/roles/{code}", response=responses(schemas.RoleOut), summary="Change a role")
def patch_role(request: HttpRequest, data: schemas.RoleChangeIn, code: str = RoleCode) -> dict[str, Any]:
    viewer = viewer_of(request)
    changed = services.update_role(by=viewer, code=code, changes=data.dict(exclude_unset=True))
    return schemas.role_out(changed, selectors.people_by_role(viewer))


@router.delete("/roles/{code}", response=responses(None, 204), summary="Delete a role nobody has")
def delete_role(request: HttpRequest, code: str = RoleCode) -> Status[None]:
    services.delete_role(by=viewer_of(request), code=code)
    return Status(204, None)
