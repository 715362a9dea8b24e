"""Imports: what comes in, what does not and why; twice is once; the counts add up."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jinzita.integration.models import Import
from jinzita.integration.reading import delimited
from jinzita.integration.services import imports, uploads
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.kernel.errors import Invalid

SALES = """订单号,客户编号,日期,类型,金额,成本,备注
T1,C1,2024-01-05 10:00,销售,"¥1,200.50",700,首单
T2,C1,2024/2/5,退货,100,,
T3,C2,2024年3月5日,,(80),50,
"""


def test_transactions_with_chinese_headers(desk):
    one = desk.run("transactions", SALES.encode("gb18030"))
    assert counts(one) == (3, 0, 0, 0)
    assert query("SELECT source_key, kind, amount, cost, note FROM agreements_transaction ORDER BY 1") == [
        ("T1", "sale", Decimal("1200.5"), Decimal(700), "首单"),
        ("T2", "return", Decimal(100), None, ""),
        ("T3", "return", Decimal(80), Decimal(50), ""),
    ]
    assert query("SELECT occurred_at::text FROM agreements_transaction WHERE source_key = 'T1'") == [
        ("2024-01-05 02:00:00+00",)
    ]
    # Customers nobody knew are there, can be found and stand as prospects.
    assert query(
        "SELECT name, grade FROM customers_customer c JOIN customers_standing s ON s.customer_id = c.id"
        " JOIN customers_searchkey k ON k.customer_id = c.id ORDER BY 1"
    ) == [
        ("C1", "prospect"),
        ("C2", "prospect"),
    ]


def test_the_same_file_twice_changes_nothing_and_a_changed_row_updates(desk):
    desk.run("transactions", SALES)
    before = query("SELECT id, updated_at FROM agreements_transaction ORDER BY 1")
    assert counts(desk.run("transactions", SALES)) == (0, 0, 3, 0)
    assert query("SELECT id, updated_at FROM agreements_transaction ORDER BY 1") == before
    assert counts(desk.run("transactions", SALES.replace("700", "701"))) == (0, 1, 2, 0)
    assert counts(desk.run("transactions", SALES, source="other")) == (3, 0, 0, 0)


BAD = (
    "key,customer,date,kind,amount,note\n"
    "T1,C1,2024-01-05,sale,10,fine\n"
    "T2,C1,yesterday,sale,10,\n"
    "T3,C1,2024-01-05,sale,ten,\n"
    ",C1,2024-01-05,sale,10,\n"
    "T5,,2024-01-05,sale,10,\n"
    "T6,C1,2024-01-05,gift,10,\n"
    "T7,C1,2024-01-05,sale,-10,\n"
    "T8,C1,2024-01-05,sale,10,a\0b\n"
    "T9,C1,9999-12-31,sale,10,\n"
    "T10,C1,2024-01-05,sale,123456789012345,\n"
    f"{'K' * 121},C1,2024-01-05,sale,10,\n"
    "T12,C1,2024-01-05,sale\n"
    "T13,C1,2024-01-05,sale,10,x,y\n"
    'T14,C1,2024-01-05,sale,10,"open\n'
    "T15,C1,bad,gift,bad,\n"
    "T16,C1,2024-01-05,sale,10,=SUM(A1)\n"
)


def test_bad_rows_of_every_sort_come_back_and_stop_nothing(desk):
    one = desk.run("transactions", BAD)
    assert counts(one) == (2, 0, 0, 14)
    assert reasons(one) == {
        3: ["not_a_date occurred_at"],
        4: ["not_a_number amount"],
        5: ["required source_key"],
        6: ["required customer"],
        7: ["unknown_choice kind"],
        8: ["negative amount"],
        9: ["nul note"],
        10: ["date_out_of_range occurred_at"],
        11: ["number_too_large amount"],
        12: ["too_long source_key"],
        13: ["too_few_cells"],
        14: ["too_many_cells"],
        15: ["broken_quotes"],
        16: ["not_a_date occurred_at", "unknown_choice kind", "not_a_number amount"],
    }
    assert one.reasons["not_a_number amount"] == 2
    assert query("SELECT source_key FROM agreements_transaction ORDER BY 1") == [("T1",), ("T16",)]


def test_unknown_customers_are_refused_when_so_chosen(desk):
    desk.run("customers", "id,name\nC1,Known\n")
    one = desk.run("transactions", SALES, unknown_customers="refuse")
    assert counts(one) == (2, 0, 0, 1)
    assert reasons(one) == {4: ["unknown_customer customer"]}


def test_receipts_find_their_invoice_or_are_refused(desk):
    desk.run(
        "invoices",
        "invoice no,customer no,date,due date,total\nI1,C1,2024-01-01,2024-02-01,50\n"
        "I2,C1,2024-02-02,2024-02-01,50\n",
    )
    one = desk.run(
        "receipts",
        "receipt no,customer no,date,paid,invoice no\n"
        "R1,C1,2024-02-01,50,I1\nR2,C1,2024-02-01,5,\nR3,C1,2024-02-01,5,I2\n",
    )
    assert counts(one) == (2, 0, 0, 1)
    assert reasons(one) == {4: ["unknown_invoice invoice"]}
    assert reasons(Import.objects.get(kind="invoices")) == {3: ["due_before_issued due_on"]}


def test_customers_with_attributes_keep_what_a_file_does_not_say(desk):
    desk.run(
        "customers",
        "客户编号,客户名称,电话,地区,注册资本,是否上市\nC1,北京华盛商贸有限公司,010-1,北京,100万,是\n",
    )
    one = desk.run("customers", "id,name,industry\nC1,北京华盛商贸有限公司,批发\n")
    assert counts(one) == (0, 1, 0, 0)
    assert query("SELECT phone, kind, attributes FROM customers_customer") == [
        (
            "010-1",
            "organisation",
            '{"listed": true, "region": "北京", "industry": "批发", "registered_capital": 1000000}',
        ),
    ]
    assert query("SELECT position('华盛' IN text) > 0 FROM customers_searchkey") == [(True,)]


def test_a_key_twice_in_a_file_is_once_and_the_last_that_can_be_read_wins(desk, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK", 40)  # every row or two in a batch of its own
    text = "key,customer,date,amount\n" + "".join(
        f"{key},C1,2024-01-0{day},{amount}\n"
        for key, day, amount in [("A", 1, 1), ("B", 1, 2), ("A", 2, 3), ("A", 3, "x"), ("B", 1, 2)]
    )
    one = desk.run("transactions", text)
    assert counts(one) == (2, 0, 2, 1)
    assert one.superseded == 2
    assert query("SELECT source_key, amount FROM agreements_transaction ORDER BY 1") == [("A", 3), ("B", 2)]
    assert counts(desk.run("transactions", text)) == (0, 0, 4, 1)


def test_dates_that_fit_both_orders_must_be_told(desk):
    text = "key,customer,date,amount\nA,C,1/5/2024,1\nB,C,2/6/2024,1\n"
    one = desk.run("transactions", text)
    assert one.job.state == "failed"
    assert "day or with the month first" in one.job.error
    assert [each["code"] for each in one.job.failure["details"]] == ["ambiguous_dates"]
    assert one.read == 0
    assert counts(desk.run("transactions", text, date_format="mdy")) == (2, 0, 0, 0)
    days = query(
        "SELECT (occurred_at AT TIME ZONE 'Asia/Shanghai')::date::text FROM agreements_transaction ORDER BY 1"
    )
    assert days == [("2024-01-05",), ("2024-02-06",)]


LINES = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID
I1,P1,Mug,2,2024-01-05 10:00,2.55,17850
I1,P2,Plate,1,2024-01-05 10:00,10,17850
CI2,P1,Mug,-1,2024-02-05 10:00,2.55,17850
I3,P1,,1,2024-02-06 10:00,1.005,
I1,P1,Mug,1,2024-01-05 10:01,0.9,17850
"""


