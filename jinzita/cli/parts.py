"""The processes that `jinzita serve` runs: started, watched, started again when one ends, stopped."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping

import click

STOP_SECONDS = 10
# A part that never got so old cannot work here at all.
GROWN_UP_SECONDS = 10
LONGEST_PAUSE_SECONDS = 30
# For so long a part is started again and again, as while a database on another machine is away.
PATIENCE_SECONDS = 1800
_Process = subprocess.Popen[bytes]


class Part:
    """One process, and what is known of its life."""

    def __init__(self, name: str, begin: Callable[[], _Process]) -> None:
        self.name, self._begin = name, begin
        self.process: _Process | None = None
        self.born = self.due = 0.0
        self.failing_since: float | None = None
        self.ever_grown_up, self.pause = False, 1.0

    def start(self, now: float) -> None:
        self.process, self.born = self._begin(), now

    def tend(self, now: float) -> str | None:
        """Look after it; answers what there is to say. Raises ClickException when it cannot be kept alive."""
        if self.process is None:
            if now >= self.due:
                self.start(now)
            return None
        grown_up = now - self.born >= GROWN_UP_SECONDS
        if self.process.poll() is None:
            if grown_up:
                self.ever_grown_up, self.failing_since, self.pause = True, None, 1.0
            return None
        self.process = None
        self.failing_since = now if self.failing_since is None else self.failing_since
        if not (self.ever_grown_up or grown_up) or now - self.failing_since > PATIENCE_SECONDS:
            raise click.ClickException(f"{self.name} ended by itself; see the lines above.")
        self.due, self.pause = now + self.pause, min(2 * self.pause, LONGEST_PAUSE_SECONDS)
        return f"{self.name} ended by itself; it is started again."


class Parts:
    """All parts; `begin` maps each part's name to what starts its process."""

    def __init__(self, begin: Mapping[str, Callable[[], _Process]], say: Callable[[str], object]) -> None:
        self._parts = {name: Part(name, how) for name, how in begin.items()}
        self._say = say

    def start(self, names: Iterable[str] | None = None) -> None:
        for name in names or self._parts:
            self._parts[name].start(time.monotonic())

    def tend(self) -> None:
        """Start again what ended by itself. Raises ClickException when that is in vain."""
        for part in self._parts.values():
            if words := part.tend(time.monotonic()):
                self._say(words)

    def kill(self, names: Iterable[str]) -> None:
        """End these at once, with whatever they are doing."""
        for name in names:
            part = self._parts[name]
            if part.process is not None:
                _kill(part.process)
                part.process = None

    def stop(self) -> None:
        """Ask all of them to end; kill those that do not."""
        processes = [part.process for part in self._parts.values() if part.process is not None]
        for one in processes:
            if one.poll() is None:
                one.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for one in processes:
            try:
                one.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill(one)


def start_module(module: str, *arguments: str) -> _Process:
    """A Python module as a process of its own."""
    # A session of its own: Ctrl-C reaches only us, and we stop the parts in order.
    # What the parts have to say they log to standard error; their greetings are of no use.
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


def _kill(process: _Process) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _die_with_parent() -> None:
    """Ask the kernel to end this child should its parent be killed (Linux; elsewhere nothing happens)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
