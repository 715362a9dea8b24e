from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth import authenticate
from django.test import Client

from jinzita.kernel.access import system
from jinzita.kernel.errors import Invalid, NotFound
from jinzita.kernel.models import AuditEntry
from jinzita.people import selectors, services
from jinzita.people.models import Invitation, Mail, Notice, SignInLock
from jinzita.people.selectors import signin as reads
from jinzita.people.services import invitations
from jinzita.people.services import signin as writes

BOSS = system("test")
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
SECOND = timedelta(seconds=1)
AUTH = "/_allauth/browser/v1/auth"
ACCOUNT = "/_allauth/browser/v1/account"


@pytest.fixture
def wang(db):
    """A person and the password."""
    return services.create_user(by=BOSS, username="wang", email="wang@example.com", role="salesperson")


def post(client, path, body, **more):
    return client.post(path, body, content_type="application/json", **more)


def sign_in(client, username, password, **more):
    return post(client, f"{AUTH}/login", {"username": username, "password": password}, **more)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


class TestLock:
    def test_after_five_failures_one_waits_and_is_told_how_long(self, client, wang):
        password = wang[1]
        assert [sign_in(client, "wang", "guess").status_code for _ in range(5)] == [400] * 5
        refused = sign_in(client, "wang", password)
        assert refused.status_code == 429
        assert refused.json()["code"] == "too_many_attempts"
        seconds = refused.json()["details"][0]["params"]["seconds"]
        assert 50 < seconds <= 60
        assert refused["Retry-After"] == str(seconds)
        assert client.get("/api/v1/me").status_code == 401
        assert AuditEntry.objects.filter(action="lock").count() == 1

    def test_a_name_that_nobody_has_is_answered_in_the_same_way(self, client, wang):
        known = [sign_in(client, "wang", "guess") for _ in range(6)]
        unknown = [sign_in(client, "nobody", "guess") for _ in range(6)]
        assert [one.status_code for one in known] == [one.status_code for one in unknown]
        assert known[0].json() == unknown[0].json()
        assert known[5].json()["code"] == unknown[5].json()["code"]

    def test_the_wait_doubles_up_to_an_hour_and_is_forgotten_after_a_day(self, db):
        now, waits = NOW, []
        for _ in range(14):
            while wait := writes.begin_attempt(login="wang", ip="1.2.3.4", now=now):
                waits.append(wait)
                now += timedelta(seconds=wait)
        assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
        now += timedelta(hours=25)
        assert writes.begin_attempt(login="WANG ", ip="1.2.3.4", now=now) == 0
        assert SignInLock.objects.get().failures == 1

    def test_another_address_is_not_locked_out_with_it(self, client, wang):
        for _ in range(6):
            sign_in(client, "wang", "guess")
        assert sign_in(client, "wang", wang[1], REMOTE_ADDR="10.0.0.9").status_code == 200

    def test_one_address_cannot_try_many_names(self, db):
        for number in range(writes.FREE_OF_ADDRESS):
            assert writes.begin_attempt(login=f"u{number}", ip="1.2.3.4", now=NOW) == 0
        assert writes.begin_attempt(login="another", ip="1.2.3.4", now=NOW) == 300

    def test_many_addresses_cannot_guess_one_name_together(self, client, wang):
        assert sign_in(client, "wang", wang[1], REMOTE_ADDR="10.0.0.9").status_code == 200
        for number in range(writes.FREE_OF_NAME):
            now = NOW + number * SECOND
            assert writes.begin_attempt(login="wang", ip=f"1.2.3.{number % 20}", now=now) == 0
        after = NOW + writes.FREE_OF_NAME * SECOND
        assert writes.begin_attempt(login="Wang", ip="1.2.4.1", now=after) == 1_800
        assert writes.begin_attempt(login="wang", ip="10.0.0.9", now=after) == 0
        assert writes.begin_attempt(login="li", ip="1.2.4.1", now=after) == 0
        assert writes.begin_attempt(login="wang", ip="1.2.4.1", now=after + writes.NAME_WINDOW) == 0

    def test_success_begins_the_count_anew(self, client, wang):
        for _ in range(3):
            for _ in range(4):
                sign_in(client, "wang", "guess")
            assert sign_in(client, "wang", wang[1]).status_code == 200
            client.logout()

    def test_an_administrator_unlocks(self, client, wang, administrator):
        for _ in range(6):
            sign_in(client, "wang", "guess")
        boss = signed_in_as(administrator)
        (lock,) = boss.get("/api/v1/sign-in-locks").json() or [None]
        assert (lock["login"], lock["failures"]) == ("wang", 5)
        assert boss.delete(f"/api/v1/sign-in-locks/{lock['id']}").status_code == 204
        assert sign_in(client, "wang", wang[1]).status_code == 200


