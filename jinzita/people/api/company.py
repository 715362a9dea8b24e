"""The company and this installation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from jinzita import __version__
from jinzita.kernel.api import responses
from jinzita.people import schemas
from jinzita.people.roles import READY, SCOPES

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
        "roles": [one.code for one in READY],
    }
