"""Files of every sort, and broken ones."""

import gzip
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from jinzita.integration.reading import UnreadableFile, delimited, describe, open_file
from jinzita.integration.reading.headers import header_among

TABLE = "客户,金额,备注\nC1,1.50,你好\nC2,2.50,再见\n"
ROWS = [["C1", "1.50", "你好"], ["C2", "2.50", "再见"]]


def read(path: Path, **choices) -> tuple[list[list], list[tuple[int, str]]]:
    rows = open_file(path, describe(path, **choices))
    good, broken = [], []
    for batch in rows.batches():
        good += [list(row.values()) for row in batch.table.to_pylist()]
        broken += [(one.number, one.code) for one in batch.broken]
    return good, broken


def text_file(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "head", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0\0\x10JFIF", b"GIF89a"]
)
def test_a_picture_or_a_document_is_no_table(tmp_path, head):
    with pytest.raises(UnreadableFile, match="not a table"):
        describe(text_file(tmp_path, head + b"a,b\n1,2\n" * 50))


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_encodings_are_found(tmp_path, codec, found):
    path = text_file(tmp_path, TABLE.encode(codec))
    assert describe(path).encoding == found
    assert read(path) == (ROWS, [])


@pytest.mark.parametrize("encoding", ["base64", "undefined", "idna", "utf-7", "x" * 40, "", "rot13"])
def test_what_is_no_encoding_of_text_is_refused(tmp_path, encoding):
    path = text_file(tmp_path, TABLE)
    if encoding:
        with pytest.raises(UnreadableFile, match="not known"):
            describe(path, encoding=encoding)
    else:
        assert describe(path, encoding=encoding).encoding == "utf-8"


def test_a_western_file_is_told_from_a_chinese_one(tmp_path):
    path = text_file(tmp_path, "name,town\nRené ,Zürich\n".encode("cp1252"))
    assert describe(path).encoding == "windows-1252"
    assert read(path)[0] == [["René ", "Zürich"]]


def test_the_first_chinese_name_may_stand_behind_megabytes_of_ascii(tmp_path):
    path = text_file(tmp_path, ("a,b\n" + "x,y\n" * 1_000_000 + "张三,李四\n").encode("gb18030"))
    assert describe(path).encoding == "gb18030"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found(tmp_path, delimiter, end):
    path = text_file(tmp_path, TABLE.replace(",", delimiter).replace("\n", end))
    assert describe(path).delimiter == delimiter
    assert read(path) == (ROWS, [])


def test_a_comma_inside_values_does_not_win(tmp_path):
    path = text_file(tmp_path, "name;amount\nA;1,5\nB;2,5\nC;3\n")
    assert describe(path).delimiter == ";"


@pytest.mark.parametrize("packing", ["gz", "zip", "zst"])
def test_packed_files(tmp_path, packing):
    raw = TABLE.encode("gb18030")
    path = tmp_path / f"t.csv.{packing}"
    if packing == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("t.csv", raw)
            archive.writestr("__MACOSX/._t.csv", b"x")
    else:
        path.write_bytes(gzip.compress(raw) if packing == "gz" else zstandard.compress(raw))
    assert describe(path).encoding == "gb18030"
    assert read(path) == (ROWS, [])


def test_a_file_cut_off_inside_its_packing_says_so(tmp_path):
    path = text_file(tmp_path, gzip.compress(TABLE.encode() * 9999)[:-200], "t.csv.gz")
    with pytest.raises(UnreadableFile, match="damaged or cut off"):
        read(path, encoding="utf-8", delimiter=",")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"\xd0\xcf\x11\xe0rest", "old XLS"),
        (b"PAR1junk", "cannot be read"),
        (b"PK\x03\x04junk", "damaged"),
        (b'"a,b\n1,2\n', "first line"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path, content, message):
    with pytest.raises(UnreadableFile, match=message):
        read(text_file(tmp_path, content))


def test_two_tables_in_a_zip_are_refused(tmp_path):
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "a")
        archive.writestr("b.csv", "b")
    with pytest.raises(UnreadableFile, match="holds 2 files"):
        describe(path)


def test_ragged_rows_and_open_quotes_are_given_back_and_lose_no_other_row(tmp_path):
    path = text_file(
        tmp_path,
        'a,b,c\n1,x,"two\nlines, and ""quotes"""\n2,x\n3,x,y,z\n4,x,"open\n5,x,y\n'
        '6,"x"y,z\n7,x,y,,\n\n8,x,y\n',
    )
    good, broken = read(path)
    assert [row[0] for row in good] == ["1", "5", "7", "8"]
    assert good[0][2] == 'two\nlines, and "quotes"'
    assert broken == [(3, "too_few_cells"), (4, "too_many_cells"), (5, "broken_quotes"), (7, "broken_quotes")]


