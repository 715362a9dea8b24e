"""Attributes that refer to a customer or a colleague come in from a file, by key or by name."""

import json

from django.apps import apps

from jinzita.integration.models import BadRow
from jinzita.integration.tests.desk import counts, query, reasons
from jinzita.kernel.access import system
from jinzita.people import services

KNOWN = "编号,名称\nC1,甲公司\nC2,丁公司\nC3,丁公司\n"
FILE = """编号,名称,介绍人,顾问
D1,乙公司,C1,anna
D2,丙公司, 甲公司 ,安娜
D3,戊公司,无此客户,
D4,己公司,丁公司,
D5,庚公司,,
"""


def test_references_are_known_by_key_or_name(desk):
    attribute = apps.get_model("customers", "AttributeDefinition")
    for code, zh, kind in (("referrer", "介绍人", "customers"), ("adviser", "顾问", "users")):
        attribute.objects.create(code=code, type="reference", references=kind, label_en=code, label_zh=zh)
    anna, _ = services.create_user(
        by=system("test"), username="anna", role="salesperson", name="安娜", department_id=None
    )
    desk.run("customers", KNOWN)
    ids = dict(query("SELECT source_key, id FROM customers_customer"))
    one = desk.run("customers", FILE)
    assert counts(one) == (3, 0, 0, 2)
    kept = dict(query("SELECT source_key, attributes FROM customers_customer WHERE source_key LIKE 'D%%'"))
    wanted = {"referrer": ids["C1"], "adviser": anna.pk}
    assert {key: json.loads(found) for key, found in kept.items()} == {"D1": wanted, "D2": wanted, "D5": {}}
    assert list(reasons(one).values()) == [
        ["unknown_reference attributes.referrer"], ["ambiguous_reference attributes.referrer"]
    ]  # fmt: skip
    (reason,) = BadRow.objects.filter(of=one).order_by("number")[1].reasons
    assert [each["id"] for each in reason["candidates"]] == [ids["C2"], ids["C3"]]
