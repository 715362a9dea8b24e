"""Files are sent while they are written: a piece goes out before the next rows are asked for."""

import io
from datetime import date
from decimal import Decimal

import pyarrow.parquet as pq

from jinzita.kernel.access import FieldAccess
from jinzita.kernel.export import parquet
from jinzita.kernel.export.parquet import as_parquet
from jinzita.kernel.export.wording import as_cell, worded
from jinzita.kernel.records.fields import Choice, Field, FieldType

KINDS = [
    Field("name", FieldType.TEXT, "Name", "名称"),
    Field("sum", FieldType.MONEY, "Sum", "金额"),
    Field("day", FieldType.DATE, "Day", "日期"),
    Field("tags", FieldType.CHOICES, "Tags", "标签"),
]


def test_groups_of_parquet_leave_one_by_one(monkeypatch):
    monkeypatch.setattr(parquet, "GROUP", 2)
    asked: list[int] = []

    def rows():
        for number in range(5):
            asked.append(number)
            yield [f"客户 {number}", Decimal("12.5"), "2026-03-01", ["a", "b"]]

    pieces = as_parquet(KINDS, rows())
    first = next(pieces)
    assert first
    assert asked == [0, 1], "the first group is out before the third row is read"
    table = pq.read_table(io.BytesIO(first + b"".join(pieces)))
    assert table.num_rows == 5
    assert table.to_pylist()[4] == {
        "name": "客户 4",
        "sum": Decimal("12.5000"),
        "day": date(2026, 3, 1),
        "tags": ["a", "b"],
    }


def test_what_is_masked_is_a_text_and_nothing_stays_nothing():
    masked = Field("sum", FieldType.MONEY, "Sum", "金额", access=FieldAccess.MASKED)
    table = pq.read_table(io.BytesIO(b"".join(as_parquet([masked], [["***"], [None]]))))
    assert table.to_pylist() == [{"sum": "***"}, {"sum": None}]


def test_values_are_put_in_words_by_their_field():
    stages = Field("stage", FieldType.CHOICE, "Stage", "阶段", choices=(Choice("fan", "Fan", "粉丝"),))
    assert [worded(stages, "zh")(one) for one in ("fan", "gone", None)] == ["粉丝", "gone", None]
    assert worded(stages, "en-GB")(["fan", "gone"]) == "Fan, gone"
    name = Field("name", FieldType.TEXT, "Name", "名称")
    assert as_cell(name, "zh")("=1+1\x07") == "'=1+1"
    assert as_cell(name, "zh")(True) == "是"
    assert as_cell(name, "en")(-5) == -5, "a number is no formula"
