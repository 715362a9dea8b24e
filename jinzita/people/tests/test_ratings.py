"""Ratings by internal customers: rounds by the calendar, who is asked, who sees what."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from jinzita.kernel.access import system
from jinzita.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from jinzita.kernel.models import AuditEntry
from jinzita.people import selectors, services
from jinzita.people.models import HeldDuty, InternalCustomer, JobDuty, Notice, Rating, RatingRound, User
from jinzita.people.selectors import ratings as reads
from jinzita.people.services import ratings as writes
from jinzita.people.services.demo_map import add_demo_map, remove_demo_map

BOSS = system("test")
FIRST = date(2026, 10, 1)  # of a quarter; the one before is rated
LAST = date(2026, 10, 14)
AFTER = date(2026, 10, 15)
NOW = datetime(2026, 10, 1, tzinfo=UTC)


def person(username: str, **given) -> User:
    return services.create_user(by=BOSS, username=username, **given)[0]


def viewer(one: User):
    return selectors.viewer_for(one)


@pytest.fixture
def company(db):
    """Wang holds a duty that four colleagues and a department rely on, and one that two rely on."""
    sales = services.create_department(by=BOSS, name="Sales")
    finance = services.create_department(by=BOSS, name="Finance")
    people = {name: person(name, department_id=sales.pk) for name in ("head", "wang", "a", "b", "c")}
    people["cfo"] = person("cfo", department_id=finance.pk)
    services.update_department(by=BOSS, department_id=sales.pk, changes={"head_id": people["head"].pk})
    services.update_department(by=BOSS, department_id=finance.pk, changes={"head_id": people["cfo"].pk})
    held = {
        name: HeldDuty.objects.create(
            person=people["wang"], duty=JobDuty.objects.create(name=name), started_at=NOW
        )
        for name in ("invoicing", "reports")
    }
    for name in ("a", "b", "c"):
        InternalCustomer.objects.create(held=held["invoicing"], person=people[name])
    InternalCustomer.objects.create(held=held["invoicing"], department=finance)
    for name in ("a", "b"):
        InternalCustomer.objects.create(held=held["reports"], person=people[name])
    return {**people, **held, "finance": finance, "sales": sales}


def night(day: date) -> None:
    writes.nightly(by=BOSS, today=day, now=datetime(day.year, day.month, day.day, 2, tzinfo=UTC))


def give(
    company, who: str, mark: int, comment: str = "", duty: str = "invoicing", day: date = LAST
) -> Rating:
    one = reads.to_rate(viewer(company[who]), today=day).get(held=company[duty])
    return writes.rate(
        by=viewer(company[who]), rating_id=one.pk, mark=mark, comment=comment, today=day, now=NOW
    )


def told(event: str) -> dict[str, int | None]:
    return {one.user.username: one.words.get("count") for one in Notice.objects.filter(event=event)}


def test_a_quarter_begins_with_one_round_however_often_it_is_asked_for(company):
    for day in (FIRST, FIRST, date(2026, 10, 2)):
        night(day)

    (one,) = RatingRound.objects.all()
    assert (one.year, one.quarter, one.opens_on, one.closes_on) == (2026, 3, FIRST, LAST)
    assert Rating.objects.count() == 6
    assert told("rating_opened") == {"a": 2, "b": 2, "c": 1, "cfo": 1}


def test_january_asks_about_the_year_before(company):
    assert writes.quarter_before(date(2027, 1, 1)) == (2026, 4)
    assert writes.quarter_before(date(2026, 11, 22)) == (2026, 3)


def test_in_the_middle_of_a_quarter_a_round_opens_only_by_hand(company):
    night(AFTER)
    assert not RatingRound.objects.exists()

    one = writes.open_round(by=BOSS, today=date(2026, 11, 22))
    assert (one.quarter, one.closes_on) == (3, date(2026, 12, 5))
    with pytest.raises(Conflict):
        writes.open_round(by=BOSS, today=date(2026, 11, 23))
    with pytest.raises(Forbidden):
        writes.open_round(by=viewer(company["head"]), today=FIRST)


def test_without_internal_customers_there_is_no_round(company):
    InternalCustomer.objects.all().delete()
    night(FIRST)
    assert not RatingRound.objects.exists()
    with pytest.raises(Conflict):
        writes.open_round(by=BOSS, today=FIRST)


def test_the_company_sets_how_long_a_round_is_open_or_that_there_is_none(company):
    writes.save_settings(by=BOSS, enabled=False, days=5)
    night(FIRST)
    assert not RatingRound.objects.exists()
    writes.save_settings(by=BOSS, enabled=True, days=5)
    night(FIRST)
    assert RatingRound.objects.get().closes_on == date(2026, 10, 5)
    with pytest.raises(Forbidden):
        writes.save_settings(by=viewer(company["head"]), enabled=True, days=5)


def test_nobody_is_asked_about_oneself_or_one_who_left(company):
    # The head of finance now does the invoicing that finance relies on.
    HeldDuty.objects.filter(pk=company["invoicing"].pk).update(person=company["cfo"])
    person("root", role="administrator")  # one has to remain
    services.update_user(by=BOSS, user_id=company["a"].pk, changes={"is_active": False})
    night(FIRST)
    asked = Rating.objects.values_list("rater__username", "held__duty__name")
    assert sorted(asked) == [("b", "invoicing"), ("b", "reports"), ("c", "invoicing")]


def test_a_department_without_a_head_is_spoken_for_from_above(company):
    below = services.create_department(by=BOSS, name="Below", parent_id=company["finance"].pk)
    InternalCustomer.objects.filter(department=company["finance"]).update(department=below)
    night(FIRST)
    assert Rating.objects.filter(rater=company["cfo"]).count() == 1


def test_who_comes_to_rely_on_a_duty_is_asked_while_the_round_is_open(company):
    night(FIRST)
    InternalCustomer.objects.create(held=company["reports"], person=company["c"])
    night(date(2026, 10, 2))
    assert Rating.objects.filter(held=company["reports"]).count() == 3


def test_a_rating_is_changed_until_the_round_closes(company):
    night(FIRST)
    give(company, "a", 2, "slow")
    one = give(company, "a", 4, "better")
    assert Rating.objects.filter(mark__isnull=False).count() == 1

    for day in (AFTER,):
        with pytest.raises(NotFound):
            writes.rate(by=viewer(company["a"]), rating_id=one.pk, mark=1, comment="", today=day, now=NOW)
    with pytest.raises(NotFound):
        writes.rate(by=viewer(company["b"]), rating_id=one.pk, mark=1, comment="", today=LAST, now=NOW)
    with pytest.raises(Invalid):
        writes.rate(by=viewer(company["a"]), rating_id=one.pk, mark=6, comment="", today=LAST, now=NOW)
    assert "better" not in str(list(AuditEntry.objects.values_list("changes", flat=True)))


def test_who_has_not_answered_is_reminded_once(company):
    night(FIRST)
    give(company, "c", 5)
    for day in (10, 11, 12):
        night(date(2026, 10, day))
    assert told("rating_reminder") == {"a": 2, "b": 2, "cfo": 1}
    assert Notice.objects.filter(event="rating_reminder").count() == 3


def closed(company) -> None:
    night(FIRST)
    for who, mark in (("a", 5), ("b", 4), ("c", 3)):
        give(company, who, mark, f"said by {mark}")
    give(company, "a", 1, "too slow", duty="reports")
    give(company, "b", 1, "too slow as well", duty="reports")
    night(AFTER)


def test_below_three_raters_neither_marks_nor_comments_are_shown(company):
    closed(company)
    (result,) = reads.results(viewer(company["wang"]), company["wang"].pk)
    invoicing, reports = result.duties

    assert (invoicing.asked, invoicing.answered, invoicing.average) == (4, 3, 4.0)
    assert invoicing.comments == ["said by 3", "said by 4", "said by 5"]
    assert (reports.answered, reports.shown, reports.average) == (2, False, None)
    assert reports.marks == reports.comments == []
    # Nor can they be told from the average of all.
    assert result.average == 4.0
    assert told("rating_results") == {"wang": None}


def test_nothing_is_shown_while_the_round_is_open(company):
    night(FIRST)
    for who in ("a", "b", "c"):
        give(company, who, 5)
    assert reads.results(viewer(company["wang"]), company["wang"].pk) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("wang", 200), ("head", 200), ("a", 403), ("cfo", 403), ("root", 403)],
)
def test_ratings_are_seen_by_the_person_and_those_above_alone(company, who, status):
    company["root"] = person("root", role="administrator")
    closed(company)
    client = Client()
    client.force_login(company[who], backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(f"/api/v1/people/{company['wang'].pk}/ratings")
    assert answer.status_code == status
    assert client.get(f"/api/v1/people/{company['wang'].pk}").json()["may_see_ratings"] is (status == 200)
    if status == 200:
        (one,) = answer.json()
        assert one["duties"][0]["marks"] == [0, 0, 1, 1, 1]
        assert "rater" not in answer.content.decode()
    else:
        assert b"said by" not in answer.content
    if who == "head":
        assert client.get(f"/api/v1/people/{company['head'].pk}/ratings").json() == []


def test_results_take_few_queries(company, django_assert_max_num_queries):
    closed(company)
    with django_assert_max_num_queries(6):
        reads.results(viewer(company["wang"]), company["wang"].pk)


def test_the_demo_has_duties_and_ratings_and_leaves_nothing(db):
    people = [(f"demo{one}", f"人{one}", "salesperson", "团队") for one in range(8)]
    people.append(("demo.boss", "老板", "manager", "团队"))
    given = {"by": BOSS, "demo": "carrier"}
    services.add_demo_people(departments=[("团队", None)], people=people, **given)
    add_demo_map(today=date(2026, 11, 22), **given)
    add_demo_map(today=date(2026, 11, 22), **given)

    assert RatingRound.objects.filter(closed_at__isnull=False).count() == 4
    assert HeldDuty.objects.count() == 27
    boss = User.objects.get(username="demo.boss")
    seen = [reads.results(viewer(boss), one.pk) for one in User.objects.filter(demo="carrier")]
    assert any(one.average for results in seen for one in results)
    # The round of the last quarter is left to be opened.
    assert not RatingRound.objects.filter(year=2026, quarter=3).exists()

    remove_demo_map(**given)
    services.remove_demo_people(departments=["团队"], **given)
    left = (User, HeldDuty, JobDuty, Rating, RatingRound)
    assert [model.objects.count() for model in left] == [0] * 5
