"""What a record is judged by: how its 100 points are made up, and what is asked of whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

PARTS = ("completeness", "validity", "freshness", "duplicates")
MANDATORY_WEIGHT = 5


@dataclass(frozen=True)
class Asked:
    """A field a record should have, and of which customers."""

    code: str
    weight: int = 1
    kind: str = ""
    grades: tuple[str, ...] = ()

    def applies(self, kind: str, grade: str) -> bool:
        return self.kind in ("", kind) and (not self.grades or grade in self.grades)


@dataclass(frozen=True)
class Terms:
    """The whole of it."""

    completeness: int
    validity: int
    freshness: int
    duplicates: int
    fresh_days: int
    stale_days: int
    nonsense: Sequence[str]
    asked: Sequence[Asked]


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def field_of(fault: str) -> str:
    """The field a fault is one of, by its code."""
    return fault.removesuffix("_dead").removesuffix("_fake")
