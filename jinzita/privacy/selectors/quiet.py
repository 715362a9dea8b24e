"""Hours in which nobody is disturbed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Quiet:
    """From one time of the day to another, on the clock of `zone`; it may go over midnight."""

    begin: time
    end: time
    zone: ZoneInfo

    def until(self, at: datetime) -> datetime | None:
        """When the quiet hours that `at` lies in end; None when it lies in none."""
        local = at.astimezone(self.zone)
        clock = local.time().replace(tzinfo=None)
        if self.begin < self.end:
            inside = self.begin <= clock < self.end
        else:
            inside = clock >= self.begin or clock < self.end
        if not inside or self.begin == self.end:
            return None
        day = local.date() if clock < self.end else local.date() + timedelta(days=1)
        return datetime.combine(day, self.end, self.zone)


def at_moment(every: Sequence[Quiet], at: datetime) -> tuple[Quiet, datetime | None] | None:
    """The quiet hours that `at` lies in, and when somebody may be disturbed again, which is None when they
    leave no moment of the day; None when `at` lies in none.
    """
    found = next((one for one in every if one.until(at)), None)
    return (found, _after(every, at)) if found else None


def _after(every: Sequence[Quiet], at: datetime) -> datetime | None:
    # One ends inside another; each can do so twice in a day, and after a whole day nothing new is found.
    moment, last = at, at + timedelta(days=1)
    while moment <= last:
        ends = max((end for one in every if (end := one.until(moment))), default=None)
        if ends is None:
            return moment
        moment = ends
    return None
