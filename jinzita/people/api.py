"""Doors of people: me, users, departments, API keys, the audit log, the news stream."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from ninja import Query, Router, Status

from jinzita import __version__
from jinzita.kernel import audit
from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.stream import switchboard
from jinzita.kernel.wire import LARGEST_ID, PathId
from jinzita.people import schemas, selectors, services
from jinzita.people.roles import PERMISSIONS, SCOPES

router = Router(tags=["people"])


@router.get(
    "/settings",
    auth=None,
    response=responses(schemas.CompanyOut),
    summary="The company and this installation",
)
def get_settings(request: HttpRequest) -> dict[str, Any]:
    return {
        "company": settings.COMPANY_NAME,
        "version": __version__,
        "languages": [code for code, _ in settings.LANGUAGES],
        "currency": settings.COMPANY_CURRENCY,
        "time_zone": settings.COMPANY_TIME_ZONE.key,
        "scopes": list(SCOPES),
        "roles": list(PERMISSIONS),
    }


@router.get("/me", response=responses(schemas.MeOut), summary="Who am I, and what may I do")
def get_me(request: HttpRequest) -> schemas.MeOut:
    viewer = viewer_of(request)
    assert viewer.user_id is not None
    return schemas.me(selectors.user(viewer, viewer.user_id), sorted(viewer.permissions))


@router.patch("/me", response=responses(schemas.MeOut), summary="Change my name, e-mail, language or theme")
def patch_me(request: HttpRequest, data: schemas.MeIn) -> schemas.MeOut:
    viewer = viewer_of(request)
    user = services.update_self(by=viewer, changes=data.dict(exclude_unset=True))
    return schemas.me(user, sorted(viewer.permissions))


@router.post("/me/password", response=responses(None, 204), summary="Change my password")
def change_password(request: HttpRequest, data: schemas.PasswordChangeIn) -> Status[None]:
    services.change_own_password(by=viewer_of(request), current=data.current, new=data.new)
    return Status(204, None)


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


@router.get(
    "/departments", response=responses(list[schemas.DepartmentOut]), summary="The tree of departments"
)
def list_departments(request: HttpRequest) -> list[dict[str, Any]]:
    viewer = viewer_of(request)
    members = Counter(selectors.users(viewer).values_list("department_id", flat=True))
    return [
        {
            "id": one.pk,
            "name": one.name,
            "parent_id": one.parent_id,
            "path": one.path,
            "members": members[one.pk],
        }
        for one in selectors.departments(viewer)
    ]


@router.post("/departments", response=responses(schemas.DepartmentOut, 201), summary="Make a department")
def create_department(request: HttpRequest, data: schemas.DepartmentIn) -> Status[Any]:
    made = services.create_department(by=viewer_of(request), **data.dict())
    return Status(201, {**_plain(made), "members": 0})


@router.patch(
    "/departments/{department_id}", response=responses(schemas.DepartmentOut), summary="Rename or move"
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


@router.get("/api-keys", response=responses(list[schemas.ApiKeyOut]), summary="API keys")
def list_api_keys(request: HttpRequest) -> list[dict[str, Any]]:
    return [schemas.api_key(key) for key in selectors.api_keys(viewer_of(request))]


@router.post("/api-keys", response=responses(schemas.ApiKeyMadeOut, 201), summary="Make an API key")
def create_api_key(request: HttpRequest, data: schemas.ApiKeyIn) -> Status[Any]:
    key, text = services.create_api_key(
        by=viewer_of(request),
        name=data.name,
        scopes=data.scopes,
        expires_at=data.expires_at,
        now=datetime.now(UTC),
    )
    return Status(201, {**schemas.api_key(key), "key": text})


@router.delete("/api-keys/{key_id}", response=responses(None, 204), summary="Revoke an API key")
def revoke_api_key(request: HttpRequest, key_id: int = PathId) -> Status[None]:
    services.revoke_api_key(by=viewer_of(request), key_id=key_id, now=datetime.now(UTC))
    return Status(204, None)


@router.get("/audit", response=responses(schemas.AuditPage), summary="The audit log, newest first")
def list_audit(
    request: HttpRequest,
    limit: int = Query(50, ge=1, le=200),
    cursor: int | None = Query(None, ge=1, le=LARGEST_ID),
) -> dict[str, Any]:
    entries = audit.entries(viewer_of(request)).order_by("-id")
    if cursor:
        entries = entries.filter(pk__lt=cursor)
    rows = list(entries[: limit + 1])
    items = [
        {
            "id": row.pk, "at": row.at, "actor": row.actor_name, "via": row.via, "action": row.action,
            "subject_type": row.subject_type, "subject_id": row.subject_id, "changes": row.changes,
        }
        for row in rows[:limit]
    ]  # fmt: skip
    return {"items": items, "next": str(rows[limit - 1].pk) if len(rows) > limit else None}


@router.get("/stream", summary="News as server-sent events: job, score, run")
def stream(request: HttpRequest) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(
        switchboard.subscribe(viewer_of(request)), content_type="text/event-stream"
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


def _plain(one: Any) -> dict[str, Any]:
    return {"id": one.pk, "name": one.name, "parent_id": one.parent_id, "path": one.path}
