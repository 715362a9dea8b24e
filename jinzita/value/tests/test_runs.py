"""Full runs: results swapped at once, one at a time, history, repeat."""

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, connections, transaction

from jinzita.kernel import events, jobs, warehouse
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.models import Job
from jinzita.value import services
from jinzita.value.events import RunFinished
from jinzita.value.models import CustomerScore, ModelVersion, Run, ScoreHistory
from jinzita.value.selectors.documents import read
from jinzita.value.selectors.runs import result_file
from jinzita.value.services import runs
from jinzita.value.tests import world
from jinzita.value.tests.conftest import BOSS, MODEL, TODAY, make_model, run_now

pytestmark = pytest.mark.django_db(transaction=True)


def standings() -> dict[int, tuple]:
    rows = world.table("customers.Standing").objects.values_list("customer_id", "score", "grade")
    return {pk: (score, grade) for pk, score, grade in rows}


def test_a_run_scores_everybody_and_takes_force(model, company):
    one = run_now(model)

    assert (one.state, one.error, one.in_force) == ("done", "", True)
    assert one.counts["scored"] == 12
    assert one.counts["prospects"] == 1
    shown = standings()
    assert shown[company[-1].pk] == (None, "prospect")
    best, worst = shown[company[11].pk], shown[company[0].pk]
    assert best[0] > worst[0]
    row = CustomerScore.objects.get(customer_id=company[11].pk)
    assert (row.score, row.grade, row.run_id) == (*best, one.pk)
    assert row.texts is not None
    assert row.texts[-1] == "银行"
    assert row.values[-1] is None
    assert ScoreHistory.objects.filter(run=one, cause="run").count() == 12
    assert sum(tier["customers"] for tier in one.summary["pyramid"]["grades"]) == 12


def test_one_run_at_a_time(model, company):
    services.start_run(by=BOSS, model_id=model.pk, today=TODAY, here=True)
    with pytest.raises(Conflict):
        services.start_run(by=BOSS, model_id=model.pk, today=TODAY, here=True)


def test_two_starts_at_the_same_instant_make_one_run(model):
    together = threading.Barrier(5)
    answers: list[str] = []

    def start() -> None:
        together.wait(20)
        try:
            services.start_run(by=BOSS, model_id=model.pk, today=TODAY)
            answers.append("started")
        except Conflict as conflict:
            answers.append(conflict.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=start) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["already_running"] * 4 + ["started"]
    assert Run.objects.count() == 1


