"""The public pool and the history of owners."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.activities.services import record_interactions
from jinzita.assignment import services
from jinzita.assignment.models import PoolWarning
from jinzita.customers import services as customers
from jinzita.customers.models import Customer, Ownership, Pooled
from jinzita.customers.tests.world import BOSS, Company, get, made, make_company, patch, post
from jinzita.kernel import undo
from jinzita.kernel.errors import Conflict
from jinzita.kernel.models import AuditEntry, ChangeSet
from jinzita.people.models import Notice
from jinzita.people.notices import kind
from jinzita.people.selectors import viewer_for

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 30, 2, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


def owned_since(customer_id, days, today=NOW):
    Ownership.objects.filter(customer_id=customer_id).update(since=today - timedelta(days=days))


def rule(**changes):
    values = {"quiet_days": 60, "protected_days": 0, "warn_days": 7, **changes}
    return services.rules.save_rule(by=BOSS, grade="prospect", department_id=None, changes=values)


def night(days=0):
    return services.falling.fall_back(by=BOSS, today=TODAY + timedelta(days=days))


def pooled(name="Pool Ltd", owner=None, **values):
    one = made(name, owner_id=owner, **values)
    services.pool.release(by=BOSS, customer_id=one, why="moved away")
    return one


def owners(customer_id):
    rows = Ownership.objects.filter(customer_id=customer_id).order_by("id")
    return [(one.owner_id, one.reason, one.ended_as, one.until is None) for one in rows]


def test_every_way_of_giving_a_customer_leaves_its_line(company):
    seller, other = company.users["seller"].pk, company.users["other_seller"].pk
    assert owners(company.mine) == [(seller, "given", "", True)]
    patch(company.administrator, f"/customers/{company.mine}", {"owner_id": other})
    assert owners(company.mine) == [(seller, "given", "assigned", False), (other, "assigned", "", True)]
    shown = get(company.administrator, f"/customers/{company.mine}/owners").json()
    assert [one["owner"]["id"] for one in shown] == [other, seller]
    assert shown[0]["by"] == company.users["administrator"].shown_name


def test_who_does_not_see_a_customer_does_not_see_its_owners(company):
    assert get(company.other_seller, f"/customers/{company.mine}/owners").status_code == 404


def test_a_quiet_customer_is_warned_of_then_falls_back_and_can_be_taken_back(company):
    seller = company.users["seller"].pk
    owned_since(company.mine, 70)
    owned_since(company.theirs, 10)
    rule()
    assert night() == 0
    warning = PoolWarning.objects.get()
    assert (warning.pk, warning.cause, warning.due_on) == (
        company.mine, "no_contact", TODAY + timedelta(days=7)
    )  # fmt: skip
    assert Notice.objects.filter(user_id=seller, event="pool_warning").count() == 1
    assert night(3) == 0
    assert Notice.objects.filter(event="pool_warning").count() == 1
    assert night(7) == 1
    assert owners(company.mine) == [(seller, "given", "fell_back", False)]
    assert Pooled.objects.get().former_owner_id == seller
    assert Notice.objects.filter(user_id=seller, event="pool_fell_back").count() == 1
    assert not PoolWarning.objects.exists()
    change_set = ChangeSet.objects.get(kind="pool_fall_back")
    undo.take_back(change_set_id=change_set.pk, by=BOSS, progress=lambda *a, **k: None)
    assert Customer.objects.get(pk=company.mine).owner_id == seller
    assert not Pooled.objects.exists()


def test_days_are_the_companys(company):
    """A call at one in the morning of New Year's Day is one of that day, not of the year before."""
    owned_since(company.mine, 300)
    call = {
        "customer_id": company.mine,
        "kind": "call",
        "occurred_at": datetime(2025, 12, 31, 17, tzinfo=UTC),
    }
    record_interactions(by=BOSS, items=[call])
    rule(quiet_days=30, warn_days=0)
    for day, falling in ((30, 0), (31, 1)):
        at = datetime(2026, 1, day, 2, tzinfo=UTC)
        assert services.falling.fall_back(by=BOSS, today=at.date()) == falling


def test_protected_customers_and_other_grades_stay(company):
    owned_since(company.mine, 70)
    owned_since(company.theirs, 70)
    customers.record_standing(customer_id=company.theirs, score=90, grade="vip", as_of=TODAY)
    rule(protected_days=90)
    night()
    assert not PoolWarning.objects.exists()


