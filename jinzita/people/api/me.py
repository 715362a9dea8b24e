"""Doors of the signed-in person."""

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.people import schemas, selectors, services

router = Router(tags=["people"])


@router.get("/me", response=responses(schemas.MeOut), summary="Who am I, and what may I do")
def get_me(request: HttpRequest) -> schemas.MeOut:
    viewer = viewer_of(request)
    assert viewer.user_id is not None
    return schemas.me(selectors.user(viewer, viewer.user_id), sorted(viewer.permissions), viewer.reach)


@router.patch("/me", response=responses(schemas.MeOut), summary="Change my name, e-mail, language or theme")
def patch_me(request: HttpRequest, data: schemas.MeIn) -> schemas.MeOut:
    viewer = viewer_of(request)
    user = services.update_self(by=viewer, changes=data.dict(exclude_unset=True))
    return schemas.me(user, sorted(viewer.permissions), viewer.reach)


@router.post("/me/password", response=responses(None, 204), summary="Change my password")
def change_password(request: HttpRequest, data: schemas.PasswordChangeIn) -> Status[None]:
    services.change_own_password(by=viewer_of(request), current=data.current, new=data.new)
    return Status(204, None)
