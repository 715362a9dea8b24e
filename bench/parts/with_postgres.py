"""The same indicators in PostgreSQL's SQL, for comparison; and that the engine's values are the same."""

import psycopg

from bench import agree, with_postgres
from bench.figures import Figure, in_turns, middle
from bench.parts.engine import FLOOR, engine_values, group_by
from bench.room import Room
from jinzita.kernel import postgres


def measure(room: Room) -> list[Figure]:
    files = room.files()
    folder = room.folder / "postgres-for-sql"
    postgres.start(folder)
    try:
        with psycopg.connect(postgres.embedded_address(folder).url) as connection:
            with_postgres.load(connection, files)
            floor, whole = in_turns(
                lambda: group_by(files["transactions"]),
                lambda: with_postgres.compute(connection),
                rounds=3 if room.scale <= 0.2 else 1,
            )
            found = with_postgres.indicators(connection)
    finally:
        postgres.stop(folder)
    agree.check(engine_values(room), found, ("engine", "PostgreSQL"))
    return [
        Figure("engine", "the indicators in PostgreSQL SQL", middle(whole), FLOOR, middle(floor),
               note="same values; loading not counted")
    ]  # fmt: skip
