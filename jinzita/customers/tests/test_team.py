"""The team of a customer: who is in it sees the customer, and nobody else for that."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from jinzita.customers import services, tasks
from jinzita.customers.models import BulkAction, Customer, TeamMember
from jinzita.customers.services import merging
from jinzita.customers.services.erasure.people import erase_customer
from jinzita.customers.services.team import leave_teams
from jinzita.customers.tests.world import BOSS, get, made, patch, post
from jinzita.kernel.errors import Forbidden
from jinzita.kernel.models import AuditEntry
from jinzita.kernel.stream import Audience

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 5, tzinfo=UTC)
PARTS = ("", "/timeline", "/contacts", "/transactions", "/team", "/addresses", "/access")


def put(client, customer_id, *members, **more):
    items = [{"user_id": pk, "part": part} for pk, part in members]
    return client.put(
        f"/api/v1/customers/{customer_id}/team", json.dumps({"items": items, **more}),
        content_type="application/json",
    )  # fmt: skip


def names(client, **query):
    return [one["name"] for one in get(client, "/customers", **query).json()["items"]]


@pytest.fixture
def other(company):
    return company.users["other_seller"]


def seen(client, customer_id):
    """What the doors of a customer answer, and who is found by a search and in the list."""
    doors = {get(client, f"/customers/{customer_id}{part}").status_code for part in PARTS}
    return doors, [one["name"] for one in get(client, "/search", q="North").json()], names(client)


def test_who_is_in_the_team_sees_the_customer_until_taken_out(company, other):
    nothing = ({404}, [], ["South Sea Ltd"])
    assert seen(company.other_seller, company.mine) == nothing
    answer = put(company.seller, company.mine, (other.pk, " 售前 "))
    assert answer.status_code == 200, answer.content
    told = answer.json()["items"][0]
    assert (told["user"]["id"], told["part"], told["photo"]) == (other.pk, "售前", None)
    both = ["North Light Ltd", "South Sea Ltd"]
    assert seen(company.other_seller, company.mine) == ({200}, ["North Light Ltd"], both)
    assert get(company.other_seller, "/customers/count").json()["count"] == 2
    edited = patch(company.other_seller, f"/customers/{company.mine}", {"phone": "021 5555 0000"})
    assert edited.status_code == 200
    assert put(company.seller, company.mine).status_code == 200
    assert seen(company.other_seller, company.mine) == nothing


def test_the_team_neither_gives_away_nor_throws_away(company, other):
    # A manager of the north in the team of a customer of the south: the role allows all of it elsewhere.
    manager = company.users["manager"]
    assert put(company.administrator, company.theirs, (manager.pk, "")).status_code == 200
    path = f"/customers/{company.theirs}"
    assert get(company.manager, path).status_code == 200
    ids = [company.mine, company.theirs]
    refused = [
        patch(company.manager, path, {"owner_id": manager.pk}),
        company.manager.delete(f"/api/v1{path}"),
        get(company.manager, "/customers/merge-preview", ids=",".join(map(str, ids))),
        post(company.manager, f"{path}/release", {"why": "mine now"}),
    ]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "by_team_only")] * 4
    both = {"survivor_id": company.mine, "ids": ids}
    assert post(company.manager, "/customers/merge", both).status_code == 404
    assert Customer.objects.get(pk=company.theirs).owner_id == other.pk
    assert patch(company.manager, f"/customers/{company.mine}", {"owner_id": manager.pk}).status_code == 200


@pytest.mark.parametrize(("action", "changed"), [("tag", 2), ("assign", 1), ("delete", 1)])
def test_of_many_at_once_what_only_the_team_sees_is_left_out(company, other, action, changed):
    manager = company.users["manager"]
    put(company.administrator, company.theirs, (manager.pk, ""))
    more = {"tag": {"tags": ["fair"]}, "assign": {"owner_id": manager.pk}, "delete": {}}[action]
    body = {"action": action, "selection": {"filter": None, "q": None, "expected": 2}, **more}
    answer = post(company.manager, "/customers/bulk", body)
    assert answer.status_code == 202, answer.content
    result = services.run_bulk(BulkAction.objects.get(job=answer.json()["id"]).pk, now=NOW).result
    assert result["changed"] == changed
    left = [(company.theirs, "South Sea Ltd", "by_team_only")] if changed == 1 else []
    assert [(one["id"], one["name"], one["why"]) for one in result["refused"]] == left


def test_what_the_team_sees_is_neither_restored_nor_erased_by_it(company, other):
    manager = company.users["manager"]
    put(company.administrator, company.theirs, (manager.pk, ""))
    assert company.administrator.delete(f"/api/v1/customers/{company.theirs}").status_code == 204
    assert get(company.manager, f"/customers/{company.theirs}").status_code == 404
    assert get(company.manager, "/trash").json()["items"] == []
    refused = post(company.manager, f"/customers/{company.theirs}/restore", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "by_team_only")
    with pytest.raises(Forbidden, match="in its team"):
        erase_customer(
            by=company.viewer("manager"), customer_id=company.theirs, reason="asked for it", now=NOW
        )


def test_who_changes_the_team(company, other):
    assert put(company.other_seller, company.mine, (other.pk, "")).status_code == 404
    assert put(company.seller, company.mine, (other.pk, "")).status_code == 200
    refused = put(company.other_seller, company.mine)
    assert (refused.status_code, refused.json()["code"]) == (409, "team_not_yours")
    assert get(company.other_seller, f"/customers/{company.mine}/team").json()["may_change"] is False
    assert put(company.manager, company.mine).status_code == 200  # assigns customers


def test_errors_are_told_in_words(company, other):
    closed = company.users["reader"]
    closed.is_active = False
    closed.save()
    for members, where, code in (
        ([(10**9, "")], "team[0].user_id", "unknown_user"),
        ([(closed.pk, "")], "team[0].user_id", "deactivated"),
        ([(other.pk, ""), (other.pk, "x")], "team[1].user_id", "twice_in_team"),
    ):
        detail = put(company.seller, company.mine, *members).json()["details"][0]
        assert (detail["where"], detail["code"]) == (where, code)
    assert put(company.seller, company.mine, *[(pk, "") for pk in range(1, 32)]).status_code == 422
    assert put(company.seller, company.mine, (other.pk, "x" * 61)).status_code == 422
    assert not TeamMember.objects.exists()


def test_two_editors_at_once(company, other):
    version = get(company.seller, f"/customers/{company.mine}/team").json()["version"]
    assert put(company.manager, company.mine, (other.pk, "服务"), version=version).status_code == 200
    late = put(company.seller, company.mine, version=version)
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert TeamMember.objects.get().part == "服务"


def test_who_stays_keeps_the_day_and_is_told_once(company, other):
    put(company.seller, company.mine, (other.pk, ""))
    first = TeamMember.objects.get()
    answer = put(company.seller, company.mine, (other.pk, "财务"), (company.users["manager"].pk, ""))
    assert answer.json()["parts"] == ["财务"]
    again = TeamMember.objects.get(user=other)
    assert (again.pk, again.since, again.part, again.by_id) == (
        first.pk, first.since, "财务", company.users["seller"].pk
    )  # fmt: skip
    told = get(company.other_seller, "/notifications").json()["items"]
    assert [(one["event"], one["link"]) for one in told] == [("added_to_team", f"/customers/{company.mine}")]
    entries = get(company.seller, f"/customers/{company.mine}/timeline").json()["items"]
    changes = [change for one in entries for change in one["detail"].get("changes", ())]
    team = [(one["before"], one["after"]) for one in changes if one["field"] == "team"]
    assert team[0] == (["other_seller"], ["other_seller (财务)", "manager"])


def test_why_it_is_seen_says_the_team(company, other):
    put(company.seller, company.mine, (other.pk, ""))
    why = get(company.other_seller, f"/customers/{company.mine}/access").json()
    assert [one["code"] for one in why["reasons"]] == ["in_team"]
    others = {one["code"]: one["params"]["count"] for one in why["others"]}
    assert (others["owner"], others["in_team"]) == (1, 1)


@pytest.mark.parametrize("way", ["deactivate", "edit"])
def test_a_closed_account_leaves_all_teams(company, other, way, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    put(company.seller, company.mine, (other.pk, "售前"))
    path = f"/users/{other.pk}"
    closing = {
        "deactivate": lambda: post(company.administrator, f"{path}/deactivate", {"hand_over_to": None}),
        "edit": lambda: patch(company.administrator, path, {"active": False}),
    }
    assert closing[way]().status_code == 200
    tasks.leave_teams(**ProcrastinateJob.objects.get(task_name="customers.leave_teams").args)
    assert not TeamMember.objects.exists()
    line = AuditEntry.objects.filter(subject_type="customer", subject_id=company.mine).latest("pk")
    assert line.changes == {"team": [["other_seller"], []]}
    assert leave_teams(by=BOSS, user_id=other.pk) == 0


def test_lists_filter_by_the_team_and_show_it(company, other):
    put(company.seller, company.mine, (other.pk, ""))

    def by(op, value):
        asked = {"field": "team", "op": op, "value": value}
        return names(company.administrator, filter=json.dumps(asked))

    assert by("eq", other.pk) == by("in", [other.pk]) == by("is_null", False) == ["North Light Ltd"]
    assert by("ne", other.pk) == by("is_null", True) == ["South Sea Ltd"]
    listed = get(company.administrator, "/customers").json()["items"]
    teams = {one["name"]: [each["name"] for each in one["team"]] for one in listed}
    assert teams == {"North Light Ltd": ["other_seller"], "South Sea Ltd": []}
    groups = get(company.administrator, "/customers/groups", by="team").json()
    assert [(one["value"], one["count"]) for one in groups] == [(other.pk, 1), (None, 1)]
    file = get(company.administrator, "/customers/export", fields="name,team")
    text = (b"".join(file.streaming_content) if file.streaming else file.content).decode()
    assert "other_seller" in text


def test_a_long_list_asks_no_more(company, other):
    put(company.seller, company.mine, (other.pk, ""))
    get(company.other_seller, "/customers")
    with CaptureQueriesContext(connection) as few:
        get(company.other_seller, "/customers")
    owner = company.users["seller"].pk
    for n in range(20):
        put(company.seller, made(f"Customer {n}", owner_id=owner), (other.pk, ""))
    with CaptureQueriesContext(connection) as many:
        assert len(names(company.other_seller)) == 22
    assert len(many) == len(few)


def test_merging_keeps_the_team_of_both_and_gives_it_back(company, other):
    second = made("North Light Shanghai", owner_id=company.users["seller"].pk)
    manager = company.users["manager"]
    put(company.seller, company.mine, (other.pk, "售前"))
    put(company.seller, second, (other.pk, "财务"), (manager.pk, "赞助人"))
    before = sorted(TeamMember.objects.values_list("pk", "customer", "user", "part"))
    done = merging.merge(by=BOSS, what="customer", survivor_id=company.mine, ids=[company.mine, second])
    team = TeamMember.objects.filter(customer=company.mine).values_list("user", "part")
    assert sorted(team) == sorted([(other.pk, "售前"), (manager.pk, "赞助人")])
    assert get(company.other_seller, f"/customers/{second}").json()["id"] == company.mine
    merging.unmerge(by=BOSS, merge_id=done.pk, now=Customer.objects.get(pk=company.mine).updated_at)
    assert sorted(TeamMember.objects.values_list("pk", "customer", "user", "part")) == before


def test_open_pages_of_the_team_hear_of_its_customers_alone(company, other):
    put(company.seller, company.mine, (other.pk, ""))
    member, stranger = company.viewer("other_seller"), company.viewer("seller")
    about = Audience(customer_ids=frozenset({company.mine}))
    assert about.includes(member)
    assert not about.includes(stranger)
    assert not Audience(customer_ids=frozenset({company.theirs})).includes(member)
