"""A figure of the bench and its floor: measured in turns, so that a busy moment falls on both."""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line of the table. Times in seconds; `ratio` is `seconds` ÷ `floor_seconds`.

    `met` is None when there is no target; `peak_mb` is the largest resident memory of the measuring process.
    """

    part: str
    name: str
    seconds: float
    floor_name: str
    floor_seconds: float
    target: str = ""
    met: bool | None = None
    peak_mb: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.seconds / self.floor_seconds if self.floor_seconds else float("nan")

    def to_dict(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio}


def seconds_of(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turns(*works: Callable[[], object], rounds: int = 3) -> list[list[float]]:
    """Seconds of each work in each round, one after the other within a round."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for times, work in zip(taken, works, strict=True):
            times.append(seconds_of(work))
    return taken


def middle(times: Sequence[float]) -> float:
    return float(median(times))


def p95(times: Sequence[float]) -> float:
    return float(quantiles(times, n=20, method="inclusive")[-1])


def peak_mb() -> float:
    """The largest resident memory this process ever had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
