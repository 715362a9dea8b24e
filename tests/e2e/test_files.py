"""A note with a file and a colleague named in it: the colleague is told, the file comes back as it went."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation
from tests.e2e.test_one_record import made

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 400


def test_a_note_with_a_file_and_a_mention(signed_in: Page, installation: Installation, tmp_path: Path):
    page = signed_in
    (customer,) = made(installation, {"name": "附件测试有限公司"})
    told = installation.python(
        "from jinzita.kernel.access import system\n"
        "from jinzita.people.services import create_user\n"
        "print(create_user(by=system('test'), username='peng', name='彭经理', role='manager')[0].pk)"
    )
    assert told.strip().splitlines()[-1].isdigit()
    given = tmp_path / "报价 2026.pdf"
    given.write_bytes(PDF)

    page.goto(f"/customers/{customer}")
    page.get_by_role("textbox", name="Write a note").wait_for()
    page.keyboard.press("n")
    page.keyboard.type("Quotation sent, see @彭")
    page.locator(".ant-mentions-dropdown-menu-item", has_text="彭经理").click()
    page.locator("input[type=file]").first.set_input_files(given)
    expect(page.get_by_role("list", name="Files to be sent")).to_contain_text("报价 2026.pdf")
    page.get_by_role("button", name="Save", exact=True).click()

    link = page.get_by_role("link", name="报价 2026.pdf")
    expect(link).to_be_visible(timeout=60_000)
    expect(page.get_by_role("list", name="Files to be sent")).to_have_count(0)
    expect(page.get_by_text("Quotation sent, see")).to_be_visible()
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "报价 2026.pdf"
    assert Path(download.value.path()).read_bytes() == PDF

    notes = installation.python(
        "import json\n"
        "from jinzita.activities.models import File, Note\n"
        f"note = Note.objects.get(customer_id={customer})\n"
        "print(json.dumps([[one['name'] for one in note.mentions], File.objects.get(note=note).name]))"
    )
    assert json.loads(notes.strip().splitlines()[-1]) == [["彭经理"], "报价 2026.pdf"]


def test_a_program_in_disguise_is_refused_and_nothing_typed_is_lost(
    signed_in: Page, installation: Installation, tmp_path: Path
):
    page = signed_in
    (customer,) = made(installation, {"name": "伪装测试有限公司"})
    given = tmp_path / "invoice.pdf"
    given.write_bytes(b"MZ\x90\x00\x03\x00\x00\x00")
    page.goto(f"/customers/{customer}")
    page.locator("input[type=file]").first.set_input_files(given)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("What the file holds is of no kind taken here")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("list", name="Files to be sent")).to_contain_text("invoice.pdf")