def signed_in_as(viewer) -> Client:
    client = Client()
    person = selectors.user(viewer, viewer.user_id)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


class TestSessions:
    def test_own_sessions_are_listed_and_ended(self, wang):
        password = wang[1]
        here, there = Client(), Client()
        firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
        sign_in(here, "wang", password)
        sign_in(there, "wang", password, HTTP_USER_AGENT=firefox, REMOTE_ADDR="10.1.2.3")
        sessions = here.get("/api/v1/me/sessions").json()
        assert {(one["device"], one["place"], one["current"]) for one in sessions} == {
            ("–", "127.0.0.1", True),
            ("Firefox · Windows", "10.1.2.3", False),
        }
        other = next(one for one in sessions if not one["current"])
        assert here.delete(f"/api/v1/me/sessions/{other['id']}").status_code == 204
        assert there.get("/api/v1/me").status_code == 401
        assert here.get("/api/v1/me").status_code == 200

    def test_a_new_device_is_told_of(self, wang):
        sign_in(Client(), "wang", wang[1])
        assert Notice.objects.count() == 0, "the first device ever is no news"
        sign_in(Client(), "wang", wang[1], HTTP_USER_AGENT="Chrome/1 Android")
        assert Notice.objects.get().words == {"device": "Chrome · Android", "place": "127.0.0.1"}

    def test_changing_the_password_ends_the_others_and_keeps_this_one(self, wang):
        here, there = Client(), Client()
        sign_in(here, "wang", wang[1])
        sign_in(there, "wang", wang[1])
        changed = post(here, "/api/v1/me/password", {"current": wang[1], "new": "quite-long-and-odd-1"})
        assert changed.status_code == 204
        assert there.get("/api/v1/me").status_code == 401
        assert here.get("/api/v1/me").status_code == 200
        assert [one["current"] for one in here.get("/api/v1/me/sessions").json()] == [True]

    def test_deactivation_and_the_administrator_end_them(self, wang, administrator):
        boss, client = signed_in_as(administrator), Client()
        sign_in(client, "wang", wang[1])
        assert len(boss.get(f"/api/v1/users/{wang[0].pk}/sessions").json()) == 1
        assert boss.delete(f"/api/v1/users/{wang[0].pk}/sessions").json() == {"ended": 1}
        assert client.get("/api/v1/me").status_code == 401
        sign_in(client, "wang", wang[1])
        services.update_user(by=administrator, user_id=wang[0].pk, changes={"is_active": False})
        assert client.get("/api/v1/me").status_code == 401

    def test_other_peoples_sessions_are_not_ones_own(self, wang, administrator):
        boss = signed_in_as(administrator)
        sign_in(Client(), "wang", wang[1])
        foreign = boss.get(f"/api/v1/users/{wang[0].pk}/sessions").json()[0]["id"]
        assert boss.delete(f"/api/v1/me/sessions/{foreign}").status_code == 404

    def test_an_open_page_hears_nothing_more_when_its_session_is_over(self, wang, administrator):
        here = Client()
        sign_in(here, "wang", wang[1])
        viewer, key = selectors.viewer_for(wang[0]), here.session.session_key

        def renewed():
            return reads.renewed(viewer, session_key=key, api_key="", now=datetime.now(UTC))

        assert renewed() == viewer
        services.update_user(by=administrator, user_id=wang[0].pk, changes={"role": "reader"})
        assert renewed().role == "reader"
        services.update_user(by=administrator, user_id=wang[0].pk, changes={"is_active": False})
        assert renewed() is None
        services.update_user(by=administrator, user_id=wang[0].pk, changes={"is_active": True})
        assert renewed() is None, "the session ended with the account"


