"""A full run: every customer's values, points, contributions, score and grade, into one Parquet file."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from jinzita.analytics import grades, scales
from jinzita.analytics.engines import Engine
from jinzita.analytics.facts import Facts
from jinzita.analytics.pipeline import indicator_values
from jinzita.analytics.scoring import Fitted, Floats, numbers, score_block
from jinzita.analytics.value_model import GRADES, PROSPECT, Population, ValueModel

Progress = Callable[[float, str], None]
BATCH_ROWS = 131_072
AHEAD = 2
RESULT_FILE = "result.parquet"
GRADE_TYPE = pa.dictionary(pa.int8(), pa.string())
_GRADE_NAMES = pa.array([*GRADES, PROSPECT])


@dataclass(frozen=True)
class FullRun:
    """What a full run leaves: the fitted scales and bounds, counts, seconds per step, and the result file.

    `counts` has customers, scored, prospects, sales, and one entry per grade.
    """

    result: Path
    fitted: Fitted
    as_of: date
    engine: str
    counts: dict[str, int]
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Known:
    """The narrow columns that grading needs of everybody at once."""

    ids: npt.NDArray[Any]
    sales: Floats
    revenue: Floats

    @property
    def customers(self) -> npt.NDArray[np.bool_]:
        """True for customers, False for prospects."""
        return self.sales > 0


def score_all(
    engine: Engine,
    facts: Facts,
    model: ValueModel,
    *,
    as_of: date,
    time_zone: str,
    out_dir: Path,
    progress: Progress | None = None,
    before: Iterable[Population] = (),
) -> FullRun:
    """Score every customer of the model's population and write ``out_dir/result.parquet``, atomically.

    Columns, sorted by customer_id: customer_id, score (null for prospects), grade, revenue, profit and
    sales (whole history), then ``value.KEY``, ``points.KEY``, ``contribution.KEY`` per indicator (KEY =
    code or code@months). `before`: populations of models that come first; their customers are not this
    model's. `progress` is called with a fraction from 0 to 1 and the step: "values", "scales", "scores",
    "done". Until the new file is complete, a former one stays as it was. Raises AnalyticsError on facts
    that cannot serve the model.
    """
    tell = progress or (lambda fraction, step: None)
    out_dir = Path(out_dir)
    out_dir.mkdir(parents=True, exist_ok=True)
    workroom = Path(tempfile.mkdtemp(prefix=".run-", dir=out_dir))
    clock = _Clock()
    try:
        tell(0.0, "values")
        chosen = facts.limited_to(model.population, before)
        values = indicator_values(chosen, model.indicators, as_of=as_of, time_zone=time_zone)
        files = engine.write_sorted(values, workroom / "values")
        clock.lap("values")
        tell(0.6, "scales")
        known = _read_known(files)
        fitted = fit_model(model, files, known.customers)
        clock.lap("scales")
        tell(0.75, "scores")
        fitted = _with_bounds(model, fitted, files, known)
        finished, counts = _write_result(model, fitted, files, known, workroom / RESULT_FILE, tell)
        os.replace(finished, out_dir / RESULT_FILE)
        clock.lap("scores")
        tell(1.0, "done")
    finally:
        shutil.rmtree(workroom, ignore_errors=True)
    return FullRun(out_dir / RESULT_FILE, fitted, as_of, engine.name, counts, clock.seconds())


class _Clock:
    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name], self._last = round(now - self._last, 3), now

    def seconds(self) -> dict[str, float]:
        return {**self._laps, "total": round(time.perf_counter() - self._start, 3)}


def _column(files: list[Path], name: str) -> pa.ChunkedArray:
    tables = [pq.read_table(path, columns=[name]) for path in files]
    return pa.concat_tables(tables).column(0)


def _read_known(files: list[Path]) -> _Known:
    return _Known(
        _column(files, "customer_id").to_numpy(),
        numbers(_column(files, "sales")),
        numbers(_column(files, "revenue")),
    )


def fit_model(model: ValueModel, files: list[Path], customers: npt.NDArray[np.bool_]) -> Fitted:
    """Fit every scale on the customers (not the prospects), one column in memory at a time."""
    fitted: dict[str, scales.Saved] = {}
    left_out: list[str] = []

    def fit_one(position: int) -> tuple[scales.Saved, bool]:
        indicator = model.indicators[position]
        column = _column(files, f"value.{indicator.key}")
        if indicator.categorical:
            return scales.fit_categories(indicator), column.null_count == len(column)
        values = numbers(column)[customers]
        return scales.fit(indicator, values), says_nothing(values)

    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        for indicator, (saved, empty) in zip(
            model.indicators, pool.map(fit_one, range(len(model.indicators))), strict=True
        ):
            fitted[indicator.key] = saved
            if model.leave_out_empty and empty:
                left_out.append(indicator.key)
    return Fitted(fitted, {}, tuple(left_out))


def says_nothing(values: Floats) -> bool:
    """Whether an indicator tells no customer from another: no values, or the same value everywhere."""
    known = values[np.isfinite(values)]
    return not len(known) or bool(np.all(known == known[0]))


def _with_bounds(model: ValueModel, fitted: Fitted, files: list[Path], known: _Known) -> Fitted:
    """Bounds by score are given; by share or revenue they need everybody's score first."""
    chosen = known.customers
    scores = np.empty(0)
    if model.bands.by != "score":
        parts = [score_block(model, fitted, block).score for block in _blocks(files)]
        scores = np.concatenate([scores, *parts])[chosen]
    bounds = grades.fit_bounds(model.bands, scores, known.ids[chosen], known.revenue[chosen])
    return Fitted(fitted.scales, bounds, fitted.left_out)


