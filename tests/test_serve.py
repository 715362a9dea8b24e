"""How `jinzita serve` looks after its processes."""

import subprocess
import sys

import click
import pytest

from jinzita.cli.parts import GROWN_UP_SECONDS, PATIENCE_SECONDS, Part, Parts


class Ended:
    """A process that is over as soon as it begins, unless told to live."""

    def __init__(self, living: bool = False) -> None:
        self.living = living

    def poll(self) -> int | None:
        return None if self.living else 1


def test_a_part_that_cannot_even_start_ends_the_whole_with_words():
    part = Part("The worker live", Ended)
    part.start(0)
    with pytest.raises(click.ClickException, match="The worker live ended by itself"):
        part.tend(1)


def test_a_part_that_worked_is_started_again_with_growing_pauses_until_patience_ends():
    begun = [Ended(living=True)]

    def begin():
        begun.append(Ended())
        return begun[-1]

    part = Part("The worker live", begin)
    part.process = begun[0]
    assert part.tend(GROWN_UP_SECONDS) is None
    begun[0].living = False
    assert "started again" in part.tend(GROWN_UP_SECONDS + 1)
    assert part.tend(GROWN_UP_SECONDS + 1.5) is None
    assert len(begun) == 1
    now = GROWN_UP_SECONDS + 2
    while now < PATIENCE_SECONDS:
        part.tend(now)
        now += 1
    assert 50 < len(begun) < 75  # every half a minute, after the first ones
    given_up = False
    for later in range(now, now + 60):
        try:
            part.tend(later)
        except click.ClickException:
            given_up = True
    assert given_up

    begun[-1] = part.process = Ended(living=True)
    part.born = now
    part.tend(now + GROWN_UP_SECONDS)
    assert (part.failing_since, part.pause) == (None, 1.0)


def test_killed_parts_are_not_taken_for_ended_ones():
    said: list[str] = []

    def sleeping():
        return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)

    parts = Parts({"one": sleeping, "two": sleeping}, said.append)
    try:
        parts.start()
        first = parts._parts["one"].process
        parts.kill(["one"])
        assert first is not None
        assert first.poll() is not None
        parts.start(["one"])
        parts.tend()
        assert said == []
    finally:
        parts.stop()
    assert all(one.process is not None and one.process.poll() is not None for one in parts._parts.values())
