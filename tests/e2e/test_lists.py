"""Lists in a browser: bulk edit and undo, a conflict in place, a saved view, the trash, palette and keys."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation, pick, sign_in

NAMES = [f"列表{word}有限公司" for word in "甲乙丙丁戊己"]


@pytest.fixture(scope="session")
def customers(installation: Installation) -> list[str]:
    """Six customers found by their own words."""
    installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.customers.services import create_customer\n"
        f"[create_customer(by=system('test'), name=one, phone='010-1000') for one in {NAMES!r}]"
    )
    return NAMES


@pytest.fixture
def desk(signed_in: Page, customers: list[str]) -> Page:
    signed_in.goto("/customers?q=列表")
    expect(signed_in.locator("tr[data-row-key]")).to_have_count(len(customers))
    return signed_in


def cell(page: Page, name: str, column: str):
    return page.locator("tr[data-row-key]", has_text=name).locator(f"td[data-column='{column}']")


def test_a_bulk_edit_is_done_and_undone(desk: Page):
    desk.locator("thead input[type=checkbox]").check()
    bar = desk.get_by_role("toolbar")
    expect(bar).to_contain_text(str(len(NAMES)))
    bar.get_by_role("button", name="Edit").click()
    dialog = desk.get_by_role("dialog")
    pick(dialog.get_by_role("combobox", name="Field"), "Kind", typed="kind")
    pick(dialog.get_by_role("group", name="Kind").get_by_role("combobox"), "Person")
    dialog.get_by_role("button", name=re.compile("^Change 6")).click()
    dock = desk.get_by_role("region", name="Work in progress")
    expect(dock).to_contain_text("6 customers changed")
    expect(cell(desk, NAMES[0], "kind")).to_have_text("Person")
    dock.get_by_role("button", name="Undo").click()
    expect(dock).to_contain_text("undone")
    expect(cell(desk, NAMES[0], "kind")).to_have_text("Organisation")
    desk.goto("/changes")
    expect(desk.get_by_role("row", name=re.compile(r"(?<!Undo · )Bulk edit")).first).to_contain_text("Undone")


def test_what_two_people_change_at_once_is_asked(desk: Page, installation: Installation):
    phone = cell(desk, NAMES[1], "phone")
    phone.dblclick()
    installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.customers.models import Customer\n"
        "from jinzita.customers.services import update_customer\n"
        f"one = Customer.objects.get(name={NAMES[1]!r})\n"
        "update_customer(by=system('test'), customer_id=one.pk, changes={'phone': '010-2222'})"
    )
    phone.get_by_role("textbox").fill("010-3333")
    desk.keyboard.press("Enter")
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("010-1000")
    expect(dialog).to_contain_text("010-2222")
    dialog.get_by_text("010-3333").click()
    # The dialog goes at once, the answer is saved behind it: a page loaded again before would lose it.
    with desk.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    desk.reload()
    expect(cell(desk, NAMES[1], "phone")).to_have_text("010-3333")


def test_a_view_keeps_filter_and_grouping(desk: Page):
    pick(desk.get_by_role("combobox", name="Group by"), "Grade")
    expect(desk.get_by_role("group", name="Customers per group")).to_contain_text("Prospect")
    desk.get_by_role("button", name="View", exact=False).last.click()
    desk.get_by_role("menuitem", name="Save as a view").click()
    desk.get_by_role("dialog").get_by_label("Name").fill("My six")
    desk.get_by_role("dialog").get_by_role("button", name="Save").click()
    tab = desk.get_by_role("navigation", name="Saved views").get_by_role("button", name="My six")
    expect(tab).to_have_attribute("aria-current", "page")
    desk.get_by_role("button", name="VIP", exact=True).click()
    expect(tab).to_contain_text("•")
    desk.goto("/customers")
    tab.click()
    expect(desk.locator("tr[data-row-key]")).to_have_count(len(NAMES))
    expect(desk.get_by_role("group", name="Customers per group")).to_be_visible()


def test_the_list_is_worked_by_keyboard(desk: Page):
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    second = desk.locator("tr[data-row-key]").nth(1)
    expect(second).to_have_attribute("data-active", "")
    name = second.locator("a").inner_text()
    desk.keyboard.press(" ")
    expect(desk.get_by_role("dialog")).to_contain_text(name)
    desk.keyboard.press("Escape")
    desk.keyboard.press("x")
    expect(desk.get_by_role("toolbar")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/customers/\d+$"))
    expect(desk.get_by_role("heading", level=1)).to_contain_text(name)
    desk.keyboard.press("j")
    expect(desk.get_by_role("heading", level=1)).not_to_contain_text(name)
    desk.keyboard.press("u")
    expect(desk).to_have_url(re.compile(r"/customers\?q="))
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("Quick look")


def test_the_palette_goes_acts_and_finds(desk: Page):
    desk.locator("tr[data-row-key] a").first.click()
    desk.keyboard.press("Control+k")
    desk.get_by_role("combobox", name="Command palette").fill("field history")
    # Offered once the customer's page is there, which the list's heading does not tell.
    expect(desk.get_by_role("option", name=re.compile("Field history"))).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("dialog", name="Field history")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Control+k")
    desk.get_by_role("combobox", name="Command palette").fill(NAMES[2])
    expect(desk.get_by_role("option", name=re.compile(NAMES[2]))).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(NAMES[2])


def test_what_is_deleted_waits_in_the_trash(desk: Page):
    desk.locator("tr[data-row-key]", has_text=NAMES[5]).locator("a").click()
    desk.get_by_role("button", name="More", exact=True).click()
    desk.get_by_role("menuitem", name="Move to trash").click()
    desk.get_by_role("dialog").get_by_role("button", name="Move to trash").click()
    expect(desk).to_have_url(re.compile("/customers$"))
    desk.goto("/trash")
    row = desk.get_by_role("row", name=re.compile(NAMES[5]))
    row.get_by_role("button", name="Restore").click()
    expect(row).to_be_hidden()
    desk.goto("/customers?q=列表")
    expect(desk.locator("tr[data-row-key]")).to_have_count(len(NAMES))


def test_a_reader_is_offered_no_changes(page: Page, installation: Installation, customers: list[str]):
    password = installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.people.services import create_user\n"
        "print(create_user(by=system('test'), username='lists-reader', role='reader')[1])"
    ).strip()
    sign_in(page, "lists-reader", password)
    page.goto("/customers?q=列表")
    page.locator("tr[data-row-key]").first.locator("input[type=checkbox]").check()
    bar = page.get_by_role("toolbar")
    for name in ("Edit", "Assign", "Delete"):
        expect(bar.get_by_role("button", name=name)).to_have_count(0)
    cell(page, customers[0], "phone").dblclick()
    expect(cell(page, customers[0], "phone").get_by_role("textbox")).to_have_count(0)


@pytest.fixture
def contacts(signed_in: Page, installation: Installation, customers: list[str]) -> Iterator[Page]:
    """Three contacts found by their own words."""
    installation.python(
        "from datetime import date\n"
        "from jinzita.kernel.access import system\n"
        "from jinzita.customers.models import Customer\n"
        "from jinzita.customers.services import create_contact\n"
        f"seats = [dict(customer_id=Customer.objects.get(name={customers[0]!r}).pk)]\n"
        "for name in ('联络甲', '联络乙', '联络丙'):\n"
        "    create_contact(by=system('test'), name=name, positions=seats, today=date(2026, 1, 5),\n"
        "                   source='test', source_key=name)"
    )
    signed_in.goto("/contacts?q=联络")
    expect(signed_in.locator("tr[data-row-key]")).to_have_count(3)
    yield signed_in
    installation.python(
        "from django.db import transaction\n"
        "from jinzita.customers.models import Contact\n"
        "from jinzita.customers.services.removal import remove_contacts\n"
        "with transaction.atomic():\n"
        "    remove_contacts(list(Contact.objects.filter(source='test').values_list('pk', flat=True)))"
    )


def test_contacts_are_worked_by_keyboard(contacts: Page):
    contacts.keyboard.press("j")
    first = contacts.locator("tr[data-row-key]").first
    expect(first).to_have_attribute("data-active", "")
    contacts.keyboard.press("x")
    expect(contacts.get_by_role("toolbar")).to_be_visible()
    contacts.keyboard.press("ArrowRight")
    expect(first.locator("td[data-active]")).to_be_visible()
    contacts.keyboard.press("F2")
    expect(first.get_by_role("textbox")).to_be_focused()
    contacts.keyboard.press("Escape")
    contacts.keyboard.press("ArrowLeft")
    contacts.keyboard.press("Enter")
    expect(contacts.get_by_role("dialog")).to_contain_text(first.get_by_role("button").first.inner_text())


def test_contacts_are_edited_at_once_and_it_is_undone(contacts: Page):
    contacts.locator("thead input[type=checkbox]").check()
    bar = contacts.get_by_role("toolbar")
    bar.get_by_role("button", name="Edit").click()
    dialog = contacts.get_by_role("dialog")
    pick(dialog.get_by_role("combobox", name="Field"), "Department", typed="depart")
    dialog.get_by_role("group", name="Department").get_by_role("textbox").fill("Purchasing")
    pick(dialog.get_by_role("combobox", name="Field"), "Role in decisions", typed="role")
    pick(dialog.get_by_role("group", name="Role in decisions").get_by_role("combobox"), "Sponsor")
    dialog.get_by_role("button", name="Change 3 contacts").click()
    dock = contacts.get_by_role("region", name="Work in progress")
    expect(dock).to_contain_text("3 contacts changed")
    row = contacts.locator("tr[data-row-key]", has_text="联络甲")
    expect(row).to_contain_text("Purchasing")
    expect(row).to_contain_text("Sponsor")
    dock.get_by_role("button", name="Undo").click()
    expect(dock).to_contain_text("undone")
    expect(row).not_to_contain_text("Purchasing")
    contacts.goto("/changes")
    done = contacts.get_by_role("row", name=re.compile(r"(?<!Undo · )Bulk edit · Contacts"))
    expect(done).to_contain_text("Undone")


def test_a_contact_is_edited_in_place(contacts: Page):
    department = cell(contacts, "联络乙", "department")
    department.dblclick()
    department.get_by_role("textbox").fill("Logistics")
    contacts.keyboard.press("Enter")
    expect(department).to_have_text("Logistics")
    name = cell(contacts, "联络乙", "name")
    name.dblclick(position={"x": 2, "y": 2})
    expect(name.get_by_role("textbox")).to_have_count(0)
    contacts.reload()
    expect(cell(contacts, "联络乙", "department")).to_have_text("Logistics")


def test_a_view_of_contacts_keeps_filter_and_columns(contacts: Page):
    contacts.get_by_role("button", name="Columns").click()
    contacts.get_by_role("button", name="Remove “E-mail”").click()
    contacts.keyboard.press("Escape")
    contacts.get_by_role("button", name="View", exact=False).last.click()
    contacts.get_by_role("menuitem", name="Save as a view").click()
    contacts.get_by_role("dialog").get_by_label("Name").fill("My three")
    contacts.get_by_role("dialog").get_by_role("button", name="Save").click()
    tab = contacts.get_by_role("navigation", name="Saved views").get_by_role("button", name="My three")
    expect(tab).to_have_attribute("aria-current", "page")
    contacts.goto("/contacts")
    tab.click()
    expect(contacts.locator("tr[data-row-key]")).to_have_count(3)
    expect(contacts.get_by_role("columnheader", name="E-mail")).to_have_count(0)
    expect(contacts.get_by_role("columnheader", name="Phone")).to_be_visible()
    contacts.goto("/customers")
    expect(contacts.get_by_role("navigation", name="Saved views").get_by_text("My three")).to_have_count(0)


def test_a_view_of_duties_keeps_its_question(
    signed_in: Page, customers: list[str], installation: Installation
):
    """Filtered, kept as a view, found again by its tab; a broken address is said to be one."""
    installation.python(
        "from datetime import UTC, datetime, timedelta\n"
        "from jinzita.customers.models import Customer\n"
        "from jinzita.people.models import User\n"
        "from jinzita.treatment.models import Duty, PolicyVersion\n"
        "from jinzita.value.models import ValueModel\n"
        f"owner = User.objects.get(username={installation.username!r})\n"
        "now = datetime.now(UTC)\n"
        "version = PolicyVersion.objects.order_by('pk').last() or PolicyVersion.objects.create(\n"
        "    model_id=ValueModel.objects.order_by('pk').first().pk,\n"
        "    number=1, document={}, published_at=now)\n"
        f"for one, item in zip(Customer.objects.filter(name__in={customers[:3]!r}).order_by('pk'),\n"
        "                     ('visit', 'contact', 'contact')):\n"
        "    Duty.objects.create(customer=one, item=item, grade='prospect', version=version, owner=owner,\n"
        "        span=30, opened_on=now, counts_from=now,\n"
        "        due_on=now + timedelta(30), due_at=now + timedelta(30))"
    )
    page = signed_in
    page.goto("/duties?q=列表")
    rows = page.locator("tr[data-row-key]")
    expect(rows).to_have_count(3)
    pick(page.get_by_role("combobox", name="Duty"), "Visit")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="View", exact=False).last.click()
    page.get_by_role("menuitem", name="Save as a view").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Visits")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    tab = page.get_by_role("navigation", name="Saved views").get_by_role("button", name="Visits")
    expect(tab).to_have_attribute("aria-current", "page")
    page.reload()
    expect(tab).to_have_attribute("aria-current", "page")
    expect(rows).to_have_count(1)
    page.goto("/duties")
    expect(page.get_by_role("button", name="All duties")).to_have_attribute("aria-current", "page")
    tab.click()
    expect(rows).to_have_count(1)
    page.keyboard.press("j")
    expect(rows.first).to_have_attribute("data-active", "")
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(r"/customers/\d+$"))
    page.goto("/duties?filter=wings*eq*1")
    expect(page.get_by_role("main")).to_contain_text("is no field that can be used here")


def test_duplicates_are_worked_by_keyboard(signed_in: Page, installation: Installation):
    """From pair to pair: not the same, merged as proposed, compared; what is shown is kept as a view."""
    installation.python(
        "from unittest import mock\n"
        "from jinzita.kernel.access import system\n"
        "from jinzita.customers.services import create_customer\n"
        "from jinzita.quality.models import Match\n"
        "# Compared by nobody meanwhile: the pairs are ours.\n"
        "mock.patch('jinzita.kernel.events.publish').start()\n"
        "def pair(word, probability):\n"
        "    left, right = (create_customer(by=system('test'), name=f'成对{word}{form}').pk\n"
        "                   for form in ('有限公司', '公司'))\n"
        "    Match.objects.create(left=left, right=right, probability=probability, verdict='look',\n"
        "                         group=left, leading=True)\n"
        "for at, word in enumerate('甲乙丙'):\n"
        "    pair(word, 0.9 - at / 10)"
    )
    page = signed_in
    page.goto("/quality/duplicates?q=成对")
    groups = page.locator("[data-group]")
    expect(groups).to_have_count(3)
    page.keyboard.press("j")
    expect(groups.first).to_have_attribute("data-active", "")
    page.keyboard.press("n")
    expect(groups).to_have_count(2)
    # The next one stands where the first was.
    expect(groups.first).to_contain_text("成对乙")
    expect(groups.first).to_have_attribute("data-active", "")
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("成对乙")
    expect(dialog.get_by_role("button", name="Merge")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Merged into 成对乙")).to_be_visible()
    expect(groups).to_have_count(1)
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(r"/customers/merge\?ids="))
    page.go_back()
    page.get_by_text("Not the same", exact=False).first.click()
    expect(groups).to_have_count(1)
    expect(groups).to_contain_text("成对甲")
    page.get_by_role("button", name="View", exact=False).last.click()
    page.get_by_role("menuitem", name="Save as a view").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Decided")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.goto("/quality/duplicates?tab=look")
    expect(page).to_have_url(re.compile(r"filter=verdict"))
    page.get_by_role("navigation", name="Saved views").get_by_role("button", name="Decided").click()
    expect(groups.filter(has_text="成对甲")).to_be_visible()
    expect(groups).to_have_count(1)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Not the same")


@pytest.fixture
def imported(signed_in: Page, installation: Installation) -> Page:
    """Two files that came in, of products and of customers, found by the file's name."""
    installation.python(
        "from pathlib import Path\n"
        "from tempfile import mkdtemp\n"
        "from jinzita.people import selectors\n"
        "from jinzita.people.models import User\n"
        "from jinzita.integration.services import imports, uploads\n"
        f"by = selectors.viewer_for(User.objects.get(username={installation.username!r}))\n"
        "for kind, line in (('products', 'LP1,列表产品'), ('customers', 'LC1,入册客户')):\n"
        "    path = Path(mkdtemp()) / f'列入-{kind}.csv'\n"
        "    path.write_text(f'编号,名称\\n{line}\\n')\n"
        "    upload = uploads.take_in_place(by=by, path=path)\n"
        "    one = imports.start_import(by=by, upload=upload, kind=kind, source='crm', here=True)\n"
        "    imports.run_import(one.pk)"
    )
    signed_in.goto("/imports?q=列入")
    return signed_in


