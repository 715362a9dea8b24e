"""`jinzita linkage-report`: how well duplicates are found, on data whose truth is known."""

import io
import json
import logging
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

NAMES = Path("cn-company-names") / "fuyun-comrec_train_data.txt"
FEBRL = "dedup-febrl"


@click.command(name="linkage-report")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--seed", default=5, show_default=True, help="Of the company base that is made and spoilt.")
@click.option("--companies", default=3000, show_default=True, help="How many companies stand in it.")
@click.option("--names-alone", is_flag=True, help="Compare names only, without phone, e-mail, code, address.")
@click.option("--json", "as_json", is_flag=True, help="The result for machines.")
def command(folder: Path, seed: int, companies: int, names_alone: bool, as_json: bool) -> None:
    """Precision, recall and F1 of finding duplicates.

    FOLDER holds cn-company-names (names are spoilt in many ways, by a seed) and dedup-febrl (persons of
    set 4, beside splink as its guide uses it, timed in the same run). One that is not there is left out.
    """
    found: dict[str, Any] = {}
    if (folder / NAMES).exists():
        found["companies"] = _companies(folder / NAMES, seed, companies, names_alone)
    if (folder / FEBRL / "dataset4a.csv").exists():
        found["persons"] = _persons(folder / FEBRL)
    if not found:
        raise click.ClickException(f"{folder} holds neither {NAMES} nor {FEBRL}/dataset4a.csv.")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    console = Console()
    if "companies" in found:
        made = found["companies"]
        title = f"Company names spoilt by seed {seed}: {made['records']:,} records, {made['seconds']:.1f} s"
        _draw(console, title, made["ways"])
    if "persons" in found:
        _draw(console, "Persons of FEBRL, set 4", found["persons"], timed=True)


def _companies(path: Path, seed: int, companies: int, names_alone: bool) -> dict[str, Any]:
    from jinzita.analytics.linkage.trial import companies as trial

    base = trial.make(trial.read_names(path), seed=seed, companies=companies)
    measured, seconds = _timed(lambda: trial.measure(base, names_alone=names_alone))
    return {"records": len(base.records), "seconds": seconds, "ways": [_line(one) for one in measured]}


def _persons(folder: Path) -> list[dict[str, Any]]:
    from jinzita.analytics.linkage.trial import febrl

    left, right = febrl.read(folder / "dataset4a.csv"), febrl.read(folder / "dataset4b.csv")
    true = febrl.truth(left, right)
    lines = []
    for name, link in (("ours", febrl.ours), ("plain splink", febrl.plain)):
        links, seconds = _timed(lambda link=link: link(left, right))  # type: ignore[misc]
        lines.append({**_line(febrl.measure(links, true, name)), "seconds": seconds})
    return lines


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.monotonic()
    # splink tells its progress on the way.
    logging.disable(logging.INFO)
    with redirect_stdout(io.StringIO()):
        made = work()
    logging.disable(logging.NOTSET)
    return made, round(time.monotonic() - begun, 2)


def _line(one: Any) -> dict[str, Any]:
    return {
        "way": one.way, "true": one.true, "found": one.found, "wrong": one.wrong,
        "precision": round(one.precision, 4), "recall": round(one.recall, 4), "f1": round(one.f1, 4),
    }  # fmt: skip


def _draw(console: Console, title: str, lines: list[dict[str, Any]], *, timed: bool = False) -> None:
    table = Table(title=title, title_justify="left")
    columns = ["true", "found", "wrong", "precision", "recall", "f1", *(["seconds"] if timed else [])]
    table.add_column("way")
    for column in columns:
        table.add_column(column, justify="right")
    for line in lines:
        # Look-alikes have no true pairs: only the wrong ones count.
        cells = [
            "–" if column in ("precision", "recall", "f1") and not line["true"] else line[column]
            for column in columns
        ]
        table.add_row(
            line["way"], *(f"{cell:.3f}" if isinstance(cell, float) else f"{cell}" for cell in cells),
            style="bold" if line["way"] in ("all", "ours") else None,
        )  # fmt: skip
    console.print(table)
