"""The same pipeline on DuckDB and on a local Spark: counts equal, numbers within 1e-9."""

import logging
from datetime import date

import pyarrow.parquet as pq
import pytest

from jinzita.analytics import DuckDBEngine, Indicator, SparkEngine, facts_from_parquet, last_day, score_all
from jinzita.analytics.tests.companies import AS_OF, company
from jinzita.analytics.tests.tables import EVERY_INDICATOR, ZONE, model_of, written

pytestmark = pytest.mark.spark

MODEL = model_of(
    *EVERY_INDICATOR,
    *(
        Indicator(i.code, 1, window_months=12)
        for i in EVERY_INDICATOR
        if i.code in ("revenue", "average_receipt")
    ),
    Indicator("attribute:size", 2, scale="map", categories=(("large", 90), ("other", 20))),
    Indicator("attribute:listed", 1, scale="steps", steps=((0, 10), (1, 90))),
    Indicator(
        "own", 3, formula="10 if revenue > 500 and not return_count > 1 else min(profit, 7) / task_count"
    ),
)


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    logging.getLogger("py4j").setLevel(logging.ERROR)
    session = (
        SparkSession.builder.master("local[2]")
        .appName("jinzita-tests")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "1g")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "Europe/Paris")  # the engine must not depend on it
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def both(spark, tmp_path_factory):
    """The same company scored by both engines: {engine: rows}."""
    folder = tmp_path_factory.mktemp("spark")
    files = written(company(11, customers=60), folder / "lake")
    answer = {}
    for engine in (DuckDBEngine(threads=2), SparkEngine(spark)):
        run = score_all(
            engine,
            facts_from_parquet(engine, files),
            MODEL,
            as_of=AS_OF,
            time_zone=ZONE,
            out_dir=folder / engine.name,
        )
        answer[engine.name] = pq.read_table(run.result).to_pylist(), run
    return answer


def test_same_customers_counts_and_grades(both):
    (duck, duck_run), (spark_rows, spark_run) = both["duckdb"], both["spark"]
    assert [r["customer_id"] for r in duck] == [r["customer_id"] for r in spark_rows]
    assert [r["grade"] for r in duck] == [r["grade"] for r in spark_rows]
    assert duck_run.counts == spark_run.counts


def test_same_values_points_and_scores(both):
    duck, spark_rows = both["duckdb"][0], both["spark"][0]
    for one, other in zip(duck, spark_rows, strict=True):
        assert one.keys() == other.keys()
        for name, value in one.items():
            if isinstance(value, float) and not name.endswith("_count"):
                assert other[name] == pytest.approx(value, rel=1e-9, abs=1e-9), (one["customer_id"], name)
            else:
                assert other[name] == value, (one["customer_id"], name)


def test_same_last_day(both, spark, tmp_path):
    files = written(company(11, customers=60), tmp_path)
    days = {
        last_day(facts_from_parquet(engine, files), ZONE) for engine in (DuckDBEngine(), SparkEngine(spark))
    }
    assert len(days) == 1
    assert isinstance(days.pop(), date)
