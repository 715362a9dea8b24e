"""A salesperson who tries the addresses of other people's customers, in the browser and through the API."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ROOT, Installation, sign_in

HIDDEN, PHONE = "机密大客户集团有限公司", "021-5550 7788"
OPENAPI = ROOT / "web" / "openapi.json"
WRITES = ("post", "put", "patch", "delete")


@pytest.fixture(scope="session")
def theirs(installation: Installation) -> dict[str, int]:
    """A customer of somebody else with what belongs to it, and a salesperson; answers the ids."""
    told = installation.python(
        "import json\n"
        "from jinzita.kernel.access import system\n"
        "from jinzita.people.services import create_department, create_user\n"
        "from jinzita.customers.services import create_customer\n"
        "by = system('test')\n"
        "north, south = (create_department(by=by, name=one).pk for one in ('Prying', 'Guarded'))\n"
        "_, password = create_user(by=by, username='prying', role='salesperson', department_id=north)\n"
        "owner, _ = create_user(by=by, username='guard', role='salesperson', department_id=south)\n"
        f"one = create_customer(by=by, name={HIDDEN!r}, phone={PHONE!r}, owner_id=owner.pk)\n"
        "print(json.dumps({'customer': one.pk, 'password': password}))"
    )
    return dict(json.loads(told.strip().splitlines()[-1]))


@pytest.fixture
def prying(page: Page, theirs: dict) -> Page:
    sign_in(page, "prying", theirs["password"])
    return page


def test_no_page_shows_them(prying: Page, theirs: dict):
    one = theirs["customer"]
    for address in (f"/customers/{one}", f"/customers/merge?ids={one},{one + 1}", f"/customers?q={HIDDEN}"):
        prying.goto(address)
        settle(prying)
        assert PHONE not in prying.locator("body").inner_text(), address
        assert prying.locator("a", has_text=HIDDEN).count() == 0, address
    prying.goto(f"/customers/{one}")
    expect(prying.get_by_text("lies outside what you may see")).to_be_visible()
    prying.keyboard.press("Control+k")
    prying.get_by_role("combobox", name="Command palette").fill(HIDDEN[:4])
    settle(prying)
    expect(prying.get_by_role("option", name=re.compile(HIDDEN))).to_have_count(0)


def settle(page: Page) -> None:
    """The page has its answers and shows them."""
    expect(page.locator("main")).not_to_be_empty()
    page.wait_for_timeout(700)
    page.wait_for_function("!document.querySelector('main .ant-skeleton-active, main .ant-spin-spinning')")


def operations(path: Path = OPENAPI) -> list[tuple[str, str, dict]]:
    """Every door that leads to a customer: method, address, its description."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return [
        (method, address, door)
        for address, doors in document["paths"].items()
        if "{customer_id}" in address
        for method, door in doors.items()
    ]


def test_every_door_of_the_interface_is_shut(prying: Page, theirs: dict):
    """Reading answers 404 as if the customer were not; writing is refused before it says anything of it."""
    token = next((one["value"] for one in prying.context.cookies() if one["name"] == "csrftoken"), "")
    headers = {"X-CSRFToken": token, "Referer": prying.url, "Content-Type": "application/json"}
    opened, told = [], []
    doors = operations()
    assert len(doors) > 15
    for method, address, _ in doors:
        filled = re.sub(r"\{\w+\}", "1", address.replace("{customer_id}", str(theirs["customer"])))
        answer = prying.request.fetch(
            filled, method=method, headers=headers, data="{}" if method in WRITES else None
        )
        refused = {404, 403, 422} if method == "get" else {404, 403, 409, 422}
        if answer.status not in refused:
            opened.append(f"{method} {filled}: {answer.status}")
        if HIDDEN in answer.text() or PHONE in answer.text():
            told.append(f"{method} {filled}")
    assert (opened, told) == ([], [])


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/customers?q={q}", "/api/v1/search?q={q}", "/api/v1/search?q=02155507788",
        "/api/v1/customers/export?format=csv", "/api/v1/contacts?q={q}", "/api/v1/customers/groups?by=owner",
        "/api/v1/trash", "/api/v1/merges", "/api/v1/change-sets", "/api/v1/jobs",
    ],
)  # fmt: skip
def test_no_list_names_them(prying: Page, theirs: dict, address: str):
    answer = prying.request.get(address.format(q=HIDDEN[:4]))
    assert answer.status < 500
    assert HIDDEN not in answer.text()
    assert "5550" not in answer.text()
