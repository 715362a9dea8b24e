"""One re-score: the computation, and from the API's answer to the new score committed, against one INSERT."""

import random
import time
import uuid
from datetime import UTC, datetime

import psycopg

from bench.company import SOURCE
from bench.figures import Figure, middle, p95, seconds_of
from bench.installation import Session, database, server
from bench.parts.browse import prepare, score_everybody
from bench.room import Room
from jinzita.kernel import postgres

ROUNDS = 100
GIVE_UP_SECONDS = 20.0
FLOOR = "one committed INSERT"


def measure(room: Room) -> list[Figure]:
    with database(room) as password:
        prepare(room)
        address = postgres.embedded_address(room.data / "postgres").url
        with server(room) as port, psycopg.connect(address, autocommit=True) as line:
            session = Session(port, "admin", password)
            run_id = score_everybody(session)
            times = _measure(session, line, run_id, _some_customers(line))
    floor = middle(times["insert"])
    slow = lambda name, limit: (f"p95 < {limit * 1000:.0f} ms", p95(times[name]) < limit)  # noqa: E731
    return [
        Figure("rescore", "the computation, p95", p95(times["compute"]), FLOOR, floor,
               *slow("compute", 0.05)),
        Figure("rescore", "reading the customer's facts, p95", p95(times["read"]), FLOOR, floor),
        Figure("rescore", "POST /transactions to its answer, p95", p95(times["answer"]), FLOOR, floor),
        Figure("rescore", "from the answer to the new score, p50", middle(times["score"]), FLOOR, floor),
        Figure("rescore", "from the answer to the new score, p95", p95(times["score"]), FLOOR, floor,
               *slow("score", 1.0)),
    ]  # fmt: skip


def _some_customers(line: psycopg.Connection) -> list[int]:
    ids = [one for (one,) in line.execute("SELECT id FROM customers_customer WHERE source = %s", [SOURCE])]
    return random.Random(11).sample(ids, ROUNDS + 5)


def _measure(
    session: Session, line: psycopg.Connection, run_id: int, customers: list[int]
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in ("insert", "read", "compute", "answer", "score")}
    for customer in customers:
        times["insert"].append(seconds_of(lambda: _insert(line, customer)))  # noqa: B023
        read, compute = _computation(run_id, customer)
        answer, score = _through_everything(session, line, customer)
        for name, seconds in (("read", read), ("compute", compute), ("answer", answer), ("score", score)):
            times[name].append(seconds)
    return {name: taken[5:] for name, taken in times.items()}  # the first ones prepare statements


def _insert(line: psycopg.Connection, customer: int) -> None:
    line.execute(
        "INSERT INTO agreements_transaction"
        " (source, source_key, customer_id, occurred_at, kind, amount, note, created_at, updated_at)"
        " VALUES ('bench-floor', %s, %s, now(), 'sale', 100, '', now(), now())",
        [uuid.uuid4().hex, customer],
    )


def _computation(run_id: int, customer: int) -> tuple[float, float]:
    """Seconds to read the customer's facts and to score them, as the worker does it."""
    from django.conf import settings

    from jinzita.analytics.single import score_one
    from jinzita.value.selectors.engine import facts_of_customer
    from jinzita.value.selectors.runs import learned

    basis = learned(run_id)
    start = time.perf_counter()
    facts = facts_of_customer(customer)
    read = time.perf_counter()
    score_one(facts, basis.model, basis.fitted, as_of=basis.as_of, time_zone=settings.COMPANY_TIME_ZONE.key)
    return read - start, time.perf_counter() - read


def _through_everything(session: Session, line: psycopg.Connection, customer: int) -> tuple[float, float]:
    """Seconds to the API's answer, and from there until the worker's new score can be read."""
    when = "SELECT max(scored_at) FROM value_customerscore WHERE customer_id = %s"
    before = line.execute(when, [customer]).fetchone()
    now = datetime.now(UTC).isoformat()
    body = {"customer_id": customer, "occurred_at": now, "kind": "sale", "amount": "123.45"}
    start = time.perf_counter()
    session.post("/transactions", body, **{"Idempotency-Key": uuid.uuid4().hex})
    answered = time.perf_counter()
    while line.execute(when, [customer]).fetchone() == before:
        if time.perf_counter() - answered > GIVE_UP_SECONDS:
            raise RuntimeError(f"customer {customer} was not re-scored within {GIVE_UP_SECONDS:.0f} s")
        time.sleep(0.002)
    return answered - start, time.perf_counter() - answered
