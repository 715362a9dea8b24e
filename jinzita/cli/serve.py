"""`jinzita serve`: one command that runs the database, the web application and the workers."""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click
from rich.console import Console

from jinzita.cli.database import ready, running_database
from jinzita.cli.setup import prepare
from jinzita.settings import environment

STOP_SECONDS = 10
PATIENCE_SECONDS = 20
# Live re-scoring has a worker of its own, so that a full run never delays it.
# Requests to other systems mostly wait: they share a worker with the rest, which has more places for it.
WORKERS = {"live": 4, "long": 1, "default,outgoing": 6}


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

    connections.close_all()
    children = [_web(host, port, reload), *(_worker(queue, size) for queue, size in WORKERS.items())]
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1"} else host  # noqa: S104
    console.print(f"Jinzita is at [bold]http://{shown}:{port}[/]  (Ctrl-C stops it; user: admin)")
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        raise click.ClickException("A part of the application ended by itself; see the lines above.")
    finally:
        _stop(children)


def _web(host: str, port: int, reload: bool) -> subprocess.Popen[bytes]:
    arguments = ["--host", host, "--port", str(port), "--no-access-log", "--log-level", "warning"]
    arguments += ["--timeout-graceful-shutdown", "2", "--lifespan", "off"]
    if reload:
        arguments += ["--reload", "--reload-dir", str(Path(__file__).parents[1])]
    return _start("uvicorn", "jinzita.asgi:application", *arguments)


def _worker(queue: str, concurrency: int) -> subprocess.Popen[bytes]:
    return _start(
        "django", "procrastinate", "worker", "--queues", queue, "--name", queue.split(",")[0],
        "--concurrency", str(concurrency), "--delete-jobs", "successful", "--shutdown-graceful-timeout", "5",
    )  # fmt: skip


def _start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches only us, and we stop the parts in order.
    # What the parts have to say they log to standard error; their greetings are of no use.
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


def _die_with_parent() -> None:
    """Ask the kernel to end this child should its parent be killed (Linux; elsewhere nothing happens)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


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
    raise KeyboardInterrupt
