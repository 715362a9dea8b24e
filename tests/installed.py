"""An installation of a test's own, whose database may be killed: nobody else's server is touched."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from jinzita.kernel import postgres

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 180
# For a child that is to be killed: a step that takes its time, and one that says “here” and goes no further.
PAUSES = """
def slowly(function):
    def slowed(*arguments, **named):
        try:
            return function(*arguments, **named)
        finally:
            time.sleep(0.1)
    return slowed

def stops(function):
    def stopped(*arguments, **named):
        function(*arguments, **named)
        print("here", flush=True)
        time.sleep(120)
    return stopped
"""


class Installation:
    """A data folder with an embedded database, and the processes begun on it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.database = folder, folder / "postgres"
        foreign = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        own = {k: v for k, v in os.environ.items() if k not in foreign and not k.startswith("JINZITA_")}
        self.environment = own | {"JINZITA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "jinzita.settings"}
        self._begun: list[subprocess.Popen[str]] = []

    def start_database(self) -> None:
        postgres.start_again(self.database)

    def kill_database(self) -> None:
        """The whole server, postmaster and all, as when the power fails."""
        first = int((self.database / "cluster" / "postmaster.pid").read_text().split()[0])
        listed = subprocess.run(["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=True)
        pairs = [tuple(map(int, one.split())) for one in listed.stdout.splitlines()]
        for process_id in [first, *(child for child, parent in pairs if parent == first)]:
            with suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGKILL)
        until(lambda: not postgres.is_alive(self.database), "the database to be dead")

    def python(self, code: str, *arguments: object) -> str:
        """What a piece of Python prints that runs inside this installation to its end."""
        child = self.begin(code, *arguments)
        said, _ = child.communicate(timeout=PATIENCE_SECONDS)
        assert child.returncode == 0, said
        return said.strip()

    def begin(self, code: str, *arguments: object) -> subprocess.Popen[str]:
        """The same, not waited for."""
        return self.run("-c", f"import django\ndjango.setup()\n{code}", *map(str, arguments))

    def run(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        self._begun.append(
            subprocess.Popen(
                [sys.executable, *arguments], env=self.environment | environment, cwd=ROOT,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )
        )  # fmt: skip
        return self._begun[-1]

    def ask(self, query: str, *parameters: Any) -> Any:
        """The first column of the only row, if there are any."""
        with psycopg.connect(postgres.embedded_address(self.database).url) as line:
            found = line.execute(query, parameters or None)
            row = found.fetchone() if found.description else None
        return row[0] if row else None

    def close(self) -> None:
        """End everything that was begun here, the database last."""
        for one in self._begun:
            if one.poll() is None:
                one.terminate()
            try:
                one.wait(30)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait(30)
            if one.stdout is not None:
                one.stdout.close()
        postgres.stop(self.database)
        shutil.rmtree(postgres.embedded_address(self.database).socket_folder, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def until(reached: Callable[[], object], what: str) -> None:
    """Wait for something that must come. Raises AssertionError when it does not."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)
