"""The same indicators in pandas, for comparison; and that the engine's values are the same."""

import pandas as pd

from bench import agree, with_pandas
from bench.figures import Figure, in_turns, middle, peak_mb
from bench.parts.engine import FLOOR, engine_values, group_by
from bench.room import Room


def measure(room: Room) -> list[Figure]:
    files = room.files()
    frames: list[pd.DataFrame] = []
    floor, whole = in_turns(
        lambda: group_by(files["transactions"]),
        lambda: frames.append(with_pandas.indicators(files)),
        rounds=3 if room.scale <= 0.2 else 1,
    )
    peak = peak_mb()
    agree.check(engine_values(room), frames[-1], ("engine", "pandas"))
    return [
        Figure("engine", "the indicators in pandas", middle(whole), FLOOR, middle(floor), peak_mb=peak,
               note="same values")
    ]  # fmt: skip
