"""One record against a few candidates: scored and explained at once, without splink's preparations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import local as per_thread
from typing import Any

import duckdb
import pyarrow as pa

from jinzita.analytics.linkage.comparisons import COMPARISONS, PRIOR, gamma, level_of, probability
from jinzita.analytics.linkage.records import SCHEMA, prepare, prepared

_own = per_thread()


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
    line = _line()
    rows = [prepared(one) for one in ({**record, "id": 0}, *candidates)]
    _count_carriers(rows)
    _fill(line, "probe", _suffixed(pa.Table.from_pylist(rows[:1], schema=SCHEMA), "_l"))
    _fill(line, "candidates", _suffixed(pa.Table.from_pylist(rows[1:], schema=SCHEMA), "_r"))
    found = [explained(row[0], row[1:]) for row in line.execute("EXECUTE compared").fetchall()]
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


def _line() -> duckdb.DuckDBPyConnection:
    """This thread's own, with the comparison planned: planning it takes longer than doing it."""
    if not hasattr(_own, "line"):
        made = duckdb.connect(config={"threads": 1})
        empty = prepare([])
        for table, suffix in (("probe", "_l"), ("candidates", "_r")):
            made.register("empty", _suffixed(empty, suffix))
            made.execute(f"CREATE TABLE {table} AS FROM empty")
            made.unregister("empty")
        made.execute(f"PREPARE compared AS {_query()}")
        _own.line = made
    line: duckdb.DuckDBPyConnection = _own.line
    return line


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
