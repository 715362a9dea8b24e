import hashlib
import hmac
import ipaddress
import socket
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from jinzita.customers import services as customers
from jinzita.integration.models import Webhook, WebhookDelivery
from jinzita.integration.services import webhooks
from jinzita.kernel import outgoing
from jinzita.kernel.access import system
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.people import notices, selectors
from jinzita.people import services as people
from jinzita.people.selectors.notifications import own_notices
from jinzita.people.tests.http_server import http_server

BOSS = system("test")
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def administrator(db):
    user, _ = people.create_user(by=BOSS, username="root", role="administrator")
    return selectors.viewer_for(user)


@pytest.fixture
def listener(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with http_server() as one:
        yield one


def register(by, url, *events, **more):
    return webhooks.create_webhook(
        by=by, name="ERP", url=f"{url}/hook", events=events or ["customer.created"]
    )


def states():
    return list(WebhookDelivery.objects.order_by("id").values_list("state", flat=True))


def test_the_trash_and_a_new_phone_are_told(administrator, listener):
    register(administrator, listener.url, "customer.deleted", "customer.changed")
    pk = customers.create_customer(by=administrator, name="Ann").pk
    customers.update_customer(by=administrator, customer_id=pk, changes={"phone": "13800001111"})
    customers.trash_customer(by=administrator, customer_id=pk, now=NOW)
    customers.restore_customer(by=administrator, customer_id=pk)
    told = WebhookDelivery.objects.order_by("id").values_list("event", flat=True)
    assert list(told) == ["customer.changed", "customer.deleted", "customer.changed"]


def test_a_change_is_told_signed_and_once(administrator, listener, clock):
    one, secret = register(administrator, listener.url)
    made = customers.create_customer(by=BOSS, name="北京")
    webhooks.deliver(one.pk, clock=clock)
    webhooks.deliver(one.pk, clock=clock)

    (call,) = listener.calls
    assert call.path == "/hook"
    assert call.json["event"] == "customer.created"
    assert call.json["data"] == {"customer_ids": [made.pk]}
    assert call.headers["Jinzita-Delivery"] == call.json["id"]
    stamp, mark = (part.split("=")[1] for part in call.headers["Jinzita-Signature"].split(","))
    expected = hmac.new(secret.encode(), stamp.encode() + b"." + call.body, hashlib.sha256).hexdigest()
    assert mark == expected
    assert int(stamp) == int(NOW.timestamp())
    assert states() == ["done"]


def test_only_what_was_asked_for_and_nothing_that_was_rolled_back(administrator, listener, clock):
    register(administrator, listener.url, "customer.owner_changed")
    customers.create_customer(by=BOSS, name="x")
    assert states() == []
    made = customers.create_customer(by=BOSS, name="y")
    customers.update_customer(by=BOSS, customer_id=made.pk, changes={"owner_id": administrator.user_id})
    assert [one.data for one in WebhookDelivery.objects.all()] == [
        {"customer_ids": [made.pk], "owner_id": administrator.user_id}
    ]


def test_a_failure_is_tried_again_in_order_later_and_later(administrator, listener, clock):
    one, _ = register(administrator, listener.url)
    for name in ("a", "b", "c"):
        customers.create_customer(by=BOSS, name=name)
    listener.answers = [(500, "oh"), (503, "still")]

    webhooks.deliver(one.pk, clock=clock)
    assert states() == ["waiting"] * 3
    webhooks.deliver(one.pk, clock=clock)
    assert len(listener.calls) == 1, "too early"
    clock.wait(seconds=1)
    webhooks.deliver(one.pk, clock=clock)
    clock.wait(seconds=5)
    webhooks.deliver(one.pk, clock=clock)

    assert states() == ["done"] * 3
    told = [call.json["data"]["customer_ids"][0] for call in listener.calls]
    assert told == [told[0]] * 3 + [told[0] + 1, told[0] + 2]
    assert len({call.json["id"] for call in listener.calls[:3]}) == 1


def test_one_that_waits_for_its_next_attempt_is_sent_now_when_asked(administrator, listener, clock):
    one, _ = register(administrator, listener.url)
    customers.create_customer(by=BOSS, name="a")
    assert webhooks.replay(by=administrator, webhook_id=one.pk) == 0, "it was not tried yet"
    listener.answers = [(500, "oh")]
    webhooks.deliver(one.pk, clock=clock)
    webhooks.deliver(one.pk, clock=clock)
    assert (states(), len(listener.calls)) == (["waiting"], 1), "too early"
    assert webhooks.replay(by=administrator, webhook_id=one.pk) == 1
    webhooks.deliver(one.pk, clock=clock)
    assert (states(), len(listener.calls)) == (["done"], 2)


def test_after_a_day_it_is_stopped_with_a_notice_and_can_be_taken_up_again(administrator, listener, clock):
    one, _ = register(administrator, listener.url)
    customers.create_customer(by=BOSS, name="a")
    customers.create_customer(by=BOSS, name="b")
    listener.usual = (500, "broken")
    for _ in range(len(webhooks.WAITS) + 1):
        webhooks.deliver(one.pk, clock=clock)
        clock.wait(days=1)
    one.refresh_from_db()
    assert (one.active, one.stopped) == (False, "500 broken")
    assert states() == ["failed", "failed"]
    assert [one.event for one in own_notices(administrator)] == ["webhook_stopped"]
    customers.create_customer(by=BOSS, name="c")
    assert len(states()) == 2, "a stopped one is told of nothing"
    with pytest.raises(Conflict):
        webhooks.replay(by=administrator, webhook_id=one.pk)

    listener.usual, listener.calls[:] = (200, "thanks"), []
    webhooks.update_webhook(by=administrator, webhook_id=one.pk, changes={"active": True})
    assert webhooks.replay(by=administrator, webhook_id=one.pk) == 2
    webhooks.deliver(one.pk, clock=clock)
    assert states() == ["done", "done"]
    assert len(listener.calls) == 2
    first = WebhookDelivery.objects.order_by("id").first()
    assert webhooks.replay(by=administrator, webhook_id=one.pk, delivery_id=first.pk) == 1


def test_why_it_was_stopped_is_said_in_the_readers_language(administrator, listener, clock, monkeypatch):
    one, _ = register(administrator, listener.url)
    customers.create_customer(by=BOSS, name="a")

    def nobody(*_, **__):
        raise outgoing.NotReached("no_name", "Name or service not known")

    monkeypatch.setattr(outgoing, "post", nobody)
    for _ in range(len(webhooks.WAITS) + 1):
        webhooks.deliver(one.pk, clock=clock)
        clock.wait(days=1)
    one.refresh_from_db()
    assert one.stopped == "no_name"
    (told,) = own_notices(administrator)
    kind = notices.kind("webhook_stopped")
    assert "the server's name is not known" in kind.sentence(told.words, "en")
    assert "找不到该域名的服务器" in kind.sentence(told.words, "zh")


def test_gone_stops_at_once(administrator, listener, clock):
    one, _ = register(administrator, listener.url)
    customers.create_customer(by=BOSS, name="a")
    listener.usual = (410, "")
    webhooks.deliver(one.pk, clock=clock)
    one.refresh_from_db()
    assert not one.active


def test_redirects_are_not_followed(administrator, listener, clock):
    one, _ = register(administrator, listener.url)
    customers.create_customer(by=BOSS, name="a")
    listener.usual, listener.headers = (302, ""), {"Location": f"{listener.url}/inside"}
    webhooks.deliver(one.pk, clock=clock)
    assert [call.path for call in listener.calls] == ["/hook"]
    assert WebhookDelivery.objects.get().status == 302
    assert states() == ["waiting"]


def test_one_worker_at_a_time(administrator, listener, clock):
    one, _ = register(administrator, listener.url)
    customers.create_customer(by=BOSS, name="a")
    Webhook.objects.filter(pk=one.pk).update(busy_until=NOW + timedelta(seconds=30))
    webhooks.deliver(one.pk, clock=clock)
    assert listener.calls == []
    clock.wait(seconds=31)
    webhooks.deliver(one.pk, clock=clock)
    assert len(listener.calls) == 1


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
    "2002:7f00:1::", "::", "fec0::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_inside_are_known(address):
    assert not outgoing.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1"])
def test_addresses_outside_are_known(address):
    assert outgoing.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://a.LOCALHOST.:8443/",
        "https://169.254.169.254/latest", "http://example.com/",
        "ftp://example.com", "https://user:pass@example.com/", "https://", "https://a b/", "gopher://x",
        "https://example.com:99999/", "https://exa\nmple.com", "https://[::ffff:10.0.0.1]/",
    ],
)  # fmt: skip
def test_addresses_that_are_refused_when_typed(administrator, url):
    with pytest.raises(Invalid) as caught:
        webhooks.create_webhook(by=administrator, name="x", url=url, events=["run.finished"])
    assert caught.value.problems[0].where == "url"


