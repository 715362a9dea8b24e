"""What the night does to every customer: quality, stages, the pool, duties; against one pass of plain SQL."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg

from bench.figures import Figure, peak_mb, seconds_of
from bench.installation import database
from bench.parts.browse import prepare
from bench.room import Room
from jinzita.kernel import postgres

if TYPE_CHECKING:
    from jinzita.kernel.access import Viewer

FLOOR = "the last transaction and interaction of every customer, in one SELECT"
READ_ONCE = (
    "SELECT count(*) FROM customers_customer c"
    " LEFT JOIN (SELECT customer_id, max(occurred_at) FROM agreements_transaction GROUP BY 1) t"
    " ON t.customer_id = c.id"
    " LEFT JOIN (SELECT customer_id, max(occurred_at) FROM activities_interaction GROUP BY 1) i"
    " ON i.customer_id = c.id"
)


# As the ranks of a carrier are: few are owed much. Given by number where nobody was graded yet.
GRADED = (
    "UPDATE customers_standing SET grade = CASE WHEN customer_id % 100 < 2 THEN 'vip'"
    " WHEN customer_id % 100 < 10 THEN 'important' WHEN customer_id % 100 < 40 THEN 'ordinary'"
    " ELSE 'small' END"
    " WHERE NOT EXISTS (SELECT FROM customers_standing WHERE grade <> 'prospect')"
)
# Whom a customer belongs to has a beginning, from which the pool counts; the company is made without.
OWNED = (
    "INSERT INTO customers_ownership (customer_id, owner_id, department_id, since, reason)"
    " SELECT c.id, c.owner_id, c.department_id, now() - interval '5 years', 'imported'"
    " FROM customers_customer c WHERE c.owner_id IS NOT NULL AND NOT EXISTS"
    " (SELECT FROM customers_ownership o WHERE o.customer_id = c.id AND o.until IS NULL)"
)
# In a room that is kept, those given back by the run before are protected from falling again.
OF_OLD = "UPDATE customers_ownership SET since = now() - interval '5 years' WHERE reason = 'taken_back'"


def measure(room: Room) -> list[Figure]:
    with database(room):
        prepare(room)
        address = postgres.embedded_address(room.data / "postgres").url
        with psycopg.connect(address, autocommit=True) as line:
            line.execute(GRADED)
            line.execute(OWNED)
            line.execute(OF_OLD)
            line.execute("VACUUM ANALYZE customers_standing, customers_ownership")
            floor = seconds_of(lambda: line.execute(READ_ONCE))
        return [
            Figure("nightly", name, seconds, FLOOR, floor, peak_mb=peak_mb()) for name, seconds in _nights()
        ]


def _nights() -> list[tuple[str, float]]:
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

    return [
        ("quality of every record, the first time", seconds_of(rate)),
        ("the same a night later", seconds_of(rate)),
        ("stages of life by the rules",
         seconds_of(lambda: lifecycle.follow_rules(customer_ids=None, now=now, today=today))),
        ("duties to two fifths of them, the first time", seconds_of(settle)),
        ("the same a night later", seconds_of(settle)),
        *_pool(by, now),
    ]  # fmt: skip


def _pool(by: "Viewer", now: datetime) -> list[tuple[str, float]]:
    """Those of the lowest grade whom nobody spoke with for two years: warned of, fallen back, given back."""
    from jinzita.assignment.models import PoolRule
    from jinzita.assignment.services import falling
    from jinzita.customers import services as customers
    from jinzita.kernel.models import ChangeSet

    if not PoolRule.objects.exists():
        PoolRule.objects.create(grade="small", quiet_days=720, warn_days=7)
    today, counted = now.date(), dict[str, int]()

    def warn() -> None:
        counted["warned"] = falling.look(by=by, today=today)

    def fall() -> None:
        counted["fallen"] = falling.fall_back(by=by, today=today + timedelta(days=7))
        if not counted["fallen"]:
            raise RuntimeError("nobody fell back to the pool: nothing was measured")

    def give_back() -> None:
        done = ChangeSet.objects.filter(kind=falling.KIND).latest("pk")
        customers.request_undo(by=by, change_set_id=done.pk, now=now)
        customers.run_undo(done.pk)

    warned, fallen, back = seconds_of(warn), seconds_of(fall), seconds_of(give_back)
    return [
        (f"the pool: {counted['warned']:,} are warned of", warned),
        (f"the pool: {counted['fallen']:,} fall back", fallen),
        ("the undo of it", back),
    ]
