"""From a committed change to its delivery to another system, against one bare HTTP request to the same."""

import json
import os
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from threading import Thread

from bench.figures import Figure, middle, p95, seconds_of
from bench.installation import Session, database, server
from bench.parts.browse import prepare
from bench.room import Room
from bench.table import shown

ROUNDS, TOGETHER = 100, 500
GIVE_UP_SECONDS, LIMIT = 60.0, 5.0
FLOOR = "one HTTP POST to the same receiver"
Arrivals = Queue[tuple[float, int]]


def measure(room: Room) -> list[Figure]:
    os.environ["JINZITA_WEBHOOK_ALLOW_PRIVATE"] = "1"  # the receiver listens on this machine
    with database(room) as password:
        prepare(room)
        with _receiver() as (address, arrivals), server(room) as port:
            session = Session(port, "admin", password)
            session.post("/webhooks", {"name": "bench", "url": address, "events": ["customer.created"]})
            alone, bare = [], []
            for number in range(ROUNDS + 5):
                bare.append(seconds_of(lambda: _plain_post(address, arrivals)))
                alone.append(_delivered(session, arrivals, number))
            together = _crowd(session, arrivals)
    alone, floor = alone[5:], p95(bare[5:])  # the first ones wake the worker
    target = f"p95 < {LIMIT:.0f} s"
    return [
        Figure("webhooks", "from commit to delivery, p95", p95(alone), FLOOR, floor, target,
               p95(alone) < LIMIT, note=f"p50 {shown(middle(alone))}"),
        Figure("webhooks", f"the same of {TOGETHER} changes without a pause, p95", p95(together), FLOOR,
               floor, target, p95(together) < LIMIT, note=f"p50 {shown(middle(together))}"),
    ]  # fmt: skip


def _delivered(session: Session, arrivals: Arrivals, number: int) -> float:
    """Seconds from the answer to a new customer, which is after its commit, to its delivery."""
    made = session.post("/customers", {"name": f"Webhook {number} {time.time_ns()}"})
    answered = time.perf_counter()
    at, customer = _next(arrivals)
    if customer != made["id"]:
        raise RuntimeError(f"customer {customer} was delivered, {made['id']} was expected")
    return max(0.0, at - answered)


def _crowd(session: Session, arrivals: Arrivals) -> list[float]:
    answered: dict[int, float] = {}
    for number in range(TOGETHER):
        made = session.post("/customers", {"name": f"Crowd {number} {time.time_ns()}"})
        answered[made["id"]] = time.perf_counter()
    taken = []
    for _ in range(TOGETHER):
        at, customer = _next(arrivals)
        taken.append(max(0.0, at - answered[customer]))
    return taken


def _next(arrivals: Arrivals) -> tuple[float, int]:
    try:
        return arrivals.get(timeout=GIVE_UP_SECONDS)
    except Empty:
        raise RuntimeError(f"nothing was delivered within {GIVE_UP_SECONDS:.0f} s") from None


def _plain_post(address: str, arrivals: Arrivals) -> None:
    body = json.dumps({"data": {"customer_ids": [0]}}).encode()
    with urllib.request.urlopen(urllib.request.Request(address, body), timeout=10) as answer:
        answer.read()
    arrivals.get(timeout=10)


@contextmanager
def _receiver() -> Iterator[tuple[str, Arrivals]]:
    """Another system on this machine, and when which customer came to it."""
    arrivals: Arrivals = Queue()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            at = time.perf_counter()
            for customer in json.loads(body)["data"]["customer_ids"]:
                arrivals.put((at, customer))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    Thread(target=listening.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}/", arrivals
    finally:
        listening.shutdown()
        listening.server_close()
