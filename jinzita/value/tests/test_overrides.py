"""Grades put above the computed ones: who may, races, the day they end, and runs meanwhile."""

import json
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connections

from jinzita.customers.selectors import timeline
from jinzita.customers.selectors.customers import customer
from jinzita.customers.services import merging
from jinzita.kernel import events
from jinzita.kernel.access import system
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.people import selectors as people
from jinzita.people import services as persons
from jinzita.value import services
from jinzita.value.events import GradeChanged
from jinzita.value.models import GradeOverride, ScoreHistory
from jinzita.value.selectors import overrides as reads
from jinzita.value.selectors.customers import customer_value
from jinzita.value.selectors.pyramid import pyramid
from jinzita.value.tests import world
from jinzita.value.tests.conftest import TODAY, run_now

pytestmark = pytest.mark.django_db(transaction=True)
BOSS = system("test")
Notice = world.table("people.Notice")
NOW = datetime(2026, 6, 30, 2, tzinfo=UTC)
UNTIL = TODAY + timedelta(days=30)
WHY = "战略客户"


@pytest.fixture
def staff(db):
    north = persons.create_department(by=BOSS, name="North").pk
    south = persons.create_department(by=BOSS, name="South").pk
    people_of = {
        "seller": ("salesperson", north), "manager": ("manager", north), "second": ("manager", north),
        "far": ("manager", south), "reader": ("reader", None),
    }  # fmt: skip
    return {
        name: persons.create_user(by=BOSS, username=name, role=role, department_id=at)[0]
        for name, (role, at) in people_of.items()
    }


@pytest.fixture
def viewers(staff):
    return {name: people.viewer_for(one) for name, one in staff.items()}


@pytest.fixture
def who(staff):
    return world.customer("北京光纤", owner=staff["seller"], department_id=staff["seller"].department_id)


@pytest.fixture
def told(monkeypatch):
    news: list = []
    monkeypatch.setitem(events._reactions, GradeChanged, [news.append])
    return news


def ask(viewer, who, grade="vip", until=UNTIL, reason=WHY):
    return services.ask_override(
        by=viewer, customer_id=who.pk, grade=grade, reason=reason, until=until, now=NOW, today=TODAY
    )


def decide(viewer, one, approved=True, answer=""):
    return services.decide_override(
        by=viewer, override_id=one.pk, approved=approved, answer=answer, now=NOW, today=TODAY
    )


def end(viewer, one, why="不再需要"):
    return services.end_override(by=viewer, override_id=one.pk, why=why, now=NOW, today=TODAY)


def standing(who):
    return customer(BOSS, who.pk).standing


def test_asked_approved_in_force_and_ended_by_hand(viewers, staff, who):
    one = ask(viewers["seller"], who)
    assert standing(who).grade == "prospect"
    told = set(Notice.objects.filter(event="override_asked").values_list("user_id", flat=True))
    assert {staff["manager"].pk, staff["second"].pk} <= told
    assert staff["far"].pk not in told
    assert staff["reader"].pk not in told
    assert [each.pk for each in reads.page(viewers["manager"], to_decide=True)[0]] == [one.pk]
    assert reads.page(viewers["seller"], to_decide=True)[0] == []
    assert reads.page(viewers["far"])[0] == []

    decide(viewers["manager"], one)

    now = standing(who)
    assert (now.grade, now.computed_grade, now.override["reason"]) == ("vip", "prospect", WHY)
    assert now.override["approved_by"] == "manager"
    assert now.override["until"] == UNTIL.isoformat()
    found = customer_value(viewers["seller"], who.pk)
    assert (found["grade"], found["computed_grade"], found["override"].pk) == ("vip", "prospect", one.pk)
    assert Notice.objects.filter(event="override_approved", user_id=staff["seller"].pk).exists()

    end(viewers["seller"], one)

    assert (standing(who).grade, standing(who).override) == ("prospect", None)
    causes = list(ScoreHistory.objects.order_by("id").values_list("grade", "cause"))
    assert causes == [("vip", "override"), ("prospect", "override_ended")]
    entries, _ = timeline.entries(viewers["seller"], who.pk)
    assert [each.kind for each in entries].count("grade") == 2
    asked = next(each for each in entries if each.kind == "override")
    assert (asked.title, asked.by, asked.detail["decided_by"]) == (WHY, "seller", "manager")


