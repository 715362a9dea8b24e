"""All customers compared with all: the job itself, beside splink alone on the same rows."""

from bench.figures import Figure
from bench.installation import database
from bench.parts.browse import prepare
from bench.parts.duplicates import all_pairs
from bench.room import Room


def measure(room: Room) -> list[Figure]:
    with database(room):
        prepare(room)
        return all_pairs(None)