def test_a_name_that_leads_inside_is_refused_at_the_call(
    administrator, listener, clock, settings, monkeypatch
):
    one, _ = register(administrator, listener.url)
    settings.WEBHOOK_ALLOW_PRIVATE = False
    port = int(listener.url.rsplit(":", 1)[1])
    Webhook.objects.filter(pk=one.pk).update(url=f"http://harmless.example:{port}/hook")
    asked = []

    def resolve(host, port, **more):
        asked.append(host)
        public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))
        return [public, (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(outgoing.socket, "getaddrinfo", resolve)
    customers.create_customer(by=BOSS, name="a")
    webhooks.deliver(one.pk, clock=clock)
    assert listener.calls == []
    assert asked == ["harmless.example"], "resolved once, and never again by the connection"
    said = WebhookDelivery.objects.get()
    assert "private network" in said.answer
    assert said.failure == "private"


def test_a_server_that_drips_its_answer_does_not_hold_us(settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    server = socket.create_server(("127.0.0.1", 0))

    def drip():
        line, _ = server.accept()
        line.recv(65536)
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(50):
            time.sleep(0.1)
            try:
                line.sendall(b".")
            except OSError:
                return

    threading.Thread(target=drip, daemon=True).start()
    began = time.monotonic()
    with pytest.raises(outgoing.NotReached):
        outgoing.post(
            f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, allow_private=True, seconds=0.5
        )
    assert time.monotonic() - began < 1.5
    server.close()


def test_the_log_and_the_secret_in_the_api(administrator, listener, clock, django_assert_max_num_queries):
    client = Client()
    client.force_login(
        selectors.user(administrator, administrator.user_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    body = {"name": "ERP", "url": f"{listener.url}/hook", "events": ["customer.created"]}
    made = client.post("/api/v1/webhooks", body, content_type="application/json").json()
    assert made["secret"].startswith("whsec_")
    assert made["secret"] not in client.get("/api/v1/webhooks").content.decode()
    client.post(f"/api/v1/webhooks/{made['id']}/test")
    webhooks.deliver(made["id"], clock=clock)
    (line,) = client.get(f"/api/v1/webhooks/{made['id']}/deliveries").json()["items"]
    assert (line["event"], line["state"], line["status"]) == ("ping", "done", 200)
    full = client.get(f"/api/v1/webhooks/{made['id']}/deliveries/{line['id']}").json()
    assert '"event":"ping"' in full["request"]
    assert full["answer"] == '{"errcode": 0}'
    renewed = client.post(f"/api/v1/webhooks/{made['id']}/secret").json()["secret"]
    assert renewed != made["secret"]
    for _ in range(5):
        register(administrator, listener.url)
    with django_assert_max_num_queries(6):
        assert len(client.get("/api/v1/webhooks").json()["items"]) == 6
    assert client.delete(f"/api/v1/webhooks/{made['id']}").status_code == 204


def test_what_was_left_behind_is_taken_up(administrator, listener, clock):
    one, _ = register(administrator, listener.url)
    customers.create_customer(by=BOSS, name="a")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        webhooks.take_up(now=NOW)
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'integration.webhook'")
        assert cursor.fetchall() == [({"webhook_id": one.pk},)] or cursor.rowcount == 1
    WebhookDelivery.objects.update(at=NOW - timedelta(days=31))
    webhooks.take_up(now=NOW)
    assert states() == []