def test_the_rule_of_a_department_comes_first(company):
    owned_since(company.mine, 70)
    owned_since(company.theirs, 70)
    rule()
    north = company.users["seller"].department_id
    services.rules.save_rule(by=BOSS, grade="prospect", department_id=north, changes={"quiet_days": 365})
    night()
    assert [one.pk for one in PoolWarning.objects.all()] == [company.theirs]


def test_a_contact_keeps_the_customer(company):
    owned_since(company.mine, 70)
    rule()
    night()
    item = {"customer_id": company.mine, "occurred_at": NOW, "kind": "visit"}
    record_interactions(by=BOSS, items=[item])
    services.falling.look_again(by=BOSS, ids=[company.mine], today=TODAY)
    assert not PoolWarning.objects.exists()


def test_open_pages_are_told_when_one_warned_of_was_looked_at_again(company, monkeypatch):
    told = []

    def tell(kind, news, *, audience):
        told.append((news, audience))

    monkeypatch.setattr(services.falling, "tell", tell)
    owned_since(company.mine, 70)
    rule()
    night()
    services.falling.look_again(by=BOSS, ids=[company.theirs], today=TODAY)
    assert told == []
    services.falling.look_again(by=BOSS, ids=[company.mine, company.theirs], today=TODAY)
    ((news, audience),) = told
    assert news == {"customer_ids": [company.mine]}
    asked = {one: viewer_for(company.users[one]) for one in ("seller", "manager", "other_seller")}
    hear = [one for one, viewer in asked.items() if audience.includes(viewer)]
    assert hear == ["seller", "manager"]


def test_a_warning_counts_no_longer_than_the_ownership_it_was_given_in(company):
    """Also when the customer comes back at once, as by an undo: nobody sees it, nothing falls by it."""
    seller, other = company.users["seller"].pk, company.users["other_seller"].pk
    owned_since(company.mine, 70)
    rule()
    night()
    assert len(get(company.seller, "/pool/warnings", mine=True).json()["items"]) == 1
    for owner in (other, seller):
        customers.update_customer(by=BOSS, customer_id=company.mine, changes={"owner_id": owner})
        for client in (company.seller, company.other_seller, company.manager):
            assert get(client, "/pool/warnings").json()["items"] == []
    asked = {"until": (TODAY + timedelta(days=90)).isoformat(), "why": "late"}
    assert post(company.seller, f"/customers/{company.mine}/postponement", asked).status_code == 404
    PoolWarning.objects.update(due_on=TODAY)
    assert services.falling._falling(TODAY) == []
    services.falling.look_again(by=BOSS, ids=[company.mine], today=TODAY)
    assert not PoolWarning.objects.exists()


def test_one_that_is_due_at_once_for_its_new_owner_is_warned_of_anew(company):
    owned_since(company.mine, 70)
    owned_since(company.theirs, 0)
    rule(quiet_days=1, warn_days=7)
    night()
    customers.update_customer(
        by=BOSS, customer_id=company.mine, changes={"owner_id": company.users["other_seller"].pk}
    )
    Ownership.objects.filter(customer_id=company.mine, until=None).update(since=NOW)
    assert services.falling.look(by=BOSS, today=TODAY) == 1
    shown = get(company.other_seller, "/pool/warnings", mine=True).json()["items"]
    assert {one["id"] for one in shown} == {company.mine, company.theirs}


def test_each_goes_to_the_pool_for_its_own_cause_and_owners_are_told_once(company):
    second = made("Second Ltd", owner_id=company.users["seller"].pk)
    for one in (company.mine, second):
        owned_since(one, 90)
    owned_since(company.theirs, 1)
    item = {"customer_id": second, "occurred_at": NOW - timedelta(days=2), "kind": "visit"}
    record_interactions(by=BOSS, items=[item])
    rule(quiet_days=60, dealless_days=80, warn_days=0)
    assert night() == 2
    assert dict(Pooled.objects.values_list("pk", "cause")) == {company.mine: "no_contact", second: "no_deal"}
    assert Notice.objects.get(event="pool_fell_back").words["count"] == 2


