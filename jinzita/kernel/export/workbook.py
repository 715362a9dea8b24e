"""A list as an Excel workbook, made piece by piece: never whole in memory, nor on disk.

Written here and not by a library, because those that exist finish the file before its first byte can be sent:
whoever waits for a million rows would see nothing for minutes, and proxies give such a request up.

Texts stand in the cells themselves, so that nothing is gathered; a sheet that is full is followed by another.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from jinzita.kernel.export.pipe import Pipe

MOST_ROWS = 1_048_576
# Of one sheet's text before it is packed; more would need an extension that not every program reads.
MOST_BYTES = 1_900_000_000
LONGEST_TEXT = 32_767
# Numbers beyond this lose digits in a spreadsheet.
EXACT = 10**15
AT_ONCE = 500
_DATE, _MOMENT = 1, 2
_EPOCH = date(1899, 12, 30).toordinal()
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel takes this for a character by its number.
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIRST_ROW_STAYS = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
    ' state="frozen"/></sheetView></sheetViews>'
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill'
    ' patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
    '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/>'
    '<xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def as_workbook(name: str, titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The pieces of an XLSX file with these rows; each sheet begins with the titles."""
    pipe, left = Pipe(), _Left(rows)
    names: list[str] = []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:
        while left.more or not names:
            names.append(name[:31] if not names else f"{name[:27]} {len(names) + 1}")
            with book.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as sheet:
                for text in _sheet(titles, left):
                    sheet.write(text.encode())
                    yield pipe.taken()
        for path, text in _frame(names).items():
            book.writestr(path, text)
    yield pipe.taken()


class _Left:
    """The rows not written yet."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    @property
    def more(self) -> bool:
        return self._next is not None

    def some(self, most: int) -> Iterator[Sequence[Any]]:
        for _ in range(most):
            if self._next is None:
                return
            row, self._next = self._next, next(self._rows, None)
            yield row


def _sheet(titles: Sequence[str], left: _Left) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}">{_FIRST_ROW_STAYS}<sheetData>'
    named = [_NOT_IN_XML.sub("", one) for one in titles]
    heading = "".join(f'<c s="3" t="inlineStr"><is><t>{escape(one)}</t></is></c>' for one in named)
    yield f"<row>{heading}</row>"
    written, length = 1, 0
    while left.more and written < MOST_ROWS and length < MOST_BYTES:
        lines = [
            f"<row>{''.join(map(_cell, row))}</row>" for row in left.some(min(AT_ONCE, MOST_ROWS - written))
        ]
        text = "".join(lines)
        written += len(lines)
        length += 3 * len(text)
        yield text
    yield "</sheetData></worksheet>"


def _cell(value: Any) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | Decimal | float) and -EXACT < value < EXACT:
        return f"<c><v>{value:f}</v></c>" if isinstance(value, Decimal) else f"<c><v>{value!r}</v></c>"
    if isinstance(value, datetime) and value.year >= 1900:
        seconds = 3600 * value.hour + 60 * value.minute + value.second
        return f'<c s="{_MOMENT}"><v>{value.toordinal() - _EPOCH + seconds / 86400:.10f}</v></c>'
    if isinstance(value, date) and value.year >= 1900:
        return f'<c s="{_DATE}"><v>{value.toordinal() - _EPOCH}</v></c>'
    return _text(str(value))


def _text(value: str) -> str:
    text = _NOT_IN_XML.sub("", value)[:LONGEST_TEXT]
    if "_x" in text:
        text = _CODED.sub("_x005F_", text)
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'<c t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>'


def _frame(names: Sequence[str]) -> dict[str, str]:
    """What surrounds the sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, kind, target in chain(
            ((n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
            [(len(names) + 1, "styles", "styles.xml")],
        )
    )
    types = "".join(
        f'<Override PartName="/xl/{path}.xml" ContentType="{_CONTENT}.{kind}+xml"/>'
        for path, kind in [
            ("workbook", "sheet.main"),
            ("styles", "styles"),
            *((f"worksheets/sheet{n}", "worksheet") for n in numbers),
        ]
    )
    return {
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}'
        "</Relationships>",
        "xl/styles.xml": _STYLES,
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
    }
