"""An installation of its own for the bench: embedded database, `jinzita serve`, a session over HTTP."""

import http.client
import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bench.room import Room
from jinzita.kernel import postgres

API = "/api/v1"
START_SECONDS = 120
# The server closes a connection that was idle for five seconds.
KEPT_SECONDS = 3


@contextmanager
def database(room: Room) -> Iterator[str]:
    """The embedded database of the room, migrated, Django ready; gives the administrator's password."""
    postgres.start(room.data / "postgres")
    try:
        from rich.console import Console

        from jinzita.cli.database import ready
        from jinzita.cli.setup import prepare

        ready()
        prepare(Console(file=io.StringIO()))
        from jinzita.kernel.access import system
        from jinzita.people.services import recover_administrator
        from jinzita.value.services import install_default_models

        install_default_models(by=system("bench"))
        yield recover_administrator(by=system("bench"), username="admin")
    finally:
        from django.db import connections

        connections.close_all()
        postgres.stop(room.data / "postgres")


@contextmanager
def server(room: Room) -> Iterator[int]:
    """`jinzita serve` on a free port of this machine, with its workers; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with (room.folder / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jinzita.cli", "serve"],
            env={**os.environ, "PORT": str(port)}, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _wait_until_up(process, port, room)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def peak_of_web_mb(port: int) -> float | None:
    """The largest resident memory of the web application that listens there (Linux; elsewhere not known)."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            if b"uvicorn" in words and str(port).encode() in words:
                lines = (process / "status").read_text().splitlines()
                return int(next(one for one in lines if one.startswith("VmHWM:")).split()[1]) / 1024
        except (OSError, StopIteration):
            continue
    return None


def _wait_until_up(process: subprocess.Popen[bytes], port: int, room: Room) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"jinzita serve did not come up:\n{(room.folder / 'serve.log').read_text()}")


class Session:
    """A signed-in browser: cookies, one lasting connection per thread."""

    def __init__(self, port: int, username: str, password: str) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._lines = threading.local()
        self._send("GET", "/_allauth/browser/v1/config")
        body = {"username": username, "password": password}
        status, answer = self._send("POST", "/_allauth/browser/v1/auth/login", body)
        if status != 200:
            raise RuntimeError(f"could not sign in ({status}): {answer[:500]!r}")

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON answer of an endpoint of the API. Raises RuntimeError on any status but 200."""
        return json.loads(self.fetch(path, **parameters))

    def fetch(self, path: str, **parameters: Any) -> bytes:
        """The answer unread, as a timing wants it."""
        texts = {
            k: json.dumps(v) if isinstance(v, dict) else v for k, v in parameters.items() if v is not None
        }
        query = "?" + urlencode(texts, quote_via=quote) if texts else ""
        status, answer = self._send("GET", API + path + query)
        if status != 200:
            raise RuntimeError(f"GET {path}{query} answered {status}: {answer[:500]!r}")
        return answer

    def post(self, path: str, body: Mapping[str, Any], **headers: str) -> Any:
        """The JSON answer to a write. Raises RuntimeError on a status of 400 or more."""
        status, answer = self._send("POST", API + path, body, headers)
        if status >= 400:
            raise RuntimeError(f"POST {path} answered {status}: {answer[:500]!r}")
        return json.loads(answer)

    def _send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **(headers or {})}
        if body is not None:
            sent |= {"Content-Type": "application/json", "X-CSRFToken": self.cookies.get("csrftoken", "")}
        line = self._line()
        line.request(method, path, json.dumps(body) if body is not None else None, sent)
        answer = line.getresponse()
        content = answer.read()
        self._lines.used = time.monotonic()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, content

    def _line(self) -> http.client.HTTPConnection:
        if not hasattr(self._lines, "line"):
            self._lines.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        elif time.monotonic() - self._lines.used > KEPT_SECONDS:
            self._lines.line.close()  # opened again by the next request
        line: http.client.HTTPConnection = self._lines.line
        return line
