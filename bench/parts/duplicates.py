"""Customers that may be one: asked while somebody types, and a tenth of them compared with each other."""

import random
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow as pa

from bench import company
from bench.figures import Figure, middle, p95, peak_mb, seconds_of
from bench.installation import Session, database, server
from bench.parts.browse import FLOOR, LIMIT, prepare
from bench.room import Room
from bench.table import shown
from jinzita.kernel import postgres

REQUESTS = 60
PLAIN = "splink as its guide has it, on the same rows"
Page = Callable[[], object]


def measure(room: Room) -> list[Figure]:
    with database(room) as password:
        prepare(room)
        address = postgres.embedded_address(room.data / "postgres").url
        with psycopg.connect(address, autocommit=True) as line:
            with server(room) as port:
                figures = _typing(Session(port, "admin", password), line)
            some = "id IN (SELECT id FROM people_department ORDER BY id LIMIT greatest(1, %s))"
            found = line.execute(
                f"SELECT id FROM people_department WHERE {some}", [company.DEPARTMENTS // 10]
            )
            tenth = [one for (one,) in found]
        return figures + all_pairs(tenth)


def _typing(session: Session, line: psycopg.Connection) -> list[Figure]:
    draw = random.Random(5)
    (first, last) = line.execute("SELECT min(id), max(id) FROM customers_customer").fetchone()
    times: dict[str, list[float]] = {}
    session.post("/customers/duplicate-check", {"name": "北京中兴科技"})
    for _ in range(REQUESTS):
        name, phone, kind = line.execute(
            "SELECT name, phone, kind FROM customers_customer WHERE id >= %s ORDER BY id LIMIT 1",
            [draw.randint(first, last)],
        ).fetchone()
        sent = {
            "the name there is": {"name": name, "kind": kind},
            "with a phone nobody has": {"name": name, "kind": kind, "phone": "021-5555 0000"},
            "without its legal form": {"name": name[:6], "kind": kind},
            "one character wrong": {"name": name[:3] + "龘" + name[4:], "kind": kind},
            "a new name": {"name": "".join(draw.sample("琅琊榜蓝鲸鲲鹏骐骥", 3)) + "数码有限公司"},
            "phone alone": {"phone": phone},
        }
        times.setdefault("floor", []).append(seconds_of(lambda: session.fetch("/me")))
        for what, body in sent.items():
            check = seconds_of(lambda: session.post("/customers/duplicate-check", body))  # noqa: B023
            times.setdefault(what, []).append(check)
    floor = times.pop("floor")
    return [
        Figure("duplicates", f"while typing: {what}, p95", p95(taken), FLOOR, p95(floor), "p95 < 150 ms",
               p95(taken) < LIMIT, note=f"p50 {shown(middle(taken))}")
        for what, taken in times.items()
    ]  # fmt: skip


def all_pairs(departments: list[int] | None) -> list[Figure]:
    """The job over all customers, or over those of some departments, and splink alone on the same rows."""
    from dataclasses import replace

    from jinzita.customers import selectors as customers
    from jinzita.kernel import jobs
    from jinzita.kernel.access import Reach, system
    from jinzita.quality.services import duplicates

    by = system("bench")
    if departments is not None:
        by = replace(by, reach=Reach.DEPARTMENTS, department_ids=frozenset(departments))
    job = jobs.begin(kind="duplicates", by=by)
    ours = seconds_of(lambda: duplicates.find_all(by=by, job_id=job.pk))
    job.refresh_from_db()
    if job.state != "done":
        raise RuntimeError(f"comparing all customers ended as {job.state}: {job.error}")
    peak = peak_mb() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows = [one for some in customers.duplicates.for_linking(by) for one in some]
    frame = pa.Table.from_pylist([{key: one[key] or None for key in ("id", "name", "phone")} for one in rows])
    del rows
    plain = seconds_of(lambda: _plain_splink(frame))
    found = job.result
    note = f"{found['compared']:,} pairs compared, {found['same']:,} the same, {found['look']:,} to look at"
    name = f"all pairs of {found['customers']:,} customers"
    return [Figure("duplicates", name, ours, PLAIN, plain, peak_mb=peak, note=note)]


def _plain_splink(frame: pa.Table) -> int:
    import splink
    import splink.comparison_library as library
    from splink.internals.duckdb.database_api import DuckDBAPI

    with tempfile.TemporaryDirectory() as folder:
        line = duckdb.connect(str(Path(folder) / "plain.duckdb"))
        line.execute(f"SET memory_limit = '1500MB'; SET temp_directory = '{folder}'")
        settings: Any = splink.SettingsCreator(
            link_type="dedupe_only", unique_id_column_name="id",
            comparisons=[library.JaroWinklerAtThresholds("name"), library.ExactMatch("phone")],
            blocking_rules_to_generate_predictions=[
                splink.block_on("name"), splink.block_on("phone"), splink.block_on("substr(name, 1, 6)"),
            ],
        )  # fmt: skip
        database = DuckDBAPI(connection=line)
        linker = splink.Linker(database.register(frame, table_name="rows"), settings)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
        found = linker.inference.predict(threshold_match_probability=0.05)
        count = len(found.as_duckdbpyrelation())
        line.close()
    return count
