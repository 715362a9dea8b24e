"""`jinzita run`: score all customers of a value model now, and draw their pyramid."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from jinzita.cli.database import ready, running_database
from jinzita.cli.language import language_of

STEPS = {
    "lake": "bringing the facts to the lake", "values": "computing the indicators",
    "scales": "fitting the scales",
    "scores": "scoring", "summary": "drawing the pyramid", "results": "writing the scores",
    "in_force": "putting the scores in force",
}  # fmt: skip


@click.command(name="run")
@click.option(
    "--model", "code", metavar="CODE", help="Value model [default: every model that has customers]."
)
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day of the scores [default: as the model says]."
)
@click.option("--language", type=click.Choice(["en", "zh"]), help="Language [default: by LANG].")
def command(code: str | None, as_of: datetime | None, language: str | None) -> None:
    """Score all customers of a value model now."""
    with running_database():
        ready()
        from jinzita.kernel.errors import JinzitaError

        try:
            made = score(Console(), code=code, as_of=as_of.date() if as_of else None, language=language)
        except JinzitaError as error:
            raise click.ClickException(error.message) from None
    if any(one.state != "done" for one in made):
        raise SystemExit(1)


def score(
    console: Console, *, code: str | None = None, as_of: date | None = None, language: str | None = None
) -> list[Any]:
    """Run the model of this code, or every model that has customers, here; print each pyramid."""
    from django.conf import settings

    from jinzita.kernel.access import system
    from jinzita.value import services
    from jinzita.value.selectors.models import value_models

    by = system("command line")
    services.install_default_models(by=by)
    today = datetime.now(settings.COMPANY_TIME_ZONE).date()
    models = value_models(by)
    chosen = services.with_customers(models) if code is None else [one for one in models if one.code == code]
    if not chosen:
        known = ", ".join(one.code for one in models)
        raise click.ClickException(
            "There are no customers yet. Import some, or load the demo with “jinzita demo load all”."
            if code is None
            else f"There is no value model {code}; there are {known}."
        )
    made = []
    for model in chosen:
        one = services.start_run(by=by, model_id=model.pk, today=today, as_of=as_of, here=True)
        with _progress(console) as watch:
            one = services.perform_run(one.pk, today=today, watch=watch)
        _print(console, one, language_of(language))
        made.append(one)
    return made


@contextmanager
def _progress(console: Console) -> Iterator[Any]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=1.0)

        def watch(share: float, step: str) -> None:
            bar.update(task, completed=share, description=STEPS.get(step, step))

        yield watch


def _print(console: Console, one: Any, language: str) -> None:
    from jinzita.analytics.report.terminal import draw
    from jinzita.analytics.summary import GradeRow, Pareto, Pyramid
    from jinzita.value.schemas.references import model_ref

    name = model_ref(one.model).name[language]
    if one.state != "done":
        console.print(f"[red]{name}: the run ended as {one.state}.[/] {one.error}")
        return
    console.print(
        f"\n[bold]{name}[/]  as of {one.as_of}, version {one.version.number},"
        f" {one.counts['scored']:,} customers, "
        f"{one.counts['prospects']:,} prospects, {one.seconds['run']:.1f} s"
        + ("" if one.in_force else "  (an earlier day: only looked at)")
    )
    figures = one.summary["pyramid"]
    tiers = tuple(GradeRow(**row) for row in figures["grades"])
    draw(console, Pyramid(**{**figures, "grades": tiers, "pareto": Pareto(**figures["pareto"])}), language)
