"""Doors of accounts."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import Cursor, Filter, GroupBy, Limit, Offset, PathId, Sort, ValueCountOut
from jinzita.people import schemas, selectors, services
from jinzita.people.selectors import accounts

router = Router(tags=["people"])
Words = Query(None, max_length=100, description="Part of the name, the user name or the e-mail")


@router.get("/users", response=responses(list[schemas.UserOut]), summary="Everybody who can sign in")
def list_users(request: HttpRequest) -> Any:
    return selectors.users(viewer_of(request))


@router.get("/accounts", response=responses(schemas.UserPage), summary="Accounts as a list, page by page")
def list_accounts(
    request: HttpRequest, filter: str | None = Filter, q: str | None = Words, sort: str | None = Sort,
    limit: int = Limit, cursor: str | None = Cursor, offset: int = Offset,
) -> Any:  # fmt: skip
    return accounts.page(
        viewer_of(request), filter=filter, q=q, sort=sort, limit=limit, cursor=cursor, offset=offset
    )


@router.get("/accounts/count", response=responses(schemas.UserCountOut), summary="How many accounts fit")
def count_accounts(request: HttpRequest, filter: str | None = Filter, q: str | None = Words) -> Any:
    return {"count": accounts.matching(viewer_of(request), filter=filter, q=q).count()}


@router.get(
    "/accounts/groups", response=responses(list[ValueCountOut]), summary="How many accounts, by a field"
)
def group_accounts(
    request: HttpRequest, by: str = GroupBy, filter: str | None = Filter, q: str | None = Words
) -> Any:
    return accounts.grouped(viewer_of(request), by=by, filter=filter, q=q)


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
