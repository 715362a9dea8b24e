"""How sign-in behaves here: allauth's door, with this house's rules, words and records."""

from datetime import UTC, datetime
from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse

from jinzita.kernel import audit
from jinzita.kernel.errors import Forbidden
from jinzita.people.selectors import signin as reads
from jinzita.people.selectors import viewer_for
from jinzita.people.services import letters, mails, sessions
from jinzita.people.services import signin as writes

# What such a session may still ask for, and below it, so that its person can do so.
ALLOWED = ("/api/v1/me", "/api/v1/settings")


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts are made under People, never by signing up; attempts are counted, mails go the house's way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse who has to wait, saying how long, before the password is looked at."""
        login, ip = _login_of(credentials), self.get_client_ip(request)
        seconds = writes.begin_attempt(login=login, ip=ip, now=datetime.now(UTC))
        if seconds:
            raise ImmediateHttpResponse(_wait(seconds))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        person = super().authenticate(request, **credentials)
        if person is not None:
            writes.attempt_succeeded(login=_login_of(credentials), ip=self.get_client_ip(request))
        return person

    def login(self, request: HttpRequest, user: Any) -> None:
        methods = request.session.get("account_authentication_methods") or [{}]
        method = str(methods[-1].get("method", "password"))
        agent, ip = self.get_http_user_agent(request), self.get_client_ip(request)
        earlier = UserSession.objects.filter(user_id=user.pk)
        known = not earlier.exists() or earlier.filter(user_agent=agent[:200]).exists()
        with transaction.atomic():
            super().login(request, user)
            writes.signed_in(person=user, device=reads.device_of(agent), ip=ip, known=known, method=method)
        vouched = method == "socialaccount"
        if not vouched and reads.must_have_second_factor(user) and not reads.has_second_factor(user.pk):
            request.session[sessions.MUST] = True

    def set_password(self, user: Any, password: str) -> None:
        """After a reset by mail: whoever was signed in no longer is."""
        with transaction.atomic():
            super().set_password(user, password)
            sessions.drop_sessions([user.pk])
            audit.record(
                by=viewer_for(user), action="change_password", subject_type="user", subject_id=user.pk
            )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Only the password reset is sent, in our words; of unknown addresses nobody hears."""
        if template_prefix != "account/email/password_reset_key":
            return
        link = f"{settings.PUBLIC_URL}/reset-password#{context['uid']}-{context['key']}"
        letter = letters.password_reset(context["user"], link)
        mails.send_mail(
            to=context["user"].email, subject=letter.subject, text=letter.text, html=letter.html, kind="reset"
        )

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """No mail: the moment a second factor came or went is kept in the audit log."""
        what = template_prefix.rsplit("/", 1)[-1]
        if template_prefix.startswith("mfa/"):
            audit.record(by=viewer_for(user), action=what, subject_type="user", subject_id=user.pk)
        if what == "totp_deactivated" and reads.must_have_second_factor(user):
            self.request.session[sessions.MUST] = True  # another one, before anything else


class ProviderAdapter(DefaultSocialAccountAdapter):
    """People whom the company's own provider vouches for, by their verified e-mail address."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            if not sociallogin.user.is_active:
                raise ImmediateHttpResponse(_refused("inactive"))
            return
        verified = next((one.email for one in sociallogin.email_addresses if one.verified), "")
        said = sociallogin.account.extra_data
        said = said.get("userinfo") or said.get("id_token") or said
        person = writes.person_of_provider(
            email=verified,
            username=str(said.get("preferred_username") or ""),
            name=str(said.get("name") or ""),
            provider=sociallogin.account.provider,
        )
        if person is None or not person.is_active:
            raise ImmediateHttpResponse(_refused("unknown" if person is None else "inactive"))
        sociallogin.connect(request, person)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def get_requests_session(self) -> requests.Session:
        """For all that is asked of a provider; one that is away is said in words, not as a fault of ours."""
        session: requests.Session = super().get_requests_session()
        ask = session.request

        def ask_or_refuse(*args: Any, **kwargs: Any) -> requests.Response:
            try:
                answer = ask(*args, **kwargs)
            except requests.RequestException as problem:
                raise ImmediateHttpResponse(_refused("away")) from problem
            if answer.status_code >= 500:
                raise ImmediateHttpResponse(_refused("away"))
            return answer

        session.request = ask_or_refuse  # type: ignore[method-assign]
        return session


def check_session(request: HttpRequest) -> None:
    """Raise Forbidden while the session's person has yet to set up a second factor."""
    if not sessions.second_factor_due(request.session):
        return
    if reads.has_second_factor(request.user.pk or 0):
        del request.session[sessions.MUST]
    elif not any(request.path == one or request.path.startswith(f"{one}/") for one in ALLOWED):
        raise Forbidden("Your role needs a second factor; set it up first.", code="second_factor_needed")


def _login_of(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")


def _wait(seconds: int) -> JsonResponse:
    detail = {
        "where": "",
        "code": "wait",
        "message": f"Wait {seconds} seconds.",
        "params": {"seconds": seconds},
    }
    body = {
        "status": 429,
        "code": "too_many_attempts",
        "message": f"Too many attempts. Try again in {seconds} seconds.",
        "details": [detail],
    }
    return JsonResponse(body, status=429, headers={"Retry-After": str(seconds)})


def _refused(reason: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"/sign-in?refused={reason}")
