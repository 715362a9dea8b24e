"""The fact tables on an analytics engine, as Ibis tables.

A fact comes from the company's own warehouse when the settings map it (JINZITA_WAREHOUSE_TABLES), otherwise
from the lake. A location is a Parquet path or glob, ``FILE.duckdb:TABLE`` on DuckDB, or the name of a table
that the engine knows (``database.table`` in Spark's catalogue).
"""

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
from django.conf import settings

from jinzita.kernel.errors import Invalid
from jinzita.kernel.warehouse import lake, reading
from jinzita.kernel.warehouse.facts import FACTS, sources


def tables(engine: Any) -> dict[str, Any]:
    """The fact tables on an Ibis backend by name; a fact that was never exported is not there."""
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
        if location.endswith(".parquet") or ("/" in location and ".duckdb:" not in location):
            if engine.name == "pyspark":
                return _spark_table(engine, fact, [location])
            return engine.read_parquet(location, table_name=f"mapped_{fact}")
        if ".duckdb:" in location:
            path, _, table = location.partition(".duckdb:")
            engine.raw_sql(
                f"ATTACH IF NOT EXISTS '{path.replace(chr(39), '')}.duckdb' AS mapped_{fact} (READ_ONLY)"
            )
            return engine.table(table, database=(f"mapped_{fact}", "main"))
        database, _, table = location.rpartition(".")
        return engine.table(table, database=database or None)
    except Exception as error:  # each engine has its own family of errors
        raise Invalid.at(
            f"JINZITA_WAREHOUSE_TABLES.{fact}", "warehouse_table",
            f"The warehouse table of “{fact}”, {location}, cannot be opened: {error}",
        ) from error  # fmt: skip


def rows_of_customers(
    customer_ids: Sequence[int], facts: tuple[str, ...], backend: Callable[[], Any]
) -> dict[str, pa.Table]:
    """Some customers' rows of each fact as they are now: from PostgreSQL, in one round trip.

    Mapped facts are asked of their warehouse through `backend()`, an Ibis backend that is opened only then.
    """
    own = [fact for fact in facts if fact not in settings.WAREHOUSE_TABLES and fact in sources()]
    found = reading.rows_of_customers(customer_ids, own)
    mapped = [fact for fact in facts if fact in settings.WAREHOUSE_TABLES]
    if mapped:
        engine = backend()
        for fact in mapped:
            table = mapped_table(engine, fact)
            found[fact] = table.filter(table.customer_id.isin(list(customer_ids))).to_pyarrow()
    return found


def _spark_table(engine: Any, fact: str, paths: list[str]) -> Any:
    engine._session.read.parquet(*paths).createOrReplaceTempView(f"lake_{fact}")
    return engine.table(f"lake_{fact}")
