"""A real installation for the browser tests: `jinzita serve` on a data folder of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

# Long enough for a worker on a machine that does much else: what goes well is not slower for it.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Installation:
    """A running Jinzita: where it answers, how its administrator signs in, and its log."""

    url: str
    username: str
    password: str
    log: Path
    environment: dict[str, str]

    def command(self, *arguments: str) -> str:
        """What `jinzita …` prints on this installation."""
        return self._run("-m", "jinzita.cli", *arguments)

    def python(self, code: str) -> str:
        """What a piece of Python prints that runs inside this installation."""
        return self._run("-c", f"import django\ndjango.setup()\n{code}")

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment | {"DJANGO_SETTINGS_MODULE": "jinzita.settings"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    # Not below pytest's own folder, which every session closes to the database's account.
    with tempfile.TemporaryDirectory(prefix="jinzita-e2e-") as folder:
        yield from _installed(Path(folder))


def _installed(folder: Path) -> Iterator[Installation]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        },
        "JINZITA_DATA": str(folder / "data"),
        "PORT": str(port),
        "COLUMNS": "120",
    }
    log = folder / "serve.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "jinzita.cli", "serve"],
            env=environment, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        _wait_until_up(server, f"http://127.0.0.1:{port}/api/v1/settings", log)
        found = re.search(r"user\s+(\S+).*?password\s+(\S+)", log.read_text(), re.DOTALL)
        assert found, log.read_text()
        yield Installation(f"http://127.0.0.1:{port}", found[1], found[2], log, environment)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def _wait_until_up(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(1800):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="package")  # its driver's loop must not run on into tests of other things
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "the browser tests need Chromium: install the package “chromium” or set CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, installation: Installation) -> Iterator[BrowserContext]:
    # Without motion a dialog that is closed is gone at once, and a menu can be pressed where it is seen.
    context = browser.new_context(
        base_url=installation.url,
        locale="en-US",
        viewport={"width": 1440, "height": 900},
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def signed_in(page: Page, installation: Installation) -> Page:
    """A page of the administrator."""
    sign_in(page, installation.username, installation.password)
    return page


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/")
    page.locator("input[autocomplete=username]").fill(username)
    page.locator("input[type=password]").fill(password)
    page.locator("button[type=submit]").click()
    page.wait_for_selector("header")


def pick(box: Locator, option: str, *, typed: str = "") -> None:
    """Choose from the list of a box, which may move while it opens: until the list closes on the choice."""
    choice = box.page.locator(".ant-select-item-option:visible").filter(
        has_text=re.compile(f"^{re.escape(option)}$")
    )
    for _ in range(5):
        if typed:
            box.fill(typed)
        elif not choice.is_visible():
            box.click()
        choice.click()
        with suppress(AssertionError):
            expect(choice).to_be_hidden(timeout=5_000)
            return
    raise AssertionError(f"{option} cannot be chosen")


def serious_findings(page: Page) -> list[str]:
    """What axe-core finds on the open page that is serious or critical."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
        ".filter(v => ['serious', 'critical'].includes(v.impact))"
        ".map(v => v.id + ': ' + v.nodes.slice(0, 3)"
        ".map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | '))"
    )
    return list(found)


# Customers found by their own words.
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


def keep_view(page: Page, name: str) -> Locator:
    """Keep what a list shows as a view of this name; its tab, which is the open one then."""
    page.get_by_role("button", name="View", exact=False).last.click()
    page.get_by_role("menuitem", name="Save as a view").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("button", name="Save").click()
    tab = page.get_by_role("navigation", name="Saved views").get_by_role("button", name=name)
    expect(tab).to_have_attribute("aria-current", "page")
    return tab
