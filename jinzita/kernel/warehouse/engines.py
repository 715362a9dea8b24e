"""The analytics engine and the fact tables on it, as Ibis tables.

A fact comes from the company's own warehouse when the settings map it (JINZITA_WAREHOUSE_TABLES), otherwise
from the lake. A location is a Parquet path or glob, ``FILE.duckdb:TABLE`` on DuckDB, or the name of a table
that the engine knows (``database.table`` in Spark's catalogue).
"""

import importlib.util
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis
import pyarrow as pa
from django.conf import settings

from jinzita.kernel.errors import Invalid
from jinzita.kernel.warehouse import lake, reading
from jinzita.kernel.warehouse.facts import FACTS, sources

DUCKDB_MEMORY = "2GB"
_spark_lock = threading.Lock()


@contextmanager
def connect(name: str | None = None) -> Iterator[Any]:
    """An Ibis backend of the engine called `name` ("duckdb" or "spark"; None = the configured one)."""
    name = name or settings.ANALYTICS_ENGINE
    if name == "spark":
        yield _spark()
        return
    if name != "duckdb":
        raise Invalid.at("JINZITA_ENGINE", "unknown_engine", f"There is no engine {name!r}: duckdb or spark.")
    spill = settings.LAKE_FOLDER / ".spill"
    spill.mkdir(parents=True, exist_ok=True)
    engine = ibis.duckdb.connect(memory_limit=DUCKDB_MEMORY, temp_directory=str(spill))
    try:
        # The order of rows never shows in a result, and keeping it costs memory.
        engine.raw_sql("SET preserve_insertion_order = false")
        engine.raw_sql("SET TimeZone = 'UTC'")
        yield engine
    finally:
        engine.disconnect()


def tables(engine: Any) -> dict[str, Any]:
    """The fact tables on this backend by name; a fact that was never exported is not there."""
    found = {}
    for fact in FACTS:
        if fact in settings.WAREHOUSE_TABLES:
            found[fact] = mapped_table(engine, fact)
        elif paths := lake.files(fact):
            texts = [str(path) for path in paths]
            if engine.name == "pyspark":
                found[fact] = _spark_table(engine, fact, texts)
            else:
                found[fact] = engine.read_parquet(texts, table_name=f"lake_{fact}", hive_partitioning=False)
    return found


def mapped_table(engine: Any, fact: str) -> Any:
    """The table of the company's own warehouse that stands for `fact`.

    `customer_id` holds this installation's ids. Raises Invalid when the engine cannot open it.
    """
    location = settings.WAREHOUSE_TABLES[fact]
    try:
        if location.endswith(".parquet") or "/" in location and ".duckdb:" not in location:
            if engine.name == "pyspark":
                return _spark_table(engine, fact, [location])
            return engine.read_parquet(location, table_name=f"mapped_{fact}")
        if ".duckdb:" in location:
            path, _, table = location.partition(".duckdb:")
            engine.raw_sql(f"ATTACH IF NOT EXISTS '{path.replace(chr(39), '')}.duckdb' AS mapped_{fact} (READ_ONLY)")
            return engine.table(table, database=(f"mapped_{fact}", "main"))
        database, _, table = location.rpartition(".")
        return engine.table(table, database=database or None)
    except Exception as error:  # each engine has its own family of errors
        raise Invalid.at(
            f"JINZITA_WAREHOUSE_TABLES.{fact}", "warehouse_table",
            f"The warehouse table of “{fact}”, {location}, cannot be opened: {error}",
        ) from error  # fmt: skip


def rows_of_customer(customer_id: int, facts: tuple[str, ...]) -> dict[str, pa.Table]:
    """One customer's rows of each fact as they are now: from PostgreSQL, mapped ones from their warehouse."""
    own = [fact for fact in facts if fact not in settings.WAREHOUSE_TABLES and fact in sources()]
    found = reading.rows_of_customer(customer_id, own)
    mapped = [fact for fact in facts if fact in settings.WAREHOUSE_TABLES]
    if mapped:
        with connect() as engine:
            for fact in mapped:
                table = mapped_table(engine, fact)
                found[fact] = table.filter(table.customer_id == customer_id).to_pyarrow()
    return found


def _spark() -> Any:
    """One Spark session a process: starting one takes seconds."""
    if importlib.util.find_spec("pyspark") is None:
        raise Invalid.at(
            "JINZITA_ENGINE", "no_spark", "The engine is spark, but pyspark is not installed (pip install pyspark)."
        )
    from pyspark.sql import SparkSession  # an optional package, imported when it is wanted

    with _spark_lock:
        session = (
            SparkSession.builder.master(settings.SPARK_MASTER)
            .appName("jinzita")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.memory", "2g")
            .getOrCreate()
        )
    return ibis.pyspark.connect(session)


def _spark_table(engine: Any, fact: str, paths: list[str]) -> Any:
    engine._session.read.parquet(*paths).createOrReplaceTempView(f"lake_{fact}")
    return engine.table(f"lake_{fact}")
