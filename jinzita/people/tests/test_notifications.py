import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from jinzita.kernel.access import system
from jinzita.kernel.errors import Conflict, Invalid, NotFound
from jinzita.kernel.stream import Audience
from jinzita.people import notices, selectors, services
from jinzita.people.models import Mail, Notice, NoticeDelivery, NoticeSettings
from jinzita.people.selectors import mails
from jinzita.people.selectors import notifications as reads
from jinzita.people.services import leaving
from jinzita.people.services import notifications as writes
from jinzita.people.tests.http_server import http_server

BOSS = system("test")
# Noon of the company, after every notice these tests write.
NOW = (datetime.now(UTC) + timedelta(days=1)).replace(hour=4, minute=0, second=0, microsecond=0)


@pytest.fixture
def wang(db):
    return services.create_user(by=BOSS, username="wang", name="王丽", email="wang@example.com")[0]


@pytest.fixture
def li(db):
    return services.create_user(by=BOSS, username="li", role="salesperson")[0]


def tell(*people, event="mention", by=BOSS, **words):
    return writes.notify(
        by=by, user_ids=[one.pk for one in people], event=event, words={"by": "李", "what": "报价", **words},
        link="/customers/7",
    )  # fmt: skip


def test_people_are_told_once_each_and_the_one_who_did_it_is_not(wang, li):
    assert tell(wang, wang, li, by=selectors.viewer_for(li)) == 1

    (one,) = reads.own_notices(selectors.viewer_for(wang))
    assert (one.event, one.words["what"], one.link) == ("mention", "报价", "/customers/7")
    assert not reads.own_notices(selectors.viewer_for(li))


def test_a_person_who_left_is_not_told(wang, administrator):
    services.update_user(by=BOSS, user_id=wang.pk, changes={"is_active": False})
    assert tell(wang) == 0


def test_telling_many_takes_few_queries(django_assert_max_num_queries, db):
    people = [services.create_user(by=BOSS, username=f"u{one}")[0] for one in range(60)]
    with django_assert_max_num_queries(10):
        assert tell(*people) == 60


def test_an_undeclared_kind_is_a_mistake_of_the_program(wang):
    with pytest.raises(RuntimeError):
        tell(wang, event="nothing")


def test_sentences_are_filled_in_both_languages_and_never_fail():
    kind = notices.kind("mention")
    assert kind.sentence({"by": "李", "what": "{by}"}, "zh") == "李 提到了您：{by}"
    assert kind.sentence({"by": "李", "what": ["甲", "乙"]}, "zh") == "李 提到了您：甲、乙"
    assert kind.sentence({"by": "Li", "what": ["A", "B"]}, "en").endswith("A, B")
    assert kind.sentence({}, "en") == "– mentioned you: –"


def test_one_is_said_otherwise_than_several():
    kind = notices.kind("rating_reminder")
    words = {"year": 2026, "quarter": 3, "until": "2026-10-15"}
    said = [kind.sentence({**words, "count": count}, "en").partition(";")[0] for count in (1, 2)]
    assert said == ["1 rating for 2026 Q3 is still missing", "2 ratings for 2026 Q3 are still missing"]
    assert kind.sentence(words, "en").startswith("– ratings for 2026 Q3 are still missing")


def test_a_day_is_written_as_the_reader_writes_it():
    kind = notices.kind("rating_opened")
    words = {"year": 2026, "quarter": 3, "count": 2, "until": "2026-09-05"}
    assert "until 5 Sept 2026." in kind.sentence(words, "en")
    assert "请于 2026年9月5日 前" in kind.sentence(words, "zh")
    assert "until –." in kind.sentence({**words, "until": None}, "en")


def test_no_notice_says_a_day_as_machines_write_it():
    days = [
        (one.code, language)
        for one in notices.kinds()
        for language, text in one.text.items()
        if re.search(r"{(until|due|on|since|day|last)}", text)
    ]
    assert days == []


