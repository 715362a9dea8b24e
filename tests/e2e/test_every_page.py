"""Every page, in both languages, light and dark, wide and narrow: it opens, fits, is usable by all."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Installation, serious_findings, sign_in

PAGES = [
    "/quality/duplicates", "/quality/rules", "/quality/weekly", "/setup/quality",
    "/today", "/duties", "/customers/pool", "/customers/hand-over", "/setup/pool", "/setup/retention",
    "/people/map", "/people/map?q=a", "/people/1", "/people/ratings", "/setup/duties",
    "/", "/customers", "/contacts", "/value/model", "/value/runs", "/value/should-we-grade",
    "/value/overrides", "/value/accountability", "/setup/treatment",
    "/imports",
    "/imports/new", "/quality", "/changes", "/trash", "/people/users", "/people/roles", "/people/departments",
    "/people/api-keys",
    "/setup/attributes", "/setup/classification",
    "/people/audit", "/demo", "/me", "/notifications", "/me/security", "/admin/security",
    "/admin/webhooks", "/admin/mails", "/setup/consent", "/customers/lifecycle",
    "/setup/lifecycle", "/contacts/merge?ids=1,2", "/trash/contacts", "/nowhere",
]  # fmt: skip
LOOKS = {
    "wide, English, light": {
        "locale": "en-US",
        "color_scheme": "light",
        "viewport": {"width": 1440, "height": 900},
    },
    "narrow, Chinese, dark": {
        "locale": "zh-CN",
        "color_scheme": "dark",
        "viewport": {"width": 390, "height": 844},
    },
}
# Something half faded in has not its colours yet; what turns for ever is no transition.
MOVES_NO_MORE = (
    "document.getAnimations().every(one => one.playState !== 'running'"
    " || one.effect.getComputedTiming().endTime === Infinity)"
)
# What an untranslated text looks like: the key itself.
RAW_KEY = re.compile(r"\b[a-z]+_?[a-z]*\.[a-z_]+(\.[a-z_]+)*\b")


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_opens_fits_and_is_accessible(browser: Browser, installation: Installation, look: str):
    context = browser.new_context(base_url=installation.url, **LOOKS[look])
    try:
        page = context.new_page()
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(f"{page.url}: {error}"))
        sign_in(page, installation.username, installation.password)
        for address in PAGES:
            page.goto(address)
            settle(page)
            failures += [f"{address}: {finding}" for finding in faults(page)]
        assert failures == []
    finally:
        context.close()


def test_menus_stand_where_they_are_seen_without_motion(browser: Browser, installation: Installation):
    context = browser.new_context(base_url=installation.url, locale="en-US", reduced_motion="reduce")
    try:
        page = context.new_page()
        sign_in(page, installation.username, installation.password)
        page.get_by_role("button", name=re.compile("^Menu of")).click()
        expect(page.get_by_role("menuitem", name="Sign out")).to_be_in_viewport()
        page.get_by_role("button", name="Notifications").click()
        expect(page.get_by_role("link", name="All notifications")).to_be_in_viewport()
    finally:
        context.close()


def test_a_key_is_told_from_the_name_of_a_file():
    assert raw_keys("customers.csv 3 shared.action.save error.busy") == ["shared.action.save", "error.busy"]


def settle(page: Page) -> None:
    page.wait_for_selector("h1, h2")
    page.wait_for_function("!document.querySelector('main .ant-skeleton-active, main .ant-spin-spinning')")
    page.wait_for_timeout(300)
    page.wait_for_function(MOVES_NO_MORE)


def faults(page: Page) -> list[str]:
    found = serious_findings(page)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if overflow > 1:
        found.append(f"is {overflow} px too wide")
    keys = raw_keys(page.locator("main").inner_text())
    return found + ([f"shows keys {keys[:3]}"] if keys else [])


def raw_keys(text: str) -> list[str]:
    shown = [match.group(0).split(".") for match in RAW_KEY.finditer(text)]
    return [".".join(parts) for parts in shown if parts[0] in NAMESPACES and parts[-1] not in FILES]


# `customers.csv` is the name somebody gave a file, not an untranslated text.
FILES = {"csv", "xlsx"}
NAMESPACES = {
    "shared",
    "value",
    "customers",
    "integration",
    "people",
    "app",
    "error",
    "nav",
    "pyramid",
    "action",
}
