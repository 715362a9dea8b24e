"""One record against a few candidates: scored and explained at once, without splink's preparations."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from queue import Empty, SimpleQueue
from typing import Any

import duckdb
import pyarrow as pa

from jinzita.analytics.linkage.comparisons import COMPARISONS, PRIOR, gamma, level_of, probability
from jinzita.analytics.linkage.records import SCHEMA, prepare, prepared

# Connections with the comparison planned, which nobody uses now. Requests come in threads of their own.
_idle: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()


@dataclass(frozen=True)
class Reason:
    """What one comparison found: its code, the level's code, and the bits for (+) or against (-)."""

    comparison: str
    level: str
    bits: float


@dataclass(frozen=True)
class Scored:
    """A candidate with its probability of being the same customer, strongest reasons first."""

    id: int
    probability: float
    bits: float
    reasons: tuple[Reason, ...]


def score(record: Mapping[str, Any], candidates: Sequence[Mapping[str, Any]]) -> list[Scored]:
    """Each candidate beside the record, the likeliest first."""
    if not candidates:
        return []
    rows = [prepared(one) for one in ({**record, "id": 0}, *candidates)]
    _count_carriers(rows)
    with _line() as line:
        _fill(line, "probe", _suffixed(pa.Table.from_pylist(rows[:1], schema=SCHEMA), "_l"))
        _fill(line, "candidates", _suffixed(pa.Table.from_pylist(rows[1:], schema=SCHEMA), "_r"))
        compared = line.execute("EXECUTE compared").fetchall()
    found = [explained(row[0], row[1:]) for row in compared]
    return sorted(found, key=lambda one: (-one.bits, one.id))


def _count_carriers(rows: Sequence[dict[str, Any]]) -> None:
    """How many rows initials may stand for; who else has the same shares a key, and so is a candidate."""
    for row in rows:
        if acronym := row.get("acronym"):
            row["carriers"] = sum(acronym in (one.get("initials") or ()) for one in rows)


def explained(candidate_id: int, gammas: Sequence[int]) -> Scored:
    """What the levels of a pair add up to."""
    reasons = []
    for comparison, number in zip(COMPARISONS, gammas, strict=True):
        if level := level_of(comparison, number):
            reasons.append(Reason(comparison.code, level.code, level.bits))
    bits = PRIOR + sum(one.bits for one in reasons)
    reasons.sort(key=lambda one: -abs(one.bits))
    return Scored(candidate_id, probability(bits), bits, tuple(reasons))


@contextmanager
def _line() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for one comparison; it is kept for the next one, unless something went wrong."""
    try:
        line = _idle.get_nowait()
    except Empty:
        line = _planned()
    try:
        yield line
    except BaseException:
        line.close()
        raise
    _idle.put(line)


def _planned() -> duckdb.DuckDBPyConnection:
    """With the comparison planned: planning it takes longer than doing it."""
    made = duckdb.connect(config={"threads": 1})
    # For a hundred pairs a better plan costs more than it saves.
    made.execute("PRAGMA disable_optimizer")
    empty = prepare([])
    for table, suffix in (("probe", "_l"), ("candidates", "_r")):
        made.register("empty", _suffixed(empty, suffix))
        made.execute(f"CREATE TABLE {table} AS FROM empty")
        made.unregister("empty")
    made.execute(f"PREPARE compared AS {_query()}")
    return made


def _fill(line: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    # Found by its name here: to register it would make DuckDB plan the comparison again.
    line.execute(f"TRUNCATE {table}")
    line.execute(f"INSERT INTO {table} FROM rows")


def _suffixed(table: pa.Table, suffix: str) -> pa.Table:
    return table.rename_columns([f"{name}{suffix}" for name in SCHEMA.names])


@lru_cache(1)
def _query() -> str:
    gammas = ", ".join(gamma(one) for one in COMPARISONS)
    return f"SELECT id_r, {gammas} FROM probe, candidates"
