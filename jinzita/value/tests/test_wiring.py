"""From a recorded fact to the new score: event, job, worker."""

import json
from collections.abc import Callable
from importlib import import_module

import pytest
from django.db import connection, transaction

from jinzita.kernel import outbox
from jinzita.kernel.events import Event, publish
from jinzita.value import services, tasks
from jinzita.value.events import RunFinished, RunRequested
from jinzita.value.models import CustomerScore, ModelVersion, Run
from jinzita.value.tests import world
from jinzita.value.tests.conftest import BOSS, MODEL, TODAY, make_model, run_now

pytestmark = pytest.mark.django_db(transaction=True)


def jobs() -> list[tuple[str, str, dict]]:
    """What value defers; what others make of the same news is tested with them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, queue_name, args FROM procrastinate_jobs"
            " WHERE task_name LIKE 'value.%' ORDER BY id"
        )
        return [(name, queue, json.loads(args)) for name, queue, args in cursor.fetchall()]


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(tasks, "_today", lambda: TODAY)


def test_a_job_belongs_to_the_transaction_of_the_change():
    with transaction.atomic():
        outbox.defer("value.rescore", queue="live", customer_ids=[1], cause="t")
        transaction.set_rollback(True)
    assert jobs() == []


def test_only_one_job_waits_where_once_is_asked():
    with transaction.atomic():
        assert outbox.defer("value.run_touched", queue="long", once="word", sources=None)
        assert not outbox.defer("value.run_touched", queue="long", once="word", sources=None)
    assert len(jobs()) == 1


def news(capability: str, event: str) -> Callable[..., Event]:
    """An event of a capability above, which value itself does not know."""
    found: Callable[..., Event] = getattr(import_module(f"jinzita.{capability}.events"), event)
    return found


def test_recorded_facts_rescore_their_customers_and_many_run_the_models():
    recorded = news("agreements", "TransactionsRecorded")
    with transaction.atomic():
        for ids in ([3, 4], [], list(range(2001))):
            publish(recorded(customer_ids=ids))
    assert [job for job in jobs() if job[0].startswith("value.")] == [
        ("value.rescore", "live", {"customer_ids": [3, 4], "cause": "transaction"}),
        ("value.run_touched", "long", {"sources": None}),
    ]


@pytest.mark.parametrize(
    ("capability", "event", "cause"),
    [
        ("agreements", "TransactionsRecorded", "transaction"), ("receivables", "ReceiptsRecorded", "receipt"),
        ("receivables", "InvoicesRecorded", "invoice"), ("activities", "InteractionsRecorded", "interaction"),
        ("sales", "OpportunitiesRecorded", "opportunity"), ("customers", "CustomersChanged", "customer"),
    ],
)  # fmt: skip
def test_every_fact_is_wired(capability, event, cause):
    with transaction.atomic():
        publish(news(capability, event)(customer_ids=[7]))
    of_value = [job for job in jobs() if job[0].startswith("value.")]
    assert of_value == [("value.rescore", "live", {"customer_ids": [7], "cause": cause})]


def test_a_request_becomes_a_run_and_late_customers_are_rescored(model, company, today):
    with transaction.atomic():
        publish(RunRequested(run_id=5, model_id=model.pk))
        publish(
            RunFinished(run_id=5, model_id=model.pk, as_of="2026-01-01", in_force=True, moved=0, late=[1, 2])
        )
    assert jobs() == [
        ("value.run", "long", {"run_id": 5}),
        ("value.warm_up", "live", {}),
        ("value.rescore", "live", {"customer_ids": [1, 2], "cause": "late"}),
    ]


def test_the_rescore_task_moves_a_customer_and_waits_for_the_first_run(model, company, today):
    from jinzita.value import services
    from jinzita.value.tests.conftest import BOSS

    first = services.start_run(by=BOSS, model_id=model.pk, today=TODAY, here=True)
    tasks.rescore(customer_ids=[company[0].pk], cause="transaction")
    assert jobs()[-1][2] == {"customer_ids": [company[0].pk], "cause": "transaction"}
    services.perform_run(first.pk, today=TODAY)
    world.sale(company[0], TODAY, "100000")
    before = CustomerScore.objects.get(customer=company[0]).score or 0
    tasks.rescore(customer_ids=[company[0].pk], cause="transaction")
    assert (CustomerScore.objects.get(customer=company[0]).score or 0) > before


def test_touched_sources_run_their_models_alone_and_empty_models_lose_their_run(company, today):
    shop_toml = 'name = "s"\n[population]\nsource = ["shop"]\n[[indicator]]\ncode = "revenue"\nweight = 1\n'
    general, shop = make_model("general"), make_model("shop", 1, shop_toml)
    guest = world.customer("S", source="shop")
    world.sale(guest, TODAY, "10")
    tasks.run_touched(sources=["shop"])
    assert list(Run.objects.values_list("model__code", flat=True)) == ["shop"]
    run_now(general)

    CustomerScore.objects.filter(customer=guest).delete()
    world.table("agreements.Transaction").objects.filter(customer=guest).delete()
    world.table("customers.Standing").objects.filter(customer=guest).delete()
    guest.delete()
    tasks.run_touched(sources=["shop"])

    assert not Run.objects.filter(model=shop, in_force=True).exists()
    assert Run.objects.filter(model=general).count() == 1


def test_the_night_runs_what_is_due(company, today):
    closed_toml = (
        'name = "c"\nas_of = "data"\n[population]\nsource = ["c"]\n'
        '[[indicator]]\ncode = "revenue"\nweight = 1\n'
    )
    general, closed = make_model("general"), make_model("closed", 1, closed_toml)
    guest = world.customer("C", source="c")
    world.sale(guest, "2011-12-09", "10")
    tasks.nightly()
    assert Run.objects.filter(state="done").count() == 2
    tasks.nightly()
    assert Run.objects.filter(model=general).count() == 2
    assert Run.objects.filter(model=closed).count() == 1
    world.sale(guest, "2011-12-08", "10")
    tasks.nightly()
    assert Run.objects.filter(model=closed).count() == 2


def publish_again(model) -> ModelVersion:
    return services.publish_version(
        by=BOSS, model_id=model.pk, toml=MODEL.replace("weight = 3", "weight = 7")
    )


def test_a_published_version_comes_into_force_by_a_run_of_its_own(company, today):
    model = make_model()
    first = run_now(model)

    version = publish_again(model)

    assert jobs()[-1] == ("value.run_published", "default", {"model_id": model.pk})
    tasks.run_published(model.pk)
    second = Run.objects.exclude(pk=first.pk).get()
    assert (second.state, second.version_id) == ("waiting", version.pk)
    tasks.run_published(model.pk)
    assert Run.objects.count() == 2, "one run is enough"
    tasks.perform_run(second.pk)
    assert Run.objects.get(in_force=True) == second
    tasks.run_published(model.pk)
    assert Run.objects.count() == 2


def test_a_published_version_waits_for_the_run_of_the_former(company, today):
    model = make_model()
    former = services.start_run(by=BOSS, model_id=model.pk, today=TODAY)
    publish_again(model)
    waiting = [("value.run", "long", {"run_id": former.pk}),
               ("value.run_published", "default", {"model_id": model.pk})]  # fmt: skip
    assert jobs() == waiting
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'value.run_published'"
        )

    tasks.run_published(model.pk)

    assert Run.objects.count() == 1
    assert jobs() == [*waiting, waiting[1]], "it asks again later"


def test_a_published_version_that_grades_nobody_is_not_run(today):
    model = make_model()
    publish_again(model)
    tasks.run_published(model.pk)
    assert not Run.objects.exists()


def test_a_customer_in_another_class_is_graded_by_the_model_of_its_class(company, today):
    general = make_model("general")
    everybody = {"all": []}
    with_contacts = json.dumps({"related": "contacts", "having": everybody})
    known = make_model("known", 1, "name = \"k\"\n[population]\nfilter = '''" + with_contacts + "'''\n"
                       "[[indicator]]\ncode = \"revenue\"\nweight = 1\n")  # fmt: skip
    who, other = company[0], company[1]
    world.contact(other, "Ann")
    run_now(general)
    run_now(known)

    def graded_by() -> str:
        return CustomerScore.objects.get(customer=who, run__in_force=True).run.model.code

    assert graded_by() == "general"
    world.contact(who, "Bea")
    with transaction.atomic():
        publish(news("customers", "ContactsChanged")(contact_ids=[1], customer_ids=[who.pk]))
        publish(news("customers", "ClassesChanged")(customer_ids=[who.pk]))
        publish(news("customers", "ClassesChanged")(customer_ids=[], many=True))
    of_value = [args for name, _, args in jobs() if name == "value.choose_models"]
    assert of_value == [
        {"fact": "contacts", "customer_ids": [who.pk]},
        {"fact": "classes", "customer_ids": [who.pk]},
        {"fact": "classes", "customer_ids": None},
    ]
    tasks.choose_models(**of_value[1])  # no population asks for classes
    assert graded_by() == "general"
    tasks.choose_models(**of_value[0])
    assert graded_by() == "known"
