"""All pairs of a table: found by shared keys in DuckDB, scored by splink, gathered into groups.

Memory is bounded: the prepared rows lie in a DuckDB file, a key that many records share leads nowhere (the
others of these records still do), and DuckDB spills what does not fit into MEMORY.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import splink
from splink.internals.duckdb.database_api import DuckDBAPI

from jinzita.analytics.linkage.comparisons import COMPARISONS, splink_settings
from jinzita.analytics.linkage.pairs import Scored, explained
from jinzita.analytics.linkage.records import prepare

MEMORY = "1500MB"
# A key that more records share than this is common knowledge, not a trace.
MOST_SHARING = 60
PREPARED_AT_ONCE = 5_000
SCORED_AT_ONCE = 2_000_000
# Pairs below this are not worth a look whatever the company's thresholds are.
LEAST = 0.05
Advance = Callable[[str, float], None]
logging.getLogger("splink").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Pair:
    """Two records, the smaller id first."""

    left: int
    right: int
    scored: Scored


class Linking:
    """One job over a table of records, in a folder of its own that may be removed afterwards."""

    def __init__(self, folder: Path, *, advance: Advance | None = None, processes: int = 1) -> None:
        self.folder = folder
        self.advance = advance or (lambda step, share: None)
        self.processes = processes
        self.records = 0
        folder.mkdir(parents=True, exist_ok=True)
        self.line = duckdb.connect(str(folder / "linking.duckdb"))
        self.line.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{folder / 'spill'}'")
        self.line.execute("SET preserve_insertion_order = false")

    def close(self) -> None:
        self.line.close()

    def load(self, batches: Iterable[Sequence[Mapping[str, Any]]], *, expected: int) -> None:
        """Prepare the records and keep them; `batches` of about PREPARED_AT_ONCE."""
        made = False
        with self._preparing() as prepared:
            for table in prepared(batches):
                self.line.register("batch", table)
                self.line.execute(
                    "INSERT INTO prepared FROM batch"
                    if made
                    else "CREATE OR REPLACE TABLE prepared AS FROM batch"
                )
                self.line.unregister("batch")
                made = True
                self.records += table.num_rows
                self.advance("prepare", self.records / max(1, expected))
        if not made:
            self.line.register("batch", prepare([]))
            self.line.execute("CREATE OR REPLACE TABLE prepared AS FROM batch")

    @contextmanager
    def _preparing(self) -> Iterator[Callable[[Iterable[Sequence[Mapping[str, Any]]]], Iterator[pa.Table]]]:
        if self.processes < 2:
            yield lambda batches: map(prepare, batches)
            return
        with ProcessPoolExecutor(self.processes, mp_context=get_context("spawn")) as pool:
            yield lambda batches: _in_step(pool, batches, self.processes * 2)

    def block(self, *, only: Iterable[int] | None = None) -> int:
        """Find the pairs that share a key that few share; with `only`, those that have one of these ids."""
        self.advance("block", 0.0)
        self.line.execute(
            "CREATE OR REPLACE TABLE prepared AS SELECT * REPLACE (CASE WHEN bones IS NOT NULL THEN"
            " count(*) OVER (PARTITION BY bones) END::INTEGER AS sharing) FROM prepared"
        )
        self.line.execute(
            "CREATE OR REPLACE TEMP TABLE carriers AS"
            " SELECT one AS acronym, count(DISTINCT id)::INTEGER AS count"
            " FROM (SELECT id, unnest(initials) AS one FROM prepared) SEMI JOIN"
            " (SELECT acronym AS one FROM prepared WHERE acronym IS NOT NULL) USING (one) GROUP BY one"
        )
        self.line.execute(
            "UPDATE prepared SET carriers = c.count FROM carriers c WHERE prepared.acronym = c.acronym"
        )
        self.line.execute("CREATE OR REPLACE TABLE shared AS SELECT id, unnest(keys) AS key FROM prepared")
        self.line.execute(
            "CREATE OR REPLACE TABLE useful AS SELECT key FROM shared GROUP BY key"
            f" HAVING count(*) BETWEEN 2 AND {MOST_SHARING}"
        )
        self.line.execute(
            "CREATE OR REPLACE TABLE traces AS SELECT s.id, s.key FROM shared s SEMI JOIN useful USING (key)"
        )
        self.line.execute("DROP TABLE shared; DROP TABLE useful")
        self.advance("block", 0.4)
        wanted = ""
        if only is not None:
            self.line.register("wanted", pa.table({"id": pa.array(list(only), pa.int64())}))
            wanted = " AND (l.id IN (SELECT id FROM wanted) OR r.id IN (SELECT id FROM wanted))"
        self.line.execute(
            "CREATE OR REPLACE TABLE candidates AS SELECT DISTINCT l.id AS join_key_l, r.id AS join_key_r"
            f" FROM traces l JOIN traces r ON l.key = r.key AND l.id < r.id{wanted}"
        )
        self.line.execute("DROP TABLE traces")
        self.advance("block", 1.0)
        return self._count("candidates")

    def score(self) -> int:
        """Score the candidates with splink; the pairs worth a look are kept."""
        gammas = ", ".join(f"gamma_{one.code}" for one in COMPARISONS)
        self.line.execute(
            "CREATE OR REPLACE TABLE pairs"
            " AS SELECT 0::BIGINT AS l, 0::BIGINT AS r, 0.0::DOUBLE AS probability,"
            f" {', '.join(f'0::TINYINT AS gamma_{one.code}' for one in COMPARISONS)} LIMIT 0"
        )
        total, step = self._count("candidates"), SCORED_AT_ONCE
        for number in range(0, (total + step - 1) // step):
            self.line.execute(
                "CREATE OR REPLACE TABLE part AS SELECT '0' AS match_key, join_key_l, join_key_r"
                f" FROM candidates WHERE rowid >= {number * step} AND rowid < {(number + 1) * step}"
            )
            database = DuckDBAPI(connection=self.line)
            settings = splink_settings()
            settings["blocking_rules_to_generate_predictions"] = ["l.id = r.id"]
            linker = splink.Linker(database.register("prepared", table_name=f"records_{number}"), settings)
            linker.table_management.register_blocked_pairs_for_predict(
                database.register("part", table_name=f"part_{number}")
            )
            found = linker.inference.predict(threshold_match_probability=LEAST, warning_mode="never")
            self.line.execute(
                f"INSERT INTO pairs SELECT id_l, id_r, match_probability, {gammas} FROM {found.physical_name}"
            )
            found.drop_table_from_database_and_remove_from_cache()
            self.advance("score", min(1.0, (number + 1) * step / total))
        return self._count("pairs")

    def pairs(self) -> Iterator[list[Pair]]:
        """The scored pairs, each explained."""
        return self._explained("")

    def best(self, least: float, most: int) -> Iterator[list[Pair]]:
        """The `most` likeliest pairs of at least this probability, the likeliest first."""
        return self._explained(f" WHERE probability >= {least} ORDER BY probability DESC, l, r LIMIT {most}")

    def _explained(self, which: str, at_once: int = 10_000) -> Iterator[list[Pair]]:
        gammas = ", ".join(f"gamma_{one.code}" for one in COMPARISONS)
        found = self.line.cursor().execute(f"SELECT l, r, {gammas} FROM pairs{which}")
        while rows := found.fetchmany(at_once):
            yield [Pair(row[0], row[1], explained(row[1], row[2:])) for row in rows]

    def _count(self, table: str) -> int:
        (count,) = self.line.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
        return int(count)


def _in_step(
    pool: ProcessPoolExecutor, batches: Iterable[Sequence[Mapping[str, Any]]], ahead: int
) -> Iterator[pa.Table]:
    """`prepare` in other processes, never more than `ahead` batches in flight."""
    waiting: list[Any] = []
    for batch in batches:
        waiting.append(pool.submit(prepare, batch))
        if len(waiting) > ahead:
            yield waiting.pop(0).result()
    for one in waiting:
        yield one.result()


def in_batches(
    records: Iterable[Mapping[str, Any]], size: int = PREPARED_AT_ONCE
) -> Iterator[Sequence[Mapping[str, Any]]]:
    batch: list[Mapping[str, Any]] = []
    for one in records:
        batch.append(one)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def groups(edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Records that hang together by these pairs, each group in order."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for left, right in edges:
        a, b = root(left), root(right)
        if a != b:
            parent[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for one in parent:
        found.setdefault(root(one), []).append(one)
    return [sorted(some) for _, some in sorted(found.items())]
