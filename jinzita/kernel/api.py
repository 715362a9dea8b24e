"""What every capability's `api.py` shares: the acting viewer, the error answers, the page of a list."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from jinzita.kernel import audit, outbox
from jinzita.kernel.access import Viewer
from jinzita.kernel.errors import DatabaseAway, GaveWay, JinzitaError, Moved
from jinzita.kernel.wire import ErrorOut

log = logging.getLogger(__name__)


# Responses every endpoint may give besides its own, for the OpenAPI document.
ERRORS: dict[int, type[ErrorOut]] = {
    400: ErrorOut, 401: ErrorOut, 403: ErrorOut, 404: ErrorOut, 409: ErrorOut, 413: ErrorOut, 422: ErrorOut,
}  # fmt: skip


def responses(success: Any, status: int = 200) -> dict[int, Any]:
    """The `response=` of an endpoint: its own answer and the errors."""
    return {status: success, **ERRORS}


def viewer_of(request: HttpRequest) -> Viewer:
    """Who acts in this request, as put there by the API's authentication."""
    return cast(Viewer, request.auth)  # type: ignore[attr-defined]


class Api(NinjaAPI):
    """The API. An answer that shows sensitive fields leaves once the audit log says who reads them."""

    def create_response(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        answer = super().create_response(request, *args, **named)
        viewer = getattr(request, "auth", None)
        if isinstance(viewer, Viewer) and answer.status_code < 300:
            audit.record_reads(by=viewer, now=datetime.now(UTC))
        return answer


def wrong_methods_in_words(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware: an address asked in a way it does not know answers in the one shape too."""

    def answer(request: HttpRequest) -> HttpResponse:
        found = get_response(request)
        if found.status_code != 405 or not request.path.startswith("/api/"):
            return found
        message = f"{request.path} knows {found['Allow']}, not {request.method}."
        body = {"code": "wrong_method", "message": message, "details": []}
        return JsonResponse(body, status=405, headers={"Allow": found["Allow"]})

    return answer


def add_error_handlers(api: NinjaAPI) -> None:
    """Answer every error of the house, of validation and of sign-in in the one shape."""

    def answer(
        request: HttpRequest, status: int, code: str, message: str, details: list[Any]
    ) -> HttpResponse:
        body = {"code": code, "message": message, "details": details}
        return api.create_response(request, body, status=status)

    @api.exception_handler(JinzitaError)
    def house_error(request: HttpRequest, error: JinzitaError) -> HttpResponse:
        found = api.create_response(request, error.as_json(), status=error.status)
        if isinstance(error, Moved):
            found["Location"] = error.address(request.get_full_path())
        return found

    @api.exception_handler(OperationalError)
    @api.exception_handler(InterfaceError)
    def broken_off(request: HttpRequest, error: OperationalError | InterfaceError) -> HttpResponse:
        if not outbox.broken_off(error):
            raise error
        log.warning("%s %s was broken off: %s", request.method, request.path, error)
        found = house_error(request, GaveWay() if outbox.gave_way(error) else DatabaseAway())
        found["Retry-After"] = "1"
        return found

    @api.exception_handler(ValidationError)
    def validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
        details = [_validation_detail(one) for one in error.errors]
        count = len(details)
        message = f"The request has {count} problem{'s' if count != 1 else ''}."
        return answer(request, 422, "invalid", message, details)

    @api.exception_handler(AuthenticationError)
    def authentication_error(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return answer(request, 401, "unauthenticated", "Sign in, or send a valid API key.", [])

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        code = {403: "forbidden", 404: "not_found"}.get(error.status_code, "bad_request")
        return answer(request, error.status_code, code, str(error), [])


def _validation_detail(error: Mapping[str, Any]) -> dict[str, Any]:
    # The location begins with where the value travelled (body, query, path) and the parameter's name.
    where = ""
    for part in error.get("loc", ())[1:]:
        where += f"[{part}]" if isinstance(part, int) else f".{part}" if where else str(part)
    return {
        "where": where.removeprefix("data.")
        .removeprefix("body.")
        .removeprefix("one.")
        .removeprefix("batch."),
        "code": str(error.get("type", "invalid")),
        "message": str(error.get("msg", "Invalid value")),
        "params": {},
    }