def _blocks(files: list[Path]) -> Iterator[pa.RecordBatch]:
    for path in files:
        with pq.ParquetFile(path) as source:
            yield from source.iter_batches(batch_size=BATCH_ROWS)


def _write_result(
    model: ValueModel, fitted: Fitted, files: list[Path], known: _Known, target: Path, tell: Progress
) -> tuple[Path, dict[str, int]]:
    counts = np.zeros(len(GRADES) + 1, dtype=np.int64)
    rows = 0
    writer: pq.ParquetWriter | None = None
    try:
        for block, codes in _computed(model, fitted, files):
            writer = writer or result_writer(target, block.schema)
            writer.write_batch(block)
            counts += np.bincount(codes, minlength=len(counts))
            rows += block.num_rows
            tell(0.75 + 0.25 * rows / max(len(known.ids), 1), "scores")
        if writer is None:
            block, _ = result_block(model, fitted, _empty(files))
            writer = result_writer(target, block.schema)
    finally:
        if writer is not None:
            writer.close()
    by_grade = {grade: int(n) for grade, n in zip(GRADES, counts, strict=False)}
    prospects = int(counts[-1])
    sales = int(known.sales.sum())
    return target, {
        "customers": rows, "scored": rows - prospects, "prospects": prospects, "sales": sales, **by_grade,
    }  # fmt: skip


def _computed(
    model: ValueModel, fitted: Fitted, files: list[Path]
) -> Iterator[tuple[pa.RecordBatch, grades.Codes]]:
    """Blocks in order, the next ones already being computed while one is written."""
    with ThreadPoolExecutor(max_workers=AHEAD) as pool:
        waiting: deque[Future[tuple[pa.RecordBatch, grades.Codes]]] = deque()
        for block in _blocks(files):
            waiting.append(pool.submit(result_block, model, fitted, block))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _empty(files: list[Path]) -> pa.RecordBatch:
    schema = pq.read_schema(files[0])
    return pa.RecordBatch.from_arrays([pa.array([], f.type) for f in schema], schema=schema)


def result_writer(target: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer for result files: doubles do not repay a dictionary, and only the id needs statistics."""
    return pq.ParquetWriter(
        target, schema, compression="lz4", use_dictionary=["grade"], write_statistics=["customer_id", "grade"]
    )


def result_block(
    model: ValueModel, fitted: Fitted, block: pa.RecordBatch
) -> tuple[pa.RecordBatch, grades.Codes]:
    """Score one block of values: the rows of the result file, and the grade of each row as a code."""
    scored = score_block(model, fitted, block)
    prospects = numbers(block.column("sales")) <= 0
    codes = grades.grade_codes(fitted.bounds, scored.score, _ids(block))
    codes[prospects] = grades.PROSPECT_CODE
    columns: dict[str, pa.Array] = {
        "customer_id": block.column("customer_id"),
        "score": _nullable(scored.score, prospects),
        "grade": pa.DictionaryArray.from_arrays(pa.array(codes), _GRADE_NAMES),
        "revenue": block.column("revenue"),
        "profit": block.column("profit"),
        "sales": block.column("sales"),
    }
    for indicator in fitted.used(model):
        key = indicator.key
        columns[f"value.{key}"] = block.column(f"value.{key}")
        columns[f"points.{key}"] = _nullable(scored.points[key], prospects)
        columns[f"contribution.{key}"] = _nullable(scored.contribution(indicator), prospects)
    return pa.RecordBatch.from_pydict(columns), codes


def _ids(block: pa.RecordBatch) -> npt.NDArray[Any]:
    ids: npt.NDArray[Any] = block.column("customer_id").to_numpy(zero_copy_only=False)
    return ids


def _nullable(values: Floats, without: npt.NDArray[np.bool_]) -> pa.Array:
    return pa.array(values, mask=without | np.isnan(values))