def test_a_quote_left_open_at_the_end_swallows_nothing(tmp_path):
    rows = "".join(f"{i},x\n" for i in range(500))
    good, broken = read(text_file(tmp_path, f'a,b\n0,"open\n{rows}'))
    assert len(good) == 500
    assert broken == [(2, "broken_quotes")]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")),
            min_size=2,
            max_size=2,
        )
    ),
    st.integers(5, 60),
)
def test_whatever_the_csv_module_writes_is_read_back_over_any_block(tmp_path_factory, rows, block):
    import csv

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["a", "b"])
    writer.writerows(rows)
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_text(buffer.getvalue(), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BLOCK", block)
        good, broken = read(path, encoding="utf-8", delimiter=",")
    assert broken == []
    assert good == rows


def test_headers_are_made_unique(tmp_path):
    path = text_file(tmp_path, "amount, amount ,,amount\n1,2,3,4\n")
    assert open_file(path, describe(path)).columns == ["amount", "amount (2)", "column 3", "amount (3)"]


TITLED = [
    ["客户信息登记表", "", "", "", ""],
    ["填表人：张三", "", "", "日期：2026-01-01", ""],
    ["编号", "名称", "电话", "城市", "备注"],
    ["C1", "华宇", "", "北京", ""],
    ["C2", "远东", "62345678", "上海", ""],
]


def test_titles_above_a_table_are_passed_over(tmp_path):
    book = Workbook()
    for row in TITLED:
        book.active.append([cell or None for cell in row])
    book.save(tmp_path / "titled.xlsx")
    text_file(tmp_path, "\n".join(",".join(row) for row in TITLED) + "\n", "titled.csv")
    for name in ("titled.xlsx", "titled.csv"):
        rows = open_file(tmp_path / name, describe(tmp_path / name))
        assert rows.columns == TITLED[2], name
        batch = next(rows.batches())
        assert batch.table.column("名称").to_pylist() == ["华宇", "远东"]
        assert batch.numbers.to_pylist() == [4, 5]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["name"], ["Foo"], ["Bar"]], 0),
        ([["name"], ["Foo", " Inc"], ["Bar", " Inc"]], 0),
        ([["", ""], ["name", "phone"], ["Foo", ""]], 1),
        ([["name", "phone"], ["Foo", "1"]], 0),
        ([["a title alone", ""]], 0),
        ([["", ""], []], None),
    ],
)
def test_a_header_is_not_taken_for_a_title(rows, header):
    assert header_among(rows) == header


def test_a_spreadsheet_is_read_as_a_person_sees_it(tmp_path):
    book = Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("数据")
    sheet.append([])
    sheet.append(["编号", "日期", "时间", "数量", "价格", "是否"])
    sheet.append([17850, date(2024, 1, 5), datetime(2024, 1, 5, 10, 30), 3.0, 2.55, True])
    sheet.append([None] * 6)
    sheet.append(["A1", None, None, None, 0.1, False])
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert describe(path).sheets == ["说明", "数据"]
    good, _ = read(path, sheet="数据")
    assert good == [
        ["17850", "2024-01-05", "2024-01-05 10:30:00", "3", "2.55", "true"],
        ["A1", None, None, None, "0.1", "false"],
    ]
    rows = open_file(path, describe(path, sheet="数据"))
    assert next(rows.batches()).numbers.to_pylist() == [3, 5]
    with pytest.raises(UnreadableFile, match="no sheet “x”"):
        describe(path, sheet="x")


@pytest.mark.parametrize("cover", [[], [["说明：由市场部整理"], ["请勿外传"]]])
def test_a_cover_is_passed_over(tmp_path, cover):
    book = Workbook()
    for row in cover:
        book.active.append(row)
    book.create_sheet("数据").append(["编号", "名称"])
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert describe(path).sheet == "数据"


def test_parquet_keeps_keys_and_exact_prices(tmp_path):
    path = tmp_path / "t.parquet"
    table = pa.table(
        {
            "key": pa.array([17850.0, None], pa.float64()),
            "price": pa.array([2.55, 0.001], pa.float32()),
            "at": pa.array([datetime(2010, 12, 1, 8, 26), None], pa.timestamp("ns")),
            "word": pa.array(["a", None]).dictionary_encode(),
            "nested": pa.array([[1], [2]]),
        }
    )
    parquet.write_table(table, path)
    good, _ = read(path)
    assert good == [["17850", "2.55", "2010-12-01 08:26:00.000000", "a"], [None, "0.001", None, None]]
