"""`jinzita pyramid`: the UCI figures, files of every kind, wrong input, the report."""

import csv
import gzip
import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from importlib import resources
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from jinzita.analytics.ledger.columns import Given, detect
from jinzita.analytics.report.words import WORDS, short
from jinzita.cli.pyramid import command
from jinzita.integration.reading import UnreadableFile, describe

UCI = Path(str(resources.files("jinzita"))) / "integration" / "demo" / "online-retail.parquet"
needs_uci = pytest.mark.skipif(not UCI.exists(), reason="the demo's file is not here")
HEADER = ["Customer ID", "Order Date", "Order No", "Amount", "Cost"]
ROWS = [
    ["A", "2024-01-05", "1", "100.00", "60"],
    ["A", "2024-01-05", "1", "50.00", "30"],
    ["A", "2024-03-01", "2", "-40.00", "-20"],
    ["B", "2024-02-10", "3", "1,000.50", "800"],
    ["", "2024-02-11", "4", "7", ""],
    ["C", "2024-02-30", "5", "7", ""],
    ["C", "2024-02-20", "6", "seven", ""],
    ["D", "2024-02-21", "7", "-5", ""],
]
EXPECTED = {"customers": 2, "transactions": 4, "returns": 2, "revenue": 1105.5}
LEFT_OUT = {"rows_without_customer": 1, "bad_rows": 2, "customers_without_sale": 1}


def run(*arguments, code=0, **environment):
    result = CliRunner().invoke(command, [str(a) for a in arguments], env=environment or None)
    assert result.exit_code == code, result.output + str(result.exception)
    return result


def answer(*arguments):
    return json.loads(run(*arguments, "--json").stdout)