def test_asking_for_a_run_leaves_a_job_for_the_worker(model, company):
    services.start_run(by=BOSS, model_id=model.pk, today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT queue_name, args FROM procrastinate_jobs WHERE task_name = 'value.run'")
        (job,) = cursor.fetchall()
    assert job[0] == "long"
    assert Run.objects.get(pk=json.loads(job[1])["run_id"]).state == "waiting"


def test_a_run_that_fails_leaves_the_former_results_in_force(model, company, monkeypatch):
    first = run_now(model)
    shown, scored = standings(), list(CustomerScore.objects.order_by("pk").values_list())
    world.sale(company[3], TODAY, "77777")

    def break_off(*_, **__):
        raise OSError("disk full")

    monkeypatch.setattr("jinzita.value.services.runs.put_in_force", break_off)
    second = services.start_run(by=BOSS, model_id=model.pk, today=TODAY, here=True)
    with pytest.raises(OSError, match="disk full"):
        services.perform_run(second.pk, today=TODAY)

    second.refresh_from_db()
    assert (second.state, second.failure["message"]) == ("failed", second.error)
    assert "OSError" in second.error
    assert standings() == shown
    assert Run.objects.get(in_force=True) == first
    in_force = CustomerScore.objects.filter(run=first).order_by("pk").values_list()
    assert list(in_force) == scored

    monkeypatch.undo()
    third = run_now(model)
    assert third.in_force
    assert set(CustomerScore.objects.values_list("run_id", flat=True)) == {
        third.pk
    }  # the half-done one is swept up


def test_a_killed_worker_leaves_the_former_results_and_a_run_that_can_be_started_again(model, company):
    first = run_now(model)
    shown = standings()
    world.sale(company[3], TODAY, "77777")
    second = services.start_run(by=BOSS, model_id=model.pk, today=TODAY, here=True)
    # A process of its own, killed with no chance to clean up, while the new scores are being prepared.
    script = f"""
import os, signal, django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = {connection.settings_dict["NAME"]!r}
settings.LAKE_FOLDER = __import__("pathlib").Path({str(settings.LAKE_FOLDER)!r})
from jinzita.value.services import runs
from datetime import date
prepare = runs.prepare_scores
def killed(*arguments):
    prepare(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
runs.prepare_scores = killed
runs.perform_run({second.pk}, today=date({TODAY.year}, {TODAY.month}, {TODAY.day}))
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    died = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, timeout=120)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()[-2000:]

    second.refresh_from_db()
    assert second.state == "running"
    assert standings() == shown
    assert Run.objects.get(in_force=True) == first

    Job.objects.filter(kind="run", state="running").update(
        heartbeat_at=datetime.now(UTC) - timedelta(minutes=5)
    )
    third = run_now(model)
    second.refresh_from_db()
    assert (second.state, third.state, third.in_force) == ("failed", "done", True)
    assert "former results" in second.error
    assert set(CustomerScore.objects.values_list("run_id", flat=True)) == {third.pk}


def test_a_cancelled_run_changes_nothing(model, company):
    first = run_now(model)
    second = services.start_run(by=BOSS, model_id=model.pk, today=TODAY, here=True)
    jobs.cancel(Job.objects.get(pk=second.job_id or 0))
    services.perform_run(second.pk, today=TODAY)
    second.refresh_from_db()
    assert second.state == "cancelled"
    assert Run.objects.get(in_force=True) == first


def test_a_repeat_gives_the_same_results_and_an_earlier_day_is_only_looked_at(model, company):
    first = run_now(model)
    again = services.repeat_run(by=BOSS, run_id=first.pk, today=TODAY)
    again = services.perform_run(again.pk, today=TODAY)
    assert pq.read_table(result_file(again)).equals(pq.read_table(result_file(first)))
    assert again.in_force

    earlier = run_now(model, as_of=TODAY - timedelta(days=200))
    assert (earlier.state, earlier.in_force) == ("done", False)
    assert Run.objects.get(in_force=True) == again
    assert set(CustomerScore.objects.values_list("run_id", flat=True)) == {again.pk}
    assert earlier.summary["pyramid"]["customers"] < 12


def test_history_is_written_when_something_moved(model, company):
    run_now(model)
    run_now(model)
    assert ScoreHistory.objects.count() == 12
    world.sale(company[0], TODAY, "5000000")
    run_now(model)
    assert ScoreHistory.objects.filter(customer=company[0]).count() == 2


def test_a_customer_without_sales_falls_back_to_prospect(model, company):
    run_now(model)
    who = company[0]
    world.table("agreements.Transaction").objects.filter(customer=who).delete()
    warehouse.touch("transactions", [TODAY])
    run_now(model)
    assert standings()[who.pk] == (None, "prospect")
    history = ScoreHistory.objects.filter(customer=who).order_by("-at")
    assert history.values_list("grade", "score")[0] == ("prospect", None)


def test_models_share_the_customers_by_population(model, company):
    shop = make_model(
        "shop", 1, MODEL.replace('name = "plain"', 'name = "shop"\n[population]\nsource = ["shop"]')
    )
    guest = world.customer("S", source="shop")
    world.sale(guest, TODAY, "10")
    run_now(model)
    one = run_now(shop)

    assert one.counts["scored"] == 1
    assert CustomerScore.objects.get(customer=guest).run == one
    assert CustomerScore.objects.filter(run__model=model).count() == 12
    services.rescore(customer_ids=[guest.pk, company[0].pk], cause="transaction", today=TODAY)
    assert CustomerScore.objects.get(customer=guest).run == one


def test_a_population_may_have_a_filter(model, company):
    filter = '{"field": "attributes.industry", "op": "eq", "value": "物流"}'
    toml = MODEL.replace('name = "plain"', f"name = 'l'\n[population]\nfilter = '{filter}'")
    freight = make_model("freight", 1, toml)
    bought = '{"related": "transactions", "count": {"op": "ge", "value": 1}}'
    read(toml=toml.replace(filter, bought))
    one = run_now(freight)
    run_now(model)

    graded = set(CustomerScore.objects.filter(run=one).values_list("customer_id", flat=True))
    wanted = {who.pk for n, who in enumerate(company) if n % 3 == 0}
    assert graded == wanted & {score.customer_id for score in CustomerScore.objects.all()}
    assert graded
    services.rescore(customer_ids=[company[0].pk, company[1].pk], cause="customer", today=TODAY)
    assert set(CustomerScore.objects.filter(run=one).values_list("customer_id", flat=True)) == graded
    with pytest.raises(Invalid) as raised:
        read(toml=toml.replace("attributes.industry", "phone"))
    assert raised.value.problems[0].where == "population.filter"


def test_a_closed_set_is_dated_on_its_last_day(company):
    past = make_model(
        "past", 1, MODEL.replace('name = "plain"', 'name = "p"\nas_of = "data"\n[population]\nsource = ["p"]')
    )
    guest = world.customer("P", source="p")
    world.sale(guest, "2011-12-09", "10")
    assert run_now(past).as_of == date(2011, 12, 9)


def test_customers_rescored_during_a_run_are_named_to_be_rescored_again(model, company, monkeypatch):
    run_now(model)
    heard: list[dict] = []
    monkeypatch.setitem(events._reactions, RunFinished, [heard.append])
    prepare = runs.prepare_scores

    def meanwhile(*arguments) -> None:
        prepare(*arguments)
        world.sale(company[4], TODAY, "123456")
        services.rescore(customer_ids=[company[4].pk], cause="transaction", today=TODAY)

    monkeypatch.setattr(runs, "prepare_scores", meanwhile)
    run_now(model)

    assert heard[0]["late"] == [company[4].pk]


def test_full_results_are_kept_for_the_newest_runs(model, company, monkeypatch):
    monkeypatch.setattr(runs, "KEPT_RESULTS", 2)
    first, second, third = (run_now(model) for _ in range(3))
    with pytest.raises(Conflict, match="Repeat the run"):
        result_file(first)
    assert result_file(second).exists()
    assert result_file(third).exists()


def test_a_published_version_never_changes(model):
    version = model.current_version
    version.toml = "name = 'other'"
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.save()
    model.current_version = None
    model.save()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.delete()


def test_the_default_models_are_installed_once():
    made = services.install_default_models(by=BOSS)
    assert [one.code for one in made] == ["general", "carrier", "retail"]
    assert services.install_default_models(by=BOSS) == []
    assert ModelVersion.objects.count() == 3
