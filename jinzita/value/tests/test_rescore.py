"""At once: one customer re-scored gives what the full run gives, and moves when its facts move."""

import json
import threading
import time
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinzita.kernel.access import system
from jinzita.kernel.events import subscriptions
from jinzita.kernel.stream import CHANNEL
from jinzita.value import services
from jinzita.value.events import GradeChanged
from jinzita.value.models import CustomerScore, ScoreHistory
from jinzita.value.selectors.customers import customer_value
from jinzita.value.tests import world
from jinzita.value.tests.conftest import TODAY, make_model, run_now

pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS = ("customer_id", "run_id", "score", "grade", "as_of", "revenue", "profit", "values", "texts")


def scores() -> dict[int, tuple]:
    return {row[0]: row for row in CustomerScore.objects.order_by("customer_id").values_list(*COLUMNS)}


def rescore(*customers, cause: str = "transaction", today: date = TODAY) -> services.Outcome:
    return services.rescore(customer_ids=[one.pk for one in customers], cause=cause, today=today)


EVERY_FAMILY = """
name = "every family"
[[indicator]]
code = "revenue"
weight = 3
window_months = 12
[[indicator]]
code = "gross_margin"
weight = 1.7
scale = "linear"
[[indicator]]
code = "transaction_cycle_days"
weight = 0.3
[[indicator]]
code = "revenue_growth"
weight = 1.1
[[indicator]]
code = "expected_sales"
weight = 1
scale = "log"
[[indicator]]
code = "collection_period_days"
weight = 1
[[indicator]]
code = "average_outstanding"
weight = 1
[[indicator]]
code = "average_outstanding_rate"
weight = 1
[[indicator]]
code = "praise_rate"
weight = 1
missing = 40
[[indicator]]
code = "attribute:age"
weight = 1
[[indicator]]
code = "per_sale"
weight = 1
formula = "revenue / transaction_count + complaint_count"
"""
DAYS = st.dates(date(2024, 1, 1), TODAY)
MONEY = st.decimals(0, 99999999, places=4)
FACTS = st.one_of(
    st.tuples(st.just("sale"), DAYS, MONEY, st.one_of(st.none(), MONEY)),
    st.tuples(st.just("return"), DAYS, MONEY, st.one_of(st.none(), MONEY)),
    st.tuples(st.just("bill"), DAYS, MONEY, st.integers(0, 90)),
    st.tuples(st.sampled_from(["praise", "complaint"]), DAYS, st.none(), st.none()),
    st.tuples(st.just("deal"), DAYS, MONEY, st.decimals(0, 1, places=4)),
)


@given(st.lists(st.tuples(st.integers(0, 90), st.lists(FACTS, max_size=8)), min_size=1, max_size=5))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_rescoring_gives_the_full_run_to_the_last_digit(people):
    model = make_model(toml=EVERY_FAMILY)
    made = []
    try:
        for age, facts in people:
            who = world.customer(attributes={"age": age} if age else {})
            for kind, day, amount, extra in facts:
                if kind in ("sale", "return"):
                    world.sale(who, day, str(amount), kind=kind, cost=None if extra is None else str(extra))
                elif kind == "bill":
                    bill = world.invoice(who, day.isoformat(), str(amount))
                    paid = min(day + timedelta(days=extra), TODAY)
                    world.receipt(who, paid.isoformat(), str(amount / 2), bill)
                elif kind == "deal":
                    world.opportunity(who, str(amount), str(extra))
                else:
                    world.interaction(who, day.isoformat(), kind)
            made.append(who)
        one = run_now(model)
        assert one.error == ""
        full = scores()

        assert rescore(*made).rescored == len(made)

        assert scores() == full
        assert not ScoreHistory.objects.exclude(cause="run").exists()
    finally:
        sweep()


