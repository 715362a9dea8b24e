"""Text into values."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinzita.customers.fields.reach import EMAIL
from jinzita.integration.parsing import Evidence, Styles, parse, wording
from jinzita.kernel import export
from jinzita.kernel.records import Choice, Field, FieldType

ZONE = ZoneInfo("Asia/Shanghai")


def read(texts, type_, *, styles=None, **bounds):
    field = Field("f", type_, "F", "字段", **bounds)
    parsed = parse(pa.chunked_array([pa.array(texts, pa.string())]), field, styles or Styles(), ZONE)
    codes = [""] * len(texts)
    for code, rows in parsed.faults:
        for position in np.flatnonzero(rows):
            codes[position] = code
    return parsed.values.to_pylist(), codes


def test_a_text_has_the_form_its_field_asks_for():
    cells = ["a@b.cn", "坏邮箱", "", "a@b", "Wang@Corp.com", "a@b.cn; c@d.cn"]
    assert read(cells, FieldType.TEXT, pattern=EMAIL) == (
        ["a@b.cn", None, None, None, "Wang@Corp.com", None],
        ["", "wrong_form", "", "wrong_form", "", "wrong_form"],
    )
    assert read(["A1", "B22"], FieldType.TEXT, pattern="[A-Z][0-9]")[1] == ["", "wrong_form"]


def test_the_sign_that_makes_a_formula_harmless_goes_again():
    cells = ["=1+1", "+86 10 6555 1234", "-5", "@home", "＝1", "'twas", "it's", ""]
    exported = [export.harmless(one) for one in cells]
    assert exported == ["'=1+1", "'+86 10 6555 1234", "'-5", "'@home", "'＝1", "'twas", "it's", ""]
    assert read(exported, FieldType.TEXT)[0] == [*cells[:-1], None]
    assert read(["'-5"], FieldType.NUMBER)[0] == [Decimal(-5)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", "1234.5"),
        ("¥1,234", "1234"),
        ("(12.00)", "-12"),
        ("１２３．５", "123.5"),
        ("3.5万", "35000"),
        ("2亿", "200000000"),
        ("-¥5", "-5"),
        ("¥-5", "-5"),
        ("5-", "-5"),
        ("12元", "12"),
        ("CNY 12", "12"),
        ("35%", "0.35"),
        ("1.5E3", "1500"),
        (" 7 ", "7"),
        ("+7", "7"),
        (".5", "0.5"),
        ("1.00005", "1.0001"),
        ("-1.00005", "-1.0001"),
        ("99999999999999.9999", "99999999999999.9999"),
        ("1 234.5", "1234.5"),
        ("−3", "-3"),
        ("￥1，234．5", "1234.5"),
    ],
)
def test_amounts_as_people_write_them(text, value):
    assert read([text], FieldType.MONEY) == ([Decimal(value).quantize(Decimal("0.0001"))], [""])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "not_a_number"),
        ("1,2,3", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("12 abc", "not_a_number"),
        ("1e20", "number_too_large"),
        ("1e999", "number_too_large"),
        ("100000000000000", "number_too_large"),
        ("9" * 5000, "number_too_large"),
        ("1\0", "nul"),
        ("1\ufffd", "undecodable"),
        ("e5", "not_a_number"),
        ("inf", "not_a_number"),
        ("--5", "not_a_number"),
        (".", "not_a_number"),
    ],
)
def test_what_is_no_amount_is_named(text, code):
    assert read([text], FieldType.MONEY) == ([None], [code])


@given(
    st.lists(st.decimals("-99999999999999.9999", "99999999999999.9999", places=4), max_size=20),
    st.sampled_from(["{}", "{:,}", "¥{:,}"]),
)
def test_every_amount_is_read_exactly(values, shape):
    texts = [shape.format(value) for value in values]
    assert read(texts, FieldType.MONEY) == (values, [""] * len(values))


def test_decimals_behind_a_comma_are_known_by_the_column():
    column = pa.chunked_array([pa.array(["1.234,50", "2,5", "7"])])
    evidence = Evidence()
    evidence.see_numbers(column)
    assert evidence.decimal_mark == "comma"
    styles = Styles(numbers={"f": "comma"})
    assert read(["1.234,50", "2,5", "1.234", "7"], FieldType.MONEY, styles=styles)[0] == [
        Decimal("1234.5"),
        Decimal("2.5"),
        Decimal("1234"),
        Decimal("7"),
    ]


def test_bounds():
    assert read(["-1"], FieldType.MONEY, minimum=Decimal(0))[1] == ["negative"]
    assert read(["1.5", "1", "0"], FieldType.NUMBER, minimum=Decimal(0), maximum=Decimal(1))[1] == [
        "number_out_of_range",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-01-05", "2024-01-05 00:00"),
        ("2024/1/5", "2024-01-05 00:00"),
        ("2024.1.5", "2024-01-05 00:00"),
        ("2024年1月5日", "2024-01-05 00:00"),
        ("2024年1月5日 10时30分", "2024-01-05 10:30"),
        ("2024年1月5日 10:30:15", "2024-01-05 10:30:15"),
        ("20240105", "2024-01-05 00:00"),
        ("20240105103000", "2024-01-05 10:30"),
        ("45296", "2024-01-05 00:00"),
        ("45296.5", "2024-01-05 12:00"),
        ("5.1.2024", "2024-01-05 00:00"),
        ("5/1/24", "2024-01-05 00:00"),
        ("5/1/2024 3:05 PM", "2024-01-05 15:05"),
        ("5/1/2024 12:05 AM", "2024-01-05 00:05"),
        ("5 Jan 2024", "2024-01-05 00:00"),
        ("Jan 5, 2024", "2024-01-05 00:00"),
        ("05-JAN-24", "2024-01-05 00:00"),
        ("2024-01-05T10:00:00Z", "2024-01-05 18:00"),
        ("2024-01-05 10:00:00+02:00", "2024-01-05 16:00"),
        ("2024-01-05 10:00:00.123456", "2024-01-05 10:00:00.123456"),
        ("2024-02-29", "2024-02-29 00:00"),
    ],
)
def test_dates_as_files_write_them(text, value):
    values, codes = read([text], FieldType.DATETIME, styles=Styles(dates={"f": "dmy"}))
    expected = datetime.fromisoformat(value).replace(tzinfo=ZONE)
    assert (values, codes) == ([expected.astimezone(UTC)], [""])
    assert read([text], FieldType.DATE, styles=Styles(dates={"f": "dmy"}))[0] == [expected.date()]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2024-02-30", "not_a_date"),
        ("2024-13-01", "not_a_date"),
        ("0001-01-01", "date_out_of_range"),
        ("9999-12-31", "date_out_of_range"),
        ("1899-12-31", "date_out_of_range"),
        ("yesterday", "not_a_date"),
        ("2024-01-05 25:00", "not_a_date"),
        ("32/1/2024", "not_a_date"),
        ("12345678", "not_a_date"),
        ("0", "not_a_date"),
        ("2024-01-05 10:00 Mars", "not_a_date"),
    ],
)
def test_what_is_no_date_is_named(text, code):
    for type_ in (FieldType.DATE, FieldType.DATETIME):
        assert read([text], type_, styles=Styles(dates={"f": "dmy"})) == ([None], [code])


def test_midnight_of_the_first_day_lies_before_the_tables_bound():
    assert read(["1900-01-01"], FieldType.DATE) == ([date(1900, 1, 1)], [""])
    assert read(["1900-01-01"], FieldType.DATETIME)[1] == ["date_out_of_range"]


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["1/5/2024", "25/1/2024"], "dmy"),
        (["1/5/2024", "1/25/2024"], "mdy"),
        (["1/5/2024", "2/6/2024"], "ambiguous"),
        (["2024-01-05"], None),
        (["25/1/2024", "26/1/2024", "1/26/2024"], "dmy"),
    ],
)
def test_day_or_month_first_is_found_over_the_column(texts, order):
    evidence = Evidence()
    evidence.see_dates(pa.chunked_array([pa.array(texts)]))
    assert evidence.date_order == order


@given(st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 30)))
def test_every_moment_is_read_as_it_was_written(moment):
    moment = moment.replace(microsecond=0)
    for shape in ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒"):
        values, codes = read([moment.strftime(shape)], FieldType.DATETIME, styles=Styles(dates={"f": "dmy"}))
        assert codes == [""]
        assert (
            values[0].astimezone(ZONE).replace(tzinfo=None) == moment
            or ZONE.utcoffset(moment) is None
            or (
                # an hour that summer time left out or had twice
                abs((values[0].astimezone(ZONE).replace(tzinfo=None) - moment).total_seconds()) <= 3600
            )
        )


def test_choices_go_by_any_of_their_words():
    choices = (Choice("sale", "Sale", "销售", ("order",)), Choice("return", "Return", "退货"))
    values, codes = read(["SALE", "退货", "Order", "gift", None], FieldType.CHOICE, choices=choices)
    assert values == ["sale", "return", "sale", None, None]
    assert codes == ["", "", "", "unknown_choice", ""]


def test_choices_go_by_their_words_without_what_stands_in_brackets():
    choices = (
        Choice("medium", "Medium (50–249)", "中型（50–249 人）"),
        Choice("giant", "Very large (1,000 and more)", "特大型（1000 人以上）"),
        Choice("east", "Office (east)", "办事处（东）"),
        Choice("west", "Office (west)", "办事处（西）"),
    )
    values, _ = read(
        ["中型", "very large", "中型（50–249 人）", "办事处", "办事处（西）"],
        FieldType.CHOICE,
        choices=choices,
    )
    assert values == ["medium", "giant", "medium", None, "west"]


def test_yes_and_no():
    assert read(["是", "No", "1", "maybe"], FieldType.YES_NO) == (
        [True, False, True, None],
        ["", "", "", "not_yes_or_no"],
    )


def test_texts_are_trimmed_bounded_and_required():
    values, codes = read([" a ", "　", "abcdef", "x\0y"], FieldType.TEXT, max_length=5, required=True)
    assert values == ["a", None, None, None]
    assert codes == ["", "required", "too_long", "nul"]


def test_every_fault_has_words_in_both_languages():
    for code in wording.codes():
        assert wording.sentence(code, "X", "en") != wording.sentence(code, "X", "zh")