class TestSecondFactor:
    def set_up(self, client, password) -> str:
        waiting = client.get(f"{ACCOUNT}/authenticators/totp")
        assert waiting.status_code == 404
        secret = waiting.json()["meta"]["secret"]
        assert "Jinzita" in waiting.json()["meta"]["totp_url"]
        wrong = post(client, f"{ACCOUNT}/authenticators/totp", {"code": "000000"})
        assert wrong.status_code == 400
        refused = post(client, f"{ACCOUNT}/authenticators/totp", {"code": code_of(secret)})
        assert refused.status_code == 401, "an open browser alone is not enough"
        assert post(client, f"{AUTH}/reauthenticate", {"password": password}).status_code == 200
        made = post(client, f"{ACCOUNT}/authenticators/totp", {"code": code_of(secret)})
        assert made.status_code == 200, made.content
        return secret

    def test_set_up_sign_in_recovery_and_removal(
        self, wang, administrator, django_capture_on_commit_callbacks
    ):
        person, password = wang
        client = Client()
        sign_in(client, "wang", password)
        with django_capture_on_commit_callbacks(execute=True):
            self.set_up(client, password)
        codes = client.get(f"{ACCOUNT}/authenticators/recovery-codes").json()["data"]["unused_codes"]
        assert client.get("/api/v1/me/security").json() == {
            "second_factor": True, "required": False, "recovery_codes_left": 10, "has_password": True
        }  # fmt: skip
        assert AuditEntry.objects.filter(action="totp_activated", subject_id=person.pk).exists()

        other = Client()
        asked = sign_in(other, "wang", password)
        assert asked.status_code == 401
        assert {"id": "mfa_authenticate", "is_pending": True}.items() <= asked.json()["data"]["flows"][
            -1
        ].items()
        assert other.get("/api/v1/me").status_code == 401
        assert post(other, f"{AUTH}/2fa/authenticate", {"code": "123456"}).status_code == 400
        assert post(other, f"{AUTH}/2fa/authenticate", {"code": codes[0]}).status_code == 200
        assert other.get("/api/v1/me").status_code == 200

        third = Client()
        sign_in(third, "wang", password)
        again = post(third, f"{AUTH}/2fa/authenticate", {"code": codes[0]})
        assert again.status_code == 400, "a recovery code is good for one time"

        boss = signed_in_as(administrator)
        assert boss.delete(f"/api/v1/users/{person.pk}/second-factor").status_code == 204
        assert sign_in(Client(), "wang", password).status_code == 200
        told = Notice.objects.filter(user=person, event="second_factor_removed")
        assert [one.words for one in told] == [{"by": administrator.name}], "by whom, to the person"
        again = boss.delete(f"/api/v1/users/{person.pk}/second-factor")
        assert (again.status_code, again.json()["code"]) == (409, "no_second_factor")
        assert told.count() == 1

    def test_codes_cannot_be_guessed(self, wang):
        client = Client()
        sign_in(client, "wang", wang[1])
        self.set_up(client, wang[1])
        other = Client()
        sign_in(other, "wang", wang[1])
        answers = [post(other, f"{AUTH}/2fa/authenticate", {"code": f"{n:06}"}) for n in range(8)]
        assert [one.status_code for one in answers[:5]] == [400] * 5
        assert "Incorrect" in answers[0].content.decode()
        assert "Incorrect" not in answers[-1].content.decode()
        noted = AuditEntry.objects.filter(action="wrong_code", subject_id=wang[0].pk)
        assert noted.count() == 5, "those that were looked at: whoever gave them knows the password"
        assert settings.ACCOUNT_RATE_LIMITS["login_failed"].startswith("5/5m/key"), "the door says 5 minutes"

    def test_a_role_that_needs_one_can_do_nothing_else_before(self, wang, administrator):
        client, boss = Client(), signed_in_as(administrator)
        sign_in(client, "wang", wang[1])
        answer = boss.put("/api/v1/security", {"mfa_roles": ["salesperson"]}, content_type="application/json")
        assert answer.json() == {"mfa_roles": ["salesperson"], "people_without": 1}
        assert client.get("/api/v1/me").status_code == 401, "whoever has none signs in anew"

        sign_in(client, "wang", wang[1])
        refused = client.get("/api/v1/customers")
        assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_needed")
        assert client.get("/api/v1/merges").status_code == 403, "its address merely begins like /me"
        assert client.get("/api/v1/me/security").json()["required"] is True
        assert client.get("/api/v1/me").json()["must"] == ["second_factor"]
        self.set_up(client, wang[1])
        assert client.get("/api/v1/customers").status_code == 200
        assert client.get("/api/v1/me").json()["must"] == []
        gone = client.delete(f"{ACCOUNT}/authenticators/totp", content_type="application/json")
        assert gone.status_code == 200
        assert client.get("/api/v1/customers").status_code == 403, "it may be changed, not done without"

    def test_an_unknown_role_is_refused(self, administrator):
        with pytest.raises(Invalid):
            writes.require_second_factor(by=administrator, roles=["king"])


