"""Doors of accounts."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId
from jinzita.people import schemas, selectors, services

router = Router(tags=["people"])


@router.get("/users", response=responses(list[schemas.UserOut]), summary="Everybody who can sign in")
def list_users(request: HttpRequest) -> Any:
    return selectors.users(viewer_of(request))


@router.post("/users", response=responses(schemas.UserMadeOut, 201), summary="Make an account")
def create_user(request: HttpRequest, data: schemas.UserIn) -> Status[Any]:
    user, password = services.create_user(by=viewer_of(request), **data.dict())
    return Status(201, {"user": user, "password": password})


@router.get("/users/{user_id}", response=responses(schemas.UserOut), summary="One account")
def get_user(request: HttpRequest, user_id: int = PathId) -> Any:
    return selectors.user(viewer_of(request), user_id)


@router.patch("/users/{user_id}", response=responses(schemas.UserOut), summary="Change an account")
def patch_user(request: HttpRequest, data: schemas.UserChangeIn, user_id: int = PathId) -> Any:
    changes = data.dict(exclude_unset=True)
    if "active" in changes:
        changes["is_active"] = bool(changes.pop("active"))
    return services.update_user(by=viewer_of(request), user_id=user_id, changes=changes)


@router.post(
    "/users/{user_id}/password", response=responses(schemas.PasswordOut), summary="Give a new password"
)
def reset_password(request: HttpRequest, user_id: int = PathId) -> dict[str, str]:
    return {"password": services.reset_password(by=viewer_of(request), user_id=user_id)}
