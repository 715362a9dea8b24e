from datetime import UTC, datetime, timedelta

import pytest

from jinzita.kernel.errors import Conflict, Forbidden
from jinzita.people import selectors, services
from jinzita.people.models import Mail, Notice
from jinzita.people.selectors import mails as reads
from jinzita.people.services import mails
from jinzita.people.tests.mail_server import mail_server

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture
def server(settings, db):
    with mail_server() as one:
        settings.SMTP_URL = one.url
        yield one


def write(**changes):
    given = {
        "to": "wang@example.com",
        "subject": "欢迎\n使用",
        "text": "您好",
        "html": "<p>您好</p>",
        "kind": "test",
    }
    return mails.send_mail(**(given | changes))


def test_a_mail_reaches_a_real_server_whole(server):
    mail = write()
    mails.deliver(mail.pk, now=NOW)

    (taken,) = server.mails
    assert taken["To"] == "wang@example.com"
    assert taken["Subject"] == "欢迎 使用"
    assert taken.get_body(("plain",)).get_content().strip() == "您好"
    assert taken.get_body(("html",)).get_content().strip() == "<p>您好</p>"
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at) == ("sent", NOW)
    mails.deliver(mail.pk, now=NOW)
    assert len(server.mails) == 1


def test_a_busy_server_is_asked_again_later_and_later(server):
    server.busy = 2
    mail = write()
    mails.deliver(mail.pk, now=NOW)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("waiting", 1)
    assert "come back later" in mail.error
    mails.deliver(mail.pk, now=NOW + timedelta(seconds=30))
    assert server.busy == 1, "it was asked too early"
    mails.deliver(mail.pk, now=NOW + timedelta(seconds=61))
    mails.deliver(mail.pk, now=NOW + timedelta(seconds=61 + 301))
    mail.refresh_from_db()
    assert mail.state == "sent"


def test_an_unknown_recipient_fails_at_once_and_administrators_are_told(server, administrator):
    server.refused = {"nobody@"}
    mail = write(to="nobody@example.com")
    mails.deliver(mail.pk, now=NOW)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("failed", 1)
    notice = Notice.objects.get(event="mail_failed")
    assert notice.user_id == administrator.user_id
    assert "no such person" in notice.words["error"]

    server.refused = set()
    mails.send_again(by=administrator, mail_id=mail.pk)
    mails.deliver(mail.pk, now=NOW)
    assert len(server.mails) == 1
    with pytest.raises(Conflict):
        mails.send_again(by=administrator, mail_id=mail.pk)


def test_a_server_that_is_away_is_not_for_ever(settings, db):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    mail, now = write(), NOW
    for _ in range(len(mails.WAITS) + 1):
        mails.deliver(mail.pk, now=now)
        now += timedelta(days=2)
    mail.refresh_from_db()
    assert mail.state == "failed"


def test_a_password_does_not_travel_in_clear_when_tls_is_required(server, settings):
    settings.SMTP_URL = f"{server.url}?tls=required"
    mail = write()
    mails.deliver(mail.pk, now=NOW)
    mail.refresh_from_db()
    assert "STARTTLS" in mail.error


def test_without_a_server_mails_are_kept_and_shown(client, administrator):
    mail = write()
    assert mail.state == Mail.State.KEPT
    client.force_login(
        selectors.user(administrator, administrator.user_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    page = client.get("/api/v1/mails").json()
    assert page["mail_server"] is False
    assert [one["subject"] for one in page["items"]] == ["欢迎 使用"]
    assert client.get(f"/api/v1/mails/{mail.pk}").json()["text"] == "您好"
    refused = client.post(f"/api/v1/mails/{mail.pk}/send")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_mail_server")


def test_only_those_who_manage_people_see_mails(administrator):
    user, _ = services.create_user(by=administrator, username="m", role="manager")
    with pytest.raises(Forbidden):
        mails.send_again(by=selectors.viewer_for(user), mail_id=1)


def test_a_letter_that_opens_an_account_is_read_by_administrators_alone(administrator):
    hr = services.create_role(by=administrator, given={"label_en": "HR", "permissions": ["manage_people"]})
    person, _ = services.create_user(by=administrator, username="hr", role=hr.code)
    plain, reset = write(), write(kind="reset")
    by = selectors.viewer_for(person)
    assert reads.read_mail(by, plain.pk) == plain
    with pytest.raises(Forbidden):
        reads.read_mail(by, reset.pk)
    boss = selectors.viewer_for(selectors.user(administrator, administrator.user_id))
    assert reads.read_mail(boss, reset.pk) == reset


def test_a_mail_whose_worker_was_killed_is_taken_up_again(server, monkeypatch):
    mail = write()
    Mail.objects.filter(pk=mail.pk).update(due_at=NOW)
    mails.take_up(now=NOW + timedelta(minutes=6))
    mails.deliver(mail.pk, now=NOW + timedelta(minutes=6))
    assert len(server.mails) == 1
