"""Doors of sessions, second factors, locks and invitations."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.errors import Forbidden
from jinzita.kernel.wire import PathId
from jinzita.people.schemas import signin as shapes
from jinzita.people.selectors import signin as reads
from jinzita.people.services import invitations, sessions
from jinzita.people.services import signin as writes

router = Router(tags=["people"])


@router.get("/sign-in", auth=None, response=responses(shapes.DoorOut), summary="By which ways one signs in")
def get_door(request: HttpRequest) -> dict[str, Any]:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    providers = [{"id": app["provider_id"], "name": app["name"]} for app in apps]
    return {"providers": providers, "password_reset": bool(settings.SMTP_URL)}


@router.get("/me/security", response=responses(shapes.SecurityOut), summary="My second factor")
def get_security(request: HttpRequest) -> dict[str, Any]:
    return reads.security(viewer_of(request))


@router.get("/me/sessions", response=responses(list[shapes.SessionOut]), summary="Where I am signed in")
def list_own_sessions(request: HttpRequest) -> list[reads.OpenSession]:
    viewer = viewer_of(request)
    return reads.sessions(viewer, _self(viewer), now=datetime.now(UTC), current_key=_session_key(request))


@router.delete("/me/sessions", response=responses(shapes.EndedOut), summary="Sign out everywhere else")
def end_other_sessions(request: HttpRequest) -> dict[str, int]:
    viewer = viewer_of(request)
    return {"ended": sessions.end_sessions(by=viewer, user_id=_self(viewer), but=_session_key(request))}


@router.delete("/me/sessions/{session_id}", response=responses(None, 204), summary="Sign out of one browser")
def end_own_session(request: HttpRequest, session_id: int = PathId) -> Status[None]:
    viewer = viewer_of(request)
    sessions.end_session(by=viewer, user_id=_self(viewer), session_id=session_id)
    return Status(204, None)


@router.get(
    "/users/{user_id}/sessions",
    response=responses(list[shapes.SessionOut]),
    summary="Where somebody is signed in",
)
def list_sessions(request: HttpRequest, user_id: int = PathId) -> list[reads.OpenSession]:
    return reads.sessions(
        _manager(request), user_id, now=datetime.now(UTC), current_key=_session_key(request)
    )


@router.delete(
    "/users/{user_id}/sessions", response=responses(shapes.EndedOut), summary="Sign somebody out everywhere"
)
def end_sessions(request: HttpRequest, user_id: int = PathId) -> dict[str, int]:
    return {"ended": sessions.end_sessions(by=_manager(request), user_id=user_id)}


@router.delete(
    "/users/{user_id}/sessions/{session_id}",
    response=responses(None, 204),
    summary="Sign somebody out of one browser",
)
def end_session(request: HttpRequest, user_id: int = PathId, session_id: int = PathId) -> Status[None]:
    sessions.end_session(by=_manager(request), user_id=user_id, session_id=session_id)
    return Status(204, None)


@router.delete(
    "/users/{user_id}/second-factor",
    response=responses(None, 204),
    summary="Take a lost second factor away from somebody",
)
def remove_second_factor(request: HttpRequest, user_id: int = PathId) -> Status[None]:
    writes.remove_second_factor(by=viewer_of(request), user_id=user_id)
    return Status(204, None)


@router.get(
    "/security", response=responses(shapes.CompanySecurityOut), summary="Whose role needs a second factor"
)
def get_company_security(request: HttpRequest) -> dict[str, Any]:
    return reads.company_security(viewer_of(request))


@router.put("/security", response=responses(shapes.CompanySecurityOut), summary="Say whose role needs one")
def put_company_security(request: HttpRequest, data: shapes.CompanySecurityIn) -> dict[str, Any]:
    viewer = viewer_of(request)
    writes.require_second_factor(by=viewer, roles=data.mfa_roles)
    return reads.company_security(viewer)


@router.get(
    "/sign-in-locks", response=responses(list[shapes.LockOut]), summary="Who has to wait after failures"
)
def list_locks(request: HttpRequest) -> Any:
    return reads.locks(viewer_of(request), now=datetime.now(UTC))[:200]


@router.delete("/sign-in-locks/{lock_id}", response=responses(None, 204), summary="Let somebody try again")
def unlock(request: HttpRequest, lock_id: int = PathId) -> Status[None]:
    writes.unlock(by=viewer_of(request), lock_id=lock_id, now=datetime.now(UTC))
    return Status(204, None)


@router.post(
    "/users/{user_id}/invitation",
    response=responses(shapes.InvitedOut),
    summary="Send a link by which somebody sets the own password",
)
def invite(request: HttpRequest, user_id: int = PathId) -> invitations.Invited:
    return invitations.invite(by=viewer_of(request), user_id=user_id, now=datetime.now(UTC))


@router.post(
    "/invitations/look",
    auth=None,
    response=responses(shapes.InvitedPersonOut),
    summary="Whose invitation it is",
)
def look_at_invitation(request: HttpRequest, data: shapes.TokenIn) -> dict[str, str]:
    person = invitations.invited(token=data.token, now=datetime.now(UTC))
    return {"username": person.username, "name": person.shown_name}


@router.post(
    "/invitations/accept",
    auth=None,
    response=responses(shapes.InvitedPersonOut),
    summary="Set the own password with an invitation",
)
def accept_invitation(request: HttpRequest, data: shapes.AcceptIn) -> dict[str, str]:
    person = invitations.accept(token=data.token, password=data.password, now=datetime.now(UTC))
    return {"username": person.username, "name": person.shown_name}


def _self(viewer: Viewer) -> int:
    if viewer.user_id is None or viewer.via == "key":
        raise Forbidden("This needs a signed-in person.")
    return viewer.user_id


def _session_key(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _manager(request: HttpRequest) -> Viewer:
    """One's own sessions are under /me; these doors are of those who manage people."""
    viewer = viewer_of(request)
    viewer.require(Permission.MANAGE_PEOPLE)
    return viewer
