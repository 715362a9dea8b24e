"""`jinzita pyramid FILE …`: the value pyramid of any file of transactions; needs neither database nor
Django."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from jinzita.analytics import (
    DEFAULT_MODELS,
    AnalyticsError,
    DuckDBEngine,
    Facts,
    FullRun,
    Population,
    Pyramid,
    ValueModel,
    default_model,
    distributions,
    read_toml,
    score_all,
    summarise,
    write_toml,
)
from jinzita.analytics.ledger import Ledger, read_ledger
from jinzita.analytics.ledger.columns import Given
from jinzita.analytics.report.html import Report, render
from jinzita.analytics.report.terminal import draw
from jinzita.analytics.report.words import money, percent, whole, word
from jinzita.cli.language import language_of

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class _Asked:
    """What the command line asks for."""

    files: tuple[Path, ...]
    given: Given
    as_of: date | None
    model: ValueModel
    out: Path | None
    time_zone: str
    language: str


@click.command(name="pyramid")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--customer", metavar="COLUMN", help="Column of the customer.")
@click.option("--date", "moment", metavar="COLUMN", help="Column of the date.")
@click.option("--amount", metavar="COLUMN", help="Column of the amount, or a product: Quantity*UnitPrice.")
@click.option(
    "--transaction", metavar="COLUMN", help="Column of the order or invoice that lines are summed to."
)
@click.option("--cost", metavar="COLUMN", help="Column of the cost, or a product.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day of the scores [default: the last in the data]."
)
@click.option(
    "--model",
    metavar="FILE.toml",
    default="general",
    show_default=True,
    help=f"Value model: a file, or one of {', '.join(DEFAULT_MODELS)}.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for report.html, scores.csv, scores.parquet, model.toml (and bad-rows.csv).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines instead of the picture.")
@click.option("--language", type=click.Choice(["en", "zh"]), help="Language [default: by LANG].")
@click.option(
    "--time-zone",
    envvar="JINZITA_TIME_ZONE",
    default="Asia/Shanghai",
    show_default=True,
    help="Zone in which moments with a zone become days.",
)
@click.option("--quiet", is_flag=True, help="No progress.")
def command(
    files: tuple[Path, ...],
    customer: str | None,
    moment: str | None,
    amount: str | None,
    transaction: str | None,
    cost: str | None,
    as_of: datetime | None,
    model: str,
    out: Path | None,
    as_json: bool,
    language: str | None,
    time_zone: str,
    quiet: bool,
) -> None:
    """Score the customers of FILES (CSV, TSV, XLSX, Parquet) and draw their value pyramid.

    FILES hold transactions or their lines. Columns are found by their English or Chinese names, or given.
    Lines of one order are summed; an order below zero is a return. `transactions` counts orders, returns
    included.
    """
    try:
        asked = _Asked(
            files=files,
            given=Given(customer, moment, amount, transaction, cost),
            as_of=as_of.date() if as_of else None,
            model=_read_model(model),
            out=out,
            time_zone=time_zone,
            language=language_of(language),
        )
        with (
            tempfile.TemporaryDirectory(prefix="jinzita-") as folder,
            _progress(asked.language, quiet) as tell,
        ):
            ledger, run = _score(asked, Path(folder), tell)
            pyramid = summarise(run.result)
            if out:
                _write_folder(asked, ledger, run, pyramid)
        _print(asked, ledger, run, pyramid, as_json)
    except AnalyticsError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or ''}: {error.strerror or error}") from None


def _read_model(name: str) -> ValueModel:
    if name in DEFAULT_MODELS:
        model = default_model(name)
    else:
        path = Path(name)
        if not path.is_file():
            raise AnalyticsError(
                f"there is no such file, and no default model of that name ({', '.join(DEFAULT_MODELS)})",
                code="no_such_file", where=f"--model {name}",
            )  # fmt: skip
        try:
            model = read_toml(path.read_text("utf-8"))
        except UnicodeDecodeError:
            raise AnalyticsError("a model is a text in UTF-8", code="not_utf8", where=str(path)) from None
    return replace(model, population=Population())  # the files are the population


@contextmanager
def _progress(language: str, quiet: bool) -> Iterator[Tell]:
    """Progress on standard error while somebody watches; nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield lambda fraction, step: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(word("reading", language), total=1.0)

        def tell(fraction: float, step: str) -> None:
            scoring = step in ("values", "scales", "scores", "done")
            name = word("scoring", language) if scoring else f"{word('reading', language)} {step}"
            bar.update(task, completed=0.5 + fraction / 2 if scoring else fraction / 2, description=name)

        yield tell


