"""Bad rows given back with the reason in words, and taken again when they were corrected."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinzita.customers.fields.entry_rules import BREAKS, every_rule
from jinzita.integration.models import Import
from jinzita.integration.parsing.wording import sentence
from jinzita.integration.selectors import bad_rows, get_import
from jinzita.integration.services import uploads
from jinzita.integration.services.imports import start_import
from jinzita.integration.services.plan import plan_from_json, record_kind
from jinzita.kernel.access import Permission, Viewer
from jinzita.kernel.errors import Conflict, Invalid
from jinzita.kernel.export import harmless
from jinzita.kernel.models import Job
from jinzita.kernel.records import Choice

_HEADS = {"en": ("row", "reason"), "zh": ("行号", "原因")}


@dataclass(frozen=True)
class Replacement:
    """Wherever this value stands in a column, another takes its place."""

    column: str
    value: str
    by: str


def wording(kind: str, language: str) -> Callable[[str, str], str]:
    """Words for a reason in a language (en or zh), by code and field."""
    return wordings([kind], language)[kind]


def wordings(kinds: Iterable[str], language: str) -> dict[str, Callable[[str, str], str]]:
    """The same of several kinds of record: fields and rules are read once."""
    fields = {kind: record_kind(kind).read_fields() for kind in kinds}
    breaks = next((one for one in fields.get("customers", ()) if one.code == BREAKS), None)
    # Customers have a field whose choices are the rules.
    told = breaks.choices if breaks else [Choice(str(one.id), one.en, one.zh) for one in every_rule()]
    rules = {f"rule-{one.value}": one.zh if language == "zh" else one.en for one in told}

    def words_of(kind: str) -> Callable[[str, str], str]:
        labels = {one.code: one.zh if language == "zh" else one.en for one in fields[kind] if one.importable}
        return lambda code, field: (
            rules.get(code)
            or sentence(
                "entry_rule" if code.startswith("rule-") else code, labels.get(field, field), language
            )
        )

    return {kind: words_of(kind) for kind in fields}


def table(one: Import, *, language: str) -> Iterator[list[str]]:
    """The header and the bad rows: number, reason, then the cells as they came.

    Corrected, the file can be imported again: unknown columns are left out. A row of wrong form has its whole
    text in the first column.
    """
    word, separator = wording(one.kind, language), "；" if language == "zh" else "; "
    yield [*_HEADS[language], *map(harmless, one.columns)]
    for number, cells, reasons in bad_rows(one):
        text = separator.join(_reason(word(r["code"], r["field"]), r) for r in reasons)
        yield [str(number), text, *map(_harmless, cells)]


def retry(
    *, by: Viewer, import_id: int, rows: Mapping[int, Sequence[str]], replace: Sequence[Replacement] = ()
) -> Import:
    """Import the bad rows of an import again, with what was corrected: single rows by their number, and
    values by the column in which they stand. Raises NotFound, Conflict, Invalid.
    """
    by.require(Permission.IMPORT)
    one = get_import(by, import_id)
    if not one.bad or one.dry_run or one.job.state in (Job.State.WAITING, Job.State.RUNNING):
        raise Conflict("This import has no bad rows to be imported again.", code="no_bad_rows")
    places = {name: place for place, name in enumerate(one.columns)}
    if unknown := [each.column for each in replace if each.column not in places]:
        raise Invalid.at("replace", "unknown_column", f"The file has no column “{unknown[0][:50]}”.")
    swaps = {(places[each.column], each.value): each.by for each in replace}
    upload = uploads.receive(
        by=by, filename=f"{Path(one.filename).stem}.csv", chunks=_corrected(one, rows, swaps)
    )
    plan = plan_from_json(one.plan)
    return start_import(
        by=by, upload=upload, kind=plan.kind, source=plan.source, encoding="utf-8", delimiter=",",
        mapping=dict(plan.mapping), date_format=plan.date_order, **plan.chosen,
    )  # fmt: skip


def _corrected(
    one: Import, rows: Mapping[int, Sequence[str]], swaps: Mapping[tuple[int, str], str]
) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(one.columns)
    for number, cells, _ in bad_rows(one):
        swapped = [swaps.get((place, cell), cell) for place, cell in enumerate(cells)]
        writer.writerow(rows.get(number, swapped))
        if buffer.tell() > 1 << 20:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _reason(words: str, one: Mapping[str, Any]) -> str:
    named = ", ".join(f"{each['name']} (#{each['id']})" for each in one.get("candidates", ()))
    value = f" (“{one['value'][:60]}”)" if one["value"] else ""
    return f"{words}{value}{': ' if named else ''}{named}"


def _harmless(cell: str) -> str:
    return cell if _is_number(cell) else harmless(cell)


def _is_number(cell: str) -> bool:
    return cell[:1] in "+-" and cell[1:2].isdigit() and cell[1:].replace(".", "").replace(",", "").isdigit()
