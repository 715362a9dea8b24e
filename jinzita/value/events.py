"""The news value tells the house."""

from dataclasses import dataclass

from jinzita.kernel.events import Event


@dataclass(frozen=True)
class RunRequested(Event):
    """Somebody asked for a full run, and a worker is to perform it."""

    run_id: int
    model_id: int


@dataclass(frozen=True)
class RunFinished(Event):
    """A full run is done; `in_force`: its results are the customers' present scores.

    `moved` customers changed grade. `late` were re-scored by themselves while it ran and are to be again.
    """

    run_id: int
    model_id: int
    as_of: str
    in_force: bool
    moved: int
    late: list[int]


@dataclass(frozen=True)
class GradeChanged(Event):
    """One customer's grade changed at once, by a fact or a colleague's decision and not by a full run."""

    customer_id: int
    model_id: int | None
    from_grade: str
    to_grade: str
    score: float | None
    as_of: str
    cause: str


@dataclass(frozen=True)
class ScoreChanged(Event):
    """One customer's score moved at once, by a fact and not by a full run."""

    customer_id: int
    model_id: int
    score: float | None
    grade: str
    as_of: str
    cause: str


@dataclass(frozen=True)
class ModelPublished(Event):
    """A new version of a value model is the current one."""

    model_id: int
    version_id: int
    number: int
