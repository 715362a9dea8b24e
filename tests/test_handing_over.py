"""Handing over many customers: who gets what, what stands in the way, notices, undo."""

import json
import random
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.assignment import services
from jinzita.assignment.models import HandOver, HandOverPart
from jinzita.assignment.selectors.dealing import Place, shares
from jinzita.customers import services as customers
from jinzita.customers.models import Customer, Ownership
from jinzita.customers.tests.world import BOSS, Company, get, made, make_company, post
from jinzita.kernel import jobs, undo
from jinzita.kernel.models import AuditEntry, ChangeSet
from jinzita.people import services as people
from jinzita.people.models import Notice

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 30, 2, tzinfo=UTC)
GRADES = ("vip", "important", "ordinary", "small")


@pytest.fixture
def company(db: None) -> Company:
    one = make_company()
    for name in ("third", "fourth"):
        one.users[name] = people.create_user(
            by=BOSS, username=name, role="salesperson", department_id=one.users["seller"].department_id
        )[0]
    return one


def many(company, count, owner="seller"):
    """Customers of one person: every grade in turn."""
    return [
        made(f"Many {n}", owner_id=company.users[owner].pk, grade=GRADES[n % 4], score=90 - n)
        for n in range(count)
    ]


def body(company, *to, **more):
    return {"user_id": company.users["seller"].pk, "to": [company.users[one].pk for one in to], **more}


def preview(company, *to, client="administrator", **more):
    answer = post(getattr(company, client), "/hand-overs/preview", body(company, *to, **more))
    assert answer.status_code == 200, answer.content
    return answer.json()


def ask(company, *to, expected, client="administrator", reason="New territories", **more):
    wanted = body(company, *to, expected=expected, reason=reason, **more)
    return post(getattr(company, client), "/hand-overs", wanted)


def run(answer):
    assert answer.status_code == 202, answer.content
    job = services.handing_over.run(HandOver.objects.get(job=answer.json()["id"]).pk, now=NOW)
    assert job.state == "done", job.error
    return job.result


def held(company, name):
    return Customer.objects.filter(owner=company.users[name])


@pytest.mark.parametrize("seed", range(30))
def test_shares_are_as_even_as_rooms_allow(seed):
    chance = random.Random(seed)
    places = [
        Place(chance.randrange(20), chance.choice([None, chance.randrange(15)]))
        for _ in range(chance.randrange(1, 6))
    ]
    count = chance.randrange(60)
    given = shares(count, places)
    fits = count if any(one.room is None for one in places) else sum(one.room or 0 for one in places)
    assert sum(given) == min(count, fits)
    for one, gets in zip(places, given, strict=True):
        assert gets >= 0
        assert one.room is None or gets <= one.room
        for other, theirs in zip(places, given, strict=True):
            if gets and (other.room is None or theirs < other.room):
                assert one.held + gets <= other.held + theirs + 1


def test_customers_are_shared_out_equally_and_everybody_is_told_once(company):
    many(company, 11)
    seen = preview(company, "other_seller", "third")
    assert seen["customers"] == 12
    assert [(one["gets"], one["holdings"]) for one in seen["receivers"]] == [(6, 1), (6, 0)]
    assert {one["grade"]: one["customers"] for one in seen["by_grade"]} == {
        "vip": 3, "important": 3, "ordinary": 3, "small": 2, "prospect": 1,
    }  # fmt: skip
    assert seen["owners"] == [{"name": "seller", "customers": 12}]
    result = run(ask(company, "other_seller", "third", expected=12))
    assert (result["changed"], result["left"]) == (12, {})
    for at, name in enumerate(("other_seller", "third")):
        assert (
            held(company, name).count() == seen["receivers"][at]["gets"] + seen["receivers"][at]["holdings"]
        )
        by_grade = seen["receivers"][at]["by_grade"]
        now = {
            grade: held(company, name).filter(standing__grade=grade).exclude(pk=company.theirs).count()
            for grade in by_grade
        }
        assert now == by_grade
    moved = Customer.objects.get(pk=company.mine)
    assert moved.department_id == moved.owner.department_id
    line = Ownership.objects.get(customer_id=company.mine, until=None)
    assert (line.reason, line.note) == ("handed_over", "New territories")
    told = {(one.user.username, one.event): one for one in Notice.objects.select_related("user")}
    assert told.keys() == {
        ("seller", "customers_handed_on"), ("other_seller", "customers_handed_to_me"),
        ("third", "customers_handed_to_me"),
    }  # fmt: skip
    words = told["seller", "customers_handed_on"].words
    assert (words["count"], words["why"]) == (12, "New territories")
    link = told["third", "customers_handed_to_me"].link
    wanted = {"all": [
        {"field": "change_set", "op": "has_any", "value": [str(result["change_set"])]},
        {"field": "owner", "op": "eq", "value": company.users["third"].pk},
    ]}  # fmt: skip
    assert str(result["change_set"]) in link
    found = get(company.administrator, "/customers/count", filter=json.dumps(wanted)).json()
    assert found["count"] == told["third", "customers_handed_to_me"].words["count"]
    assert not HandOverPart.objects.exists()
    assert AuditEntry.objects.get(action="hand_over").changes["count"] == 12
    services.handing_over.run(result["hand_over"], now=NOW)  # a worker that comes late finds nothing to do
    assert Notice.objects.count() == 3


