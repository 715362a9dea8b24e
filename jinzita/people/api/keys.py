"""Doors of API keys."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from jinzita.kernel.api import responses, viewer_of
from jinzita.kernel.wire import PathId
from jinzita.people import schemas, selectors, services

router = Router(tags=["people"])


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
        role=data.role,
    )
    return Status(201, {**schemas.api_key(key), "key": text})


@router.delete("/api-keys/{key_id}", response=responses(None, 204), summary="Revoke an API key")
def revoke_api_key(request: HttpRequest, key_id: int = PathId) -> Status[None]:
    services.revoke_api_key(by=viewer_of(request), key_id=key_id, now=datetime.now(UTC))
    return Status(204, None)