def test_who_may_not(viewers, who):
    with pytest.raises(Forbidden):
        ask(viewers["reader"], who)
    with pytest.raises(NotFound):
        ask(viewers["far"], who)
    own = ask(viewers["manager"], who)
    with pytest.raises(Forbidden) as error:
        decide(viewers["manager"], own)
    assert error.value.code == "own_request"
    with pytest.raises(NotFound):
        decide(viewers["far"], own)
    with pytest.raises(Forbidden):
        decide(viewers["seller"], own)
    with pytest.raises(Forbidden):
        end(viewers["seller"], own)
    decide(viewers["second"], own)
    with pytest.raises(Forbidden):
        end(viewers["seller"], own)
    with pytest.raises(Forbidden):
        end(viewers["reader"], own)


def test_what_is_refused(viewers, who, settings):
    settings.OVERRIDE_DAYS = 90
    for wrong in (
        {"grade": "prospect"}, {"reason": " "}, {"until": TODAY - timedelta(days=1)},
        {"until": TODAY + timedelta(days=91)},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            ask(viewers["seller"], who, **wrong)
    one = ask(viewers["seller"], who)
    with pytest.raises(Conflict) as error:
        ask(viewers["manager"], who)
    assert error.value.code == "already_asked"
    with pytest.raises(Invalid):
        decide(viewers["manager"], one, approved=False)
    decide(viewers["manager"], one, approved=False, answer="证据不足")
    assert standing(who).grade == "prospect"
    with pytest.raises(Conflict) as error:
        decide(viewers["second"], one)
    assert error.value.code == "already_decided"
    withdrawn = end(viewers["seller"], ask(viewers["seller"], who), why="")
    assert withdrawn.state == "withdrawn"
    with pytest.raises(Conflict):
        end(viewers["seller"], withdrawn)


def test_of_two_who_approve_at_once_one_does(viewers, who):
    one = ask(viewers["seller"], who)
    ready, answers = threading.Barrier(2), []

    def approve(name):
        try:
            ready.wait(30)
            decide(viewers[name], one)
            answers.append("approved")
        except Conflict as error:
            answers.append(error.code)
        finally:
            connections.close_all()

    both = [threading.Thread(target=approve, args=(name,)) for name in ("manager", "second")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(60)
    assert sorted(answers) == ["already_decided", "approved"]
    assert ScoreHistory.objects.filter(cause="override").count() == 1


def test_it_ends_with_its_last_day(viewers, staff, who, told):
    decide(viewers["manager"], ask(viewers["seller"], who))
    assert services.end_due(now=NOW, today=UNTIL) == 0
    assert services.end_due(now=NOW, today=UNTIL + timedelta(days=1)) == 1
    assert services.end_due(now=NOW, today=UNTIL + timedelta(days=1)) == 0
    assert standing(who).grade == "prospect"
    assert GradeOverride.objects.get().state == "ended"
    assert [(each["from_grade"], each["to_grade"], each["cause"]) for each in told] == [
        ("prospect", "vip", "override"), ("vip", "prospect", "override_ended"),
    ]  # fmt: skip
    assert Notice.objects.filter(event="override_over", user_id=staff["seller"].pk).exists()


def test_a_new_one_takes_the_place_of_the_former(viewers, who):
    former = ask(viewers["seller"], who)
    decide(viewers["manager"], former)
    decide(viewers["manager"], ask(viewers["seller"], who, grade="important"))
    assert (standing(who).grade, standing(who).computed_grade) == ("important", "prospect")
    former.refresh_from_db()
    assert former.state == "ended"


def test_runs_and_rescores_move_the_computed_grade_alone(model, company, told):
    run_now(model)
    small, boss = company[0], persons.create_user(by=BOSS, username="boss", role="manager")[0]
    computed = standing(small).grade
    assert computed != "vip"
    one = GradeOverride.objects.create(
        customer=small, grade="vip", reason=WHY, until=UNTIL, asked_at=NOW, asked_by=boss
    )
    decide(people.viewer_for(persons.create_user(by=BOSS, username="it", role="administrator")[0]), one)
    told.clear()

    for day in (1, 2):
        world.sale(small, TODAY, "1")
        world.sale(company[3], TODAY, str(10**9))
        run_now(model, today=TODAY + timedelta(days=day))
    assert (standing(small).grade, standing(small).computed_grade) == (
        "vip",
        customer_value(BOSS, small.pk)["computed_grade"],
    )
    own = ScoreHistory.objects.filter(customer=small, cause="run").order_by("-id")
    assert set(
        own.filter(at__gt=ScoreHistory.objects.get(cause="override").at).values_list("grade", flat=True)
    ) <= {"vip"}
    assert pyramid(BOSS)["overridden"] == 1

    for _ in range(12):
        world.sale(small, TODAY, "1000000")
    services.rescore(customer_ids=[small.pk], cause="transaction", today=TODAY + timedelta(days=2))
    now = standing(small)
    assert now.grade == "vip"
    assert now.computed_grade != computed
    assert told == []
    assert customer_value(BOSS, small.pk)["cause"] == "transaction"

    end(BOSS, one)
    assert standing(small).grade == now.computed_grade


def test_it_goes_with_a_merged_customer_and_comes_back(viewers, staff, who):
    other = world.customer("北京光纤有限公司", owner=staff["seller"], department_id=who.department_id)
    one = ask(viewers["seller"], other, grade="important")
    decide(viewers["manager"], one)
    merged = merging.merge(by=BOSS, what="customer", survivor_id=who.pk, ids=[who.pk, other.pk], choices={})
    services.settle(customer_ids=[who.pk, other.pk], today=TODAY)
    assert (standing(who).grade, standing(who).override["id"]) == ("important", one.pk)
    merging.unmerge(by=BOSS, merge_id=merged.pk, now=NOW)
    services.settle(customer_ids=[who.pk, other.pk], today=TODAY)
    assert (standing(who).grade, standing(other).grade) == ("prospect", "important")


def test_through_the_api(viewers, staff, who, client, django_assert_max_num_queries):
    client.force_login(staff["seller"], backend="allauth.account.auth_backends.AuthenticationBackend")
    body = {"grade": "vip", "reason": WHY, "until": (date.today() + timedelta(days=9)).isoformat()}
    made = client.post(
        f"/api/v1/value/customers/{who.pk}/overrides", json.dumps(body), content_type="application/json"
    )
    assert made.status_code == 201
    assert made.json()["may_end"]
    assert not made.json()["may_decide"]
    client.force_login(staff["manager"], backend="allauth.account.auth_backends.AuthenticationBackend")
    for n in range(8):
        other = world.customer(f"客户 {n}", owner=staff["seller"], department_id=who.department_id)
        ask(viewers["seller"], other)
    with django_assert_max_num_queries(9):
        page = client.get("/api/v1/value/overrides?to_decide=true&limit=5").json()
    assert len(page["items"]) == 5
    assert page["next"]
    rest = client.get(f"/api/v1/value/overrides?to_decide=true&limit=5&cursor={page['next']}").json()
    assert len(rest["items"]) == 4
    assert rest["next"] is None
    answer = client.post(
        f"/api/v1/value/overrides/{made.json()['id']}/decide", json.dumps({"approved": True}),
        content_type="application/json",
    )  # fmt: skip
    assert answer.json()["customer"]["grade"] == "vip"
    row = client.get(f"/api/v1/customers/{who.pk}").json()
    assert (row["grade"], row["computed_grade"], row["override"]["approved_by"]) == (
        "vip",
        "prospect",
        "manager",
    )
    assert client.get("/api/v1/value/overrides?state=nothing").status_code == 422


def test_the_audit_log_calls_the_customer_by_name(viewers, staff, who, client):
    world_of_another = world.customer(
        "远方公司", owner=staff["far"], department_id=staff["far"].department_id
    )
    for viewer, one in (("seller", who), ("far", world_of_another)):
        ask(viewers[viewer], one)
    persons.update_role(by=BOSS, code="manager", changes={"permissions": ["read", "read_audit", "approve"]})
    client.force_login(staff["manager"], backend="allauth.account.auth_backends.AuthenticationBackend")
    lines = client.get("/api/v1/audit?subject_type=grade_override").json()["items"]
    told = {one["changes"]["customer_id"]: (one["subject_name"], one["customers"]) for one in lines}
    assert told == {
        who.pk: ("北京光纤", {str(who.pk): "北京光纤"}),
        world_of_another.pk: (None, {}),
    }
