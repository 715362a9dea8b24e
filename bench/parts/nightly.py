"""What the night does to every customer: quality, stages, the pool, duties; against one pass of plain SQL."""

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


# As the ranks of a carrier are: few are owed much. Given by number where nobody was graded yet.
GRADED = (
    "UPDATE customers_standing SET grade = CASE WHEN customer_id % 100 < 2 THEN 'vip'"
    " WHEN customer_id % 100 < 10 THEN 'important' WHEN customer_id % 100 < 40 THEN 'ordinary'"
    " ELSE 'small' END"
    " WHERE NOT EXISTS (SELECT FROM customers_standing WHERE grade <> 'prospect')"
)


def measure(room: Room) -> list[Figure]:
    with database(room):
        prepare(room)
        address = postgres.embedded_address(room.data / "postgres").url
        with psycopg.connect(address, autocommit=True) as line:
            line.execute(GRADED)
            line.execute("VACUUM ANALYZE customers_standing")
            floor = seconds_of(lambda: line.execute(READ_ONCE))
        return [
            Figure("nightly", name, seconds, FLOOR, floor, peak_mb=peak_mb()) for name, seconds in _nights()
        ]


def _nights() -> list[tuple[str, float]]:
    from jinzita.assignment.models import PoolRule
    from jinzita.assignment.services import falling
    from jinzita.customers.services import lifecycle
    from jinzita.kernel import jobs
    from jinzita.kernel.access import system
    from jinzita.quality.services import scores
    from jinzita.treatment import services as treatment
    from jinzita.treatment.fields import Rules, Terms
    from jinzita.value.models import ValueModel

    by, now = system("bench"), datetime.now(UTC)
    today = now.date()

    def rate() -> None:
        job = jobs.begin(kind="quality", by=by)
        done = scores.rate_all(by=by, job_id=job.pk, now=now, today=today)
        if done.state != "done":
            raise RuntimeError(f"scoring the records ended as {done.state}: {done.error}")

    owed = Rules(grades={
        "vip": Terms(visit_days=180, contact_days=90), "important": Terms(contact_days=120),
        "ordinary": Terms(contact_days=180),
    })  # fmt: skip
    model = ValueModel.objects.get(code="general")
    treatment.publish_ready(by=by, model_id=model.pk, rules=owed, now=now)

    def settle() -> None:
        treatment.settle_all(by=by, now=now, quiet=True)

    if not PoolRule.objects.exists():
        PoolRule.objects.create(grade="small", quiet_days=720)
    return [
        ("quality of every record, the first time", seconds_of(rate)),
        ("the same a night later", seconds_of(rate)),
        ("stages of life by the rules",
         seconds_of(lambda: lifecycle.follow_rules(customer_ids=None, now=now, today=today))),
        ("the pool: who is warned", seconds_of(lambda: falling.look(by=by, today=today))),
        ("the pool: who falls back",
         seconds_of(lambda: falling.fall_back(by=by, today=today))),
        ("duties to two fifths of them, the first time", seconds_of(settle)),
        ("the same a night later", seconds_of(settle)),
    ]  # fmt: skip
