"""Every indicator of the value model on small tables computed by hand."""

import ibis
import pytest

from jinzita.analytics import CATALOGUE, AnalyticsError, Indicator
from jinzita.analytics.errors import FactsError
from jinzita.analytics.facts import Facts
from jinzita.analytics.tests.tables import sale, values_of

ONE = {"customers": [{"customer_id": 1}]}
TRADE = {
    **ONE,
    "transactions": [
        sale(1, "2022-07-05", 100, 60),
        sale(1, "2023-06-30", 300, 200),  # the last day of the twelve months before
        sale(1, "2023-07-01", 50),  # the first day of the last twelve
        sale(1, "2024-06-20", 150, 90),
        sale(1, "2024-06-25", 40, 30, kind="return"),
        sale(1, "2024-07-01", 999, 1),  # after the day asked for
        sale(2, "2024-01-01", 777),  # not a customer of the table
    ],
}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("transaction_count", 4),
        ("revenue", 560),
        ("profit", (40 + 100 + 60) - 10),
        ("gross_margin", 190 / (100 + 300 + 150 - 40)),
        ("average_transaction", 150),
        ("largest_transaction", 300),
        ("returned_amount", 40),
        ("return_count", 1),
        ("tenure_days", 726),
        ("recency_days", 10),
        ("transaction_cycle_days", (726 - 10) / 3),
        ("revenue_growth", (50 + 150 - 40) / (100 + 300) - 1),
        ("expected_sales", 0),
    ],
)
def test_transaction_family(code, expected):
    values = values_of(TRADE, Indicator(code, 1))
    assert set(values) == {1}
    assert values[1][code] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("transaction_count", 2),
        ("revenue", 160),
        ("profit", 50),
        ("gross_margin", 50 / 110),
        ("average_transaction", 100),
        ("largest_transaction", 150),
        ("returned_amount", 40),
        ("return_count", 1),
        ("transaction_cycle_days", 355),
    ],
)
def test_window_of_twelve_months(code, expected):
    assert values_of(TRADE, Indicator(code, 1, window_months=12))[1][f"{code}@12"] == pytest.approx(expected)


def test_one_indicator_may_be_asked_with_several_windows():
    asked = [
        Indicator("revenue", 1),
        Indicator("revenue", 1, window_months=12),
        Indicator("revenue", 1, window_months=1),
    ]
    assert {k: v for k, v in values_of(TRADE, *asked)[1].items() if k.startswith("revenue")} == {
        "revenue": 560, "revenue@12": 160, "revenue@1": 110,
    }  # fmt: skip


def test_whole_history_columns():
    row = values_of(TRADE)[1]
    assert (row["sales"], row["revenue"], row["profit"]) == (4, 560, 190)


NOTHING = {
    "profit", "gross_margin", "average_transaction", "largest_transaction", "tenure_days", "recency_days",
    "transaction_cycle_days", "revenue_growth", "largest_receipt", "average_receipt",
    "collection_period_days",
    "average_outstanding", "average_outstanding_rate", "praise_rate", "complaint_rate", "suggestion_rate",
}  # fmt: skip


@pytest.mark.parametrize("tables", ["absent", "empty"])
def test_nothing_is_null_or_zero(tables):
    names = ("transactions", "invoices", "receipts", "interactions", "opportunities")
    row = values_of({**ONE, **({} if tables == "absent" else {name: [] for name in names})})[1]
    for code in CATALOGUE:
        assert row[code] == (None if code in NOTHING else 0), code
    assert row["sales"] == 0


def test_a_single_sale_has_no_cycle_and_returns_alone_no_average():
    rows = {
        "customers": [{"customer_id": 1}, {"customer_id": 2}],
        "transactions": [sale(1, "2024-06-01", 10), sale(2, "2024-06-01", 10, 4, kind="return")],
    }
    values = values_of(rows)
    assert values[1]["transaction_cycle_days"] is None
    assert values[1]["profit"] is None
    two = values[2]
    assert (two["revenue"], two["profit"], two["average_transaction"]) == (-10, -6, None)
    assert two["gross_margin"] is None  # divided by nothing above 0


def test_growth_needs_a_year_before_above_zero():
    rows = {**ONE, "transactions": [sale(1, "2023-01-10", 50, kind="return"), sale(1, "2024-01-10", 10)]}
    assert values_of(rows)[1]["revenue_growth"] is None