def test_only_some_grades_and_stages_go(company):
    many(company, 8)
    assert preview(company, "third", grades=["vip", "important"])["customers"] == 4
    assert preview(company, "third", stages=["lost"])["customers"] == 0
    run(ask(company, "third", expected=2, grades=["vip"]))
    assert set(held(company, "third").values_list("standing__grade", flat=True)) == {"vip"}


def test_capacity_bounds_who_gets_how_many_and_the_best_go_first(company):
    many(company, 11)
    services.rules.save_limits(by=BOSS, changes={"capacity": 3})
    seen = preview(company, "other_seller", "third")
    assert [one["gets"] for one in seen["receivers"]] == [2, 3]
    assert seen["obstacles"] == [{"code": "capacity", "count": 7, "names": ["other_seller", "third"]}]
    assert preview(company, "other_seller", "third", over_capacity=True)["customers"] == 12
    result = run(ask(company, "other_seller", "third", expected=5))
    assert (result["changed"], result["left"]) == (5, {"capacity": 7})
    assert sorted(held(company, "seller").values_list("standing__grade", flat=True)) == [
        "important", "ordinary", "ordinary", "ordinary", "prospect", "small", "small",
    ]  # fmt: skip


def test_by_load_those_with_less_get_more(company):
    many(company, 7)
    many(company, 5, owner="third")
    seen = preview(company, "third", "fourth", how="by_load")
    assert [one["gets"] for one in seen["receivers"]] == [2, 6]


def test_within_the_department(company):
    many(company, 3)
    seen = preview(company, "other_seller", "third", within_department=True)
    assert [one["gets"] for one in seen["receivers"]] == [0, 4]
    seen = preview(company, "other_seller", within_department=True)
    assert seen["customers"] == 0
    assert seen["obstacles"] == [{"code": "no_receiver", "count": 4, "names": ["North"]}]
    refused = ask(company, "other_seller", within_department=True, expected=4)
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_hand_over")


def test_a_department_or_a_selection_leaves_out_who_is_served_already(company):
    north = company.users["seller"].department_id
    own = made("Own", owner_id=company.users["third"].pk)
    free = made("Nobody's")
    seen = preview(company, "third", user_id=None, department_id=north)
    assert (seen["customers"], seen["obstacles"]) == (1, [{"code": "own", "count": 1, "names": []}])
    seen = preview(company, "third", user_id=None, ids=[own, free, company.mine, company.theirs])
    assert seen["customers"] == 2
    assert {one["code"]: one["count"] for one in seen["obstacles"]} == {"own": 1, "no_owner": 1}


def test_what_is_refused(company):
    def code(answer):
        problem = answer.json()
        return answer.status_code, problem["details"][0]["code"] if problem["details"] else problem["code"]

    assert code(ask(company, "seller", expected=1)) == (422, "same_person")
    assert code(ask(company, "third", expected=1, reason=" ")) == (422, "required")
    assert code(ask(company, "third", expected=90)) == (409, "selection_changed")
    company.users["third"].is_active = False
    company.users["third"].save()
    assert code(ask(company, "third", expected=1)) == (422, "unknown_user")
    assert ask(company, "fourth", client="seller", expected=1).status_code == 403
    # A manager gives to people of the own departments, and hands over what is seen.
    assert code(ask(company, "other_seller", client="manager", expected=1)) == (422, "unknown_user")
    assert ask(company, "fourth", client="manager", expected=1).status_code == 202
    theirs = {"user_id": company.users["other_seller"].pk, "to": [company.users["fourth"].pk]}
    nothing = post(company.manager, "/hand-overs/preview", theirs)
    assert nothing.json()["obstacles"] == [{"code": "out_of_reach", "count": 1, "names": []}]


