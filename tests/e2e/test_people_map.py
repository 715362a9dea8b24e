"""The people map in a browser: a colleague is found and rated, and has a photo."""

import io
import re

from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation

NAME = "欧阳若兰"


def colleague(installation: Installation) -> int:
    """Somebody who invoices for the administrator."""
    told = installation.python(
        "from datetime import UTC, datetime\n"
        "from jinzita.kernel.access import system\n"
        "from jinzita.people import services\n"
        "from jinzita.people.models import HeldDuty, InternalCustomer, JobDuty, User\n"
        f"one = services.create_user(by=system('test'), username='ouyang', name='{NAME}')[0]\n"
        "duty = JobDuty.objects.create(name='Collating 装订')\n"
        "held = HeldDuty.objects.create(person=one, duty=duty, started_at=datetime.now(UTC))\n"
        "boss = User.objects.get(username='admin')\n"
        "InternalCustomer.objects.create(held=held, person=boss)\n"
        "print(one.pk)"
    )
    return int(told.strip().splitlines()[-1])


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), (40, 120, 200)).save(made, "PNG")
    return made.getvalue()


def test_a_colleague_is_found_rated_and_has_a_photo(signed_in: Page, installation: Installation):
    page, person = signed_in, colleague(installation)
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Command palette").fill("ouyang")
    page.get_by_role("option", name=re.compile(NAME)).click()
    expect(page).to_have_url(re.compile(f"/people/{person}$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)

    page.get_by_role("button", name="Photo").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "face.png", "mimeType": "image/png", "buffer": picture()}
    )
    dialog.get_by_role("application").press("ArrowRight")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    photo = page.locator(f"header img[src*='/people/{person}/photo']")
    expect(photo).to_be_visible()
    page.wait_for_function(
        "source => document.querySelector(`img[src='${source}']`).naturalWidth > 0",
        arg=photo.get_attribute("src"),
    )

    page.goto("/people/ratings")
    page.get_by_role("button", name="Open now").click()
    page.get_by_role("dialog").get_by_role("button", name="Open now").click()
    marks = page.get_by_role("radiogroup", name=re.compile(NAME))
    with page.expect_response(re.compile("/ratings/")) as kept:
        marks.get_by_text("4", exact=True).click()
    assert kept.value.ok
    remark = page.get_by_role("textbox", name=re.compile(NAME))
    with page.expect_response(re.compile("/ratings/")):
        remark.fill("Always on time")
        remark.blur()
    page.reload()
    expect(marks.get_by_role("radio", name="4")).to_be_checked()
    expect(remark).to_have_value("Always on time")
