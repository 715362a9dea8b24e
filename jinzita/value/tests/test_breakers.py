"""What could break it: edges of the year, weights of nothing, absurd numbers, customers gone meanwhile."""

import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from math import isfinite
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from jinzita.kernel import warehouse
from jinzita.kernel.errors import Invalid
from jinzita.kernel.warehouse import month_of, touch
from jinzita.value import services
from jinzita.value.models import CustomerScore, ModelVersion, Run, ScoreHistory
from jinzita.value.selectors import customers, pyramid
from jinzita.value.services import runs
from jinzita.value.tests import world
from jinzita.value.tests.conftest import BOSS, MODEL, TODAY, make_company, make_model, run_now

pytestmark = pytest.mark.django_db(transaction=True)
BY_DATA = 'as_of = "data"\n' + MODEL.replace('code = "transaction_count"', 'code = "tenure_days"').replace(
    "window_months = 12", ""
)
ONE = """
name = "one"
[bands]
by = "score"
vip = 80
important = 60
ordinary = 40
"""


def sold_at(who, moment: datetime, amount: str = "100") -> None:
    world.table("agreements.Transaction").objects.create(
        source="test", source_key=str(moment) + str(who.pk), customer=who, occurred_at=moment,
        amount=Decimal(amount),
    )  # fmt: skip
    touch("transactions", [month_of(moment)])


def everything() -> list[tuple]:
    rows = CustomerScore.objects.order_by("customer_id")
    return list(rows.values_list("customer_id", "score", "grade", "values", "texts", "as_of", "revenue"))


def rescored(today: date) -> list[tuple]:
    ids = list(CustomerScore.objects.values_list("customer_id", flat=True))
    services.rescore(customer_ids=ids, cause="test", today=today)
    return everything()


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Asia/Shanghai", datetime(2025, 12, 31, 17, tzinfo=UTC), date(2026, 1, 1)),
        ("Asia/Shanghai", datetime(2025, 12, 31, 15, 59, 59, 999999, tzinfo=UTC), date(2025, 12, 31)),
        ("America/New_York", datetime(2026, 1, 1, 4, 59, tzinfo=UTC), date(2025, 12, 31)),
        ("America/New_York", datetime(2026, 3, 8, 7, 30, tzinfo=UTC), date(2026, 3, 8)),
        ("America/New_York", datetime(2026, 11, 1, 3, 59, tzinfo=UTC), date(2026, 10, 31)),
        ("America/New_York", datetime(2026, 11, 1, 4, 30, tzinfo=UTC), date(2026, 11, 1)),
        ("America/New_York", datetime(2026, 11, 2, 4, 30, tzinfo=UTC), date(2026, 11, 1)),
    ],
)
def test_month_day_lake_run_and_rescore_agree_about_the_day(settings, zone, moment, day):
    settings.COMPANY_TIME_ZONE = ZoneInfo(zone)
    model = make_model(toml=BY_DATA)
    for n in range(4):
        who = world.customer(attributes={"industry": "银行"})
        world.sale(who, date(2024, 2 + n, 29), str(10 + n))
    sold_at(who, moment)
    far = date(2027, 1, 1)

    written = warehouse.bring_up_to_date()
    one = run_now(model, today=far)

    assert f"{day:%Y-%m}" in written["transactions"]
    assert (one.state, one.as_of) == ("done", day)
    shown = customers.customer_value(BOSS, who.pk)
    by_code = {line["code"]: line["value"] for line in shown["indicators"]}
    assert by_code["recency_days"] == 0
    assert by_code["tenure_days"] in ((day - date(2024, 5, 29)).days, (day - date(2024, 5, 29)).days + 1)
    records = customers.records(BOSS, who.pk, "recency_days")
    assert records["count"] == 2
    before = everything()
    assert rescored(far) == before


def test_only_indicators_without_weight_have_data():
    """The weighted one is left out for want of data; what is left weighs nothing."""
    model = make_model(
        toml=ONE
        + """
[[indicator]]
code = "complaint_count"
weight = 1
[[indicator]]
code = "revenue"
weight = 0
"""
    )
    for n in range(5):
        world.sale(world.customer(), "2026-06-01", str(10**n))
    one = run_now(model)
    assert (one.state, one.error) == ("done", "")
    pyramid.pyramid(BOSS, model_id=model.pk)
    before = everything()
    assert all(row[1] is None or row[1] == row[1] for row in before)
    assert rescored(TODAY) == before