RECEIVABLES = {
    **ONE,
    "invoices": [
        {"invoice_id": 1, "customer_id": 1, "issued_on": "2024-03-10", "due_on": "2024-04-10", "amount": 100},
        {"invoice_id": 2, "customer_id": 1, "issued_on": "2024-05-20", "due_on": "2024-06-20", "amount": 60},
        {"invoice_id": 3, "customer_id": 1, "issued_on": "2024-07-01", "due_on": "2024-08-01", "amount": 500},
    ],
    "receipts": [
        {"customer_id": 1, "received_on": "2024-04-09", "amount": 30, "invoice_id": 1},  # 30 days
        {"customer_id": 1, "received_on": "2024-05-31", "amount": 50, "invoice_id": None},
        {"customer_id": 1, "received_on": "2024-06-19", "amount": 100, "invoice_id": 2},  # 30 days, overpaid
        {"customer_id": 1, "received_on": "2024-06-20", "amount": 10, "invoice_id": 1},  # 102 days
        {
            "customer_id": 1,
            "received_on": "2024-06-21",
            "amount": 7,
            "invoice_id": 99,
        },  # an invoice nobody has
    ],
}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("largest_receipt", 100),
        ("average_receipt", 197 / 5),
        ("collection_period_days", (30 * 30 + 100 * 30 + 10 * 102) / 140),
        # March 100, April 70, May 160 - 80, June 160 - 197 below 0; the eight months before do not count.
        ("average_outstanding", (100 + 70 + 80 + 0) / 4),
        ("average_outstanding_rate", 250 / (100 + 100 + 160 + 160)),
    ],
)
def test_financial_family(code, expected):
    assert values_of(RECEIVABLES, Indicator(code, 1))[1][code] == pytest.approx(expected)


def test_month_ends_up_to_a_day_inside_a_month():
    values = values_of(RECEIVABLES, as_of="2024-06-29")[1]
    assert values["average_outstanding"] == pytest.approx((100 + 70 + 80) / 3)


def test_a_first_invoice_of_this_month_has_no_month_end_yet():
    values = values_of(RECEIVABLES, as_of="2024-03-20")[1]
    assert values["average_outstanding"] is None
    assert values["average_outstanding_rate"] is None


def test_an_old_invoice_counts_at_all_twelve_month_ends():
    rows = {**ONE, "invoices": [{"invoice_id": 1, "customer_id": 1, "issued_on": "2019-01-01", "amount": 12}]}
    values = values_of(rows)[1]
    assert (values["average_outstanding"], values["average_outstanding_rate"]) == (12, 1)


def test_fully_paid_is_exactly_nothing_outstanding():
    rows = {
        **ONE,
        "invoices": [{"invoice_id": n, "customer_id": 1, "issued_on": "2024-01-05", "amount": a}
                     for n, a in enumerate(("0.1", "0.2"))],
        "receipts": [{"customer_id": 1, "received_on": "2024-01-06", "amount": "0.3"}],
    }  # fmt: skip
    assert values_of(rows)[1]["average_outstanding"] == 0


def test_receipts_have_windows_too():
    asked = [
        Indicator(c, 1, window_months=1)
        for c in ("largest_receipt", "average_receipt", "collection_period_days")
    ]
    row = values_of(RECEIVABLES, *asked)[1]
    assert row["largest_receipt@1"] == 100
    assert row["average_receipt@1"] == pytest.approx((50 + 100 + 10 + 7) / 4)
    assert row["collection_period_days@1"] == pytest.approx((100 * 30 + 10 * 102) / 110)


def test_contact_family():
    kinds = ["task", "task", "process", "praise", "complaint", "complaint", "suggestion", "visit"]
    old = {"customer_id": 1, "occurred_at": "2020-01-01", "kind": "praise"}
    rows = {
        **ONE,
        "interactions": [{"customer_id": 1, "occurred_at": "2024-06-01", "kind": k} for k in kinds] + [old],
    }
    row = values_of(rows)[1]
    counts = {code: row[f"{code}_count"] for code in ("task", "process", "praise", "complaint", "suggestion")}
    assert counts == {"task": 2, "process": 1, "praise": 2, "complaint": 2, "suggestion": 1}
    assert [row[f"{c}_rate"] for c in ("praise", "complaint", "suggestion")] == [0.4, 0.4, 0.2]
    assert values_of(rows, Indicator("praise_rate", 1, window_months=12))[1]["praise_rate@12"] == 0.25


