"""Many customers at once: a bulk edit, its undo, the export of all; against plain SQL on the same rows."""

from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench.company import SOURCE
from bench.figures import Figure, peak_mb, seconds_of
from bench.installation import Session, database, server
from bench.parts.browse import prepare
from bench.room import Room
from jinzita.kernel import postgres

MANY = 100_000
PLAIN = (
    "UPDATE customers_customer SET tags = %s, version = version + 1, updated_at = now() WHERE id = ANY(%s)"
)


def measure(room: Room) -> list[Figure]:
    with database(room) as password:
        prepare(room)
        address = postgres.embedded_address(room.data / "postgres").url
        with psycopg.connect(address, autocommit=True) as line:
            figures = _bulk(line, max(1_000, int(MANY * min(1.0, room.scale))))
            with server(room) as port:
                figures += _exports(Session(port, "admin", password), line, room)
    return figures


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
        Figure("many", f"a tag for {many:,} customers", did, "one UPDATE", floor, peak_mb=peak_mb()),
        Figure("many", "the undo of it", undid, "one UPDATE", back, peak_mb=peak_mb()),
    ]


def _exports(session: Session, line: psycopg.Connection, room: Room) -> list[Figure]:
    floor = seconds_of(lambda: _copy_out(line, room.folder / "floor.csv"))
    return [
        Figure("many", f"all customers as {form}",
               seconds_of(lambda: session.fetch("/customers/export", format=form)),  # noqa: B023
               "COPY TO a CSV file", floor)
        for form in ("csv", "parquet", "xlsx")
    ]  # fmt: skip


def _copy_out(line: psycopg.Connection, path: Path) -> None:
    rows = "SELECT * FROM customers_customer c JOIN customers_standing s ON s.customer_id = c.id"
    with path.open("wb") as file, line.cursor().copy(f"COPY ({rows}) TO STDOUT CSV") as copy:
        for chunk in copy:
            file.write(chunk)