@pytest.mark.parametrize("block", [60, 1 << 20])
def test_lines_make_up_their_transactions_also_over_batches(desk, monkeypatch, block):
    monkeypatch.setattr(delimited, "BLOCK", block)
    one = desk.run("transaction_lines", LINES)
    assert counts(one) == (4, 0, 0, 1)
    assert query("SELECT source_key, kind, amount FROM agreements_transaction ORDER BY 1") == [
        ("CI2", "return", Decimal("2.55")),
        ("I1", "sale", Decimal("16")),
    ]
    assert query("SELECT source_key, amount FROM agreements_transactionline ORDER BY 1") == [
        ("CI2#1", Decimal("-2.55")),
        ("I1#1", Decimal("5.1")),
        ("I1#2", 10),
        ("I1#3", Decimal("0.9")),
    ]
    assert query("SELECT source_key, name FROM products_product ORDER BY 1") == [
        ("P1", "Mug"),
        ("P2", "Plate"),
    ]
    assert counts(desk.run("transaction_lines", LINES)) == (0, 0, 4, 1)
    changed = LINES.replace("Plate,1", "Plate,3")
    assert counts(desk.run("transaction_lines", changed)) == (0, 1, 3, 1)
    assert query("SELECT amount FROM agreements_transaction WHERE source_key = 'I1'") == [(Decimal(36),)]


