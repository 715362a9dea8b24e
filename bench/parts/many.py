"""Many customers at once: a bulk edit and its undo, against plain SQL on the same rows."""

from datetime import UTC, datetime

import psycopg

from bench.company import SOURCE
from bench.figures import Figure, peak_mb, seconds_of
from bench.installation import database
from bench.parts.browse import prepare
from bench.room import Room
from jinzita.kernel import postgres

MANY = 100_000
MOST_RATIO = 3
PLAIN = (
    "UPDATE customers_customer SET tags = %s, version = version + 1, updated_at = now() WHERE id = ANY(%s)"
)


def measure(room: Room) -> list[Figure]:
    with database(room):
        prepare(room)
        address = postgres.embedded_address(room.data / "postgres").url
        with psycopg.connect(address, autocommit=True) as line:
            return _bulk(line, max(1_000, int(MANY * min(1.0, room.scale))))


def _bulk(line: psycopg.Connection, many: int) -> list[Figure]:
    """A tag for many by the job itself, and its undo; the floor is one UPDATE of the same rows."""
    from jinzita.customers import services
    from jinzita.kernel.access import system

    by, now = system("bench"), datetime.now(UTC)
    found = line.execute(
        "SELECT id FROM customers_customer WHERE source = %s ORDER BY id LIMIT %s", [SOURCE, many]
    )
    ids = [one for (one,) in found]
    floor = seconds_of(lambda: line.execute(PLAIN, [["bench"], ids]))
    wanted = {"filter": {"all": [{"field": "tags", "op": "has", "value": "bench"}]}, "expected": len(ids)}
    job = services.request_bulk(by=by, action="tag", selection=wanted, tags=["second"])
    (bulk_id,) = line.execute("SELECT id FROM customers_bulkaction WHERE job_id = %s", [job.pk]).fetchone()
    did = seconds_of(lambda: services.run_bulk(bulk_id, now=now))
    (change_set, changed) = line.execute(
        "SELECT change_set_id, changed FROM customers_bulkaction WHERE id = %s", [bulk_id]
    ).fetchone()
    services.request_undo(by=by, change_set_id=change_set, now=now)
    undid = seconds_of(lambda: services.run_undo(change_set))
    (left,) = line.execute("SELECT count(*) FROM customers_customer WHERE 'second' = ANY(tags)").fetchone()
    if (changed, left) != (len(ids), 0):
        raise RuntimeError(f"of {len(ids)} customers {changed} were changed, {left} not changed back")
    back = seconds_of(lambda: line.execute(PLAIN, [[], ids]))
    return [
        Figure(
            "many", f"a tag for {many:,} customers", did, "one UPDATE", floor, *_target(did, floor), peak_mb()
        ),
        Figure("many", "the undo of it", undid, "one UPDATE", back, *_target(undid, back), peak_mb()),
    ]


def _target(seconds: float, floor: float) -> tuple[str, bool]:
    return f"≤ {MOST_RATIO}×", seconds <= MOST_RATIO * floor
