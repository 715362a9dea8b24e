"""The lake: the facts as Parquet files, brought up to date month by month.

``<lake>/<fact>/month=YYYY-MM/rows.parquet`` (or ``<lake>/<fact>/rows.parquet`` for a fact without months),
``schema.parquet`` without rows beside them, and ``manifest.json`` that says what must be there. A file is
written aside and renamed into place, so a reader sees the old or the new one. When the manifest is missing
or was made for other columns, another time zone or another database, the fact is exported whole; when a
month's file is missing, that month is.
"""

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection

from jinzita.kernel.warehouse import reading
from jinzita.kernel.warehouse.facts import Column, FactSource, sources

FORMAT = 1
WHOLE = "all"
# Rows held back while months are filled: bounds the memory whatever the order of the rows.
HELD_ROWS = 1_000_000
ROW_GROUP = 131_072
EXPORT_LOCK = 0x6A7A_6C61_6B65
log = logging.getLogger(__name__)

Advance = Callable[[float], None]


@dataclass
class Manifest:
    """What a fact's folder must hold; `parts` maps a month (or "all") to the bytes of its file."""

    shape: str
    parts: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


def bring_up_to_date(advance: Advance | None = None) -> dict[str, list[str]]:
    """Export what was written since the last time; the months written per fact (empty: nothing to do).

    `advance` is told the share done, 0 to 1, at least once a batch. One export at a time: a second waits.
    """
    written: dict[str, list[str]] = {}
    with _alone():
        touched = _touched()
        # Opened after the ids were read, so that it sees at least the writes of these ids.
        with reading.bulk_connection() as line:
            own = [source for fact, source in sources().items() if fact not in settings.WAREHOUSE_TABLES]
            plans = [plan for source in own if (plan := _plan(source, touched, line))]
            expected = sum(plan.expected_rows for plan in plans) or 1
            done = 0
            for plan in plans:
                for rows in plan.carry_out(line):
                    done += rows
                    if advance:
                        advance(min(1.0, done / max(expected, done)))
                written[plan.source.fact] = sorted(plan.manifest.parts if plan.parts is None else plan.parts)
                log.debug("lake: %s, %d rows in %d parts", plan.source.fact, plan.rows, len(plan.new))
        ids = [one_id for one_id, _, _ in touched]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM kernel_touched WHERE id = ANY(%s)", [ids])
    return written