def test_a_line_that_moves_changes_both_transactions(desk):
    header = "line id,order,customer,date,product,qty,amount\n"
    text = f"{header}L1,O1,C,2024-01-01,P,1,10\nL2,O1,C,2024-01-01,P,1,5\n"
    desk.run("transaction_lines", text)
    desk.run("transaction_lines", text.replace("L2,O1", "L2,O2"))
    assert query("SELECT source_key, amount FROM agreements_transaction ORDER BY 1") == [
        ("O1", 10),
        ("O2", 5),
    ]


def test_a_dry_run_says_everything_and_writes_nothing(desk):
    one = desk.run("transactions", BAD, dry_run=True)
    assert counts(one) == (2, 0, 0, 14)
    assert len(reasons(one)) == 14
    assert query("SELECT count(*) FROM agreements_transaction") == [(0,)]
    assert query("SELECT count(*) FROM customers_customer") == [(0,)]
    assert query("SELECT count(*) FROM kernel_touched WHERE fact = 'transactions'") == [(0,)]


def test_the_months_written_and_left_are_touched(desk):
    desk.run("transactions", SALES)
    query("DELETE FROM kernel_touched RETURNING 1")
    desk.run("transactions", SALES.replace("2024/2/5", "2024/6/5"))
    months = query("SELECT DISTINCT month::text FROM kernel_touched WHERE fact = 'transactions' ORDER BY 1")
    assert months == [("2024-02-01",), ("2024-06-01",)]


def test_spreadsheets_leave_blank_rows_that_are_none(desk):
    one = desk.run(
        "transactions", "key,customer,date,amount\nA,C,2024-01-01,1\n,,,\n  , ,,\nB,C,2024-01-01,1\n"
    )
    assert counts(one) == (2, 0, 0, 0)


def test_a_parquet_file(desk):
    path = desk.folder / "t.parquet"
    parquet.write_table(
        pa.table(
            {"order_id": [1, 2], "customer_id": [7, 7], "date": ["2024-01-01"] * 2, "amount": [1.5, None]}
        ),
        path,
    )
    one = desk.run("transactions", path)
    assert counts(one) == (1, 0, 0, 1)
    assert reasons(one) == {3: ["required amount"]}


def test_a_mapping_by_hand_and_what_it_must_not_be(desk):
    text = "a,b,c,d\nT,C,2024-01-01,5\n"
    with pytest.raises(Invalid, match="source_key, customer, occurred_at, amount"):
        desk.begin("transactions", text)
    good = {"a": "source_key", "b": "customer", "c": "occurred_at", "d": "amount"}
    for wrong in ({"z": "amount"}, {"a": "nothing"}, {"a": "amount", "b": "amount"}):
        with pytest.raises(Invalid):
            desk.begin("transactions", text, mapping=good | wrong if "z" in wrong else wrong)
    assert counts(desk.run("transactions", text, mapping=good)) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("kind", "header", "mapping"),
    [
        (
            "transactions",
            ["Invoice No", "Client", "日期", "Total"],
            ["source_key", "customer", "occurred_at", "amount"],
        ),
        (
            "customers",
            ["客户编码", "客户名称", "所属行业", "年销售额", "Employees"],
            ["source_key", "name", "attributes.industry", "attributes.annual_sales", "attributes.size"],
        ),
        (
            "transaction_lines",
            [
                "InvoiceNo",
                "StockCode",
                "Description",
                "Quantity",
                "InvoiceDate",
                "UnitPrice",
                "CustomerID",
                "Country",
            ],
            [
                "transaction",
                "product",
                "product_name",
                "quantity",
                "occurred_at",
                "unit_price",
                "customer",
                None,
            ],
        ),
        (
            "receipts",
            ["回款编号", "客户ID", "到账日期", "实收金额", "发票号"],
            ["source_key", "customer", "received_on", "amount", "invoice"],
        ),
        (
            "invoices",
            ["invoice_no", "account", "issue date", "Due Date", "invoice amount"],
            ["source_key", "customer", "issued_on", "due_on", "amount"],
        ),
        (
            "customers",
            [
                "企业名称",
                "社会统一信用代码",
                "手机号码",
                "电子邮件",
                "客户行业",
                "省",
                "员工规模",
                "注册资本（万元）",
            ],
            [
                "name",
                "credit_code",
                "phone",
                "email",
                "attributes.industry",
                "attributes.region",
                "attributes.size",
                None,
            ],
        ),
        (
            "customers",
            ["Account Name", "Mobile Phone", "Email Address", "Sector", "State", "Number of Employees"],
            ["name", "phone", "email", "attributes.industry", "attributes.region", "attributes.size"],
        ),
        (
            "contacts",
            ["所属公司", "Contact Person", "手机号码", "邮件地址", "岗位"],
            ["customer", "name", "phone", "email", "title"],
        ),
        (
            "interactions",
            ["工单号", "客户号", "发生时间", "类型", "标题"],
            ["source_key", "customer", "occurred_at", "kind", "subject"],
        ),
        (
            "opportunities",
            ["商机编号", "客户", "商机名称", "预计金额", "赢率", "状态"],
            ["source_key", "customer", "name", "amount", "probability", "status"],
        ),
    ],
)
def test_columns_are_matched_by_english_and_chinese_words(db, kind, header, mapping):
    from jinzita.integration.services.plan import record_kind, suggest

    expected = {column: field for column, field in zip(header, mapping, strict=True) if field}
    assert suggest(header, record_kind(kind)) == expected


