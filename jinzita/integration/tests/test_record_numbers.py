"""An exported list finds its customers when it comes back: by the number each has here."""

import csv
import io

import pytest
from django.apps import apps

from jinzita.customers.services import create_customer
from jinzita.integration.tests.desk import counts, reasons

Customer = apps.get_model("customers", "Customer")
NAMES = ("同名公司", "同名公司", "另一家公司")


@pytest.fixture
def known(desk):
    desk.customers = [create_customer(by=desk.viewer, name=name) for name in NAMES]
    return desk


def exported(client, fields: str, language: str = "zh", of: str = "customers") -> list[list[str]]:
    client.force_login(apps.get_model("people", "User").objects.get(username="root"))
    answer = client.post(
        f"/api/v1/{of}/export",
        {"fields": fields, "language": language},
        content_type="application/json",
    )
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return sorted(csv.reader(io.StringIO(text)), key=lambda row: row[0], reverse=True)


def written(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_exported_list_comes_back_unchanged_from_whatever_source(known, client, language):
    rows = exported(client, "record,name,phone", language)
    assert rows[0][0] == {"zh": "记录号", "en": "Record number"}[language]
    assert counts(known.run("customers", written(rows))) == (0, 0, 3, 0)
    assert Customer.objects.count() == 3


def test_what_was_changed_in_the_file_changes_that_customer_alone(known, client):
    rows = exported(client, "record,name,phone")
    second = known.customers[1]
    for row in rows:
        if row[0] == str(second.pk):
            row[2] = "021-5555 0001"
    assert counts(known.run("customers", written(rows))) == (0, 1, 2, 0)
    second.refresh_from_db()
    assert second.phone == "021-5555 0001"
    assert Customer.objects.filter(phone="").count() == 2


def test_the_record_counts_before_a_key_of_another_source(known, client):
    known.run("customers", "编号,名称\nA1,来自系统\n")
    rows = exported(client, "record,source_key,name")
    assert counts(known.run("customers", written(rows), source="elsewhere"))[0] == 0
    assert Customer.objects.count() == 4


def test_a_number_that_nobody_has_or_that_is_none_is_said(known):
    third = known.customers[2].pk
    text = f"记录号,名称\n999999999,无此客户\nabc,不是号码\n{'9' * 40},太大\n０{third},改了名\n"
    one = known.run("customers", text)
    assert counts(one) == (0, 1, 0, 3)
    assert reasons(one) == {
        2: ["no_such_record record"],
        3: ["no_key record"],
        4: ["too_long record"],
    }
    known.customers[2].refresh_from_db()
    assert known.customers[2].name == "改了名"


def test_other_files_name_their_customers_by_it_and_make_none_of_a_wrong_one(known):
    text = f"编号,客户,日期,金额\nT1,{known.customers[1].pk},2026-01-05,100\nT2,999999999,2026-01-06,50\n"
    one = known.run("transactions", text, match_by="record")
    assert counts(one)[0] == 1
    assert list(reasons(one)) == [3]
    assert Customer.objects.count() == 3
