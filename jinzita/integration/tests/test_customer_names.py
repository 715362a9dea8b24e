"""A file of facts may also name its customers: those made on the way are called so."""

import pytest

from jinzita.integration.services.plan import record_kind, suggest
from jinzita.integration.tests.desk import counts, query

NAMED = """订单号,客户编号,客户名称,下单日期,金额
T1,K049,,2024-01-05,100
T2,K049,江南光电,2024-01-06,200
T3,K050, 海河物流 ,2024-01-07,300
T4,K050,海河物流集团,2024-01-08,300
T5,K051,,2024-01-08,300
"""


def names() -> dict[str, str]:
    return dict(query("SELECT source_key, name FROM customers_customer"))


def test_new_customers_are_called_by_their_name(desk):
    one = desk.run("transactions", NAMED)
    assert counts(one) == (5, 0, 0, 0)
    assert names() == {"K049": "江南光电", "K050": "海河物流", "K051": "K051"}


def test_known_customers_keep_their_name(desk):
    desk.run("customers", "编号,名称\nK049,江南光电有限公司\n")
    desk.run("transactions", NAMED)
    desk.run("transactions", NAMED.replace("江南光电", "改名"))
    assert names()["K049"] == "江南光电有限公司"


def test_lines_name_customers_too(desk):
    lines = "订单号,客户编号,客户名称,日期,货号,数量,单价\nT1,K1,江南光电,2024-01-05,P1,2,5\n"
    assert counts(desk.run("transaction_lines", lines)) == (1, 0, 0, 0)
    assert names() == {"K1": "江南光电"}


def test_a_name_that_is_too_long_is_a_bad_row(desk):
    one = desk.run("transactions", NAMED.replace("江南光电", "长" * 201))
    assert counts(one) == (4, 0, 0, 1)


@pytest.mark.parametrize(
    ("header", "matched"),
    [
        ("订单号,客户编号,客户名称,下单日期,金额", {"客户编号": "customer", "客户名称": "customer_name"}),
        ("订单号,客户,客户编号,下单日期,金额", {"客户": "customer_name", "客户编号": "customer"}),
        ("订单号,客户编号,单位名称,下单日期", {"客户编号": "customer", "单位名称": "customer_name"}),
        ("order no,Company,Customer ID", {"Company": "customer_name", "Customer ID": "customer"}),
        ("订单号,客户,下单日期,金额", {"客户": "customer"}),
        ("订单号,客户名称,下单日期,金额", {"客户名称": "customer"}),
        ("order no,customer,date,amount", {"customer": "customer"}),
    ],
)
@pytest.mark.parametrize("kind", ["transactions", "receipts", "invoices", "interactions"])
def test_a_name_never_takes_the_place_of_the_key(db, kind, header, matched):
    found = suggest(header.split(","), record_kind(kind))
    assert {column: code for column, code in found.items() if code.startswith("customer")} == matched
