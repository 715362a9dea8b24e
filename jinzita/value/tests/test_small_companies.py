"""Companies so small, or so empty, that the scales have nothing to learn from."""

import tomllib
from datetime import timedelta

import pytest

from jinzita.analytics.documents import default_toml
from jinzita.kernel.access import system
from jinzita.value import services
from jinzita.value.models import CustomerScore
from jinzita.value.selectors import analysis, customers, pyramid
from jinzita.value.tests import world
from jinzita.value.tests.conftest import TODAY, make_model, run_now

pytestmark = pytest.mark.django_db(transaction=True)
BOSS = system("test")


@pytest.fixture
def general():
    return make_model("general", 1000, default_toml("general"))


def seen_everywhere(model) -> None:
    """Every page of the model opens."""
    pyramid.pyramid(BOSS, model_id=model.pk)
    pyramid.distributions(BOSS, model.pk)
    pyramid.advice(BOSS, model.pk)
    analysis.what_if(BOSS, model.pk, tomllib.loads(model.current_version.toml))


def scored_again_is_the_same(who) -> None:
    before = list(CustomerScore.objects.values_list("score", "grade", "values", "texts"))
    services.rescore(customer_ids=[who.pk], cause="receipt", today=TODAY)
    assert list(CustomerScore.objects.values_list("score", "grade", "values", "texts")) == before


def test_no_customers(general):
    one = run_now(general)
    assert (one.state, one.counts["scored"]) == ("done", 0)
    seen_everywhere(general)


def test_only_prospects(general):
    who = world.customer()
    one = run_now(general)
    assert (one.state, one.counts["scored"], one.counts["prospects"]) == ("done", 0, 1)
    seen_everywhere(general)
    assert customers.customer_value(BOSS, who.pk)["grade"] == "prospect"


@pytest.mark.parametrize("kind", ["sale", "return"])
def test_one_customer_with_one_transaction(general, kind):
    who = world.customer()
    world.sale(who, TODAY - timedelta(days=5), "100", kind=kind)
    one = run_now(general)
    assert (one.state, one.error) == ("done", "")
    seen_everywhere(general)
    customers.customer_value(BOSS, who.pk)
    scored_again_is_the_same(who)


def test_customers_that_are_all_alike(general):
    for _ in range(3):
        world.sale(world.customer(), TODAY - timedelta(days=5), "100")
    one = run_now(general)
    assert (one.state, one.counts["scored"]) == ("done", 3)
    assert len(set(CustomerScore.objects.values_list("score", "grade"))) == 1
    seen_everywhere(general)
