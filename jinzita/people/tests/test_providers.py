"""Sign-in by the company's own provider, against a real one on this machine."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from jinzita.kernel.access import system
from jinzita.kernel.models import AuditEntry
from jinzita.people import services
from jinzita.people.models import User
from jinzita.people.services import signin
from jinzita.people.tests.oidc_provider import oidc_provider

BOSS = system("test")
REDIRECT = "/_allauth/browser/v1/auth/provider/redirect"
LI = {
    "sub": "7",
    "email": "li@example.com",
    "email_verified": True,
    "preferred_username": "li",
    "name": "李明",
}


@pytest.fixture
def provider(settings, db):
    with oidc_provider() as one:
        settings.SOCIALACCOUNT_PROVIDERS = one.settings()
        one.person = dict(LI)
        yield one


def sign_in_by(provider, client: Client):
    """Every step a browser takes, until the page the person ends at."""
    begun = client.post(
        REDIRECT, {"provider": "company", "process": "login", "callback_url": "/sign-in?provider=1"}
    )
    assert begun.status_code == 302, begun.content
    away = urlsplit(begun["Location"])
    assert f"{away.scheme}://{away.netloc}" == provider.url
    asked = dict(parse_qsl(away.query))
    assert asked["code_challenge_method"] == "S256"
    back = urlsplit(provider.agree(asked))
    return client.get(f"{back.path}?{back.query}")


def test_the_sign_in_page_is_told_of_the_provider(client, provider):
    door = client.get("/api/v1/sign-in").json()
    assert door["providers"] == [{"id": "company", "name": "Company sign-in"}]


def test_somebody_known_by_a_verified_address_is_signed_in(client, provider):
    person, _ = services.create_user(by=BOSS, username="li.ming", email="Li@example.com", role="manager")
    ended = sign_in_by(provider, client)
    assert (ended.status_code, ended["Location"]) == (302, "/sign-in?provider=1")
    assert client.get("/api/v1/me").json()["username"] == "li.ming"
    assert AuditEntry.objects.get(action="sign_in").changes["method"] == "socialaccount"
    provider.person["email"] = "other@example.com"
    again = Client()
    sign_in_by(provider, again)
    assert again.get("/api/v1/me").json()["id"] == person.pk, "from now on known by the provider's own key"


def test_an_address_that_is_not_verified_proves_nothing(client, provider):
    services.create_user(by=BOSS, username="li.ming", email="li@example.com", role="administrator")
    provider.person["email_verified"] = False
    assert sign_in_by(provider, client)["Location"] == "/sign-in?refused=unknown"
    assert client.get("/api/v1/me").status_code == 401


def test_unknown_people_are_refused(client, provider):
    assert sign_in_by(provider, client)["Location"] == "/sign-in?refused=unknown"
    assert not User.objects.exists()


def test_or_made_with_a_role_as_set(client, provider, settings):
    settings.OIDC_ROLE = "reader"
    services.create_user(by=BOSS, username="LI")
    assert sign_in_by(provider, client)["Location"] == "/sign-in?provider=1"
    me = client.get("/api/v1/me").json()
    assert (me["username"], me["name"], me["role"]) == ("li2", "李明", "reader")
    assert not User.objects.get(username="li2").has_usable_password()


def test_somebody_who_left_is_refused(client, provider, administrator):
    person, _ = services.create_user(by=BOSS, username="li.ming", email="li@example.com")
    sign_in_by(provider, Client())
    services.update_user(by=administrator, user_id=person.pk, changes={"is_active": False})
    assert sign_in_by(provider, client)["Location"] == "/sign-in?refused=inactive"
    assert client.get("/api/v1/me").status_code == 401


def test_a_provider_is_trusted_with_the_second_factor_of_a_role(client, provider, administrator):
    services.create_user(by=BOSS, username="li.ming", email="li@example.com", role="manager")
    signin.require_second_factor(by=administrator, roles=["manager"])
    sign_in_by(provider, client)
    assert client.get("/api/v1/customers").status_code == 200


def test_a_forged_answer_is_refused(client, provider):
    services.create_user(by=BOSS, username="li.ming", email="li@example.com")
    client.post(REDIRECT, {"provider": "company", "process": "login", "callback_url": "/"})
    forged = client.get("/accounts/oidc/company/login/callback/?code=x&state=forged")
    assert forged.status_code in (302, 400, 403)
    assert client.get("/api/v1/me").status_code == 401


def test_a_provider_that_is_away_is_said_in_words(client, provider, settings):
    away = provider.settings()
    away["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    settings.SOCIALACCOUNT_PROVIDERS = away
    begun = client.post(REDIRECT, {"provider": "company", "process": "login", "callback_url": "/sign-in"})
    assert (begun.status_code, begun["Location"]) == (302, "/sign-in?refused=away")
