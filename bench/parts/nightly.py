"""What the night does to every customer: quality, stages of life, the pool; against one pass of plain SQL."""

from datetime import UTC, datetime

import psycopg

from bench.figures import Figure, peak_mb, seconds_of
from bench.installation import database
from bench.parts.browse import prepare
from bench.room import Room
from jinzita.kernel import postgres

FLOOR = "one GROUP BY over customers joined with transactions and interactions"
READ_ONCE = (
    "SELECT count(*) FROM (SELECT c.id, max(t.occurred_at), max(i.occurred_at) FROM customers_customer c"
    " LEFT JOIN agreements_transaction t ON t.customer_id = c.id"
    " LEFT JOIN activities_interaction i ON i.customer_id = c.id GROUP BY c.id) found"
)


def measure(room: Room) -> list[Figure]:
    with database(room):
        prepare(room)
        address = postgres.embedded_address(room.data / "postgres").url
        with psycopg.connect(address, autocommit=True) as line:
            floor = seconds_of(lambda: line.execute(READ_ONCE))
        return [
            Figure("nightly", name, seconds, FLOOR, floor, peak_mb=peak_mb()) for name, seconds in _nights()
        ]


def _nights() -> list[tuple[str, float]]:
    from jinzita.customers.models import Grade, PoolRule
    from jinzita.customers.services import falling, lifecycle
    from jinzita.kernel import jobs
    from jinzita.kernel.access import system
    from jinzita.quality.services import scores

    by, now = system("bench"), datetime.now(UTC)
    today = now.date()

    def rate() -> None:
        job = jobs.begin(kind="quality", by=by)
        done = scores.rate_all(by=by, job_id=job.pk, now=now, today=today)
        if done.state != "done":
            raise RuntimeError(f"scoring the records ended as {done.state}: {done.error}")

    if not PoolRule.objects.exists():
        PoolRule.objects.create(grade=Grade.SMALL, quiet_days=720)
    return [
        ("quality of every record, the first time", seconds_of(rate)),
        ("the same a night later", seconds_of(rate)),
        ("stages of life by the rules",
         seconds_of(lambda: lifecycle.follow_rules(customer_ids=None, now=now, today=today))),
        ("the pool: who is warned", seconds_of(lambda: falling.look(by=by, today=today))),
        ("the pool: who falls back",
         seconds_of(lambda: falling.fall_back(by=by, today=today, now=now))),
    ]  # fmt: skip
