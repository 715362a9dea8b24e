"""Notes, their mentions, and their place on the timeline."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.activities import services
from jinzita.activities.models import Note
from jinzita.customers.tests.world import BOSS, get, patch, post
from jinzita.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
Notice = apps.get_model("people", "Notice")


def put(client, path, body):
    return client.put(f"/api/v1{path}", body, content_type="application/json")


def wrote(company, text="First talk\n\n- fibre\n- 5G", **more):
    answer = post(company.seller, f"/customers/{company.mine}/notes", {"text": text, **more})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_note_is_on_the_timeline_and_changed_with_its_history(company):
    note = wrote(company, "  报价单已发 https://example.com \n")
    assert (note["text"], note["by"], note["may_change"]) == (
        "报价单已发 https://example.com",
        "seller",
        True,
    )
    page = get(company.seller, f"/customers/{company.mine}/timeline", kinds="note").json()
    assert [(one["kind"], one["id"], one["title"]) for one in page["items"]] == [
        ("note", note["id"], note["text"])
    ]
    path = f"/notes/{note['id']}"
    changed = patch(company.seller, path, {"text": "签约", "version": 1})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert changed.json()["edited_at"]
    assert patch(company.seller, path, {"text": "别的", "version": 1}).status_code == 409
    assert [one["text"] for one in get(company.seller, f"{path}/versions").json()] == ["签约", note["text"]]
    assert patch(company.seller, path, {"text": " ", "version": 2}).status_code == 422
    assert get(company.administrator, path).json()["may_change"] is True


def test_only_the_writer_or_who_may_delete_changes_a_note(company):
    note = wrote(company)
    path = f"/notes/{note['id']}"
    assert post(company.reader, f"/customers/{company.mine}/notes", {"text": "x"}).status_code == 403
    for asked in (
        get(company.other_seller, path),
        get(company.other_seller, f"{path}/versions"),
        patch(company.other_seller, path, {"text": "x", "version": 1}),
        put(company.other_seller, f"{path}/pinned", {"pinned": True}),
        company.other_seller.delete(f"/api/v1{path}"),
        post(company.other_seller, f"/customers/{company.mine}/notes", {"text": "x"}),
    ):
        assert asked.status_code == 404
    written = services.write_note(by=BOSS, customer_id=company.mine, text="x", now=datetime.now(UTC)).note
    assert patch(company.seller, f"/notes/{written.pk}", {"text": "y", "version": 1}).status_code == 409
    assert patch(company.manager, f"/notes/{written.pk}", {"text": "y", "version": 1}).status_code == 200


def test_a_note_goes_to_the_trash_and_back_and_for_good(company, settings):
    note = wrote(company)
    path = f"/notes/{note['id']}"
    assert company.seller.delete(f"/api/v1{path}").status_code == 204
    assert get(company.seller, path).status_code == 404
    assert get(company.seller, f"/customers/{company.mine}/timeline", kinds="note").json()["items"] == []
    assert post(company.seller, f"{path}/restore", {}).status_code == 200
    assert get(company.seller, path).status_code == 200
    company.seller.delete(f"/api/v1{path}")
    later = datetime.now(UTC) + timedelta(days=settings.TRASH_DAYS)
    assert services.purge_notes(now=datetime.now(UTC)) == 0
    assert services.purge_notes(now=later) == 1
    assert not Note.objects.exists()


def test_what_lies_in_the_trash_is_found_by_who_may_take_it_out(company, settings):
    first, second = wrote(company, "第一条"), wrote(company, "第二条")
    services.write_note(by=BOSS, customer_id=company.mine, text="不动", now=datetime.now(UTC))
    door = f"/customers/{company.mine}/removed"
    assert get(company.seller, door).json() == []
    for one in (first, second):
        company.seller.delete(f"/api/v1/notes/{one['id']}")
    found = get(company.seller, door).json()
    assert [(one["kind"], one["title"], one["by"]) for one in found] == [
        ("note", "第二条", "seller"), ("note", "第一条", "seller"),
    ]  # fmt: skip
    days = datetime.fromisoformat(found[0]["gone_at"]) - datetime.fromisoformat(found[0]["trashed_at"])
    assert days == timedelta(days=settings.TRASH_DAYS)
    assert post(company.seller, f"/notes/{second['id']}/restore", {}).status_code == 200
    assert [one["title"] for one in get(company.seller, door).json()] == ["第一条"]
    assert [one["title"] for one in get(company.manager, door).json()] == ["第一条"]
    assert get(company.other_seller, door).status_code == 404
    Note.objects.filter(pk=first["id"]).update(by=None)
    assert get(company.seller, door).json() == []


def test_pinned_notes_stand_apart(company):
    note = wrote(company, "A", pinned=True)
    wrote(company, "B")
    door = f"/customers/{company.mine}/notes/pinned"
    assert [one["text"] for one in get(company.seller, door).json()] == ["A"]
    assert put(company.seller, f"/notes/{note['id']}/pinned", {"pinned": False}).status_code == 200
    assert get(company.seller, door).json() == []
    for _ in range(20):
        wrote(company, pinned=True)
    full = post(company.seller, f"/customers/{company.mine}/notes", {"text": "x", "pinned": True})
    assert full.json()["details"][0]["code"] == "too_many"


def test_the_mentioned_are_told_when_they_see_the_customer(company):
    manager, stranger = company.users["manager"], company.users["other_seller"]
    note = wrote(company, "@manager 请看 @other_seller", mentions=[manager.pk, stranger.pk])
    assert note["not_told"] == [{"id": stranger.pk, "name": "other_seller"}]
    told = Notice.objects.get(event="mention")
    assert told.user_id == manager.pk
    assert told.link == f"/customers/{company.mine}?note={note['id']}"
    assert told.words["by"] == "seller"
    again = {"text": "@manager @administrator", "version": 1}
    administrator = company.users["administrator"].pk
    patch(company.seller, f"/notes/{note['id']}", {**again, "mentions": [manager.pk, administrator]})
    assert sorted(Notice.objects.values_list("user_id", flat=True)) == sorted([manager.pk, administrator])
    bad = post(company.seller, f"/customers/{company.mine}/notes", {"text": "x", "mentions": [10**9]})
    assert bad.status_code == 422


def test_the_timeline_by_kind_person_period_and_words(company):
    wrote(company, "价格谈妥")
    patch(company.administrator, f"/customers/{company.mine}", {"phone": "13900000000"})
    talk = {"customer_id": company.mine, "kind": "call", "occurred_at": "2024-05-01T08:00:00Z"}
    post(company.seller, "/interactions", {**talk, "subject": "谈价格"})
    door = f"/customers/{company.mine}/timeline"

    def kinds(**query):
        return [one["kind"] for one in get(company.seller, door, **query).json()["items"]]

    assert kinds() == ["change", "note", "change", "ownership", "interaction"]
    assert kinds(q="价格") == ["note", "interaction"]
    assert kinds(by_id=company.users["seller"].pk) == ["note", "interaction"]
    assert kinds(until="2024-06-01T00:00:00Z") == ["interaction"]
    assert kinds(since="2024-06-01T00:00:00Z", kinds="note,interaction") == ["note"]
    change = get(company.seller, door, kinds="change").json()["items"][0]
    assert change["title"] == "update"
    assert {"field": "phone", "before": "", "after": "13900000000"} in change["detail"]["changes"]
    assert get(company.seller, door, since="yesterday").status_code == 422


def test_a_long_timeline_asks_few_queries(company):
    now = datetime.now(UTC)
    for day in range(5):
        services.write_note(by=BOSS, customer_id=company.mine, text=str(day), now=now - timedelta(days=day))
        patch(company.administrator, f"/customers/{company.mine}", {"phone": f"1390000000{day}"})
    with CaptureQueriesContext(connection) as asked:
        assert get(company.seller, f"/customers/{company.mine}/timeline").status_code == 200
    assert len(asked) <= 11, [one["sql"] for one in asked]


def test_the_log_tells_of_notes(company):
    note = wrote(company)
    line = AuditEntry.objects.get(subject_type="note", subject_id=note["id"])
    assert line.changes["customer_id"] == company.mine
