"""A list of everybody put in groups, over HTTP, against the bare GROUP BY in PostgreSQL."""

import psycopg

from bench.figures import Figure, middle, seconds_of
from bench.installation import Session, database, server
from bench.parts.browse import prepare, score_everybody
from bench.room import Room
from jinzita.kernel import postgres

REQUESTS = 7
FLOOR = "one GROUP BY of the grades in PostgreSQL"
BARE = (
    "SELECT s.grade, count(*) FROM customers_customer c JOIN customers_standing s ON s.customer_id = c.id"
    " WHERE c.trashed_at IS NULL AND c.merged_into_id IS NULL GROUP BY s.grade"
)
BY = ("grade", "owner", "kind", "stage", "tags", "team", "attributes.region")


def measure(room: Room) -> list[Figure]:
    with database(room) as password:
        prepare(room)
        with server(room) as port:
            session = Session(port, "admin", password)
            score_everybody(session)
            times = {by: _middle_of(session, by) for by in BY}
        address = postgres.embedded_address(room.data / "postgres").url
        with psycopg.connect(address) as line:
            floor = middle([seconds_of(lambda: line.execute(BARE).fetchall()) for _ in range(REQUESTS)])
    return [
        Figure("groups", f"everybody in groups by {by}", taken, FLOOR, floor) for by, taken in times.items()
    ]


def _middle_of(session: Session, by: str) -> float:
    session.fetch("/customers/groups", by=by)
    return middle([seconds_of(lambda: session.fetch("/customers/groups", by=by)) for _ in range(REQUESTS)])