@pytest.mark.parametrize("formula", [
    "revenue / (complaint_count - complaint_count)", "1 / 0", "revenue * BIG",
    "revenue * BIG - revenue * BIG", "0 / complaint_count",
])  # fmt: skip
def test_formulas_that_have_no_value(formula):
    formula = formula.replace("BIG", " * ".join(["1000000000000"] * 30))
    model = make_model(
        toml=ONE
        + f"""
[[indicator]]
code = "revenue"
weight = 1
[[indicator]]
code = "own"
weight = 1
formula = "{formula}"
"""
    )
    company = make_company(6)
    one = run_now(model)
    assert (one.state, one.error) == ("done", "")
    pyramid.pyramid(BOSS, model_id=model.pk)
    pyramid.distributions(BOSS, model.pk)
    customers.customer_value(BOSS, company[3].pk)
    before = everything()
    assert all(row[1] == row[1] and 0 <= row[1] <= 100 for row in before)
    assert all(value is None or isfinite(value) for row in before for value in row[3])
    assert rescored(TODAY) == before


def test_the_largest_amounts_there_are():
    model = make_model()
    for n in range(1, 7):
        who = world.customer(attributes={"industry": "银行"})
        for m in range(n):
            world.sale(who, f"2026-0{m + 1}-01", "99999999999999.9999")
            world.receipt(who, f"2026-0{m + 1}-01", "99999999999999.9999")
    world.sale(who, "2026-06-02", "99999999999999.9999", kind="return")
    one = run_now(model)
    assert (one.state, one.error) == ("done", "")
    pyramid.pyramid(BOSS, model_id=model.pk)
    before = everything()
    assert rescored(TODAY) == before


@pytest.mark.parametrize(
    "weights", [(0, 0), (1e308, 1e308), (float("inf"), 1), (float("nan"), 1), (-1, 1), (10**400, 1)]
)
def test_weights_that_make_no_sense_are_refused(model, weights):
    text = ONE + "".join(
        f'[[indicator]]\ncode = "{code}"\nweight = {weight}\n'
        for code, weight in zip(("revenue", "recency_days"), weights, strict=True)
    )
    with pytest.raises(Invalid):
        services.publish_version(by=BOSS, model_id=model.pk, toml=text)


def test_publishing_twice_at_once_makes_two_versions_in_order(model):
    together, failed = threading.Barrier(4), []

    def publish(n: int) -> None:
        together.wait(20)
        try:
            services.publish_version(by=BOSS, model_id=model.pk, toml=MODEL, note=str(n))
        except Exception as error:  # told below
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=[n]) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert failed == []
    assert sorted(ModelVersion.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    model.refresh_from_db()
    assert model.current_version.number == 5


@pytest.mark.parametrize("step", ["score", "prepare_scores", "put_in_force"])
def test_customers_removed_while_a_run_is_going_on(monkeypatch, step):
    remove = import_module("jinzita.customers.services.removal").remove_customers
    model = make_model()
    make_company(4)
    kept = world.customer(source="kept")
    world.sale(kept, "2026-06-01", "5")
    if step == "score":
        original = runs._Performance.score

        def instead(self, model):
            found = original(self, model)
            remove(by=BOSS, source="test")
            return found

        monkeypatch.setattr(runs._Performance, "score", instead)
    else:
        before = getattr(runs, step)

        def first_removed(*args, **options):
            remove(by=BOSS, source="test")
            return before(*args, **options)

        monkeypatch.setattr(runs, step, first_removed)

    one = run_now(model)

    assert (one.state, one.error) == ("done", "")
    assert list(CustomerScore.objects.values_list("customer_id", flat=True)) == [kept.pk]
    assert set(ScoreHistory.objects.values_list("customer_id", flat=True)) == {kept.pk}
    assert world.table("customers.Standing").objects.count() == 1
    shown = pyramid.pyramid(BOSS, model_id=model.pk)
    pyramid.distributions(BOSS, model.pk)
    assert shown["run"] == Run.objects.get(in_force=True)
