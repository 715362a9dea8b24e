"""News of the quality of the data."""

from dataclasses import dataclass

from jinzita.kernel.events import Event


@dataclass(frozen=True)
class DuplicatesWanted(Event):
    """Somebody asked that all customers be compared with each other."""

    job_id: int


@dataclass(frozen=True)
class RatingWanted(Event):
    """Somebody asked that all records be scored."""

    job_id: int


@dataclass(frozen=True)
class WeeklyListsWanted(Event):
    """Somebody asked that this week's lists be made."""

    job_id: int


@dataclass(frozen=True)
class QualityPolicyPublished(Event):
    """Records are judged otherwise from now on."""

    version_id: int
