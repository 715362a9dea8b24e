"""`jinzita import`: a file into the database, from the terminal."""

import csv
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from jinzita.cli.database import ready, running_database

BAD_ROWS_EXIT, FAILED_EXIT = 3, 1


@click.command(name="import")
@click.argument("kind", required=False)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--source", help="Name of where the file comes from; with a row's key it makes the row one of a kind."
)
@click.option(
    "--mapping", multiple=True, metavar="COLUMN=FIELD", help="Match a column by hand; COLUMN= leaves it out."
)
@click.option("--encoding", help="utf-8, utf-16, gb18030 …; found out when not given.")
@click.option("--delimiter", help="What separates columns; “tab” for tabs.")
@click.option("--sheet", help="Sheet of a spreadsheet; the first that is not empty when not given.")
@click.option(
    "--unknown-customers", type=click.Choice(["create", "refuse"]), default="create", show_default=True
)
@click.option(
    "--customer-source", help="Source at which the file's customer keys are known, when another one."
)
@click.option(
    "--match-by",
    metavar="KEY",
    help="By what customers are known: source_key, record, credit_code, tax, vat, duns, external, phone,"
    " email, name, name_region or attributes.CODE; by record where a column is, else by source_key.",
)
@click.option(
    "--contact-by",
    metavar="KEY",
    help="By what the people of a file of contacts are known: source_key, record, phone, email or name;"
    " by record where a column is, else by source_key.",
)
@click.option(
    "--mode",
    type=click.Choice(["both", "create", "update"]),
    default="both",
    show_default=True,
    help="Create new and update known records, or only one of these.",
)
@click.option(
    "--empty-cells",
    type=click.Choice(["keep", "clear"]),
    default="keep",
    show_default=True,
    help="What an empty cell does to a known record.",
)
@click.option("--date-format", help="dmy or mdy, when all dates of a column fit both.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option(
    "--bad-rows", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write bad rows here."
)
@click.option(
    "--resume", type=int, metavar="NUMBER", help="Take up an import that was stopped, instead of KIND FILE."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result for machines.")
def command(
    kind: str | None,
    file: Path | None,
    bad_rows: Path | None,
    resume: int | None,
    as_json: bool,
    **choices: Any,
) -> None:
    """Import FILE (CSV, XLSX, Parquet; also compressed) as KIND: customers, contacts, addresses, channels,
    relations, consents, products, transactions, transaction_lines, invoices, receipts, interactions or
    opportunities.

    Ends with 0 when every row came in, 3 when some were bad, 1 when the import failed.
    """
    if resume is None and (kind is None or file is None):
        raise click.UsageError("Say what the file holds and which file: jinzita import KIND FILE.")
    console = Console(stderr=as_json)
    with running_database():
        ready()
        from jinzita.kernel.errors import JinzitaError

        try:
            one = _begin(kind, file, resume, choices)
            console.print(f"Import {one.pk}: {one.filename} as {one.kind} of source {one.source}")
            _work(one.pk, console)
            one = _read(one.pk)
        except JinzitaError as error:
            sentences = dict.fromkeys([error.message, *(problem.message for problem in error.problems[:20])])
            raise click.ClickException("\n".join(sentences)) from None
        if bad_rows is not None:
            _write_bad_rows(one, bad_rows)
        _show(one, console, as_json)
        if one.job.state != "done":
            sys.exit(FAILED_EXIT)
        sys.exit(BAD_ROWS_EXIT if one.bad else 0)


def _begin(kind: str | None, file: Path | None, resume: int | None, choices: dict[str, Any]) -> Any:
    from jinzita.integration.services import imports, uploads
    from jinzita.kernel.access import system

    by = system("command line")
    if resume is not None:
        return imports.resume(by=by, import_id=resume, now=datetime.now(UTC), here=True)
    assert kind is not None
    assert file is not None
    corrections = _corrections(choices.pop("mapping"))
    choices["source"] = choices["source"] or file.name.split(".")[0][:50]
    kind = kind.replace("-", "_")
    upload = uploads.take_in_place(by=by, path=file)
    if corrections:
        given = {name: value for name, value in choices.items() if name != "dry_run"}
        plan, _ = imports.make_plan(by=by, upload=upload, kind=kind, **given)
        kept = {column: code for column, code in plan.mapping.items() if code not in corrections.values()}
        choices["mapping"] = {column: code for column, code in (kept | corrections).items() if code}
    return imports.start_import(by=by, upload=upload, kind=kind, here=True, **choices)


def _corrections(pairs: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        column, equals, code = pair.rpartition("=")
        if not equals:
            raise click.BadParameter(f"“{pair}” is not COLUMN=FIELD.", param_hint="--mapping")
        found[column] = code.strip()
    return found


def _work(import_id: int, console: Console) -> None:
    from jinzita.integration.services import imports

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        imports.run_import(import_id, watch=_watcher(bar))


def _watcher(bar: Progress) -> Callable[..., None]:
    task = bar.add_task("reading", total=None, rate="")
    began = datetime.now(UTC)

    def watch(done: int, total: int | None = None, message: str | None = None) -> None:
        seconds = (datetime.now(UTC) - began).total_seconds()
        changes: dict[str, Any] = {
            "completed": done,
            "rate": f"{done / seconds:,.0f} rows/s" if seconds > 1 else "",
        }
        if total is not None:
            changes["total"] = total
        if message is not None:
            changes["description"] = message
        bar.update(task, **changes)

    return watch


def _read(import_id: int) -> Any:
    from jinzita.integration.selectors import get_import
    from jinzita.kernel.access import system

    return get_import(system("command line"), import_id)


def _write_bad_rows(one: Any, path: Path) -> None:
    from jinzita.integration.services.bad_rows import table

    if not one.bad:
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(table(one, language="en"))


def _show(one: Any, console: Console, as_json: bool) -> None:
    from jinzita.integration.services.bad_rows import wording
    from jinzita.integration.services.running import counts

    word = wording(one.kind, "en")
    reasons = [(*key.partition(" ")[::2], count) for key, count in one.reasons.items()]
    if as_json:
        answer = {
            "state": one.job.state,
            "dry_run": one.dry_run,
            **counts(one),
            "error": one.job.error or None,
        }
        answer["reasons"] = [
            {"code": code, "field": field or None, "count": count} for code, field, count in reasons
        ]
        print(json.dumps(answer, ensure_ascii=False))
        return
    table = Table(
        title=f"{one.filename}: {one.job.state}{' (dry run, nothing written)' if one.dry_run else ''}"
    )
    for name in ("read", "created", "updated", "unchanged", "bad"):
        table.add_column(name, justify="right")
    table.add_row(*(f"{getattr(one, name):,}" for name in ("read", "created", "updated", "unchanged", "bad")))
    console.print(table)
    for code, field, count in sorted(reasons, key=lambda reason: -reason[2]):
        console.print(f"  {count:>9,}  {word(code, field)}")
    if one.job.error:
        console.print(f"[red]{one.job.error}[/]")
        console.print(f"Go on with: jinzita import --resume {one.pk}")
