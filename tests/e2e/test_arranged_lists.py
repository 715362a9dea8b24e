"""Lists of declared fields in a browser: each is filtered, kept as a view, found again, worked by keys."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation, keep_view, pick


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
    tab = keep_view(page, "Visits")
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
    tab = keep_view(page, "Decided")
    page.goto("/quality/duplicates?tab=look")
    expect(page).to_have_url(re.compile(r"filter=verdict"))
    tab.click()
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
    tab = keep_view(imported, "Goods")
    imported.goto("/imports")
    tab.click()
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
    tab = keep_view(page, "Readers")
    page.goto("/people/departments")
    page.get_by_role("row", name=re.compile("Listed")).get_by_role("link").click()
    expect(rows).to_have_count(2)
    tab.click()
    expect(rows).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_role("dialog")).to_contain_text("Edit user ulist-ann")
    page.goto("/people/users?role=salesperson")
    expect(rows.filter(has_text="ulist-bo")).to_have_count(1)
    expect(rows.filter(has_text="ulist-ann")).to_have_count(0)


def test_a_view_of_the_log_keeps_its_question(signed_in: Page, installation: Installation):
    made = installation.python(
        "from jinzita.customers.services import create_customer, update_customer\n"
        "from jinzita.kernel.access import system\n"
        "boss = system('command line')\n"
        "one = create_customer(by=boss, name='Logged Ltd')\n"
        "update_customer(by=boss, customer_id=one.pk, changes={'name': 'Logged and Sons Ltd'})\n"
        "print(one.pk)"
    )
    page = signed_in
    rows = page.locator("tr[data-row-key]")
    page.goto("/people/audit?q=Logged")
    expect(rows).to_have_count(2)
    pick(page.get_by_role("combobox", name="What", exact=True), "Changed")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Logged Ltd → Logged and Sons Ltd")
    tab = keep_view(page, "Renamed")
    # An address somebody kept before the log had the one filter.
    page.goto(f"/people/audit?subject_type=customer&subject_id={made.split()[-1]}&action=create")
    expect(page).to_have_url(re.compile("filter="))
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Created")
    tab.click()
    expect(rows).to_contain_text("Changed")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", name="Logged and Sons Ltd")).to_be_visible()


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
    tab = keep_view(page, "Dealless")
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
    tab = keep_view(page, "Persons gone")
    page.goto("/trash")
    tab.click()
    expect(rows.filter(has_text="废弃乙")).to_have_count(0)
    expect(rows.filter(has_text="废弃甲")).to_have_count(1)
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
