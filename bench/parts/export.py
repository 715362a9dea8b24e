"""All customers as a file over HTTP, against COPY TO a file and a bare writer of the same format."""

import http.client
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pyarrow.csv
import pyarrow.parquet

from bench.figures import Figure, seconds_of
from bench.installation import API, Session, database, peak_of_web_mb, server
from bench.parts.browse import prepare
from bench.room import Room
from bench.table import shown
from jinzita.kernel import postgres

MOST_MB = 600
PIECE = 1 << 20


@dataclass(frozen=True)
class Fetched:
    seconds: float
    first: float
    megabytes: float


def measure(room: Room) -> list[Figure]:
    figures: list[Figure] = []
    with database(room) as password:
        prepare(room)
        address = postgres.embedded_address(room.data / "postgres").url
        with psycopg.connect(address, autocommit=True) as line:
            bare = room.folder / "floor.csv"
            copied = seconds_of(lambda: _copy_out(line, bare))
            floors = {"csv": ("COPY TO a CSV file", copied), "xlsx": ("COPY TO a CSV file", copied)}
            packed = seconds_of(lambda: _as_parquet(bare, room.folder / "floor.parquet"))
            floors["parquet"] = ("COPY TO, and pyarrow writing it as Parquet", copied + packed)
            for form, (floor_name, floor) in floors.items():
                with server(room) as port:  # a new one each, so that each format has a peak of its own
                    found = _fetch(Session(port, "admin", password), form)
                    peak = peak_of_web_mb(port)
                figures.append(
                    Figure("export", f"all customers as {form}", found.seconds, floor_name, floor,
                           f"< {MOST_MB} MB", None if peak is None else peak < MOST_MB, peak,
                           f"{found.megabytes:,.0f} MB, the first byte after {shown(found.first)}")
                )  # fmt: skip
    return figures


def _fetch(session: Session, form: str) -> Fetched:
    """Read the file as it comes and keep nothing of it."""
    line = http.client.HTTPConnection("127.0.0.1", session.port, timeout=3600)
    cookies = "; ".join(f"{name}={value}" for name, value in session.cookies.items())
    start = time.perf_counter()
    line.request("GET", f"{API}/customers/export?{urlencode({'format': form})}", headers={"Cookie": cookies})
    answer = line.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"the export as {form} answered {answer.status}: {answer.read(500)!r}")
    size, first = 0, 0.0
    while piece := answer.read(PIECE):
        first = first or time.perf_counter() - start
        size += len(piece)
    line.close()
    return Fetched(time.perf_counter() - start, first, size / PIECE)


def _copy_out(line: psycopg.Connection, path: Path) -> None:
    rows = "SELECT * FROM customers_customer c JOIN customers_standing s ON s.customer_id = c.id"
    with path.open("wb") as file, line.cursor().copy(f"COPY ({rows}) TO STDOUT CSV HEADER") as copy:
        for chunk in copy:
            file.write(chunk)


def _as_parquet(source: Path, target: Path) -> None:
    read = pyarrow.csv.ReadOptions(block_size=8 << 20)
    quoted = pyarrow.csv.ParseOptions(newlines_in_values=True)
    batches = pyarrow.csv.open_csv(source, read, quoted)
    with pyarrow.parquet.ParquetWriter(target, batches.schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)
    batches.close()
