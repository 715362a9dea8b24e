"""The configured analytics engine, opened for a run or kept for questions about one customer."""

import importlib.util
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any

import ibis
from django.conf import settings

from jinzita.analytics.engines import DuckDBEngine, Engine, SparkEngine
from jinzita.analytics.facts import Facts
from jinzita.analytics.value_model import Population
from jinzita.kernel import warehouse
from jinzita.kernel.errors import Invalid
from jinzita.kernel.records import filters
from jinzita.value.selectors.populations import read_filter

DUCKDB_MEMORY = "3GB"
# What the value model reads; products and lines are exported for other analyses.
SCORED_FACTS = ("customers", "transactions", "invoices", "receipts", "interactions", "opportunities")
_spark_lock = threading.Lock()


@contextmanager
def open_engine() -> Iterator[Engine]:
    """The engine of JINZITA_ENGINE. Raises Invalid when there is no such engine or it is not installed."""
    name = settings.ANALYTICS_ENGINE
    if name == "spark":
        yield SparkEngine(_spark_session())
        return
    if name != "duckdb":
        raise Invalid.at("JINZITA_ENGINE", "unknown_engine", f"There is no engine “{name}”: duckdb or spark.")
    spill = settings.LAKE_FOLDER / ".spill"
    spill.mkdir(parents=True, exist_ok=True)
    engine = DuckDBEngine(memory_limit=DUCKDB_MEMORY, temp_folder=spill)
    try:
        yield engine
    finally:
        engine.close()


def all_facts(engine: Engine, populations: Iterable[Population] = (), *, today: date | None = None) -> Facts:
    """The facts of everybody on this engine, from the lake or the company's own warehouse.

    The filters of these populations are answered beside the customers, as of `today`.
    """
    tables = warehouse.tables(engine.backend)
    customers = tables.get("customers")
    if customers is not None:
        answers = {
            one.filter_column: filters.lake.chosen(read_filter(one.filter, today=today), "customers", tables)
            for one in populations
            if one.filter
        }
        tables["customers"] = customers.mutate(**answers) if answers else customers
    return Facts(**{fact: tables[fact] for fact in SCORED_FACTS if fact in tables})


def facts_of_customer(customer_id: int) -> dict[str, Any]:
    """One customer's facts as Arrow tables, as they are now."""
    return facts_of_customers([customer_id])


def facts_of_customers(customer_ids: Sequence[int]) -> dict[str, Any]:
    """Some customers' facts as Arrow tables, as they are now."""
    return warehouse.rows_of_customers(customer_ids, SCORED_FACTS, _lasting_backend)


@lru_cache(maxsize=1)
def _lasting_backend() -> Any:
    """A backend for questions to a mapped warehouse, kept since opening one takes longer than asking."""
    return (
        ibis.pyspark.connect(_spark_session())
        if settings.ANALYTICS_ENGINE == "spark"
        else ibis.duckdb.connect()
    )


def _spark_session() -> Any:
    """The one Spark session of this process: starting one takes seconds."""
    if importlib.util.find_spec("pyspark") is None:
        raise Invalid.at(
            "JINZITA_ENGINE",
            "no_spark",
            "The engine is spark, but pyspark is not installed (pip install pyspark).",
        )
    from pyspark.sql import SparkSession  # an optional package, imported when it is wanted

    with _spark_lock:
        builder = SparkSession.builder.master(settings.SPARK_MASTER).appName("jinzita")
        for name, value in {"spark.sql.session.timeZone": "UTC", **_local_settings()}.items():
            builder = builder.config(name, value)
        return builder.getOrCreate()


def _local_settings() -> dict[str, str]:
    """For a Spark inside this machine; a cluster's own settings are left alone."""
    if not settings.SPARK_MASTER.startswith("local"):
        return {}
    return {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "8",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "2g",
    }