def test_owners_are_told_once_when_many_fall_a_batch_at_a_time(company, monkeypatch):
    monkeypatch.setattr(services.falling, "BATCH", 2)
    both = [company.users["seller"].pk, company.users["other_seller"].pk]
    for one in (made(f"Quiet {number}", owner_id=both[number % 2]) for number in range(4)):
        owned_since(one, 70)
    rule()
    night()
    night(7)
    told = Notice.objects.filter(event="pool_fell_back").order_by("user_id")
    assert [(one.user_id, one.words["count"]) for one in told] == [(one, 2) for one in sorted(both)]


def test_postponing_needs_somebody_elses_approval(company):
    owned_since(company.mine, 70)
    rule()
    today = datetime.now(UTC).date()
    services.falling.look(by=BOSS, today=today)
    path = f"/customers/{company.mine}/postponement"
    until = (today + timedelta(days=60)).isoformat()
    asked = post(company.seller, path, {"until": until, "why": "tender in May"})
    assert asked.json()["postponed_until"] is None
    assert post(company.seller, f"{path}/decision", {"approved": True}).status_code == 403
    assert len(get(company.manager, "/pool/warnings", asked=True).json()["items"]) == 1
    assert post(company.manager, f"{path}/decision", {"approved": True}).json()["postponed_until"] == until
    later = today + timedelta(days=30)
    assert services.falling.fall_back(by=BOSS, today=later) == 0
    much_later = today + timedelta(days=61)
    assert services.falling.fall_back(by=BOSS, today=much_later) == 1


def test_a_customer_says_that_it_is_about_to_fall_back(company):
    door = f"/customers/{company.mine}/pool-warning"
    assert get(company.seller, door).json() is None
    owned_since(company.mine, 70)
    rule()
    services.falling.look(by=BOSS, today=datetime.now(UTC).date())
    shown = get(company.seller, door).json()
    assert (shown["id"], shown["cause"]) == (company.mine, "no_contact")
    assert get(company.manager, door).json() == shown
    assert get(company.other_seller, door).status_code == 404


@pytest.mark.parametrize("approved", [True, False])
def test_who_asked_for_time_is_told_what_was_decided(company, approved):
    owned_since(company.mine, 70)
    rule()
    today = datetime.now(UTC).date()
    services.falling.look(by=BOSS, today=today)
    path = f"/customers/{company.mine}/postponement"
    until = (today + timedelta(days=60)).isoformat()
    post(company.seller, path, {"until": until, "why": "tender in May"})
    assert post(company.manager, f"{path}/decision", {"approved": approved}).status_code == 200
    told = Notice.objects.get(event__startswith="pool_postponement_", user=company.users["seller"])
    assert told.event == ("pool_postponement_approved" if approved else "pool_postponement_refused")
    assert told.link == f"/customers/{company.mine}"
    assert (told.words["until"] == until) is approved


def test_the_pool_shows_names_and_grades_but_no_telephones(company, django_assert_max_num_queries):
    for n in range(5):
        pooled(f"Pool {n}", company.users["seller"].pk, phone="13800001111", score=10 + n, grade="small")
    with django_assert_max_num_queries(14):
        answer = get(company.other_seller, "/pool", limit=3).json()
    assert [one["name"] for one in answer["items"]] == ["Pool 4", "Pool 3", "Pool 2"]
    assert "phone" not in answer["items"][0]
    rest = get(company.other_seller, "/pool", limit=3, cursor=answer["next"]).json()
    assert [one["name"] for one in rest["items"]] == ["Pool 1", "Pool 0"]
    services.rules.save_limits(by=BOSS, changes={"open_to": "department"})
    assert get(company.other_seller, "/pool").json()["items"] == []
    assert len(get(company.seller, "/pool").json()["items"]) == 5


def test_the_pool_is_filtered_searched_and_counted(company):
    seller = company.users["seller"].pk
    for n, grade in enumerate(("vip", "small", "prospect")):
        pooled(f"Pool {n}", seller, score=None if grade == "prospect" else 50 - n, grade=grade)
    small = json.dumps({"field": "grade", "op": "in", "value": ["small", "prospect"]})
    for query, names in (
        ({"filter": small}, ["Pool 1", "Pool 2"]),
        ({"sort": "score"}, ["Pool 1", "Pool 0", "Pool 2"]),
        ({"q": "pool 2"}, ["Pool 2"]),
        ({"filter": json.dumps({"field": "former_owner", "op": "ne", "value": seller})}, []),
        ({"filter": json.dumps({"field": "cause", "op": "in", "value": ["released"]}), "limit": 1},
         ["Pool 0"]),
    ):  # fmt: skip
        found = get(company.other_seller, "/pool", **query).json()["items"]
        assert [one["name"] for one in found] == names
    assert get(company.seller, "/pool/count", filter=small).json() == {"count": 2}
    services.rules.save_limits(by=BOSS, changes={"open_to": "department"})
    assert get(company.other_seller, "/pool/count").json() == {"count": 0}
    phone = json.dumps({"field": "phone", "op": "eq", "value": "1"})
    for wrong in ({"filter": phone}, {"sort": "name"}, {"cursor": "x"}):
        assert get(company.seller, "/pool", **wrong).status_code == 422


