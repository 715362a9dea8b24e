"""The same run on Spark: from PostgreSQL through the lake to the customers' standings."""

import pytest

from jinzita.value import services
from jinzita.value.models import CustomerScore
from jinzita.value.tests.conftest import TODAY, make_company, make_model, run_now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.spark]


def test_spark_gives_what_duckdb_gives(settings):
    model = make_model()
    made = make_company()
    on_duckdb = run_now(model)
    duck = dict(CustomerScore.objects.values_list("customer_id", "score"))
    settings.ANALYTICS_ENGINE = "spark"

    on_spark = run_now(model)

    assert (on_spark.error, on_spark.state) == ("", "done")
    assert on_spark.counts == on_duckdb.counts
    spark = dict(CustomerScore.objects.values_list("customer_id", "score"))
    assert spark == pytest.approx(duck, rel=1e-9)
    services.rescore(customer_ids=[one.pk for one in made], cause="t", today=TODAY)
    assert dict(CustomerScore.objects.values_list("customer_id", "score")) == spark


def test_an_unknown_engine_is_named(settings):
    settings.ANALYTICS_ENGINE = "abacus"
    model = make_model()
    assert "abacus" in run_now(model).error