def test_the_page_of_notices_and_reading_them(client: Client, wang, li, django_assert_max_num_queries):
    for number in range(5):
        tell(wang, what=str(number))
    tell(li)
    client.force_login(wang, backend="allauth.account.auth_backends.AuthenticationBackend")

    with django_assert_max_num_queries(6):
        page = client.get("/api/v1/notifications?limit=3").json()
    assert [one["text"]["en"] for one in page["items"]] == [f"李 mentioned you: {n}" for n in (4, 3, 2)]
    assert page["unread"] == 5
    rest = client.get(f"/api/v1/notifications?limit=3&cursor={page['next']}").json()
    assert len(rest["items"]) == 2
    assert rest["next"] is None

    foreign = Notice.objects.get(user=li).pk
    ids = [page["items"][0]["id"], foreign]
    answer = client.post("/api/v1/notifications/read", {"ids": ids}, content_type="application/json")
    assert answer.json() == {"unread": 4}
    assert Notice.objects.get(pk=foreign).read_at is None
    assert len(client.get("/api/v1/notifications?unread=true").json()["items"]) == 4
    answer = client.post("/api/v1/notifications/read", {}, content_type="application/json")
    assert answer.json() == {"unread": 0}


def test_nobody_else_hears_of_a_notice(wang, li):
    audience = Audience(private=True, user_ids=frozenset({wang.pk}))
    boss, _ = services.create_user(by=BOSS, username="boss", role="administrator")
    assert audience.includes(selectors.viewer_for(wang))
    assert not audience.includes(selectors.viewer_for(li))
    assert not audience.includes(selectors.viewer_for(boss))


def choose(person, **changes):
    return writes.save_settings(by=selectors.viewer_for(person), changes=changes)


def test_each_chooses_the_channels_of_each_kind(wang):
    choose(wang, channels={"mention": ["email"]})
    tell(wang)
    assert not reads.own_notices(selectors.viewer_for(wang))
    assert [one.channel for one in NoticeDelivery.objects.all()] == ["email"]
    choose(wang, channels={"mention": []})
    assert tell(wang) == 0


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"channels": {"mention": ["pigeon"]}}, "channels.mention"),
        ({"channels": {"nothing": ["email"]}}, "channels.nothing"),
        ({"time_zone": "Moon/Base"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"quiet_from": time(22)}, "quiet_to"),
        ({"robot": "wecom", "robot_url": "https://127.0.0.1/x"}, "robot_url"),
        ({"robot": "wecom", "robot_url": "http://example.com"}, "robot_url"),
        ({"robot": "wecom", "robot_url": "file:///etc/passwd"}, "robot_url"),
    ],
)
def test_choices_that_cannot_be_are_refused_at_their_place(wang, changes, where):
    with pytest.raises(Invalid) as caught:
        choose(wang, **changes)
    assert caught.value.problems[0].where == where


