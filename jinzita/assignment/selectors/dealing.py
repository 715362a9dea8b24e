"""How many customers each of several people gets: in equal parts, or so that all have about as many."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Somebody who can get customers: those counted as held already, and how many more fit (None: any)."""

    held: int
    room: int | None

    def up_to(self, level: int) -> int:
        """How many are missing to this level, as far as they fit."""
        missing = max(0, level - self.held)
        return missing if self.room is None else min(missing, self.room)


def shares(count: int, places: Sequence[Place]) -> list[int]:
    """How many of `count` each place gets, so that the fullest is as little full as can be.

    Together fewer than `count` when not all of them fit.
    """
    if not places or count <= 0:
        return [0] * len(places)
    low, high = 0, max(one.held for one in places) + count + 1
    while high - low > 1:
        level = (low + high) // 2
        if sum(one.up_to(level) for one in places) <= count:
            low = level
        else:
            high = level
    given = [one.up_to(low) for one in places]
    left = count - sum(given)
    for number, one in enumerate(places):
        if left and one.up_to(low + 1) > given[number]:
            given[number] += 1
            left -= 1
    return given