def sweep() -> None:
    tables = (
        "customers_customer, value_valuemodel, value_modelversion, value_run, kernel_touched, kernel_job,"
        " kernel_auditentry, procrastinate_jobs"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def test_a_new_sale_moves_the_customer_and_nobody_else(model, company, monkeypatch):
    heard: list[dict] = []
    monkeypatch.setitem(subscriptions_of(), GradeChanged, [heard.append])
    run_now(model)
    before = scores()
    who = company[2]
    world.sale(who, TODAY, "900000")

    rescore(who)

    after = scores()
    assert after[who.pk][2] > before[who.pk][2]
    assert {pk for pk in after if after[pk] != before[pk]} == {who.pk}
    standing = world.table("customers.Standing").objects.get(customer=who)
    assert (standing.score, standing.grade, standing.as_of) == after[who.pk][2:5]
    history = ScoreHistory.objects.filter(customer_id=who.pk).order_by("-at")
    assert history.values_list("cause", "score")[0] == ("transaction", after[who.pk][2])
    assert [(one["customer_id"], one["to_grade"]) for one in heard] == [(who.pk, after[who.pk][3])]


def test_the_cause_of_the_present_score_is_told_even_of_a_move_too_small_for_the_history(model, company):
    run_now(model)
    who = company[2]

    def cause() -> str:
        return customer_value(system("test"), who.pk)["cause"]

    assert cause() == "run"
    world.sale(who, TODAY, "900000")
    rescore(who)
    assert cause() == "transaction"
    ScoreHistory.objects.filter(customer_id=who.pk, cause="transaction").delete()
    assert cause() == "facts"


def subscriptions_of() -> dict:
    from jinzita.kernel import events

    assert subscriptions() == dict(events._reactions)
    return events._reactions


def test_the_first_sale_makes_a_prospect_a_customer_and_its_removal_undoes_it(model, company):
    run_now(model)
    prospect = company[-1]
    sale = world.sale(prospect, TODAY, "500")
    rescore(prospect)
    standing = world.table("customers.Standing").objects.get(customer=prospect)
    assert standing.grade != "prospect"
    assert CustomerScore.objects.filter(customer=prospect).count() == 1

    sale.delete()
    rescore(prospect)

    standing.refresh_from_db()
    assert (standing.grade, standing.score) == ("prospect", None)
    assert not CustomerScore.objects.filter(customer=prospect).exists()


def test_a_fact_after_the_run_moves_the_day_but_the_future_does_not(model):
    early, late, future = (world.customer(name) for name in "ABC")
    for who in (early, late, future):
        world.sale(who, "2026-04-10", "10")
    run_now(model, today=date(2026, 5, 1))
    world.sale(late, "2026-06-10", "10")
    world.sale(future, "2026-05-20", "10")
    world.sale(future, "2026-12-10", "10")

    rescore(early, late, future, today=date(2026, 6, 20))

    days = {pk: row[4] for pk, row in scores().items()}
    assert days == {early.pk: date(2026, 5, 1), late.pk: date(2026, 6, 10), future.pk: date(2026, 5, 20)}


def test_without_a_run_nothing_happens_and_during_the_first_one_waits(model, company):
    assert rescore(company[0]) == services.Outcome(0, ())
    services.start_run(by=world_boss(), model_id=model.pk, today=TODAY, here=True)
    assert rescore(company[0]) == services.Outcome(0, (company[0].pk,))
    assert not CustomerScore.objects.exists()


def world_boss():
    from jinzita.value.tests.conftest import BOSS

    return BOSS


def test_two_at_once_end_in_the_right_state(model, company):
    run_now(model)
    who = company[0]
    together = threading.Barrier(4)
    failures: list[Exception] = []

    def sell_and_rescore(amount: int) -> None:
        try:
            together.wait(20)
            world.sale(who, TODAY, str(amount))
            rescore(who)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sell_and_rescore, args=(10**n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    at_last = scores()[who.pk]
    rescore(who)
    assert scores()[who.pk] == at_last
    assert at_last[5] == 1111 + 1


def test_a_removed_customer_takes_its_scores_along(model, company):
    run_now(model)
    who = world.customer()
    world.sale(who, TODAY, "5")
    rescore(who)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM agreements_transaction WHERE customer_id = %s", [who.pk])
        cursor.execute("DELETE FROM customers_standing WHERE customer_id = %s", [who.pk])
        cursor.execute("DELETE FROM customers_customer WHERE id = %s", [who.pk])

    assert not CustomerScore.objects.filter(customer_id=who.pk).exists()
    assert not ScoreHistory.objects.filter(customer_id=who.pk).exists()
    assert rescore(who) == services.Outcome(0, ())


def test_open_pages_of_those_who_may_know_are_told(model, company):
    run_now(model)
    told: list[dict] = []
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    rescore(company[5])
    assert connection.connection is not None
    for notice in connection.connection.notifies(timeout=2, stop_after=1):
        told.append(json.loads(notice.payload))
    standing = world.table("customers.Standing").objects.get(customer=company[5])
    assert told[0]["kind"] == "score"
    assert told[0]["data"] == {
        "customer_id": company[5].pk, "score": standing.score, "grade": standing.grade, "model_id": model.pk,
    }  # fmt: skip
    assert (told[0]["everybody"], told[0]["users"]) == (False, [])
    with connection.cursor() as cursor:
        cursor.execute(f"UNLISTEN {CHANNEL}")


def test_warming_up_writes_nothing(model, company):
    run_now(model)
    before = scores()
    assert services.warm_up(today=TODAY + timedelta(days=3)) == 1
    assert scores() == before


def test_rescoring_takes_few_queries_and_little_time(model, company, django_assert_max_num_queries):
    run_now(model)
    rescore(company[5])
    with django_assert_max_num_queries(24):
        rescore(company[5])
    start = time.process_time()  # of this process alone, whatever else the machine does
    for _ in range(20):
        rescore(company[5])
    assert (time.process_time() - start) / 20 < 0.1
