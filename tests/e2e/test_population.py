"""Whom a value model grades, chosen by clicking as in a list; and the list by the same conditions."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation, pick
from tests.e2e.test_one_record import made

FORMER_SEEN = """() => {
  window.formerSeen = false
  const main = document.querySelector("main")
  const look = () => { window.formerSeen ||= main.innerText.includes("Set conditions") }
  new MutationObserver(look).observe(main, {childList: true, subtree: true, characterData: true})
}"""


def test_conditions_of_a_model_choose_the_customers_of_the_list(signed_in: Page, installation: Installation):
    page = signed_in
    made(installation, {"name": "适用甲公司"}, {"name": "适用乙公司"}, {"name": "另一家公司"})
    page.goto("/value/model")
    before = page.get_by_text(re.compile(r"^Version \d+$")).inner_text()
    page.get_by_role("button", name="Set conditions").click()
    builder = page.get_by_role("dialog")
    pick(builder.get_by_label("Field"), "Name", typed="Name")
    builder.get_by_label("Value").fill("适用")
    builder.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Name contains 适用")).to_be_visible()
    expect(page.get_by_role("link", name="2 customers fit")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    # The former version, without conditions, is not shown between the draft and what it became.
    page.evaluate(FORMER_SEEN)
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    following = f"Version {int(before.split()[1]) + 1}"
    expect(page.get_by_text(following, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="1 condition")).to_be_visible()
    assert page.evaluate("window.formerSeen") is False
    page.get_by_role("link", name="2 customers fit").click()
    expect(page).to_have_url(re.compile(r"/customers\?filter="))
    expect(page.locator("tr[data-row-key]")).to_have_count(2)
