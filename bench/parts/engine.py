"""The full score of all indicators against a bare DuckDB GROUP BY over the same transactions."""

from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from bench.figures import Figure, in_turns, middle, peak_mb
from bench.model import DAY, KEYS, TIME_ZONE, all_indicators
from bench.room import Room
from jinzita.analytics.engines import DuckDBEngine, facts_from_parquet
from jinzita.analytics.runs import RESULT_FILE, FullRun, score_all

# As the product opens it (value.services.engine).
MEMORY = "3GB"
FLOOR = "bare DuckDB GROUP BY customer_id"


def score(room: Room, out_dir: Path) -> FullRun:
    """One full run over the made facts, with the engine as the product sets it up."""
    engine = DuckDBEngine(memory_limit=MEMORY, temp_folder=room.folder / "spill")
    try:
        facts = facts_from_parquet(engine, room.files())
        return score_all(engine, facts, all_indicators(), as_of=DAY, time_zone=TIME_ZONE, out_dir=out_dir)
    finally:
        engine.close()


def engine_values(room: Room) -> pd.DataFrame:
    """The indicator values of the last full run in the room: one row a customer (index), one column a key."""
    if not (room.scored / RESULT_FILE).exists():
        score(room, room.scored)
    columns = ["customer_id", *(f"value.{key}" for key in KEYS)]
    found = pq.read_table(room.scored / RESULT_FILE, columns=columns).to_pandas().set_index("customer_id")
    return found.set_axis(list(KEYS), axis=1)


def group_by(transactions: Path) -> None:
    """The floor: what merely looking at every transaction once costs."""
    connection = duckdb.connect()
    connection.sql(
        "SELECT customer_id, count(*), sum(amount), min(amount), max(amount)"
        f" FROM read_parquet('{transactions}') GROUP BY customer_id"
    ).to_arrow_table()
    connection.close()


def measure(room: Room) -> list[Figure]:
    transactions = room.files()["transactions"]
    runs: list[FullRun] = []
    floor, whole = in_turns(
        lambda: group_by(transactions), lambda: runs.append(score(room, room.scored)), rounds=3
    )
    ratio, peak = middle(whole) / middle(floor), peak_mb()
    took = {step: middle([run.seconds[step] for run in runs]) for step in ("values", "scales", "scores")}
    steps = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in took.items())
    return [
        Figure(
            "engine", f"full score, {len(KEYS)} indicators", middle(whole), FLOOR, middle(floor),
            "≤ 10× (goal 6×), < 4 GB", ratio <= 10 and peak < 4096, peak, steps,
        ),
        Figure("engine", "the indicators alone", took["values"], FLOOR, middle(floor)),
    ]  # fmt: skip