def write(path, rows=ROWS, header=HEADER, delimiter=",", encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return path


def check(document):
    assert {k: document[k] for k in EXPECTED} == EXPECTED
    assert document["left_out"] == LEFT_OUT
    assert document["as_of"] == "2024-03-01"


@needs_uci
def test_uci_figures():
    document = answer(UCI)
    assert document["as_of"] == "2011-12-09"
    assert document["left_out"]["rows_without_customer"] == 135_080
    assert document["left_out"]["bad_rows"] == 0
    assert document["revenue"] == 8_300_065.81
    assert (document["customers"], document["left_out"]["customers_without_sale"]) == (4339, 33)
    assert (document["transactions"], document["returns"]) == (22_190, 3_654)
    grades = {row["grade"]: row for row in document["grades"]}
    sizes = [grades[name]["customers"] for name in ("vip", "important", "ordinary", "small")]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 4
    assert 0.005 <= grades["vip"]["customer_share"] <= 0.05
    assert grades["vip"]["revenue_share"] + grades["important"]["revenue_share"] > 0.5
    assert sum(sizes) == document["customers"]
    assert 0.7 < document["pareto"]["top20_revenue_share"] < 0.8


@needs_uci
def test_uci_as_text_in_other_encodings_gives_the_same(tmp_path):
    source = duckdb.sql(f"SELECT * FROM '{UCI}' USING SAMPLE 20000 (reservoir, 3)").df()  # type: ignore[union-attr]
    source["Description"] = "商品"
    source.to_parquet(tmp_path / "a.parquet")
    source = source.rename(columns={"CustomerID": "客户编号", "InvoiceDate": "交易日期", "Quantity": "数量",
                                    "UnitPrice": "单价", "InvoiceNo": "发票号"})  # fmt: skip
    expected = answer(tmp_path / "a.parquet")
    for encoding, delimiter in (("gb18030", ","), ("utf-16", "\t"), ("utf-8-sig", ";")):
        path = tmp_path / f"{encoding}.csv"
        source.to_csv(path, index=False, encoding=encoding, sep=delimiter)
        assert answer(path) == expected, encoding


@needs_uci
def test_report_is_self_contained_in_both_languages(tmp_path):
    for language in ("en", "zh"):
        folder = tmp_path / language
        run(UCI, "--out", folder, "--language", language)
        page = (folder / "report.html").read_text("utf-8")
        assert WORDS["title"][language == "zh"] in page
        assert "http://" not in page
        assert "https://" not in page
        assert "<script" not in page
        assert page.count("<polygon") == 5
        assert "prefers-color-scheme: dark" in page
    scores = pq.read_table(folder / "scores.parquet")
    with (folder / "scores.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == scores.num_rows == 4372
    assert float(rows[0]["score"]) == max(s for s in scores["score"].to_pylist() if s is not None)
    for part in ("value", "points", "contribution"):
        assert f"{part}.revenue" in rows[0]
    again = answer(UCI, "--model", folder / "model.toml")
    assert again["grades"] == answer(UCI)["grades"]
    assert not (folder / "bad-rows.csv").exists()


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_text_files(tmp_path, delimiter, encoding):
    check(answer(write(tmp_path / "orders.csv", delimiter=delimiter, encoding=encoding)))


def test_zipped_text(tmp_path):
    plain = write(tmp_path / "orders.csv")
    (tmp_path / "orders.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    check(answer(tmp_path / "orders.csv.gz"))


def test_workbook_with_a_title_above(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Orders of the year"])
    sheet.append(HEADER)
    for row in ROWS:
        day = datetime(2024, 2, 30 - 1) if row[1] == "2024-02-30" else datetime.fromisoformat(row[1])
        amount = row[3] if row[3] == "seven" else float(row[3].replace(",", ""))
        sheet.append(
            [row[0] or None, "30 Febr" if row[1] == "2024-02-30" else day, int(row[2]), amount, None]
        )
    book.save(tmp_path / "orders.xlsx")
    check(answer(tmp_path / "orders.xlsx"))


def test_a_workbook_far_larger_than_its_file_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.save(path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/sharedStrings.xml", "w") as part,
    ):
        for _ in range(301):
            part.write(bytes(1 << 20))
    assert path.stat().st_size < 3 << 20
    assert "too large" in run(path, code=1).output
    # The same door keeps the import, which says it by a code.
    with pytest.raises(UnreadableFile, match="too large") as caught:
        describe(path)
    assert caught.value.problems[0].code == "file_sheet_too_large"


def test_parquet_with_typed_columns(tmp_path):
    duckdb.sql(
        "COPY (SELECT * FROM (VALUES (1, DATE '2024-01-05', 150.0::DECIMAL(10,2)), (1, '2024-03-01', -40), "
        f"(2, '2024-02-10', 1000.5)) t(customer_id, order_date, amount)) TO '{tmp_path}/o.parquet'"
    )
    document = answer(tmp_path / "o.parquet")
    assert (document["transactions"], document["returns"], document["revenue"]) == (3, 1, 1110.5)


def test_moments_with_a_zone_become_the_companys_days(tmp_path):
    duckdb.sql(
        "COPY (SELECT 1 AS customer, TIMESTAMPTZ '2024-01-01 20:00:00+00' AS date, 5 AS amount) "
        f"TO '{tmp_path}/o.parquet'"
    )
    assert answer(tmp_path / "o.parquet")["as_of"] == "2024-01-02"
    assert answer(tmp_path / "o.parquet", "--time-zone", "UTC")["as_of"] == "2024-01-01"


def test_several_files_are_one_company(tmp_path):
    first = write(tmp_path / "a.csv", ROWS[:3])
    second = write(tmp_path / "b.csv", ROWS[3:], delimiter=";", encoding="gb18030")
    check(answer(first, second))


def test_bad_rows_come_back_with_their_reason(tmp_path):
    run(write(tmp_path / "orders.csv"), "--out", tmp_path / "out")
    with (tmp_path / "out" / "bad-rows.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(r["row"], r["reason"], r["Customer ID"], r["Amount"]) for r in rows] == [
        ("7", "date", "C", "7"), ("8", "amount", "C", "seven"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("dates", "as_of"),
    [
        (["13/01/2024", "2/3/2024 9:30"], "2024-03-02"),
        (["01/13/2024", "2/3/2024 09:30:15"], "2024-02-03"),
        (["2024年1月5日", "2024年03月02日"], "2024-03-02"),
        (["20240105", "20240302"], "2024-03-02"),
        (["5.1.2024", "2.3.2024"], "2024-03-02"),
        (["2024/1/5 8:00", "2024/3/2 23:59:59"], "2024-03-02"),
        (["05-Jan-2024", "02-Mar-2024"], "2024-03-02"),
        (["2024-01-05T08:00:00Z", "2024-03-02T10:00:00.123+08:00"], "2024-03-02"),
    ],
)
def test_dates_as_people_write_them(tmp_path, dates, as_of):
    path = write(tmp_path / "o.csv", [["A", day, n, 5, 1] for n, day in enumerate(dates)])
    document = answer(path)
    assert (document["as_of"], document["left_out"]["bad_rows"]) == (as_of, 0)


@pytest.mark.parametrize(
    ("amounts", "revenue"),
    [
        (["1,234.50", "(34.50)"], 1200),
        (["1.234,50", "-34,50"], 1200),
        (["¥1,234.50", "-￥34.5"], 1200),
        (["１２３４．５", "－34.5元"], 1200),
        (["1.2345e3", "-34.50"], 1200),
    ],
)
def test_amounts_as_people_write_them(tmp_path, amounts, revenue):
    path = write(
        tmp_path / "o.csv", [["A", "2024-01-01", n, a, 1] for n, a in enumerate(amounts)], delimiter=";"
    )
    assert answer(path)["revenue"] == revenue


def test_absurd_values_are_bad_rows(tmp_path):
    rows = [["A", "2024-01-01", 1, 5, 1], ["A", "0204-01-01", 2, 5, 1], ["A", "2024-01-01", 3, "1e300", 1],
            ["A", "9999-12-31", 4, 5, 1], ["A", "2024-01-01", 5, "NaN", 1]]  # fmt: skip
    document = answer(write(tmp_path / "o.csv", rows))
    assert (document["transactions"], document["left_out"]["bad_rows"]) == (1, 4)


def test_given_columns_and_products(tmp_path):
    header = ["wer", "wann", "Menge", "Preis", "Einkauf"]
    path = write(
        tmp_path / "o.csv", [["A", "2024-01-01", 3, "2.5", 1], ["A", "2024-01-02", -1, "2.5", 1]], header
    )
    document = answer(
        path, "--customer", "wer", "--date", "wann", "--amount", "Menge*Preis*2", "--cost", "Menge*Einkauf"
    )
    assert (document["revenue"], document["returns"]) == (10, 1)
    assert document["grades"][0]["profit"] in (None, 8)  # (15 - 3) - (5 - 1)


def test_as_of_leaves_out_what_came_later(tmp_path):
    document = answer(write(tmp_path / "o.csv"), "--as-of", "2024-01-31")
    assert (document["as_of"], document["transactions"], document["revenue"]) == ("2024-01-31", 1, 150)


def test_a_model_of_ones_own(tmp_path):
    model = tmp_path / "model.toml"
    model.write_text(
        'name = "own"\n[population]\nsource = ["crm"]\n[bands]\nby = "share"\nvip = 0.5\nimportant = 0.8\n'
        'ordinary = 0.9\n[[indicator]]\ncode = "revenue"\nweight = 1\n'
    )
    document = answer(write(tmp_path / "o.csv"), "--model", model)
    assert document["model"]["name"] == "own"
    assert [row["customers"] for row in document["grades"]] == [1, 1, 0, 0]
    assert document["grades"][0]["revenue"] == 1000.5


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (None, [], "o.csv: there is no such file"),
        (b"", [], "o.csv: the file is empty"),
        (
            b"a,b\n1,2\n",
            [],
            "cannot tell which column is meant by --customer, --date, --amount; its columns are: a, b",
        ),
        (b"customer,date,amount\n", [], "no usable row: 0 rows read"),
        (b"customer,date,amount\n,2024-01-01,3\n", [], "no usable row: 1 rows read, 1 without a customer"),
        (
            b"customer,date,amount\nA,2024-01-01,3\n",
            ["--amount", "price"],
            "--amount: there is no column 'price'",
        ),
        (
            b"customer,date,amount\nA,2024-01-01,3\n",
            ["--model", "x.toml"],
            "--model x.toml: there is no such file",
        ),
        (b"customer,date,amount\nA,2024-01-01,3\n", ["--as-of", "2020-01-01"], "no usable row"),
        (b"customer,date,amount\nA,2024-01-01,3\n", ["--time-zone", "Moon"], "no time zone is called 'Moon'"),
        (b"PAR1 nonsense", [], "o.csv: the file cannot be read"),
        (b"PK\x03\x04 nonsense", [], "o.csv: the workbook cannot be read"),
        (b"\xd0\xcf\x11\xe0 nonsense", [], "the old XLS format is not read"),
        (b"just one column\n1\n2\n", [], "no columns can be told apart"),
        (bytes(range(256)) * 20, [], "o.csv: "),
    ],
)
def test_wrong_input_is_explained(tmp_path, content, arguments, message):
    path = tmp_path / "o.csv"
    if content is not None:
        path.write_bytes(content)
    result = run(path, *arguments, code=1)
    assert message in result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_wrong_model_names_the_line(tmp_path):
    model = tmp_path / "m.toml"
    model.write_text('name = "x"\n[[indicator]]\ncode = "revenue"\nweight = -1\n')
    result = run(write(tmp_path / "o.csv"), "--model", model, code=1)
    assert "indicator[0].weight: -1 is not between 0 and 1e+30" in result.output


def test_the_picture(tmp_path):
    english = run(write(tmp_path / "o.csv"), LANG="en_US.UTF-8", COLUMNS="100", LC_ALL="")
    assert "Customer value pyramid" in english.output
    assert "█" in english.output
    assert "2 customers · 4 transactions, 2 of them returns · revenue 1,105.50" in english.output
    chinese = run(tmp_path / "o.csv", LANG="zh_CN.UTF-8", COLUMNS="60", LC_ALL="")
    assert "客户价值金字塔" in chinese.output
    assert all(line == line.rstrip() or len(line) <= 60 for line in chinese.output.splitlines())


def test_as_a_program_without_django_and_quiet_in_a_pipe(tmp_path):
    path = write(tmp_path / "o.csv")
    script = (
        "import sys; from jinzita.cli import main\n"
        "try: main(['pyramid', sys.argv[1], '--json'])\n"
        "finally: assert not any(m == 'django' or m.startswith('django.') for m in sys.modules), 'Django'"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    check(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("columns", "roles"),
    [
        (["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"],
         ("CustomerID", "InvoiceDate", ("Quantity", "UnitPrice"), "InvoiceNo", ())),
        (["订单号", "客户名称", "客户编号", "下单时间", "订单金额（元）", "成本"],
         ("客户编号", "下单时间", ("订单金额（元）",), "订单号", ("成本",))),
        (["id", "Account", "close_date", "Close Value", "unit cost", "qty"],
         ("Account", "close_date", ("Close Value",), None, ("qty", "unit cost"))),
    ],
)  # fmt: skip
def test_columns_are_told_apart(columns, roles):
    found = detect(columns, Given(), "x.csv")
    assert (found.customer, found.date, found.amount, found.transaction, found.cost) == roles


def test_numbers_on_charts():
    assert [short(n, "en") for n in (1234, 5e6, 3.14159, 250)] == ["1.23K", "5M", "3.14", "250"]
    assert [short(n, "zh") for n in (1234, 56000, 2.5e8)] == ["1234", "5.6 万", "2.5 亿"]


def test_a_customers_name_cannot_inject_markup(tmp_path):
    rows = [['<script>alert("x")</script>', "2024-01-01", 1, 5, 1], ["[red]B", "2024-01-02", 2, 9, 1]]
    run(write(tmp_path / "o.csv", rows), "--out", tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