def test_a_view_of_imports_keeps_its_question(imported: Page):
    rows = imported.locator("tr[data-row-key]")
    expect(rows).to_have_count(2)
    pick(imported.get_by_role("combobox", name="What it holds"), "Products")
    expect(rows).to_have_count(1)
    imported.get_by_role("button", name="View", exact=False).last.click()
    imported.get_by_role("menuitem", name="Save as a view").click()
    imported.get_by_role("dialog").get_by_label("Name").fill("Goods")
    imported.get_by_role("dialog").get_by_role("button", name="Save").click()
    imported.goto("/imports")
    imported.get_by_role("navigation", name="Saved views").get_by_role("button", name="Goods").click()
    expect(rows).to_have_count(1)
    imported.keyboard.press("j")
    expect(rows.first).to_have_attribute("data-active", "")
    imported.keyboard.press("o")
    expect(imported).to_have_url(re.compile(r"/imports/\d+$"))
    expect(imported.get_by_role("main")).to_contain_text("列入-products.csv")


def test_a_view_of_users_keeps_its_question(signed_in: Page, installation: Installation):
    installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.people.services import create_department, create_user\n"
        "boss = system('test')\n"
        "top = create_department(by=boss, name='Listed').pk\n"
        "below = create_department(by=boss, name='Below', parent_id=top).pk\n"
        "for name, place, role in (('ulist-ann', top, 'reader'), ('ulist-bo', below, 'salesperson')):\n"
        "    create_user(by=boss, username=name, role=role, department_id=place)"
    )
    page = signed_in
    rows = page.locator("tr[data-row-key]")
    page.goto("/people/users?q=ulist")
    expect(rows).to_have_count(2)
    pick(page.get_by_role("combobox", name="Role"), "Read-only")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="View", exact=False).last.click()
    page.get_by_role("menuitem", name="Save as a view").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Readers")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.goto("/people/departments")
    page.get_by_role("row", name=re.compile("Listed")).get_by_role("link").click()
    expect(rows).to_have_count(2)
    page.get_by_role("navigation", name="Saved views").get_by_role("button", name="Readers").click()
    expect(rows).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_role("dialog")).to_contain_text("Edit user ulist-ann")
    page.goto("/people/users?role=salesperson")
    expect(rows.filter(has_text="ulist-bo")).to_have_count(1)
    expect(rows.filter(has_text="ulist-ann")).to_have_count(0)


