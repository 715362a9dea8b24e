"""Signed out while a form is filled in: the words stay, and are saved after signing in again beside it."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Installation, sign_in

NAME = "未丢失的客户有限公司"


def test_what_was_typed_is_saved_after_signing_in_again(signed_in: Page, installation: Installation):
    page = signed_in
    page.goto("/customers")
    page.get_by_role("button", name="New customer").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Name", exact=True).fill(NAME[:4])
    installation.python("from django.contrib.sessions.models import Session\nSession.objects.all().delete()")
    # Doubles are looked for while typing, which is refused: that alone must not close the form.
    with page.expect_response(re.compile("/api/v1/")) as refused:
        form.get_by_label("Name", exact=True).fill(NAME)
    assert refused.value.status == 401
    form.get_by_role("button", name=re.compile("^(Save|Create)")).click()
    again = form.get_by_role("link", name="Sign in in a new window")
    with page.context.expect_page() as opened:
        again.click()
    sign_in(opened.value, installation.username, installation.password)
    form.get_by_role("button", name=re.compile("^(Save|Create)")).click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def test_without_a_form_the_next_step_leads_to_the_door(signed_in: Page, installation: Installation):
    page = signed_in
    installation.python("from django.contrib.sessions.models import Session\nSession.objects.all().delete()")
    page.goto("/customers")
    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Fcustomers"))


def test_what_was_changed_on_a_page_of_settings_stays_too(signed_in: Page, installation: Installation):
    page = signed_in
    page.goto("/people/roles")
    page.get_by_role("button", name=re.compile("^Change")).first.click()
    role = page.get_by_role("dialog")
    about = role.get_by_label("About, in English")
    about.fill("Looks after the customers of the north")
    installation.python("from django.contrib.sessions.models import Session\nSession.objects.all().delete()")
    role.get_by_role("button", name="Save").click()
    with page.context.expect_page() as opened:
        role.get_by_role("link", name="Sign in in a new window").click()
    sign_in(opened.value, installation.username, installation.password)
    expect(about).to_have_value("Looks after the customers of the north")
    role.get_by_role("button", name="Save").click()
    expect(role).to_be_hidden()