def test_claims_have_limits_that_say_why(company):
    seller = company.users["seller"].pk
    first, second = pooled("One", company.users["other_seller"].pk), pooled("Two", seller)
    third = pooled("Three", company.users["other_seller"].pk)

    def claim(pk):
        return post(company.seller, f"/pool/{pk}/claim", {})

    assert claim(second).json()["code"] == "own_former"
    services.rules.save_limits(by=BOSS, changes={"claims_per_day": 1, "capacity": 1})
    assert claim(first).json()["code"] == "capacity_full"
    services.rules.save_limits(by=BOSS, changes={"capacity": None})
    assert claim(first).status_code == 200
    assert owners(first)[-1] == (seller, "claimed", "", True)
    assert claim(third).json()["code"] == "claims_spent"
    assert get(company.seller, "/pool/capacity").json()["claimed_today"] == 1
    assert post(company.other_seller, f"/pool/{first}/claim", {}).json()["code"] == "already_claimed"


def test_a_manager_gives_customers_of_the_pool(company):
    one = pooled("One", company.users["other_seller"].pk)
    seller = company.users["seller"].pk
    body = {"customer_ids": [one], "owner_id": seller}
    assert post(company.seller, "/pool/assign", body).status_code == 403
    assert post(company.manager, "/pool/assign", body).json() == {"assigned": 1}
    assert Customer.objects.get(pk=one).owner_id == seller
    told = Notice.objects.get(user_id=seller, event="customers_assigned")
    assert told.link == f"/customers/{one}"
    assert kind(told.event).sentence(told.words, "en").endswith("gave you 1 customer: One")
    people = get(company.manager, "/pool/capacities").json()
    assert {one["id"]: one["holdings"] for one in people}[seller] == 2


def test_a_notice_of_several_leads_to_those_that_came_this_day(company):
    seller, other = company.users["seller"].pk, company.users["other_seller"].pk
    some = [pooled("One", other), pooled("Two", other)]
    owned_since(company.mine, 3)
    services.pool.assign(by=BOSS, customer_ids=some, owner_id=seller, now=NOW)
    told = Notice.objects.get(user_id=seller, event="customers_assigned")
    assert kind(told.event).sentence(told.words, "en").endswith("gave you 2 customers: One, Two")
    day = NOW.astimezone(settings.COMPANY_TIME_ZONE).date()
    assert told.link == f"/customers?filter=owner*eq*{seller}*owned_since*eq*{day}"
    Ownership.objects.filter(customer__in=some, until=None).update(since=NOW)
    parts = [
        {"field": "owner", "op": "eq", "value": seller},
        {"field": "owned_since", "op": "eq", "value": str(day)},
    ]
    found = get(company.seller, "/customers", filter=json.dumps({"all": parts})).json()["items"]
    assert {one["id"] for one in found} == set(some)
    parts[1]["op"] = "lt"
    found = get(company.seller, "/customers", filter=json.dumps({"all": parts})).json()["items"]
    assert [one["id"] for one in found] == [company.mine]


def test_who_gives_more_than_one_may_hold_is_asked_first(company):
    seller, other = company.users["seller"].pk, company.users["other_seller"].pk
    some = [pooled("One", other), pooled("Two", other)]
    body = {"customer_ids": some, "owner_id": seller}
    services.rules.save_limits(by=BOSS, changes={"capacity": 2})  # one is the seller's already
    refused = post(company.manager, "/pool/assign", body)
    assert refused.status_code == 409
    assert refused.json()["code"] == "receiver_full"
    assert refused.json()["details"][0]["params"] == {"held": 1, "more": 2, "most": 2}
    assert not Customer.objects.filter(pk__in=some, owner_id=seller).exists()
    wanted = post(company.manager, "/pool/assign", {**body, "over_capacity": True})
    assert wanted.json() == {"assigned": 2}