def test_a_view_of_those_about_to_fall_back_keeps_its_question(
    signed_in: Page, customers: list[str], installation: Installation
):
    """In the tab of the pool: filtered, kept as a view, found again by its tab, opened by a key."""
    installation.python(
        "from datetime import date\n"
        "from jinzita.assignment.models import PoolWarning\n"
        "from jinzita.customers.models import Customer, Ownership\n"
        "from jinzita.people.models import User\n"
        f"owner = User.objects.get(username={installation.username!r})\n"
        f"some = Customer.objects.filter(name__in={customers[:2]!r}).order_by('pk')\n"
        "for one, cause in zip(some, ('no_contact', 'no_deal')):\n"
        "    time = Ownership.objects.create(customer=one, owner=owner, reason='given')\n"
        "    PoolWarning.objects.create(customer=one, ownership=time, cause=cause, due_on=date(2030, 1, 5),\n"
        "                               warned_on=date(2029, 12, 29))"
    )
    page = signed_in
    page.goto("/customers/pool?tab=about")
    expect(page).to_have_url(re.compile(r"/customers/pool/warnings$"))
    rows = page.locator("tr[data-row-key]")
    expect(rows).to_have_count(2)
    pick(page.get_by_role("combobox", name="Why"), "No deal")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="View", exact=False).last.click()
    page.get_by_role("menuitem", name="Save as a view").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Dealless")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    tab = page.get_by_role("navigation", name="Saved views").get_by_role("button", name="Dealless")
    expect(tab).to_have_attribute("aria-current", "page")
    page.goto("/customers/pool/warnings")
    expect(rows).to_have_count(2)
    tab.click()
    expect(rows).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(r"/customers/\d+$"))


