"""Duties follow what happened: the night, a visit, an owner, a grade, a merge, the end of a year."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from jinzita.activities.models import Interaction
from jinzita.activities.services import record_interactions
from jinzita.assignment.services import pool
from jinzita.customers import services as customers
from jinzita.customers.models import Ownership, Standing
from jinzita.customers.tests.world import BOSS, Company, get, make_company, post
from jinzita.people import services as people
from jinzita.people.models import Notice, User
from jinzita.treatment import services
from jinzita.treatment.models import Duty
from tests.duties import START, at, customer, met, night, now, publish, told

pytestmark = pytest.mark.django_db
MISSED = {"field": "state", "op": "in", "value": ["missed"]}


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


def test_a_rhythm_is_opened_kept_and_opened_again(company):
    one = customer(company, "Alpha")
    publish(vip={"visit_days": 30})
    night(0)
    assert told(one) == [("due", 0, 30)]
    met(one, 12)
    now(one, 12)
    assert told(one) == [("done", 0, 30), ("due", 12, 42)]
    night(43)
    assert told(one) == [("done", 0, 30), ("missed", 12, 42), ("due", 42, 72)]
    assert Duty.objects.filter(customer_id=one, state="missed").get().missed_on == date(2026, 2, 13)
    met(one, 50)
    now(one, 50)
    late = Duty.objects.get(customer_id=one, state="missed")
    assert (late.done_at, told(one)[2:]) == (at(50), [("done", 42, 72), ("due", 50, 80)])


def test_whoever_was_visited_lately_goes_on_in_the_rhythm(company):
    lately, long_ago = customer(company, "Alpha"), customer(company, "Beta")
    met(lately, -20)
    met(long_ago, -200)
    publish(vip={"visit_days": 30})
    night(0)
    assert (told(lately), told(long_ago)) == ([("due", -20, 10)], [("due", 0, 30)])


def test_twice_the_same_night_changes_nothing(company):
    ids = [customer(company, name, grade=grade) for name, grade in (("A", "vip"), ("B", "important"))]
    publish(
        vip={
            "visit_days": 10,
            "contact_days": 5,
            "answer_hours": 4,
            "sponsor_days": 3,
            "sponsor_roles": ["manager"],
        },
        important={"contact_days": 7},
    )
    for day in range(0, 40, 3):
        met(ids[day % 2], day, random.Random(day).choice(["visit", "call", "complaint", "task"]))
        night(day)
        before = list(Duty.objects.order_by("pk").values())
        assert night(day).changed == 0
        assert services.settle(by=BOSS, ids=ids, now=at(day)).changed == 0
        assert list(Duty.objects.order_by("pk").values()) == before


def test_a_visit_taken_away_opens_the_duty_again(company):
    one = customer(company, "Alpha")
    publish(vip={"visit_days": 30})
    night(0)
    visit = met(one, 12)
    now(one, 12)
    visit.delete()
    now(one, 13)
    assert told(one) == [("due", 0, 30)]
    second = met(one, 20)
    now(one, 20)
    second.delete()
    night(40)
    assert told(one) == [("missed", 0, 30), ("due", 30, 60)]


def test_a_visit_entered_late_keeps_what_was_missed(company):
    one = customer(company, "Alpha")
    publish(vip={"visit_days": 30})
    night(0)
    night(31)
    assert told(one) == [("missed", 0, 30), ("due", 30, 60)]
    met(one, 29)
    now(one, 35)
    assert told(one) == [("done", 0, 30), ("due", 30, 60)]
    assert Duty.objects.filter(missed_on__isnull=False).count() == 0


def test_an_open_duty_follows_the_owner_a_missed_one_stays(company):
    one = customer(company, "Alpha")
    seller, other = company.users["seller"], company.users["other_seller"]
    publish(vip={"visit_days": 30})
    night(0)
    night(31)
    customers.update_customer(by=BOSS, customer_id=one, changes={"owner_id": other.pk})
    now(one, 32)
    rows = [(one.state, one.owner_id, one.department_id) for one in Duty.objects.order_by("pk")]
    assert rows == [("missed", seller.pk, seller.department_id), ("due", other.pk, other.department_id)]


def test_nothing_is_owed_without_owner_grade_or_policy(company):
    seller = company.users["seller"].pk
    ids = [customer(company, name) for name in "ABCDE"]
    publish(vip={"visit_days": 30})
    night(0)
    pool.release(by=BOSS, customer_id=ids[0], why="moved")
    customers.trash_customer(by=BOSS, customer_id=ids[1], now=at(1))
    customers.record_standing(customer_id=ids[2], score=10, grade="small", as_of=START.date())
    customers.merging.merge(by=BOSS, what="customer", survivor_id=ids[4], ids=ids[3:])
    night(1)
    assert [told(one) for one in ids] == [[], [], [], [], [("due", 0, 30)]]
    customers.update_customer(by=BOSS, customer_id=ids[0], changes={"owner_id": seller})
    Ownership.objects.filter(customer_id=ids[0], until__isnull=True).update(since=at(5))
    night(5)
    assert told(ids[0]) == [("due", 5, 35)]
    people.deactivate_user(by=BOSS, user_id=seller, now=START)
    night(6)
    assert Duty.objects.filter(state="due").count() == 0


def test_a_merged_customers_duties_follow(company):
    gone, stays = customer(company, "Alpha"), customer(company, "Beta")
    publish(vip={"visit_days": 30, "contact_days": 10})
    night(0)
    night(11)
    merge = customers.merging.merge(by=BOSS, what="customer", survivor_id=stays, ids=[gone, stays])
    now(stays, 12)
    assert Duty.objects.filter(customer_id=gone).count() == 0
    assert sorted(told(stays, "contact")) == [("due", 10, 20), ("missed", 0, 10), ("missed", 0, 10)]
    assert told(stays) == [("due", 0, 30)]
    customers.merging.unmerge(by=BOSS, merge_id=merge.pk, now=at(13))
    services.settle(by=BOSS, ids=[gone, stays], now=at(13))
    assert told(gone) == told(stays) == [("due", 0, 30)]


def test_a_shorter_rhythm_counts_from_the_change_at_the_earliest(company):
    old, fresh = customer(company, "Alpha"), customer(company, "Beta", grade="ordinary")
    publish(vip={"visit_days": 90}, ordinary={"visit_days": 30})
    night(0)
    customers.record_standing(customer_id=fresh, score=90, grade="vip", as_of=START.date())
    publish(at(40), vip={"visit_days": 30})
    night(40)
    assert (told(old), told(fresh)) == ([("due", 0, 70)], [("missed", 0, 30), ("due", 30, 60)])


def test_answers_are_owed_by_the_hour(company):
    one = customer(company, "Alpha")
    met(one, -1, "complaint")
    publish(vip={"answer_hours": 4})
    night(0)
    assert told(one, "answer") == []
    asked = met(one, 1, "complaint")
    now(one, 1)
    duty = Duty.objects.get(item="answer")
    assert (duty.trigger_id, duty.due_at) == (asked.pk, at(1) + timedelta(hours=4))
    later = met(one, 1.1, "fault")
    now(one, 1.1)
    assert services.look_overdue(by=BOSS, now=at(1.2)).missed == 1
    met(one, 1.25, "call")
    now(one, 1.25)
    assert [one.state for one in Duty.objects.order_by("pk")] == ["missed", "done"]
    later.delete()
    now(one, 1.3)
    assert [one.state for one in Duty.objects.order_by("pk")] == ["missed"]


def test_a_sponsor_is_named_in_time(company):
    one = customer(company, "Alpha")
    publish(vip={"sponsor_days": 14, "sponsor_roles": ["manager"]})
    night(0)
    assert told(one, "sponsor") == [("due", 0, 14)]
    services.name_sponsor(by=BOSS, customer_id=one, user_id=company.users["seller"].pk, now=at(3))
    assert told(one, "sponsor") == [("due", 0, 14)]
    services.name_sponsor(by=BOSS, customer_id=one, user_id=company.users["manager"].pk, now=at(4))
    assert told(one, "sponsor") == [("done", 0, 14)]
    services.name_sponsor(by=BOSS, customer_id=one, user_id=None, now=at(5))
    assert told(one, "sponsor") == [("done", 0, 14), ("due", 5, 19)]
    night(20)
    night(40)
    assert told(one, "sponsor") == [("done", 0, 14), ("missed", 5, 19)]


def test_days_are_the_companys(company):
    """Half past eleven in the evening of the last day of the year is still that day in Shanghai."""
    one = customer(company, "Alpha")
    publish(datetime(2025, 12, 1, 4, tzinfo=UTC), vip={"visit_days": 30})
    services.settle_all(by=BOSS, now=datetime(2025, 12, 1, 4, tzinfo=UTC))
    assert Duty.objects.get().due_on == date(2025, 12, 31)
    assert services.settle_all(by=BOSS, now=datetime(2025, 12, 31, 15, 30, tzinfo=UTC)).missed == 0
    record_interactions(
        by=BOSS,
        items=[
            {"customer_id": one, "kind": "visit", "occurred_at": datetime(2025, 12, 31, 15, 45, tzinfo=UTC)}
        ],
    )
    services.settle_all(by=BOSS, now=datetime(2025, 12, 31, 16, 30, tzinfo=UTC))
    done, following = Duty.objects.order_by("pk")
    assert (done.state, following.opened_on, following.due_on) == (
        "done",
        date(2025, 12, 31),
        date(2026, 1, 30),
    )


def test_missed_duties_go_up_and_excused_ones_do_not(company):
    users = company.users
    ids = [customer(company, name) for name in "AB"]
    User.objects.filter(pk=users["seller"].pk).update(manager=users["manager"])
    User.objects.filter(pk=users["manager"].pk).update(manager=users["reader"])
    publish(vip={"visit_days": 30}, after=3)
    night(0)
    night(31)
    assert Notice.objects.filter(event="duty_missed").get().words["count"] == 2
    excused = Duty.objects.get(customer_id=ids[1], state="missed")
    services.excuse(by=company.viewer("manager"), duty_id=excused.pk, why="abroad", now=at(31))
    assert services.escalate(by=BOSS, today=at(33).date()) == 0
    assert services.escalate(by=BOSS, today=at(34).date()) == 1
    assert services.escalate(by=BOSS, today=at(34).date()) == 0
    assert Duty.objects.get(state="missed").escalated_to_id == users["manager"].pk
    people.deactivate_user(by=BOSS, user_id=users["manager"].pk, now=START)
    assert services.escalate(by=BOSS, today=at(37).date()) == 0
    Duty.objects.filter(state="missed").update(level=0)
    assert services.escalate(by=BOSS, today=at(37).date()) == 1
    assert Duty.objects.get(state="missed").escalated_to_id == users["reader"].pk
    assert services.escalate(by=BOSS, today=at(60).date()) == 0


def test_for_whom_nobody_stands_above_those_answer_who_set_it_up(company):
    customer(company, "A")
    publish(vip={"visit_days": 30})
    night(0)
    night(31)
    services.escalate(by=BOSS, today=at(40).date())
    assert Duty.objects.get(state="missed").escalated_to_id == company.users["administrator"].pk


def test_everybody_sees_the_record_of_their_reach(company):
    customer(company, "A")
    customer(company, "B", owner="other_seller")
    publish(vip={"visit_days": 30})
    night(0)
    night(31)
    for who, owners in (
        ("seller", ["seller"]), ("other_seller", ["other_seller"]), ("manager", ["seller"]),
        ("reader", ["other_seller", "seller"]),
    ):  # fmt: skip
        client = getattr(company, who)
        found = get(client, "/accountability", period="month", start="2026-01-15").json()
        assert sorted(one["name"] for one in found["people"]) == owners
        assert (found["total"]["missed"], found["total"]["kept"]) == (len(owners), 0.0)
        listed = get(client, "/duties", filter=json.dumps(MISSED)).json()["items"]
        assert sorted(one["owner"]["name"] for one in listed) == owners
    assert get(company.reader, "/accountability", period="week").status_code == 422
    waiting = get(company.seller, "/duties/today").json()["duties"]
    assert [one["state"] for one in waiting] == ["missed", "due"]


def test_nobody_excuses_themselves_and_names_stay_with_whoever_may_see_them(company):
    one = customer(company, "A")
    publish(vip={"visit_days": 30})
    night(0)
    night(31)
    missed = Duty.objects.get(customer_id=one, state="missed")
    path = f"/duties/{missed.pk}/excuse"
    assert post(company.seller, path, {"why": "x"}).status_code == 403
    assert post(company.manager, path, {"why": " "}).status_code == 422
    assert post(company.manager, path, {"why": "abroad"}).json()["state"] == "excused"
    assert post(company.manager, path, {"why": "abroad"}).status_code == 409
    assert company.manager.delete(f"/api/v1{path}").status_code == 204
    Duty.objects.filter(pk=missed.pk).update(owner=company.users["manager"])
    assert post(company.manager, path, {"why": "x"}).json()["code"] == "own_duty"
    Duty.objects.filter(pk=missed.pk).update(owner=company.users["other_seller"])
    listed = get(company.other_seller, "/duties").json()["items"]
    assert [(duty["id"], duty["customer"]) for duty in listed] == [(missed.pk, None)]


def test_lists_ask_a_fixed_number_of_questions(company, django_assert_max_num_queries):
    for number in range(12):
        customer(company, f"C{number}")
    publish(vip={"visit_days": 30, "contact_days": 20})
    night(0)
    night(31)
    with django_assert_max_num_queries(8):
        assert len(get(company.manager, "/duties").json()["items"]) == 48
    with django_assert_max_num_queries(12):
        get(company.seller, "/duties/today")
    with django_assert_max_num_queries(14):
        get(company.manager, "/accountability", start="2026-01-15")


def test_the_list_is_filtered_searched_sorted_and_counted(company):
    users = company.users
    alpha = customer(company, "Alpha")
    customer(company, "Beta", owner="other_seller", grade="important")
    publish(vip={"visit_days": 30}, important={"visit_days": 20})
    night(0)
    night(31)
    met(alpha, 32)
    now(alpha, 33)

    def found(who="reader", **query):
        query = {name: json.dumps(one) if name == "filter" else one for name, one in query.items()}
        answer = get(getattr(company, who), "/duties", **query)
        assert answer.status_code == 200, answer.content
        rows = [(one["customer"] and one["customer"]["name"], one["state"]) for one in answer.json()["items"]]
        query.pop("sort", None)
        assert get(getattr(company, who), "/duties/count", **query).json() == {"count": len(rows)}
        return rows

    assert found(q="alph") == [("Alpha", "due"), ("Alpha", "done"), ("Alpha", "missed")]
    assert found(filter={"field": "grade", "op": "in", "value": ["important"]}, sort="due_on") == [
        ("Beta", "missed"),
        ("Beta", "due"),
    ]
    assert found(
        filter={
            "any": [
                {"field": "owner", "op": "eq", "value": users["other_seller"].pk},
                {"all": [MISSED, {"field": "waits", "op": "eq", "value": False}]},
            ]
        }
    ) == [("Beta", "due"), ("Alpha", "missed"), ("Beta", "missed")]
    assert found("other_seller", q="alpha") == []
    for wrong in ({"filter": "{"}, {"filter": '{"field":"x","op":"eq","value":1}'}, {"sort": "grade"}):
        assert get(company.reader, "/duties", **wrong).status_code == 422


def test_who_sees_a_customer_no_more_does_not_learn_its_name_or_grade(company):
    one = customer(company, "Alpha")
    publish(vip={"visit_days": 30})
    night(0)
    night(31)
    customers.update_customer(
        by=BOSS, customer_id=one, changes={"owner_id": company.users["other_seller"].pk}
    )
    now(one, 32)
    vip = json.dumps({"field": "grade", "op": "in", "value": ["vip"]})
    assert [row["customer"] for row in get(company.seller, "/duties").json()["items"]] == [None]
    assert get(company.seller, "/duties", q="Alpha").json()["items"] == []
    assert get(company.seller, "/duties", filter=vip).json()["items"] == []
    assert len(get(company.other_seller, "/duties", filter=vip).json()["items"]) == 1


def test_a_duty_to_a_customer_whose_grade_was_set_by_hand_says_so(company):
    pk = customer(company, "C")
    publish(vip={"visit_days": 30})
    night(0)
    why = {"id": 1, "reason": "strategic", "until": "2030-01-01", "asked_by": "a", "approved_by": "b"}
    Standing.objects.filter(pk=pk).update(computed_grade="small", override=why)
    (duty,) = get(company.manager, "/duties").json()["items"]
    told = duty["customer"]
    assert (told["grade"], told["computed_grade"], told["override"]) == ("vip", "small", why)


# --- against a plain reference ---

DAYS, SPANS = 120, {"visit": 20, "contact": 9}
KEEPS = {"visit": {"visit"}, "contact": {"visit", "call"}}


class Reference:
    """The same rules, told once more: one customer, one item, in plain Python."""

    def __init__(self, item: str) -> None:
        self.item, self.rows = item, []

    def settle(self, history: list[tuple[int, datetime, str]], moment: datetime) -> None:
        today = day(moment)
        kept = sorted((when, pk) for pk, when, kind in history if kind in KEEPS[self.item] and when <= moment)
        there = {pk for pk, _, _ in history}
        for row in self.rows:
            first = next(((when, pk) for when, pk in kept if when >= row["from"]), None)
            end = midnight(row["due"] + timedelta(days=1))
            row["was"] = row["state"]
            row["state"] = "done" if first and first[0] < end else "missed" if end <= moment else "due"
            row["done"] = first
        open_ = [row for row in self.rows if row["state"] == "due"]
        self.rows = [row for row in self.rows if row not in open_[1:]]
        self.rows = [
            row for row in self.rows
            if not (row["state"] == "due" == row["was"] and row["by"] and row["by"] not in there)
        ]  # fmt: skip
        if any(row["state"] == "due" for row in self.rows):
            return
        span, last = SPANS[self.item], kept[-1] if kept else None
        base = None
        if self.rows:
            end = self.rows[-1]
            base = day(end["done"][0]) if end["done"] else end["due"]
        seen = day(last[0]) if last else None
        if base:
            opened = max(base, seen) if seen else base
        else:
            opened = seen if seen and seen > today - timedelta(days=span) else today
        counts = opened + timedelta(days=1) if opened in (seen, base) else opened
        self.rows.append({
            "state": "due", "was": "due", "opened": opened, "due": max(opened + timedelta(days=span), today),
            "from": midnight(counts), "by": last[1] if last and seen == opened else None, "done": None,
        })  # fmt: skip


def midnight(of: date) -> datetime:
    return datetime(of.year, of.month, of.day, tzinfo=UTC) - timedelta(hours=8)


def day(of: datetime) -> date:
    return (of + timedelta(hours=8)).date()


def steps(dice: random.Random) -> Iterator[float]:
    moment = 0.0
    while moment < DAYS:
        moment += dice.choice([0.1, 0.4, 1, 2, 5, 15])
        yield round(moment, 2)


@pytest.mark.parametrize("seed", range(12))
def test_sets_agree_with_a_plain_reference_over_random_histories(company, seed):
    dice = random.Random(seed)
    ids = [customer(company, f"C{number}") for number in range(4)]
    references = {(one, item): Reference(item) for one in ids for item in SPANS}
    publish(vip={f"{item}_days": span for item, span in SPANS.items()})
    there: dict[int, tuple[int, float, str]] = {}
    for moment in steps(dice):
        for _ in range(dice.randint(0, 3)):
            one, kind = dice.choice(ids), dice.choice(["visit", "call", "call", "task"])
            when = moment - dice.choice([0, 0, 0, 0.3, 3, 12])
            there[met(one, when, kind).pk] = (one, when, kind)
        if there and dice.random() < 0.3:
            gone = dice.choice(sorted(there))
            Interaction.objects.filter(pk=gone).delete()
            del there[gone]
        services.settle(by=BOSS, ids=ids, now=at(moment))
        for (one, item), reference in references.items():
            history = [(pk, at(when), kind) for pk, (whose, when, kind) in there.items() if whose == one]
            reference.settle(history, at(moment))
            rows = Duty.objects.filter(customer_id=one, item=item).order_by("pk")
            found = [(row.state, row.opened_on, row.due_on, row.done_by_id) for row in rows]
            wanted = [
                (row["state"], row["opened"], row["due"], row["done"][1] if row["done"] else None)
                for row in reference.rows
            ]  # fmt: skip
            assert found == wanted, (seed, moment, one, item)


def test_what_became_of_duties_stands_on_the_timeline(company):
    publish(vip={"visit_days": 30})
    pk = customer(company, "Timely Ltd")
    night(1)
    met(pk, 10)
    night(11)
    night(60)
    met(pk, 70)
    night(71)
    door = f"/customers/{pk}/timeline"
    found = get(company.seller, door, kinds="duty_kept,duty_missed,duty_excused").json()["items"]
    shown = [(one["kind"], one["detail"]["item"], one["detail"]["missed_on"] is not None) for one in found]
    assert shown == [
        ("duty_kept", "visit", False), ("duty_kept", "visit", True), ("duty_missed", "visit", True),
        ("duty_kept", "visit", False),
    ]  # fmt: skip
    assert {one["by"] for one in found} == {"seller"}
    mine = get(company.seller, door, kinds="duty_missed", by_id=company.users["seller"].pk).json()["items"]
    assert len(mine) == 1
    missed = Duty.objects.get(customer_id=pk, missed_on__isnull=False)
    Duty.objects.filter(pk=missed.pk).update(excuse="flood", excused_at=at(80), state="excused")
    (last, *_) = get(company.seller, door, q="flood", kinds="duty_excused").json()["items"]
    assert (last["kind"], last["title"]) == ("duty_excused", "flood")
