"""What-if on everybody: a weight moved, and a scale changed, on the values of the last run."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import pyarrow.parquet as pq

from bench.figures import Figure, in_turns, middle, peak_mb
from bench.model import KEYS, all_indicators
from bench.parts.engine import score
from bench.room import Room
from jinzita.analytics.value_model import Scale, ValueModel
from jinzita.analytics.what_if import what_if

FLOOR = "reading the points' columns"


def with_weight(model: ValueModel) -> ValueModel:
    """The model with one weight moved, as somebody drags it in the browser."""
    first, *rest = model.indicators
    return replace(model, indicators=(replace(first, weight=first.weight + 7), *rest))


def with_scales(model: ValueModel) -> ValueModel:
    """The model with new scales for three indicators, which have to be fitted again, and other bands."""
    changed: dict[str, Scale] = {
        "profit": "percentile",
        "average_transaction": "log",
        "largest_receipt": "linear",
    }
    indicators = tuple(replace(i, scale=changed.get(i.code, i.scale)) for i in model.indicators)
    return replace(
        model,
        indicators=indicators,
        bands=replace(model.bands, by="share", vip=0.01, important=0.1, ordinary=0.4),
    )


def measure(room: Room) -> list[Figure]:
    # In another process, so that the peak below is what-if's own.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as elsewhere:
        run = elsewhere.submit(score, room, room.scored).result()
    model = all_indicators()
    points = [f"points.{key}" for key in KEYS]
    floor, weight, scales = in_turns(
        lambda: pq.read_table(run.result, columns=points),
        lambda: what_if(run.result, run.fitted, model, with_weight(model)),
        lambda: what_if(run.result, run.fitted, model, with_scales(model)),
        rounds=5,
    )
    return [
        Figure("what-if", "a weight moved", middle(weight), FLOOR, middle(floor), "< 2 s", middle(weight) < 2,
               peak_mb()),
        Figure("what-if", "three scales and the bands changed", middle(scales), FLOOR, middle(floor), "< 2 s",
               middle(scales) < 2),
    ]  # fmt: skip
