"""Doors of the signed-in person."""

from datetime import UTC, datetime

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.people import schemas, selectors, services
from jinzita.people.services import sessions
from jinzita.people.services.sessions import second_factor_due

router = Router(tags=["people"])


@router.get("/me", response=responses(schemas.MeOut), summary="Who am I, and what may I do")
def get_me(request: HttpRequest) -> schemas.MeOut:
    viewer = viewer_of(request)
    assert viewer.user_id is not None
    if viewer.via == "browser" and request.session.session_key:
        place = request.META.get("REMOTE_ADDR", "")
        sessions.seen(session_key=request.session.session_key, ip=place, now=datetime.now(UTC))
    return schemas.me(
        selectors.user(viewer, viewer.user_id), sorted(viewer.permissions), viewer.reach, _must(request)
    )


@router.patch("/me", response=responses(schemas.MeOut), summary="Change my name, e-mail, language or theme")
def patch_me(request: HttpRequest, data: schemas.MeIn) -> schemas.MeOut:
    viewer = viewer_of(request)
    user = services.update_self(by=viewer, changes=data.dict(exclude_unset=True))
    return schemas.me(user, sorted(viewer.permissions), viewer.reach, _must(request))


@router.post("/me/password", response=responses(None, 204), summary="Change my password")
def change_password(request: HttpRequest, data: schemas.PasswordChangeIn) -> Status[None]:
    person = services.change_own_password(by=viewer_of(request), current=data.current, new=data.new)
    # This browser stays signed in; the others are not.
    old_key = request.session.session_key or ""
    update_session_auth_hash(request, person)
    new_key = request.session.session_key or ""
    sessions.renew(user_id=person.pk, old_key=old_key, new_key=new_key)
    return Status(204, None)


def _must(request: HttpRequest) -> list[str]:
    return ["second_factor"] if second_factor_due(request.session) else []
