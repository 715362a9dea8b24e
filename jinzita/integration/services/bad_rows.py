"""Bad rows given back: the file's columns, the row's number, and the reason in words."""

from collections.abc import Callable, Iterator

from jinzita.integration.models import Import
from jinzita.integration.parsing.wording import sentence
from jinzita.integration.selectors import bad_rows
from jinzita.integration.services.plan import importable, record_kind

_HEADS = {"en": ("row", "reason"), "zh": ("行号", "原因")}
# A cell that begins so would be taken for a formula by a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def wording(kind: str, language: str) -> Callable[[str, str], str]:
    """Words for a reason in a language (en or zh), by code and field."""
    labels = {
        code: one.zh if language == "zh" else one.en for code, one in importable(record_kind(kind)).items()
    }
    return lambda code, field: sentence(code, labels.get(field, field), language)


def table(one: Import, *, language: str) -> Iterator[list[str]]:
    """The header and the bad rows: number, reason, then the cells as they came.

    Corrected, the file can be imported again: unknown columns are left out. A row of wrong form has its whole
    text in the first column.
    """
    word, separator = wording(one.kind, language), "；" if language == "zh" else "; "
    yield [*_HEADS[language], *one.columns]
    for number, cells, reasons in bad_rows(one):
        text = separator.join(_reason(word(r["code"], r["field"]), r["value"]) for r in reasons)
        yield [str(number), text, *map(_harmless, cells)]


def _reason(words: str, value: str) -> str:
    return f"{words} (“{value[:60]}”)" if value else words


def _harmless(cell: str) -> str:
    if cell.startswith(_FORMULA) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    return cell[1:2].isdigit() and cell[1:].replace(".", "").replace(",", "").isdigit()
