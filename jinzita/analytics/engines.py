"""Engines: where the pipeline runs. DuckDB in this process, or Spark; both write the same values."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import ibis
import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jinzita.analytics.facts import Facts

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Above this the values are sorted by the engine, which can spill to disk.
SORTED_IN_MEMORY = 5_000_000
SORTED_ROW_GROUP = 131_072
Paths = str | Path | Sequence[str | Path]


class Engine(Protocol):
    """What a full run needs of an engine. `backend` is its Ibis connection: facts may be any of its
    tables."""

    name: str

    @property
    def backend(self) -> Any: ...

    def read_parquet(self, paths: Paths, name: str) -> ibis.Table:
        """A table over Parquet files (globs allowed)."""

    def write_sorted(self, table: ibis.Table, folder: Path) -> list[Path]:
        """Write a table to Parquet in the order of customer_id; answers its files in that order."""


def facts_from_parquet(engine: Engine, files: Mapping[str, Paths]) -> Facts:
    """Facts over Parquet files: {"transactions": "lake/transactions/*.parquet", …}."""
    return Facts(**{name: engine.read_parquet(paths, name) for name, paths in files.items()})


def _listed(paths: Paths) -> list[str]:
    return [str(paths)] if isinstance(paths, str | Path) else [str(p) for p in paths]


class DuckDBEngine:
    """DuckDB in this process. `memory_limit` such as "3GB"; what does not fit goes to `temp_folder`."""

    name = "duckdb"

    def __init__(
        self,
        *,
        threads: int | None = None,
        memory_limit: str | None = None,
        temp_folder: Path | None = None,
        database: str = ":memory:",
    ) -> None:
        settings: dict[str, Any] = {"threads": threads or os.cpu_count() or 1}
        if memory_limit:
            settings["memory_limit"] = memory_limit
        if temp_folder:
            settings["temp_directory"] = str(temp_folder)
        self._backend = ibis.duckdb.connect(database, **settings)
        self.connection.execute("SET TimeZone = 'UTC'")  # the pipeline brings its own calendar

    @classmethod
    def over(cls, connection: duckdb.DuckDBPyConnection) -> DuckDBEngine:
        """An engine on a connection that already holds tables."""
        engine = cls.__new__(cls)
        engine._backend = ibis.duckdb.from_connection(connection)
        connection.execute("SET TimeZone = 'UTC'")
        return engine

    @property
    def backend(self) -> Any:
        return self._backend

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The plain DuckDB connection beneath."""
        connection: duckdb.DuckDBPyConnection = self._backend.con
        return connection

    def read_parquet(self, paths: Paths, name: str) -> ibis.Table:
        return self._backend.read_parquet(_listed(paths), table_name=name)

    def write_sorted(self, table: ibis.Table, folder: Path) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "values.parquet"
        self._copy(self._backend.compile(table), target)
        # The joins keep the order of the customers, which mostly lie sorted: sort only when they do not.
        if not _is_sorted(target):
            unsorted = folder / "unsorted.parquet"
            target.rename(unsorted)
            if pq.read_metadata(unsorted).num_rows <= SORTED_IN_MEMORY:
                _sort(unsorted, target)
            else:
                self._copy(f"SELECT * FROM read_parquet('{_quoted(unsorted)}') ORDER BY customer_id", target)
            unsorted.unlink()
        return [target]

    def _copy(self, sql: str, target: Path) -> None:
        self.connection.execute(
            f"COPY ({sql}) TO '{_quoted(target)}' (FORMAT parquet, COMPRESSION uncompressed)"
        )

    def close(self) -> None:
        """Let go of the connection and its memory."""
        self._backend.disconnect()


class SparkEngine:
    """Spark, local or a cluster's. The session's time zone is set to UTC."""

    name = "spark"

    def __init__(self, session: SparkSession) -> None:
        session.conf.set("spark.sql.session.timeZone", "UTC")
        self.session = session
        self._backend = ibis.pyspark.connect(session)

    @property
    def backend(self) -> Any:
        return self._backend

    def read_parquet(self, paths: Paths, name: str) -> ibis.Table:
        self.session.read.parquet(*_listed(paths)).createOrReplaceTempView(name)
        return self._backend.table(name)

    def write_sorted(self, table: ibis.Table, folder: Path) -> list[Path]:
        shutil.rmtree(folder, ignore_errors=True)
        frame = self.session.sql(self._backend.compile(table))
        frame.orderBy("customer_id").write.parquet(str(folder))
        return sorted(folder.glob("part-*.parquet"))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _sort(source: Path, target: Path) -> None:
    """Sort a file of values by customer; column by column, which beats an engine's sort of whole rows."""
    table = pq.read_table(source).combine_chunks()
    order = pc.array_sort_indices(table.column("customer_id"))
    pq.write_table(
        table.take(order), target, compression="none", use_dictionary=False, row_group_size=SORTED_ROW_GROUP
    )


def _is_sorted(path: Path) -> bool:
    ids = pq.read_table(path, columns=["customer_id"]).column("customer_id")
    values = ids.to_numpy()
    return bool(np.all(values[:-1] <= values[1:]))
