"""A web server that keeps what is posted to it and answers as it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Call:
    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Listener:
    """`answers` are (status, body), one used up by each call; afterwards `usual`."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)
    usual: tuple[int, str] = (200, '{"errcode": 0}')
    headers: dict[str, str] = field(default_factory=dict)


@contextmanager
def http_server() -> Iterator[Listener]:
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            listener.calls.append(Call(self.path, dict(self.headers.items()), body, time.time()))
            status, text = listener.answers.pop(0) if listener.answers else listener.usual
            self.send_response(status)
            for name, value in listener.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
