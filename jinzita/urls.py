"""One API, one router per capability; everything else is the browser application."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from ninja.security import HttpBearer, SessionAuth

from jinzita import __version__
from jinzita.activities.api import router as activities
from jinzita.agreements.api import router as agreements
from jinzita.assignment.api import router as assignment
from jinzita.customers.api import router as customers
from jinzita.integration.api import router as integration
from jinzita.kernel.access import Viewer
from jinzita.kernel.api import Api, add_error_handlers
from jinzita.people.accounts import check_session
from jinzita.people.api import router as people
from jinzita.people.selectors import viewer_for, viewer_for_key
from jinzita.privacy.api import router as privacy
from jinzita.products.api import router as products
from jinzita.quality.api import router as quality
from jinzita.receivables.api import router as receivables
from jinzita.sales.api import router as sales
from jinzita.treatment.api import router as treatment
from jinzita.value.api import router as value

# Reads that travel as POST, since what is asked for does not fit into an address.
ASKED_BY_POST = ("/api/v1/customers/duplicate-check",)


def _asking(request: HttpRequest, viewer: Viewer) -> Viewer:
    """The viewer, watched where nothing is written; a write has a line of its own in the audit log."""
    reading = request.method == "GET" or request.path in ASKED_BY_POST
    return viewer.watched() if reading else viewer


class KeyAuthentication(HttpBearer):
    """`Authorization: Bearer jz_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer:
        return _asking(request, viewer_for_key(token, now=datetime.now(UTC)))


class SessionAuthentication(SessionAuth):
    """The browser's session, with its protection against forged requests."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        if not request.user.is_authenticated:
            return None
        check_session(request)
        return _asking(request, viewer_for(request.user))


api = Api(
    title="Jinzita",
    version=__version__,
    description="The customer-value CRM. Sign in with a session, or send an API key as a bearer token.",
    auth=[KeyAuthentication(), SessionAuthentication()],
    docs_url="/docs",
    urls_namespace="api",
)
add_error_handlers(api)
api.add_router("", people)
api.add_router("", value)
api.add_router("", treatment)
api.add_router("", quality)
api.add_router("", customers)
api.add_router("", assignment)
api.add_router("", privacy)
api.add_router("", products)
api.add_router("", activities)
api.add_router("", sales)
api.add_router("", agreements)
api.add_router("", receivables)
api.add_router("", integration)


@never_cache
def browser_application(request: HttpRequest) -> HttpResponse:
    """The built front end; its own router takes it from there."""
    page = settings.WEB_BUILD / "index.html"
    if not page.exists():
        return HttpResponse("The web application is not built yet: run “make web”.", status=503)
    return HttpResponse(page.read_bytes(), content_type="text/html; charset=utf-8")


def no_such_address(request: HttpRequest) -> JsonResponse:
    """An address of the API that does not exist: the one shape of an error, not a page."""
    message = f"There is no {request.path} in the API."
    return JsonResponse({"code": "not_found", "message": message, "details": []}, status=404)


urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^api/", no_such_address),
    path("_allauth/", include("allauth.headless.urls")),
    path("accounts/", include("allauth.urls")),  # where sign-in providers send people back to
    re_path(r"^(?!api/|_allauth/|assets/|static/).*$", browser_application),
]
