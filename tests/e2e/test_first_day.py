"""The first day of a company with Jinzita, in a real browser: from an empty installation to a moved score."""

import csv
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation, pick, sign_in

CUSTOMERS = 60
BAD_ROWS = {"2026-13-45": "date", "一千元": "amount"}


def sales_file(path: Path, today: date) -> int:
    """A year of sales of 60 companies as a Chinese system writes them, with three rows that cannot be used.

    Few companies buy much and often. Answers how many rows are good.
    """
    draw = random.Random(7)
    rows = []
    for customer in range(CUSTOMERS):
        for number in range(1 + 40 // (customer + 1)):
            day = today - timedelta(days=draw.randrange(1, 360))
            amount = round(draw.uniform(50, 200) * (CUSTOMERS - customer), 2)
            rows.append(
                [
                    f"D{customer:02}-{number}",
                    f"K{customer:03}",
                    f"北京第{customer + 1}贸易有限公司",
                    day,
                    amount,
                ]
            )
    good = len(rows)
    rows[3:3] = [["X1", "K001", "北京第2贸易有限公司", "2026-13-45", "10"]]
    rows[9:9] = [["X2", "K002", "北京第3贸易有限公司", today, "一千元"], ["X3", "", "", today, "12"]]
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["订单号", "客户编号", "客户名称", "下单日期", "金额"])
        writer.writerows(rows)
    return good


def test_import_run_pyramid_weight_publish_and_a_score_that_moves(
    signed_in: Page, installation: Installation, tmp_path: Path
):
    page = signed_in
    good = sales_file(tmp_path / "销售.csv", date.today())

    expect(page.get_by_text("Nothing has been scored yet")).to_be_visible()
    import_the_file(page, tmp_path / "销售.csv", good, tmp_path)
    score_and_see_the_pyramid(page)
    change_a_weight_and_publish(page)
    enter_a_transaction_and_watch(page)


def import_the_file(page: Page, path: Path, good: int, folder: Path) -> None:
    page.goto("/imports/new")
    page.locator("input[type=file]").set_input_files(path)
    pick(page.get_by_label("The file holds"), "Transactions")
    page.get_by_label("Source").fill("erp")
    expect(page.get_by_text("GB18030")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("下单日期").first).to_be_visible()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("3 cannot")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("The import is done, some rows were bad")).to_be_visible()
    expect(page.get_by_text(f"{good}", exact=True).first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_text("Download bad rows").click()
    download.value.save_as(folder / "bad.csv")
    with (folder / "bad.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["订单号"] for row in rows] == ["X1", "X2", "X3"]
    assert all(
        any(value and "row" not in key and key not in row_columns() for key, value in row.items())
        for row in rows
    )


def row_columns() -> set[str]:
    return {"订单号", "客户编号", "客户名称", "下单日期", "金额"}


def score_and_see_the_pyramid(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Score now").click()
    expect(page.get_by_text("Share of revenue").first).to_be_visible(timeout=90_000)
    expect(page.get_by_text(f"{CUSTOMERS} customers")).to_be_visible()
    for grade in ("VIP", "Important", "Ordinary"):
        expect(page.get_by_role("link", name=re.compile(f"^{grade} [1-9]"))).to_be_visible()
    page.get_by_role("link", name=re.compile("^Small [1-9]")).click()
    expect(page).to_have_url(re.compile("/customers\\?"))
    expect(page.get_by_text(re.compile("^K0|贸易有限公司")).first).to_be_visible()


def change_a_weight_and_publish(page: Page) -> None:
    page.goto("/value/model")
    weight = page.get_by_role("spinbutton", name=re.compile("^Weight: revenue")).first
    weight.fill("80")
    weight.press("Tab")
    expect(page.get_by_text("After the change")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    page.get_by_label("What changed, and why").fill("Revenue counts more")
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 2 is published")).to_be_visible()
    # The new version starts a run by itself; a fact entered in the middle of it would be told as part of it.
    page.goto("/value/runs")
    expect(page.get_by_role("row").filter(has_text="version 2").filter(has_text="In force")).to_be_visible()


def enter_a_transaction_and_watch(page: Page) -> None:
    page.goto("/customers?sort=score")
    page.get_by_text(re.compile("^K0|贸易有限公司")).first.click()
    standing = page.locator("[aria-live=polite]").first
    expect(standing).to_contain_text("Full run")
    before = standing.inner_text()
    page.get_by_role("button", name="Enter").click()
    page.get_by_text("Enter a transaction").click()
    page.get_by_role("spinbutton", name="Amount").fill("990000")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    # The page is not loaded again: the news of the worker reaches it.
    expect(standing).to_contain_text("New transaction")
    assert standing.inner_text() != before


@pytest.mark.parametrize("address", ["/people/audit", "/people/roles", "/demo", "/imports"])
def test_a_salesperson_is_told_who_can_grant(page: Page, installation: Installation, address: str):
    name = f"seller-{abs(hash(address)) % 10_000}"
    password = make_user(installation, name, "salesperson")
    sign_in(page, name, password)
    expect(page.get_by_role("navigation")).not_to_contain_text("Demo data")
    page.goto(address)
    expect(page.get_by_text(re.compile("can grant it"))).to_be_visible()


def make_user(installation: Installation, name: str, role: str) -> str:
    """An account made as an operator would, beside the running application; answers its password."""
    return installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.people.services import create_user\n"
        f"print(create_user(by=system('test'), username={name!r}, role={role!r})[1])"
    ).strip()


def test_chinese_is_complete_where_the_browser_speaks_it(browser, installation: Installation):
    context = browser.new_context(base_url=installation.url, locale="zh-CN", color_scheme="dark")
    try:
        page = context.new_page()
        sign_in(page, installation.username, installation.password)
        expect(page.get_by_role("navigation")).to_contain_text("价值金字塔")
        assert page.locator("html").get_attribute("lang") in {"zh", "zh-CN", "zh-Hans"}
    finally:
        context.close()