class TestInvitation:
    def test_a_link_sets_the_own_password_once(self, client, wang, administrator):
        person = wang[0]
        answer = signed_in_as(administrator).post(f"/api/v1/users/{person.pk}/invitation").json()
        assert answer["mailed"] is False
        kept = Mail.objects.get(kind="invitation")
        assert (kept.to, kept.state) == ("wang@example.com", Mail.State.KEPT)
        assert answer["link"] in kept.text
        token = answer["link"].split("#")[1]
        assert token not in str(Invitation.objects.values().get())
        assert post(client, "/api/v1/invitations/look", {"token": token}).json()["username"] == "wang"
        weak = post(client, "/api/v1/invitations/accept", {"token": token, "password": "1234"})
        assert weak.json()["details"][0]["code"] == "weak_password"

        good = post(
            client, "/api/v1/invitations/accept", {"token": token, "password": "quite-long-and-odd-1"}
        )

        assert good.status_code == 200
        assert authenticate(username="wang", password="quite-long-and-odd-1") == person
        again = post(
            client, "/api/v1/invitations/accept", {"token": token, "password": "quite-long-and-odd-2"}
        )
        assert (again.status_code, again.json()["code"]) == (404, "invitation_invalid")

    def test_it_goes_by_mail_where_there_is_a_server(self, wang, administrator, settings):
        settings.SMTP_URL = "smtp://127.0.0.1:1"
        made = invitations.invite(by=administrator, user_id=wang[0].pk, now=NOW)
        assert (made.mailed, made.link) == (True, None)
        mail = Mail.objects.get(kind="invitation")
        assert mail.to == "wang@example.com"
        assert "/invitation#" in mail.text

    def test_it_ends_after_a_week_with_a_newer_one_and_with_the_account(self, wang, administrator):
        def token():
            return invitations.invite(by=administrator, user_id=wang[0].pk, now=NOW).link.split("#")[1]

        first, second = token(), token()
        with pytest.raises(NotFound):
            invitations.invited(token=first, now=NOW)
        assert invitations.invited(token=second, now=NOW) == wang[0]
        with pytest.raises(NotFound):
            invitations.invited(token=second, now=NOW + timedelta(days=7))
        services.update_user(by=administrator, user_id=wang[0].pk, changes={"is_active": False})
        with pytest.raises(NotFound):
            invitations.invited(token=second, now=NOW)


class TestForgottenPassword:
    def test_a_mail_sets_a_new_one_and_ends_the_sessions(self, client, wang, settings):
        settings.SMTP_URL = "smtp://127.0.0.1:1"
        person, password = wang
        here = Client()
        sign_in(here, "wang", password)
        assert post(client, f"{AUTH}/password/request", {"email": "wang@example.com"}).status_code == 200
        mail = Mail.objects.get(kind="reset")
        assert mail.to == "wang@example.com"
        key = mail.text.split("/reset-password#")[1].split()[0]
        assert client.get(f"{AUTH}/password/reset", headers={"X-Password-Reset-Key": key}).status_code == 200
        weak = post(client, f"{AUTH}/password/reset", {"key": key, "password": "1234"})
        assert weak.status_code == 400
        done = post(client, f"{AUTH}/password/reset", {"key": key, "password": "quite-long-and-odd-1"})
        assert done.status_code == 401, "set, and now to be signed in with"
        assert authenticate(username="wang", password="quite-long-and-odd-1") == person
        assert here.get("/api/v1/me").status_code == 401
        used = post(client, f"{AUTH}/password/reset", {"key": key, "password": "quite-long-and-odd-2"})
        assert used.status_code == 400

    def test_who_came_by_the_companys_own_sign_in_sets_a_first_one_so(self, client, wang):
        person, _ = wang
        person.set_unusable_password()
        person.save()
        post(client, f"{AUTH}/password/request", {"email": "wang@example.com"})
        key = Mail.objects.get(kind="reset").text.split("/reset-password#")[1].split()[0]
        post(client, f"{AUTH}/password/reset", {"key": key, "password": "quite-long-and-odd-1"})
        assert authenticate(username="wang", password="quite-long-and-odd-1") == person

    def test_an_unknown_address_is_answered_alike_and_gets_no_mail(self, client, wang):
        known = post(client, f"{AUTH}/password/request", {"email": "wang@example.com"})
        unknown = post(client, f"{AUTH}/password/request", {"email": "nobody@example.com"})
        assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
        assert Mail.objects.count() == 1
