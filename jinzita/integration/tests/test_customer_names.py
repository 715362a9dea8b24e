"""A file of facts may also name its customers: those made on the way are called so."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinzita.customers.selectors.keys import meant
from jinzita.customers.services import merging
from jinzita.integration.models import BadRow
from jinzita.integration.services.plan import record_kind, suggest
from jinzita.integration.tests.desk import counts, query, reasons

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


CUSTOMERS = "编号,名称\nC1,江南光电\nC2,江南光电（苏州）\nC3,海河物流\nC4,老字号\nC5,老字号\nC6,南洋\n"


def sale(name: str) -> str:
    return f"订单号,客户名称,下单日期,金额\nT1,{name},2024-01-05,100\n"


def test_a_former_name_finds_the_customer_it_became_part_of(desk):
    desk.run("customers", CUSTOMERS)
    ids = dict(query("SELECT source_key, id FROM customers_customer"))

    def merge(key: str, *others: str):
        several = [ids[one] for one in (key, *others)]
        return merging.merge(by=desk.viewer, what="customer", survivor_id=several[0], ids=several)

    def of_sale() -> str:
        return query(
            "SELECT c.source_key FROM agreements_transaction t"
            " JOIN customers_customer c ON c.id = customer_id"
        )[0][0]

    how = {"match_by": "name", "unknown_customers": "refuse"}
    merge("C1", "C2")
    merge("C3", "C1")  # and again: both names go on
    for name in ("江南光电(苏州)", "江南光电"):  # however wide its signs are
        assert counts(desk.run("transactions", sale(name), source=name, **how)) == (1, 0, 0, 0)
        assert of_sale() == "C3"
        query("DELETE FROM agreements_transaction RETURNING 1")
    merge("C3", "C4")
    merge("C6", "C5")
    one = desk.run("transactions", sale("老字号"), **how)
    assert reasons(one) == {2: ["ambiguous_customer customer"]}
    candidates = BadRow.objects.get(of=one).reasons[0]["candidates"]
    assert {each["name"] for each in candidates} == {"海河物流", "南洋"}
    desk.run("customers", "编号,名称\nC9,江南光电\n")  # who is called so now comes first
    assert counts(desk.run("transactions", sale("江南光电"), **how)) == (1, 0, 0, 0)
    assert of_sale() == "C9"


def test_former_names_go_with_the_merge_that_made_them(desk):
    desk.run("customers", CUSTOMERS)
    ids = dict(query("SELECT source_key, id FROM customers_customer"))
    one = merging.merge(
        by=desk.viewer, what="customer", survivor_id=ids["C3"], ids=[ids["C3"], ids["C6"]]
    )  # fmt: skip
    assert query("SELECT customer_id FROM customers_searchkey WHERE former = '{南洋}'") == [(ids["C3"],)]
    merging.unmerge(by=desk.viewer, merge_id=one.pk, now=datetime.now(UTC))
    assert query("SELECT count(*) FROM customers_searchkey WHERE former <> '{}'") == [(0,)]


def test_former_names_of_a_batch_cost_one_statement(desk):
    desk.run("customers", CUSTOMERS)
    asked = []
    for many in (1, 500):
        with CaptureQueriesContext(connection) as queries:
            meant(desk.viewer, "name", [f"甲{number}" for number in range(many)], formerly=True)
        asked.append(len(queries))
    assert asked[0] == asked[1]