def test_expected_sales_of_open_opportunities():
    rows = {**ONE, "opportunities": [
        {"customer_id": 1, "status": "open", "amount": 1000, "probability": 0.35},
        {"customer_id": 1, "status": "open", "amount": 200, "probability": None},
        {"customer_id": 1, "status": "won", "amount": 5000, "probability": 1.0},
    ]}  # fmt: skip
    assert values_of(rows)[1]["expected_sales"] == 350


def test_days_are_the_companys_own():
    rows = {
        **ONE,
        "transactions": [sale(1, "2024-06-30 16:30", 10)],
    }  # half past midnight of 1 July in Shanghai
    assert values_of(rows)[1]["sales"] == 0
    assert values_of(rows, zone="UTC")[1]["recency_days"] == 0
    assert values_of(rows, as_of="2024-07-02")[1]["recency_days"] == 1
    assert values_of(rows, as_of="2024-07-02", zone="America/New_York")[1]["recency_days"] == 2


def test_daylight_saving_moves_the_day():
    summer = {**ONE, "transactions": [sale(1, "1988-07-01 15:30", 1)]}  # Shanghai was at +9 in that summer
    assert values_of(summer, as_of="1988-07-10")[1]["recency_days"] == 8
    winter = {**ONE, "transactions": [sale(1, "1988-12-01 15:30", 1)]}
    assert values_of(winter, as_of="1988-12-10")[1]["recency_days"] == 9


def test_attributes_as_numbers_and_categories():
    known = {"customer_id": 1, "attribute:size": "large", "attribute:staff": 12.0, "attribute:listed": True}
    rows = {"customers": [known, {"customer_id": 2}]}
    asked = [
        Indicator("attribute:staff", 1),
        Indicator("attribute:size", 1, scale="map", categories=(("large", 100),)),
        Indicator("attribute:listed", 1, scale="steps", steps=((0, 10), (1, 90))),
        Indicator("attribute:unheard_of", 1),
    ]
    values = values_of(rows, *asked)
    assert [values[1][i.key] for i in asked] == [12.0, "large", 1.0, None]
    assert [values[2][i.key] for i in asked] == [None] * 4


@pytest.mark.parametrize("kind", ["struct", "map", "json"])
def test_attributes_in_one_column(kind):
    column = {
        "struct": ibis.memtable({"customer_id": [1], "attributes": [{"size": "large", "staff": 12}]}),
        "map": ibis.memtable({"customer_id": [1], "size": ["large"], "staff": ["12"]}).select(
            "customer_id", attributes=ibis.map(["size", "staff"], ibis.array([ibis._.size, ibis._.staff]))
        ),
        "json": ibis.memtable({"customer_id": [1], "attributes": ['{"size": "large", "staff": 12}']}),
    }[kind]
    from datetime import date

    from jinzita.analytics import indicator_values

    asked = [
        Indicator("attribute:staff", 1),
        Indicator("attribute:size", 1, scale="map", categories=(("a", 1),)),
    ]
    table = indicator_values(Facts(customers=column), asked, as_of=date(2024, 1, 1), time_zone="UTC")
    row = ibis.duckdb.connect().to_pyarrow(table).to_pylist()[0]
    assert (row["value.attribute:staff"], row["value.attribute:size"]) == (12.0, "large")


def test_customers_are_those_of_the_transactions_when_no_table_names_them():
    rows = {
        "transactions": [
            sale(7, "2024-01-01", 5),
            sale(8, "2024-01-01", 5),
            {**sale(9, "2024-01-01", 5), "customer_id": None},
        ]
    }
    assert set(values_of(rows)) == {7, 8}


def test_a_missing_column_is_named():
    table = ibis.memtable({"customer_id": [1], "amount": [1]})
    with pytest.raises(FactsError, match="transactions: the table has no column occurred_at, kind"):
        Facts(transactions=table)


def test_an_unknown_time_zone_is_named():
    with pytest.raises(AnalyticsError, match="time_zone: no time zone is called 'Mars/Olympus'"):
        values_of(ONE, zone="Mars/Olympus")
