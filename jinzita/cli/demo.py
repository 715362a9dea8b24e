"""`jinzita demo`: load, remove or look at the demo data."""

from datetime import datetime, timedelta

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from jinzita.cli.database import ready, running_database

PARTS = ("carrier", "retail")
EARLIER = timedelta(days=92)
FIRST_NIGHT = (
    "customers.follow_all_stage_rules", "quality.rate_all", "quality.find_duplicates", "quality.weekly",
)  # fmt: skip


@click.group(name="demo")
def command() -> None:
    """Demo data, beside the company's own: a generated carrier and a real online shop."""


@command.command()
@click.argument("part", type=click.Choice([*PARTS, "all"]), default="all")
def load(part: str) -> None:
    """Load a part, or complete one that was loaded in part; the next start of the worker scores it."""
    with running_database():
        ready()
        _load(Console(), PARTS if part == "all" else (part,), announce=True)


@command.command()
@click.argument("part", type=click.Choice([*PARTS, "all"]), default="all")
def remove(part: str) -> None:
    """Remove a part with everything entered for its customers."""
    with running_database():
        ready()
        from jinzita.integration.services import demo
        from jinzita.kernel.access import system

        for one in PARTS if part == "all" else (part,):
            count = demo.remove_part(by=system("command line"), code=one)
            click.echo(f"{one}: {count:,} customers removed")


@command.command()
def status() -> None:
    """Say which parts are loaded."""
    with running_database():
        ready()
        from jinzita.integration.services import demo
        from jinzita.kernel.access import system

        table = Table("part", "", "customers", "licence of the data")
        for part in demo.parts(system("command line")):
            state = "loaded" if part["installed"] else "not loaded"
            table.add_row(part["code"], state, f"{part['customers']:,}", part["licence"])
        Console().print(table)


def load_and_score(console: Console) -> None:
    """Load both parts and score every value model, in this process; for the first start.

    The carrier is scored as of three months ago first, so that there are movements to see from the beginning.
    What a night would find out of the customers, a worker finds out at once.
    """
    _load(console, PARTS, announce=False)
    from django.conf import settings

    from jinzita.cli.runs import score

    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    score(Console(quiet=True), code="carrier", as_of=today - EARLIER)
    score(console)
    from jinzita.integration.services import demo
    from jinzita.kernel import outbox
    from jinzita.kernel.access import system

    demo.rehearse_duties(by=system("command line"), today=today)
    demo.begin_rules(by=system("command line"))
    demo.begin_pool(by=system("command line"), today=today)
    for task in FIRST_NIGHT:
        outbox.defer(task, queue="long", once=task)


def _load(console: Console, parts: tuple[str, ...], *, announce: bool) -> None:
    from django.conf import settings

    from jinzita.integration.services import demo
    from jinzita.kernel.access import system

    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    columns = (
        TextColumn("Loading the demo: {task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        for part in parts:
            task = bar.add_task(part, total=None)

            def progress(
                done: int, total: int | None = None, message: str | None = None, *, of: object = task
            ) -> None:
                bar.update(of, completed=done, total=total)  # type: ignore[arg-type]

            demo.load_part(
                by=system("command line"), code=part, today=today, progress=progress, announce=announce
            )
            bar.update(task, completed=1, total=1)