def _score(asked: _Asked, workroom: Path, tell: Tell) -> tuple[Ledger, FullRun]:
    ledger = read_ledger(
        asked.files, asked.given, workroom=workroom, time_zone=asked.time_zone, as_of=asked.as_of,
        progress=tell,
    )  # fmt: skip
    engine = DuckDBEngine.over(ledger.connection)
    run = score_all(
        engine,
        Facts(transactions=engine.backend.table("transactions")),
        asked.model,
        as_of=asked.as_of or ledger.last,
        time_zone=asked.time_zone,
        out_dir=workroom / "run",
        progress=tell,
    )
    return ledger, run


def _left_out(ledger: Ledger, run: FullRun) -> dict[str, int]:
    return {
        "rows_without_customer": ledger.rows_without_customer,
        "bad_rows": ledger.bad_rows,
        "customers_without_sale": run.counts["prospects"],
    }


def _write_folder(asked: _Asked, ledger: Ledger, run: FullRun, pyramid: Pyramid) -> None:
    """Report, scores and model into the folder asked for; each file complete or not there."""
    assert asked.out is not None
    asked.out.mkdir(parents=True, exist_ok=True)
    report = Report(
        as_of=run.as_of,
        files=tuple(path.name for path in asked.files),
        model=asked.model,
        pyramid=pyramid,
        distributions=tuple(distributions(run.result, asked.model, run.fitted)),
        result=run.result,
        transactions=ledger.transactions,
        returns=ledger.returns,
        revenue=ledger.revenue,
        left_out=_left_out(ledger, run),
        indicators_left_out=run.fitted.left_out,
    )
    _put(asked.out / "report.html", lambda path: path.write_text(render(report, asked.language), "utf-8"))
    _put(asked.out / "model.toml", lambda path: path.write_text(write_toml(asked.model), "utf-8"))
    _put(asked.out / "scores.parquet", lambda path: shutil.copyfile(run.result, path))
    _put(asked.out / "scores.csv", lambda path: _write_csv(ledger, run.result, path))
    if ledger.bad_rows:
        _put(asked.out / "bad-rows.csv", ledger.write_bad_rows)


def _put(target: Path, write: Callable[[Path], Any]) -> None:
    aside = target.with_name(f".{target.name}.part")
    try:
        write(aside)
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)


def _write_csv(ledger: Ledger, result: Path, target: Path) -> None:
    source, goal = (str(path).replace("'", "''") for path in (result, target))
    ledger.connection.execute(
        f"COPY (FROM read_parquet('{source}') ORDER BY score DESC NULLS LAST, customer_id) "
        f"TO '{goal}' (FORMAT csv, HEADER true)"
    )


def _print(asked: _Asked, ledger: Ledger, run: FullRun, pyramid: Pyramid, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_document(asked, ledger, run, pyramid), ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    language = asked.language
    console.print(f"[bold]{word('title', language)}[/bold]  {word('as_of', language)} {run.as_of}")
    roles = ledger.roles[0]
    used = [
        roles.customer,
        roles.date,
        "*".join(part.lstrip("#") for part in roles.amount),
        roles.transaction,
    ]
    columns = ", ".join(name for name in used if name)
    console.print(f"{word('columns', language)}: {columns}", style="dim", markup=False)
    draw(console, pyramid, language)
    console.print()
    for line in _lines(ledger, run, pyramid, language):
        console.print(line, markup=False)
    if asked.out:
        console.print(f"{word('written', language)} {asked.out}", markup=False)


def _lines(ledger: Ledger, run: FullRun, pyramid: Pyramid, language: str) -> list[str]:
    pareto = pyramid.pareto
    lines = [
        word(
            "counts",
            language,
            customers=whole(pyramid.customers),
            transactions=whole(ledger.transactions),
            returns=whole(ledger.returns),
            revenue=money(ledger.revenue),
        ),
        word(
            "pareto_text",
            language,
            top=percent(pareto.top20_revenue_share),
            gini=f"{pareto.gini:.2f}",
        ),
    ]
    left_out = [word(key, language, n=whole(n)) for key, n in _left_out(ledger, run).items() if n]
    if left_out:
        colon = "：" if language == "zh" else ": "
        lines.append(word("left_out", language) + colon + " · ".join(left_out))
    return lines + list(ledger.notes)


def _document(asked: _Asked, ledger: Ledger, run: FullRun, pyramid: Pyramid) -> dict[str, Any]:
    """The answer for machines. Money to the cent; shares 0-1; `customers` are those in the grades."""
    pareto = pyramid.pareto
    return {
        "as_of": run.as_of.isoformat(),
        "customers": pyramid.customers,
        "transactions": ledger.transactions,
        "returns": ledger.returns,
        "revenue": round(ledger.revenue, 2),
        "model": asked.model.to_document(),
        "indicators_left_out": list(run.fitted.left_out),
        "grades": [
            {**asdict(row), "revenue": round(row.revenue, 2), "profit": row.profit and round(row.profit, 2)}
            for row in pyramid.grades
        ],
        "pareto": {"top20_revenue_share": pareto.top20_revenue_share, "gini": pareto.gini},
        "left_out": _left_out(ledger, run),
    }