def at(hour, minute=0, day=22):
    """A moment of the company, in Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("choices", "told", "leaves"),
    [
        ({}, at(12), at(12)),
        ({"digest": "hourly"}, at(12, 10), at(13)),
        ({"digest": "daily", "digest_at": "09:00"}, at(8), at(9)),
        ({"digest": "daily", "digest_at": "09:00"}, at(9, 1), at(9, day=23)),
        ({"quiet_from": time(22), "quiet_to": time(7)}, at(23), at(7, day=23)),
        ({"quiet_from": time(22), "quiet_to": time(7)}, at(3), at(7)),
        ({"quiet_from": time(22), "quiet_to": time(7)}, at(21), at(21)),
        ({"quiet_from": time(12), "quiet_to": time(14)}, at(13), at(14)),
        ({"quiet_from": time(22), "quiet_to": time(7), "time_zone": "Europe/Berlin"}, at(8), at(14)),
        ({"digest": "hourly", "quiet_from": time(22), "quiet_to": time(7)}, at(21, 30), at(7, day=23)),
    ],
)
def test_when_a_notice_leaves(choices, told, leaves):
    notice = Notice(event="mention", at=told)
    assert leaving.when(notice, NoticeSettings(**choices), told) == leaves


def test_a_warning_does_not_wait_for_the_morning():
    quiet = NoticeSettings(quiet_from=time(0), quiet_to=time(23, 59), digest="daily")
    assert leaving.when(Notice(event="new_sign_in", at=NOW), quiet, NOW) == NOW


def test_notices_at_once_and_gathered_into_one_mail(wang):
    choose(wang, digest="hourly")
    for number in range(3):
        tell(wang, what=f"<b>{number}</b>")
    Notice.objects.update(at=NOW)
    leaving.deliver(now=NOW)
    assert Mail.objects.count() == 0

    leaving.deliver(now=NOW + timedelta(hours=1))

    mail = Mail.objects.get()
    assert mail.to == "wang@example.com"
    assert "3 条新通知" in mail.subject
    assert "<b>2</b>" in mail.text
    assert "&lt;b&gt;2&lt;/b&gt;" in mail.html
    assert "/customers/7" in mail.text
    assert NoticeDelivery.objects.count() == 0


def test_a_robot_speaks_and_is_asked_again_when_it_refuses(wang, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with http_server() as robot:
        choose(
            wang,
            robot="feishu",
            robot_url=f"{robot.url}/hook",
            robot_secret="s",
            channels={"mention": ["robot"]},
        )
        robot.answers = [(200, '{"code": 19021, "msg": "sign match fail"}')]
        robot.usual = (200, '{"code": 0}')
        tell(wang)
        leaving.deliver(now=NOW)
        leaving.deliver(now=NOW + timedelta(seconds=30))
        assert len(robot.calls) == 1
        leaving.deliver(now=NOW + timedelta(seconds=61))
    assert len(robot.calls) == 2
    said = robot.calls[1].json
    assert said["content"]["text"].startswith("李 提到了您：报价")
    assert said["timestamp"] == str(int((NOW + timedelta(seconds=61)).timestamp()))
    assert said["sign"]
    assert NoticeDelivery.objects.count() == 0


def test_the_companys_robot_names_whom_it_speaks_to(wang, administrator, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with http_server() as robot:
        writes.save_company_robot(
            by=administrator, robot="dingtalk", url=f"{robot.url}/send?access_token=1", secret="s"
        )
        choose(wang, channels={"mention": ["robot"]})
        tell(wang)
        leaving.deliver(now=NOW)
    (call,) = robot.calls
    assert "&timestamp=" in call.path
    assert "&sign=" in call.path
    assert call.json["text"]["content"].startswith("王丽：李 提到了您")


def test_a_robot_that_is_tried_says_at_once_what_it_refuses(wang, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with http_server() as robot:
        choose(wang, robot="dingtalk", robot_url=robot.url, robot_secret="s")
        robot.answers = [(200, '{"errcode": 310000, "errmsg": "sign not match"}')]
        with pytest.raises(Conflict) as caught:
            leaving.send_sample(by=selectors.viewer_for(wang), now=NOW)
        assert caught.value.problems[0].code == "robot_said"
        assert "sign not match" in caught.value.problems[0].params["answer"]
        leaving.send_sample(by=selectors.viewer_for(wang), now=NOW)
    assert len(robot.calls) == 2
    with pytest.raises(Conflict) as caught:  # it listens no longer
        leaving.send_sample(by=selectors.viewer_for(wang), now=NOW)
    assert caught.value.problems[0].code == "unreached_failed"
    settings.WEBHOOK_ALLOW_PRIVATE = False
    with pytest.raises(Conflict) as caught:
        leaving.send_sample(by=selectors.viewer_for(wang), now=NOW)
    assert caught.value.problems[0].code == "unreached_private"


def test_a_mail_that_does_not_exist(administrator):
    with pytest.raises(NotFound):
        mails.get_mail(administrator, 1)


def test_old_notices_go(wang):
    tell(wang)
    Notice.objects.update(at=NOW - timedelta(days=200))
    writes.forget(now=NOW)
    assert Notice.objects.count() == 0
