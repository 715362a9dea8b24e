"""`jinzita serve`: one command that runs the database, the web application and the workers."""

import fcntl
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

import click
from rich.console import Console

from jinzita.cli.database import ready, running_database
from jinzita.cli.parts import Parts, start_module
from jinzita.cli.setup import prepare
from jinzita.kernel import postgres
from jinzita.settings import environment

PATIENCE_SECONDS = 20
# A database that falls more often than this within that time has something that must be seen to.
MOST_FALLS, FALLS_WITHIN_SECONDS = 5, 600
# Live re-scoring has a worker of its own, so that a full run never delays it.
# Requests to other systems mostly wait: they share a worker with the rest, which has more places for it.
WORKERS = {"live": 4, "long": 1, "default,outgoing": 6}

_ending = threading.Event()
# A start of the database that is cut off would leave one behind that nobody stops.
_not_now = threading.Event()


@click.command(name="serve")
@click.option("--demo", is_flag=True, help="Load and score the demo when the database is new.")
@click.option("--reload", is_flag=True, help="Restart the web application when a source file changes.")
def command(demo: bool, reload: bool) -> None:
    """Start the database, the web application and the workers; Ctrl-C stops all of them."""
    console = Console()
    host, port = environment.read("HOST"), int(environment.read("PORT"))
    _refuse_taken_port(host, port)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, _interrupt)
    try:
        with _alone(console), running_database():
            ready()
            fresh = prepare(console)
            if demo:
                _demo(console, fresh)
            _serve(console, host, port, reload)
    except KeyboardInterrupt:
        console.print("Stopped.")


@contextmanager
def _alone(console: Console) -> Iterator[None]:
    """One `serve` a data folder: a second would use a database that the first is about to stop."""
    path = environment.data_folder() / "serve.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        for attempt in range(PATIENCE_SECONDS * 5):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if attempt == 5:
                    console.print("Waiting for the Jinzita that is running on this data folder to stop …")
                time.sleep(0.2)
        else:
            raise click.ClickException(f"Jinzita is already running on {path.parent}. Stop it first.")
        yield


def _demo(console: Console, fresh: bool) -> None:
    """Load and score the demo once; a marker makes a first start that was cut off go on at the next."""
    from jinzita.cli.demo import load_and_score

    marker = environment.data_folder() / "demo-pending"
    if fresh:
        marker.touch()
    if marker.exists():
        load_and_score(console)
        marker.unlink()


def _serve(console: Console, host: str, port: int, reload: bool) -> None:
    from django.db import connections

    from jinzita.kernel import outbox

    database = _Watch(console)
    if database.folder:  # nobody else works on it
        outbox.take_up_everything()
    connections.close_all()
    workers = {f"The worker {queue}": partial(_worker, queue, size) for queue, size in WORKERS.items()}
    parts = Parts({"The web application": partial(_web, host, port, reload), **workers}, console.print)
    try:
        parts.start()
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1"} else host  # noqa: S104
        console.print(f"Jinzita is at [bold]http://{shown}:{port}[/]  (Ctrl-C stops it; user: admin)")
        while not _ending.is_set():
            if database.is_gone():
                # What they were doing must not be called failed: others go on with it.
                parts.kill(workers)
                database.start_again()
                parts.start(workers)
            parts.tend()
            time.sleep(0.3)
        raise KeyboardInterrupt
    finally:
        parts.stop()


class _Watch:
    """Starts the embedded database again when it was killed; leaves the company's own alone."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.folder = None if environment.read("DATABASE_URL") else environment.data_folder() / "postgres"
        self.falls: list[float] = []

    def is_gone(self) -> bool:
        return self.folder is not None and not postgres.is_alive(self.folder)

    def start_again(self) -> None:
        """Raises ClickException when that is in vain."""
        from django.db import connections

        from jinzita.kernel import outbox

        assert self.folder is not None
        now = time.monotonic()
        self.falls = [fall for fall in self.falls if fall > now - FALLS_WITHIN_SECONDS] + [now]
        log = self.folder / "server.log"
        if len(self.falls) > MOST_FALLS:
            raise click.ClickException(f"The database ends again and again; {log} says why.")
        self.console.print("The database ended without being asked to; it is started again …")
        _not_now.set()
        try:
            postgres.start_again(self.folder)
        except postgres.PostgresFailed as error:
            raise click.ClickException(f"The database cannot be started again: {error} ({log})") from None
        finally:
            _not_now.clear()
        taken_up = outbox.take_up_everything()
        connections.close_all()
        self.console.print(f"The database is back; {taken_up} interrupted jobs go on.")


def _web(host: str, port: int, reload: bool) -> subprocess.Popen[bytes]:
    arguments = ["--host", host, "--port", str(port), "--no-access-log", "--log-level", "warning"]
    arguments += ["--timeout-graceful-shutdown", "2", "--lifespan", "off"]
    if reload:
        arguments += ["--reload", "--reload-dir", str(Path(__file__).parents[1])]
    return start_module("uvicorn", "jinzita.asgi:application", *arguments)


def _worker(queue: str, concurrency: int) -> subprocess.Popen[bytes]:
    return start_module(
        "django", "procrastinate", "worker", "--queues", queue, "--name", queue.split(",")[0],
        "--concurrency", str(concurrency), "--delete-jobs", "successful", "--shutdown-graceful-timeout", "5",
    )  # fmt: skip


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used ({error.strerror}). Set PORT to another one."
            ) from None


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    # Python drops what is raised while something is being cleared away; then the loop still sees this.
    _ending.set()
    if not _not_now.is_set():
        raise KeyboardInterrupt