def test_giving_many_asks_no_more_than_giving_few(company):
    seller, other = company.users["seller"].pk, company.users["other_seller"].pk
    few, many = [[pooled(f"P{count}-{n}", other) for n in range(count)] for count in (2, 9)]
    services.pool.assign(by=BOSS, customer_ids=[pooled("First", other)], owner_id=seller, now=NOW)
    asked = []
    for some in (few, many):
        with CaptureQueriesContext(connection) as queries:
            assert services.pool.assign(by=BOSS, customer_ids=some, owner_id=seller, now=NOW) == len(some)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    lines = AuditEntry.objects.filter(action="assign", subject_id__in=many)
    assert {one.subject_id: one.version for one in lines} == dict(
        Customer.objects.filter(pk__in=many).values_list("pk", "version")
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_claims_at_once_one_wins():
    company = make_company()
    one = pooled("Wanted", company.users["administrator"].pk)
    gate, results = threading.Barrier(2), []

    def attempt(name):
        try:
            viewer = company.viewer(name)
            gate.wait()
            services.pool.claim(by=viewer, customer_id=one, now=datetime.now(UTC))
            results.append(name)
        except Conflict as error:
            results.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(name,)) for name in ("seller", "other_seller")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "already_claimed" in results
    assert len(set(results) & {"seller", "other_seller"}) == 1
    assert len([row for row in owners(one) if row[3]]) == 1


@pytest.fixture
def warned(company):
    """One about to fall back of each seller."""
    for one, days in ((company.mine, 70), (company.theirs, 80)):
        owned_since(one, days)
    rule()
    night()
    PoolWarning.objects.filter(pk=company.theirs).update(due_on=TODAY - timedelta(days=1))
    return company


def falling(client, **query):
    return [one["id"] for one in get(client, "/pool/warnings", **query).json()["items"]]


def where(field, op, value):
    return {"filter": json.dumps({"field": field, "op": op, "value": value})}


def test_those_about_to_fall_back_are_filtered_sorted_searched_and_counted(warned):
    boss, mine, theirs = warned.administrator, warned.mine, warned.theirs
    seller = warned.users["seller"].pk
    assert falling(boss) == [theirs, mine]
    assert falling(boss, sort="-due_on") == [mine, theirs]
    assert falling(boss, **where("owner", "eq", seller)) == [mine]
    assert falling(boss, **where("due_on", "ge", TODAY.isoformat())) == [mine]
    assert falling(boss, **where("cause", "in", ["no_deal"])) == []
    assert falling(boss, q="South") == [theirs]
    assert get(boss, "/pool/warnings/count", **where("grade", "in", ["prospect"])).json() == {"count": 2}
    PoolWarning.objects.filter(pk=mine).update(asked_until=TODAY, asked_by_id=seller)
    assert falling(boss, **where("asks", "eq", True)) == [mine]
    assert falling(boss, **where("asks", "eq", False)) == [theirs]
    first = get(boss, "/pool/warnings", limit=1).json()
    assert falling(boss, limit=1, cursor=first["next"]) == [mine]


def test_nobody_learns_that_a_customer_one_does_not_see_falls_back(warned):
    assert falling(warned.seller) == [warned.mine]
    assert falling(warned.seller, q="South") == []
    assert falling(warned.seller, **where("owner", "ne", warned.users["seller"].pk)) == []
    assert get(warned.seller, "/pool/warnings/count").json() == {"count": 1}


def test_what_cannot_be_asked_of_those_about_to_fall_back_is_said(warned):
    for wrong in ({"sort": "name"}, {"cursor": "x"}, where("phone", "eq", "1"), where("due_on", "ge", "x")):
        assert get(warned.seller, "/pool/warnings", **wrong).status_code == 422


def test_a_page_of_those_about_to_fall_back_asks_no_query_per_row(warned):
    asked = []
    for limit in (1, 2):
        get(warned.administrator, "/pool/warnings", limit=limit)
        with CaptureQueriesContext(connection) as queries:
            get(warned.administrator, "/pool/warnings", limit=limit)
        asked.append(len(queries))
    assert asked[0] == asked[1]