def test_twice_at_once_each_customer_goes_once(company):
    many(company, 5)
    first = ask(company, "third", expected=6)
    second = ask(company, "fourth", expected=6)
    later = HandOver.objects.get(job=second.json()["id"])
    by = company.viewer("administrator")
    services.handing_over._plan(later, by, NOW)  # both have planned before either gives
    assert run(first)["changed"] == 6
    assert run(second)["left"] == {"changed": 6}
    assert (held(company, "third").count(), held(company, "fourth").count()) == (6, 0)
    assert Notice.objects.filter(user=company.users["fourth"]).count() == 0


def test_a_receiver_who_left_meanwhile_gets_nothing(company):
    many(company, 5)
    answer = ask(company, "third", "fourth", expected=6)
    one = HandOver.objects.get(job=answer.json()["id"])
    services.handing_over._plan(one, company.viewer("administrator"), NOW)
    company.users["third"].is_active = False
    company.users["third"].save()
    result = run(answer)
    assert (result["changed"], result["left"]) == (3, {"receiver_left": 3})
    assert held(company, "seller").count() == 3


def test_who_left_before_the_job_began_is_dealt_nothing(company):
    many(company, 5)
    answer = ask(company, "third", "fourth", expected=6)
    company.users["third"].is_active = False
    company.users["third"].save()
    assert run(answer)["changed"] == 6
    assert held(company, "fourth").count() == 6


def test_undo_gives_back_what_nobody_changed_since(company):
    many(company, 3)
    result = run(ask(company, "third", expected=4))
    kept = held(company, "third").first()
    customers.update_customer(
        by=BOSS, customer_id=kept.pk, changes={"owner_id": company.users["other_seller"].pk}
    )
    assert post(company.administrator, f"/change-sets/{result['change_set']}/undo", {}).status_code == 202
    done = customers.run_undo(result["change_set"]).result
    assert (done["undone"], done["conflicts"]) == (3, 1)
    assert held(company, "seller").count() == 3
    assert Customer.objects.get(pk=kept.pk).owner == company.users["other_seller"]
    assert ChangeSet.objects.get(pk=result["change_set"]).state == "partly_undone"
    shown = get(company.administrator, "/hand-overs").json()["items"]
    assert [(one["moved"], one["undone"], one["to"]) for one in shown] == [(4, "partly_undone", "third")]
    # Somebody of another department sees none of it.
    assert get(company.manager, "/hand-overs").json()["items"] == []


def test_a_killed_worker_is_followed_by_another(company, monkeypatch):
    many(company, 7)
    monkeypatch.setattr(services.handing_over, "BATCH", 3)
    answer = ask(company, "third", "fourth", expected=8)
    one = HandOver.objects.get(job=answer.json()["id"])
    by = company.viewer("administrator")
    services.handing_over._plan(one, by, NOW)
    assert services.handing_over._batch(one, by)
    assert held(company, "seller").count() == 5
    assert run(answer)["changed"] == 8
    assert [held(company, name).count() for name in ("seller", "third", "fourth")] == [0, 4, 4]


def test_as_many_queries_for_many_customers_as_for_few(company):
    def queries(count):
        many(company, count)
        total = held(company, "seller").count()
        answer = ask(company, "third", "fourth", expected=total)
        with CaptureQueriesContext(connection) as found:
            run(answer)
        with CaptureQueriesContext(connection) as looked:
            preview(company, "other_seller")
        return len(found), len(looked)

    few, many_more = queries(2), queries(30)
    assert many_more[0] <= few[0] + 2
    assert many_more[1] <= few[1]
    assert few[1] <= 20


def test_undo_is_one_change_set_of_its_own_words(company):
    run(ask(company, "third", expected=1))
    one = undo.change_sets(company.viewer("administrator")).get(kind="hand_over")
    assert one.words == {"count": 1, "to": "third", "why": "New territories"}


def test_one_that_is_stopped_tells_of_what_was_done_and_can_be_undone(company, monkeypatch):
    many(company, 7)
    monkeypatch.setattr(services.handing_over, "BATCH", 3)
    answer = ask(company, "third", expected=8)
    one = HandOver.objects.get(job=answer.json()["id"])

    def stopped_after_three(self, done, *_, **__):
        if done == 3:
            raise jobs.Cancelled

    monkeypatch.setattr(jobs.Progress, "__call__", stopped_after_three)
    assert services.handing_over.run(one.pk, now=NOW).state == "cancelled"
    assert held(company, "third").count() == 3
    assert Notice.objects.get(user=company.users["third"]).words["count"] == 3
    assert not HandOverPart.objects.exists()
    one.refresh_from_db()
    assert post(company.administrator, f"/change-sets/{one.change_set_id}/undo", {}).status_code == 202
