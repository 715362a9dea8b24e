"""An import in a browser: customers known by their phone, a cell corrected before, and all of it undone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jinzita.customers.fields.numbers import credit_check_digit
from tests.e2e.conftest import Installation, pick

WORKER = 60_000
KNOWN = {"导入甲公司": "010-70000001", "导入乙公司": "010-70000002"}
CODE = "91110000MA0000077"
GOOD, WRONG = CODE + credit_check_digit(CODE), CODE + ("0" if credit_check_digit(CODE) != "0" else "1")


@pytest.fixture(scope="session")
def customers(installation: Installation) -> None:
    """Two customers entered by hand."""
    installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.customers.services import create_customer\n"
        f"[create_customer(by=system('test'), name=name, phone=phone) for name, phone in {KNOWN!r}.items()]"
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "客户.csv"
    path.write_text(
        "电话,名称,邮箱,统一社会信用代码\n"
        f"+86 10 7000 0001,导入甲新名,a@jia.cn,{WRONG}\n"
        "(010)70000002,导入乙新名,b@yi.cn,\n"
        "010-70000003,导入丙公司,,\n"
    )
    return path


def test_an_import_is_corrected_matched_by_phone_and_undone_but_for_what_was_changed_since(
    signed_in: Page, installation: Installation, customers: None, file: Path
):
    page = signed_in
    page.goto("/imports/new")
    page.locator("input[type=file]").set_input_files(file)
    pick(page.get_by_label("The file holds"), "Customers")
    page.get_by_label("Source", exact=True).fill("erp")
    page.get_by_role("button", name="Next").click()
    needed = page.get_by_role("alert").filter(has_text="Still needed")
    expect(needed).to_be_visible()
    pick(page.get_by_label("Customers are the same by"), "Phone")
    expect(needed).to_be_hidden()
    page.get_by_role("button", name="Next").click()

    wrong = page.get_by_label("“统一社会信用代码” in row 2")
    expect(wrong).to_have_value(WRONG)
    expect(page.get_by_text("1 cannot")).to_be_visible()
    wrong.fill(GOOD)
    wrong.press("Enter")
    expect(page.get_by_text("all can be imported")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("The import is done")).to_be_visible(timeout=WORKER)
    assert names(installation) == ["导入丙公司", "导入乙新名", "导入甲新名"]

    installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.customers.models import Customer\n"
        "from jinzita.customers.services import update_customer\n"
        "one = Customer.objects.get(name='导入乙新名')\n"
        "update_customer(by=system('test'), customer_id=one.pk, changes={'name': '导入乙又改'})"
    )
    page.get_by_role("button", name="Undo import").click()
    page.get_by_role("dialog").get_by_role("button", name="Undo import").click()
    expect(page.get_by_text("This import was undone, except for a part")).to_be_visible(timeout=WORKER)
    assert names(installation) == ["导入乙又改", "导入甲公司"]
    page.get_by_role("link", name="See what stayed").click()
    expect(page).to_have_url(re.compile("/changes"))
    for text in ("导入乙公司", "导入乙新名", "导入乙又改"):
        expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()


def names(installation: Installation) -> list[str]:
    return installation.python(
        "from jinzita.customers.models import Customer\n"
        "print('\\n'.join(sorted(Customer.objects.filter(name__startswith='导入')"
        ".values_list('name', flat=True))))"
    ).split()  # fmt: skip
