"""The bench compares like with like: engine, pandas and SQL compute the same values."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection as django_connection

from bench import agree, with_pandas, with_postgres
from bench.parts.engine import engine_values
from bench.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path, scale=0.0005)


@pytest.fixture
def postgres(transactional_db) -> Iterator[psycopg.Connection]:
    wanted = ("host", "port", "user", "password", "dbname")
    parameters = {k: v for k, v in django_connection.get_connection_params().items() if k in wanted}
    with psycopg.connect(**parameters) as connection:
        yield connection
        connection.rollback()
        connection.execute("DROP SCHEMA IF EXISTS bench CASCADE")


def test_the_three_agree_on_every_indicator(room: Room, postgres: psycopg.Connection):
    engine = engine_values(room)
    assert engine.notna().any().all()  # no indicator is empty, so each is really compared

    agree.check(engine, with_pandas.indicators(room.files()), ("engine", "pandas"))

    with_postgres.load(postgres, room.files())
    with_postgres.compute(postgres)
    agree.check(engine, with_postgres.indicators(postgres), ("engine", "PostgreSQL"))


def test_a_difference_is_named(room: Room):
    left = with_pandas.indicators(room.files())
    right = left.copy()
    right.loc[right.index[3], "profit"] += 0.01
    with pytest.raises(agree.Disagreement, match=r"profit: .* for customer 4 \(1 customers differ\)"):
        agree.check(left, right, ("left", "right"))