def test_the_trash_is_a_list_like_others(signed_in: Page, installation: Installation):
    """Filtered, kept as a view, and taken out of the trash by keys and boxes."""
    installation.python(
        "from datetime import UTC, datetime\n"
        "from jinzita.kernel.access import system\n"
        "from jinzita.customers.services import create_customer, trash_customer\n"
        "by = system('test')\n"
        "for name, kind in (('废弃甲', 'person'), ('废弃乙', 'organisation')):\n"
        "    made = create_customer(by=by, name=name, kind=kind)\n"
        "    trash_customer(by=by, customer_id=made.pk, now=datetime.now(UTC))"
    )
    page = signed_in
    page.goto("/trash?filter=kind*eq*person")
    rows = page.locator("tr[data-row-key]")
    expect(rows.filter(has_text="废弃甲")).to_have_count(1)
    expect(rows.filter(has_text="废弃乙")).to_have_count(0)
    page.get_by_role("button", name="View", exact=False).last.click()
    page.get_by_role("menuitem", name="Save as a view").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Persons gone")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    tab = page.get_by_role("navigation", name="Saved views").get_by_role("button", name="Persons gone")
    expect(tab).to_have_attribute("aria-current", "page")
    page.goto("/trash?q=废弃")
    expect(rows).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.get_by_role("button", name="Restore 2 chosen").click()
    expect(rows).to_have_count(0)
    page.goto("/trash?type=contact&q=x")
    expect(page).to_have_url(re.compile(r"/trash/contacts\?q=x$"))
