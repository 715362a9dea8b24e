"""Customers known by another key than the source's: by numbers, phones, e-mails, names, attributes."""

from datetime import UTC, datetime

import pytest
from django.apps import apps

from jinzita.customers.fields.numbers import credit_check_digit
from jinzita.customers.services.taking_back import run_undo
from jinzita.integration.models import BadRow
from jinzita.integration.services import imports
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.kernel.errors import Invalid

Customer, Identifier, AttributeDefinition = (
    apps.get_model("customers", name) for name in ("Customer", "Identifier", "AttributeDefinition")
)


def code(first: str) -> str:
    """A credit code with its check digit, of a company that does not exist."""
    return first + credit_check_digit(first)


A, B = code("91110000MA0000001"), code("91310000MA0000002")


@pytest.fixture
def base(desk):
    """Customers from a CRM, of whom phone and e-mail are written in several ways."""
    text = (
        "编号,名称,电话,邮箱,统一社会信用代码,税号\n"
        f"C1,北京华宇有限公司,138 0000 0001,Info@Huayu.cn,{A},\n"
        f"C2,上海明远有限公司,+86 21 6888 1234,,{B.lower()},T12345\n"
        "C3,明远,021-68881234,sales@my.cn,,\n"
    )
    assert counts(desk.run("customers", text)) == (3, 0, 0, 0)
    return desk


def names() -> list[str]:
    return list(Customer.objects.order_by("pk").values_list("name", flat=True))


def test_numbers_come_in_with_customers_and_are_checked(base):
    rows = Identifier.objects.order_by("pk").values_list("customer__source_key", "kind", "value")
    assert list(rows) == [("C1", "credit_code", A), ("C2", "credit_code", B), ("C2", "tax", "T12345")]
    wrong = A[:-1] + ("0" if A[-1] != "0" else "1")
    text = f"编号,名称,统一社会信用代码,税号\nC1,北京华宇有限公司,{wrong},\nC9,新,{B},\nC3,明远,,a b\n"
    one = base.run("customers", text)
    assert counts(one) == (0, 0, 0, 3)
    assert reasons(one) == {2: ["credit_code_check credit_code"], 3: ["number_taken"], 4: ["tax_shape tax"]}
    taken = BadRow.objects.get(of=one, number=3).reasons[0]["candidates"]
    assert taken == [{"id": Customer.objects.get(source_key="C2").pk, "name": "上海明远有限公司"}]


@pytest.mark.parametrize(
    ("key", "header", "cell", "of"),
    [
        ("credit_code", "统一社会信用代码", A.lower(), "C1"),
        ("tax", "税号", "t 12345", "C2"),
        ("tax", "税号", B, "C2"),
        ("phone", "电话", "+8613800000001", "C1"),
        ("email", "邮箱", "INFO@huayu.cn ", "C1"),
        ("name", "名称", "北京华宇有限公司", "C1"),
    ],
)
def test_each_key_finds_its_customer(base, key, header, cell, of):
    name = "" if key == "name" else ",名称"
    row = cell if key == "name" else f"{cell},改名"
    one = base.run("customers", f"{header}{name},备用\n{row},x\n", source="erp", match_by=key)
    assert counts(one) == (0, 1, 0, 0) if key != "name" else counts(one) == (0, 0, 1, 0)
    assert len(names()) == 3
    if key != "name":
        assert Customer.objects.get(source_key=of).name == "改名"


def test_unknown_ones_are_made_and_known_again(base):
    text = "电话,名称\n010-88880000,甲公司\n138 0000 0001,北京华宇有限公司\n(010) 8888 0000,乙公司\n"
    one = base.run("customers", text, source="erp", match_by="phone")
    assert counts(one) == (1, 0, 2, 0)
    assert one.superseded == 1
    made = Customer.objects.get(source="erp")
    assert (made.name, made.standing.grade) == ("乙公司", "prospect")
    assert counts(base.run("customers", text, source="erp", match_by="phone")) == (0, 0, 3, 0)


