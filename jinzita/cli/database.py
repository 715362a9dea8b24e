"""The embedded database, for commands: running while they work."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from jinzita.kernel import postgres
from jinzita.settings import environment


@contextmanager
def running_database() -> Iterator[None]:
    """The database is up inside; one that this call started is stopped at the end.

    Nothing is done when DATABASE_URL names the company's own.
    """
    folder = environment.data_folder() / "postgres"
    started = not environment.read("DATABASE_URL") and postgres.start(folder)
    try:
        yield
    finally:
        if started:
            postgres.stop(folder)


def ready() -> None:
    """Make Django ready in this process."""
    import django

    django.setup()


@click.group(name="database")
def command() -> None:
    """The embedded PostgreSQL of the data folder."""


@command.command()
def start() -> None:
    """Start it and leave it running."""
    fresh = postgres.start(environment.data_folder() / "postgres")
    click.echo("started" if fresh else "already running")


@command.command()
def stop() -> None:
    """Stop it."""
    postgres.stop(environment.data_folder() / "postgres")
    click.echo("stopped")


@command.command()
def url() -> None:
    """Print its connection string, password included, for psql and other tools."""
    click.echo(postgres.embedded_address(environment.data_folder() / "postgres").url)