def is_behind() -> bool:
    """Whether facts were written since the last export."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM kernel_touched)")
        return bool(cursor.fetchone()[0])


def files(fact: str) -> list[Path]:
    """The Parquet files of a fact; the first carries the schema and no rows. Empty when never exported."""
    folder = settings.LAKE_FOLDER / fact
    manifest = _read_manifest(folder)
    if manifest is None:
        return []
    return [folder / "schema.parquet", *(folder / _file_of(part) for part in sorted(manifest.parts))]


def row_counts() -> dict[str, int]:
    """Rows of each fact in the lake, as of the last export."""
    found = {fact: _read_manifest(settings.LAKE_FOLDER / fact) for fact in sources()}
    return {fact: sum(manifest.rows.values()) for fact, manifest in found.items() if manifest}


class _Plan:
    """What one fact needs: all of it (`parts` None) or some months, and how many rows that may be."""

    def __init__(
        self, source: FactSource, columns: tuple[Column, ...], parts: set[str] | None, manifest: Manifest,
        expected_rows: int,
    ) -> None:  # fmt: skip
        self.source, self.columns, self.parts = source, columns, parts
        self.manifest, self.expected_rows = manifest, expected_rows
        self.folder = settings.LAKE_FOLDER / source.fact
        self.new: dict[str, int] = {}
        self.rows = 0

    def carry_out(self, line: Any) -> Iterator[int]:
        """Write the parts aside, yield the rows of each batch, then put everything into place."""
        condition = ""
        if self.parts is not None and self.source.month is not None:
            condition = reading.in_months(
                self.source, [date.fromisoformat(f"{part}-01") for part in self.parts]
            )
        aside = settings.LAKE_FOLDER / f".writing-{self.source.fact}"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        try:
            writers = _Writers(aside, reading.schema_of(self.columns), by_month=self.source.month is not None)
            with writers:
                for batch in reading.stream(
                    line, reading.select(self.source, self.columns, condition), self.columns
                ):
                    writers.add(batch)
                    self.rows += batch.num_rows
                    yield batch.num_rows
            self.new = writers.rows
            self._put_into_place(aside)
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def _put_into_place(self, aside: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(reading.schema_of(self.columns).empty_table(), aside / "schema")
        os.replace(aside / "schema", self.folder / "schema.parquet")
        for part in self.new:
            target = self.folder / _file_of(part)
            target.parent.mkdir(exist_ok=True)
            os.replace(aside / part, target)
            self.manifest.parts[part] = target.stat().st_size
            self.manifest.rows[part] = self.new[part]
        stale = (set(self.manifest.parts) if self.parts is None else self.parts) - set(self.new)
        for part in stale:
            self.manifest.parts.pop(part, None)
            self.manifest.rows.pop(part, None)
        # The manifest before the removals: a reader of the manifest never looks for a file that is gone.
        text = json.dumps({"format": FORMAT, **asdict(self.manifest)}, indent=1)
        (aside / "manifest").write_text(text)
        os.replace(aside / "manifest", self.folder / "manifest.json")
        _remove_strays(self.folder, self.manifest)


class _Writers:
    """One Parquet writer a month; rows are held back until a row group is worth writing."""

    def __init__(self, folder: Path, schema: pa.Schema, *, by_month: bool) -> None:
        self.folder, self.schema, self.by_month = folder, schema, by_month
        self.rows: dict[str, int] = {}
        self._open: dict[str, pq.ParquetWriter] = {}
        self._held: dict[str, list[pa.RecordBatch]] = {}
        self._held_rows: dict[str, int] = {}

    def __enter__(self) -> "_Writers":
        return self

    def __exit__(self, *failure: object) -> None:
        for part in list(self._held):
            if failure[0] is None:
                self._flush(part)
        for writer in self._open.values():
            writer.close()

    def add(self, batch: pa.RecordBatch) -> None:
        if not batch.num_rows:
            return
        for part, rows in _split_by_month(batch) if self.by_month else [(WHOLE, batch)]:
            self._held.setdefault(part, []).append(rows)
            self._held_rows[part] = self._held_rows.get(part, 0) + rows.num_rows
            if self._held_rows[part] >= ROW_GROUP:
                self._flush(part)
        while sum(self._held_rows.values()) > HELD_ROWS:
            self._flush(max(self._held_rows, key=self._held_rows.__getitem__))

    def _flush(self, part: str) -> None:
        batches = self._held.pop(part, [])
        count = self._held_rows.pop(part, 0)
        if not count:
            return
        if part not in self._open:
            texts = [one.name for one in self.schema if one.type == pa.string()]
            self._open[part] = pq.ParquetWriter(
                self.folder / part, self.schema, compression="snappy", use_dictionary=texts or False,
                store_decimal_as_integer=True,
            )  # fmt: skip
        self._open[part].write_table(pa.Table.from_batches(batches), row_group_size=ROW_GROUP)
        self.rows[part] = self.rows.get(part, 0) + count


def _split_by_month(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.RecordBatch]]:
    day = batch.column("day")
    month = pc.add(pc.multiply(pc.year(day), 12), pc.subtract(pc.month(day), 1))
    found = pc.unique(month).to_pylist()
    if len(found) == 1:
        yield _part_name(found[0]), batch
        return
    order = pc.sort_indices(month)
    batch, month = batch.take(order), month.take(order)
    counts = {one["values"]: one["counts"] for one in pc.value_counts(month).to_pylist()}
    start = 0
    for number in sorted(counts):
        # Copied out, so that a small month does not keep the whole batch in memory.
        part = batch.slice(start, counts[number])
        yield _part_name(number), part.take(pa.array(range(part.num_rows))) if part.num_rows < 1000 else part
        start += counts[number]


def _part_name(month_number: int) -> str:
    return f"{month_number // 12:04d}-{month_number % 12 + 1:02d}"


def _file_of(part: str) -> str:
    return "rows.parquet" if part == WHOLE else f"month={part}/rows.parquet"


def _plan(source: FactSource, touched: list[tuple[int, str, date | None]], line: Any) -> _Plan | None:
    columns = reading.all_columns(source)
    shape = json.dumps([[one.name, one.sql, one.kind] for one in columns] + [source.table, _database(line)])
    manifest = _read_manifest(settings.LAKE_FOLDER / source.fact)
    if manifest is None or manifest.shape != shape:
        return _Plan(source, columns, None, Manifest(shape), _estimated_rows(source))
    if source.month is None:
        dirty = any(fact == source.fact for _, fact, _ in touched) or _lost_parts(source.fact, manifest)
        return _Plan(source, columns, None, manifest, _estimated_rows(source)) if dirty else None
    if any(fact == source.fact and month is None for _, fact, month in touched):
        return _Plan(source, columns, None, Manifest(shape), _estimated_rows(source))
    months = {f"{month:%Y-%m}" for _, fact, month in touched if fact == source.fact and month}
    months |= _lost_parts(source.fact, manifest)
    if not months:
        return None
    return _Plan(source, columns, months, manifest, sum(manifest.rows.get(month, 1000) for month in months))


def _lost_parts(fact: str, manifest: Manifest) -> set[str]:
    """Parts whose file is gone or is not the one that was written."""
    folder = settings.LAKE_FOLDER / fact
    return {
        part
        for part, size in manifest.parts.items()
        if not (folder / _file_of(part)).is_file() or (folder / _file_of(part)).stat().st_size != size
    }


def _read_manifest(folder: Path) -> Manifest | None:
    try:
        document = json.loads((folder / "manifest.json").read_text())
        if document.pop("format") != FORMAT or not (folder / "schema.parquet").is_file():
            return None
        return Manifest(**document)
    except (FileNotFoundError, json.JSONDecodeError, KeyError, TypeError, AttributeError):
        return None


def _remove_strays(folder: Path, manifest: Manifest) -> None:
    kept = {"schema.parquet", "manifest.json", *(_file_of(part).split("/")[0] for part in manifest.parts)}
    for path in folder.iterdir():
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _touched() -> list[tuple[int, str, date | None]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, fact, month FROM kernel_touched")
        return list(cursor.fetchall())


def _database(line: Any) -> str:
    """Which database the files were made from: a lake beside another database is of no use."""
    with line.cursor() as cursor:
        cursor.execute(
            "SELECT current_database()::text || '/' || system_identifier::text FROM pg_control_system()"
        )
        return str(cursor.fetchone()[0])


def _estimated_rows(source: FactSource) -> int:
    """The planner's idea of the size of the owner's table: good enough for a progress bar."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(%s)", [source.table.split()[0]]
        )
        found = cursor.fetchone()
    return max(1, found[0]) if found else 1


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [EXPORT_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [EXPORT_LOCK])