ROW = st.tuples(
    st.sampled_from(["A", "B", "C", "D", ""]),
    st.sampled_from(["X", "Y", ""]),
    st.sampled_from(["2024-01-01", "2024-02-31", "2024/3/1", ""]),
    st.sampled_from(["1", "-2", "3.5", "x", ""]),
)


@pytest.mark.parametrize("kind", ["transactions", "transaction_lines"])
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROW, max_size=12), block=st.sampled_from([30, 1 << 20]))
def test_twice_is_once(desk, kind, rows, block):
    query("DELETE FROM agreements_transactionline RETURNING 1")
    query("DELETE FROM agreements_transaction RETURNING 1")
    header = (
        "key,customer,date,amount" if kind == "transactions" else "order,customer,date,amount,product,qty"
    )
    more = "" if kind == "transactions" else ",P,1"
    text = "\n".join([header, *(",".join(row) + more for row in rows)]) + "\n"
    state = "SELECT source_key, kind, amount, occurred_at, updated_at FROM agreements_transaction ORDER BY 1"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "BLOCK", block)
        first = desk.run(kind, text)
        after_once = query(state)
        second = desk.run(kind, text)
    created, updated, unchanged, bad = counts(first)
    assert updated == 0
    assert counts(second) == (0, 0, created + unchanged, bad)
    assert query(state) == after_once
    if kind == "transaction_lines":
        sums = query(
            "SELECT abs(sum(l.amount)) = t.amount FROM agreements_transactionline l JOIN"
            " agreements_transaction t ON t.id = l.transaction_id GROUP BY t.id, t.amount"
        )
        assert all(fits for (fits,) in sums)


def test_an_import_that_is_stopped_keeps_what_came_in_and_can_go_on(desk, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK", 60)
    text = "key,customer,date,amount\n" + "".join(f"T{i},C{i % 3},2024-01-01,{i}\n" for i in range(50))
    one = desk.begin("transactions", text)
    take, taken = imports.perform.__globals__["_Run"].take, list[object]()

    def stop_after_three(self, batch):
        if len(taken) == 3:
            raise imports.jobs.Cancelled
        taken.append(batch)
        take(self, batch)

    with monkeypatch.context() as patch:
        patch.setattr(imports.perform.__globals__["_Run"], "take", stop_after_three)
        assert imports.run_import(one.pk).state == "cancelled"
    part = Import.objects.get(pk=one.pk)
    assert 0 < part.read < 50
    assert query("SELECT count(*) FROM agreements_transaction") == [(part.read,)]
    imports.resume(by=desk.viewer, import_id=one.pk, now=part.created_at, here=True)
    imports.run_import(one.pk)
    assert counts(Import.objects.select_related("job").get(pk=one.pk)) == (50, 0, 0, 0)


def test_files_are_deleted_when_done_or_old(desk):
    from datetime import timedelta

    upload = uploads.receive(by=desk.viewer, filename="../../etc/passwd\0.csv", chunks=[SALES.encode()])
    path = uploads.path_of(upload)
    assert path.parent == path.parent.parent / "uploads"
    assert upload.filename == "passwd.csv"
    one = imports.start_import(by=desk.viewer, upload=upload, kind="transactions", source="x", here=True)
    imports.run_import(one.pk)
    assert not path.exists()
    other = uploads.receive(by=desk.viewer, filename="b.csv", chunks=[b"a\n1\n"])
    assert uploads.discard_old(now=other.created_at + timedelta(days=6)) == 0
    assert uploads.discard_old(now=other.created_at + timedelta(days=8)) == 1
    assert not uploads.path_of(other).exists()