def test_a_key_that_several_have_is_a_bad_row_that_names_them(base):
    one = base.run("customers", "电话,名称\n021 6888 1234,谁\n", source="erp", match_by="phone")
    assert counts(one) == (0, 0, 0, 1)
    assert reasons(one) == {2: ["ambiguous_customer phone"]}
    named = [each["name"] for each in BadRow.objects.get(of=one).reasons[0]["candidates"]]
    assert sorted(named) == ["上海明远有限公司", "明远"]


def test_rows_without_a_key_fall_back_on_the_source_or_are_bad(base):
    text = f"编号,统一社会信用代码,名称\nE1,{A},北京华宇\nE2,,无码公司\n"
    one = base.run("customers", text, source="erp", match_by="credit_code")
    assert counts(one) == (1, 1, 0, 0)
    # The customer found by its code is known at the new source by its key there, also to other files.
    assert Identifier.objects.get(kind="external").customer.source_key == "C1"
    sale = base.run("transactions", "订单号,客户编号,日期,金额\nT1,E1,2024-01-01,5\n", source="erp")
    assert counts(sale) == (1, 0, 0, 0)
    assert query("SELECT c.source_key FROM customers_customer c JOIN agreements_transaction t"
                 " ON t.customer_id = c.id") == [("C1",)]  # fmt: skip
    assert counts(base.run("customers", "编号,名称\nE1,北京华宇\n", source="erp")) == (0, 0, 1, 0)
    alone = base.run(
        "customers", f"统一社会信用代码,名称\n{A},北京华宇\n,无名\n", source="x", match_by="credit_code"
    )
    assert reasons(alone) == {3: ["required credit_code"]}


@pytest.mark.parametrize(
    ("mode", "expected", "there"),
    [
        ("create", (1, 0, 1, 0), ["北京华宇有限公司", "上海明远有限公司", "明远", "新公司"]),
        ("update", (0, 1, 1, 0), ["改名公司", "上海明远有限公司", "明远"]),
        ("both", (1, 1, 0, 0), ["改名公司", "上海明远有限公司", "明远", "新公司"]),
    ],
)
def test_modes(base, mode, expected, there):
    text = "电话,名称\n13800000001,改名公司\n13900000009,新公司\n"
    one = base.run("customers", text, source="erp", match_by="phone", mode=mode)
    assert counts(one) == expected
    assert one.skipped == (0 if mode == "both" else 1)
    assert sorted(names()) == sorted(there)


def test_modes_of_facts(desk):
    desk.run("transactions", "key,customer,date,amount\nT1,C1,2024-01-01,1\n")
    text = "key,customer,date,amount\nT1,C1,2024-01-01,2\nT2,C1,2024-01-01,2\n"
    assert counts(desk.run("transactions", text, mode="update")) == (0, 1, 1, 0)
    assert counts(desk.run("transactions", text, mode="create")) == (1, 0, 1, 0)
    with pytest.raises(Invalid):
        desk.run(
            "transaction_lines",
            "order,customer,date,product,quantity,amount\n1,1,2024-01-01,1,1,1\n",
            mode="update",
        )


def test_only_updating_needs_no_name(base):
    one = base.run("customers", f"统一社会信用代码,电话\n{A},010-55556666\n", source="erp",
                   match_by="credit_code", mode="update")  # fmt: skip
    assert counts(one) == (0, 1, 0, 0)
    with pytest.raises(Invalid):
        base.run("customers", f"统一社会信用代码,电话\n{A},1\n", source="erp", match_by="credit_code")


def test_empty_cells_keep_or_clear(base):
    AttributeDefinition.objects.create(code="rank", type="text", label_en="Rank", label_zh="级别")
    base.run("customers", "编号,名称,rank\nC1,北京华宇有限公司,高\n")
    text = "编号,名称,电话,rank\nC1,北京华宇有限公司,,\n"
    assert counts(base.run("customers", text)) == (0, 0, 1, 0)
    one = Customer.objects.get(source_key="C1")
    assert (one.phone, one.attributes["rank"]) == ("138 0000 0001", "高")
    assert counts(base.run("customers", text, empty_cells="clear")) == (0, 1, 0, 0)
    one.refresh_from_db()
    assert (one.phone, one.attributes) == ("", {})


