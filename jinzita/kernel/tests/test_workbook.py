"""Workbooks written by hand are read by those who know."""

import io
import itertools
import tracemalloc
from datetime import date, datetime
from decimal import Decimal

import openpyxl

from jinzita.kernel.export import workbook as written
from jinzita.kernel.export.workbook import as_workbook


def read(*arguments):
    return openpyxl.load_workbook(io.BytesIO(b"".join(as_workbook(*arguments))))


def test_every_kind_of_cell_comes_back_as_it_was():
    moment, day = datetime(2026, 2, 28, 23, 59, 30), date(2026, 3, 1)
    row = [
        '北京 & <Söhne> "x"',
        " kept \n blanks ",
        12,
        Decimal("1234567.8900"),
        -0.5,
        True,
        None,
        moment,
        day,
    ]
    row += ["_x0041_", "bad\x00\x0b\ufffe", 10**18, "x" * 40_000]
    (heading, found) = read("customers", ["A & B", *"bcdefghijklm"], [row]).active.values
    assert heading[:2] == ("A & B", "b")
    assert found[:9] == (*row[:3], 1234567.89, -0.5, True, None, moment, datetime(2026, 3, 1))
    assert openpyxl.utils.escape.unescape(found[9]) == "_x0041_"
    assert found[10:12] == ("bad", str(10**18))
    assert len(found[12]) == written.LONGEST_TEXT


def test_a_full_sheet_is_followed_by_another(monkeypatch):
    monkeypatch.setattr(written, "MOST_ROWS", 4)
    book = read("a" * 40, ["n"], ([n] for n in range(7)))
    assert book.sheetnames == ["a" * 31, "a" * 27 + " 2", "a" * 27 + " 3"]
    assert [[row[0] for row in sheet.values] for sheet in book] == [["n", 0, 1, 2], ["n", 3, 4, 5], ["n", 6]]
    monkeypatch.setattr(written, "MOST_ROWS", 1_048_576)
    monkeypatch.setattr(written, "AT_ONCE", 2)
    monkeypatch.setattr(written, "MOST_BYTES", 100)
    assert len(read("list", ["n"], ([n] for n in range(7))).sheetnames) > 1


def test_an_empty_list_is_a_sheet_with_titles():
    assert list(read("list", ["Name"], []).active.values) == [("Name",)]


def test_memory_does_not_grow_with_the_rows():
    def peak(rows: int) -> int:
        tracemalloc.start()
        for _ in as_workbook(
            "list", ["a", "b"], ([f"{n} 客户", n] for n in itertools.islice(itertools.count(), rows))
        ):
            pass
        (_, most) = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(20_000) < 2 * peak(4_000)