def test_an_attribute_and_name_with_region_are_keys_too(base):
    AttributeDefinition.objects.create(code="member", type="number", label_en="Member", label_zh="会员号")
    base.run(
        "customers", "编号,名称,member,region\nC1,北京华宇有限公司,17,北京\nC4,北京华宇有限公司,18,上海\n"
    )
    one = base.run("customers", "member,名称\n17,会员甲\n", source="erp", match_by="attributes.member")
    assert (counts(one), Customer.objects.get(source_key="C1").name) == ((0, 1, 0, 0), "会员甲")
    text = "名称,region,电话\n北京华宇有限公司,上海,010-11112222\n北京华宇有限公司,广州,010-33334444\n"
    two = base.run("customers", text, source="erp", match_by="name_region")
    assert counts(two) == (1, 1, 0, 0)
    assert Customer.objects.get(source_key="C4").phone == "010-11112222"


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("credit_code", A),
        ("phone", "138-0000-0001"),
        ("email", "info@huayu.cn"),
        ("name", "北京华宇有限公司"),
    ],
)
def test_facts_name_their_customer_by_a_key(base, key, cell):
    text = f"订单号,客户编号,日期,金额\nT1,{cell},2024-01-01,5\nT2,{cell},2024-01-02,5\n"
    one = base.run("transactions", text, source="erp", match_by=key)
    assert counts(one) == (2, 0, 0, 0)
    found = (
        "SELECT DISTINCT c.source_key FROM agreements_transaction t"
        " JOIN customers_customer c ON c.id = customer_id"
    )
    assert query(found) == [("C1",)]
    assert counts(base.run("transactions", text, source="erp", match_by=key)) == (0, 0, 2, 0)


def test_facts_of_unknown_or_unclear_customers(base):
    text = (
        "订单号,客户编号,日期,金额\n"
        "T1,021-68881234,2024-01-01,5\nT2,139 1111 2222,2024-01-02,5\nT3,没有,2024-01-02,5\n"
    )
    one = base.run("transactions", text, source="erp", match_by="phone", unknown_customers="refuse")
    assert reasons(one) == {
        2: ["ambiguous_customer customer"],
        3: ["unknown_customer customer"],
        4: ["no_key customer"],
    }
    assert counts(base.run("transactions", text, source="erp", match_by="phone")) == (1, 0, 0, 2)
    made = Customer.objects.get(source="erp")
    assert (made.name, made.phone) == ("139 1111 2222", "139 1111 2222")
    by_code = base.run("contacts", f"key,name,customer\nP1,张三,{A}\nP2,李四,{code('91440000MA0000009')}\n",
                       source="hr", match_by="credit_code")  # fmt: skip
    assert counts(by_code) == (2, 0, 0, 0)
    assert Identifier.objects.filter(customer__source="hr", kind="credit_code").count() == 1


def test_undoing_puts_back_what_was_there_numbers_included(base):
    def state():
        return (
            query("SELECT id, name, phone, attributes, source_key FROM customers_customer ORDER BY 1"),
            query("SELECT customer_id, kind, source, value FROM customers_identifier ORDER BY 1, 2, 3, 4"),
            query("SELECT customer_id, text FROM customers_searchkey ORDER BY 1"),
        )

    before = state()
    other = code("91440000MA0000009")
    text = f"编号,电话,名称,统一社会信用代码\nE1,13800000001,改名,{other}\nE2,13900000001,新,\n"
    one = base.run("customers", text, source="erp", match_by="phone")
    assert counts(one) == (1, 1, 0, 0)
    assert state() != before
    imports.request_undo(by=base.viewer, import_id=one.pk, now=datetime.now(UTC))
    one.refresh_from_db()
    run_undo(one.change_set_id)
    one.change_set.refresh_from_db()
    assert one.change_set.state == "undone"
    assert state() == before
