"""The demo's site in a process of its own, and browsers to walk through it.

Every journey finds the demo as it was made: what the one before it wrote is taken back.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests import database
from tests.journeys.serving import Site, run, share_statements

PATIENCE = 15_000  # milliseconds: two cores may be busy with something else
# The first page of figures waits for its statements, which the site compiles meanwhile.
PATIENCE_WITH_PAGES = 60_000
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
# The browser itself reports an answer of 403, 404 or 422; the journey looks at the page.
ANSWERED = "Failed to load resource: the server responded with a status of 4"

Enter = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session", autouse=True)
def before_the_browser(migrated: Path) -> None:
    """Have the tables at once: Django asks no database beside a loop of Playwright's."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Site]:
    """Serve the demo, kept as `braid demo` made it: one is made, each worker has its own."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    made = base / "demo-made"
    with (base / "demo-made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = tmp_path_factory.mktemp("demo-making")
            share_statements(database.lay(migrated, making))
            run(making, "demo", "--no-serve")
            making.rename(made)
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(made, folder, symlinks=True, dirs_exist_ok=True)
    site = Site.start(folder)
    site.keep()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Site]:
    """Serve an installation that nobody has set up, and keep it so."""
    folder = database.lay(migrated, tmp_path_factory.mktemp("empty"))
    share_statements(folder)
    site = Site.start(folder)
    site.keep()
    yield site
    site.stop()


@pytest.fixture
def site(demo: Site) -> Site:
    """Return the demo with nothing of an earlier journey in it."""
    demo.restore()
    return demo


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"none of {', '.join(names)} is on the path")
    args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=args)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Collect errors of scripts and breaches of the policy; a journey has none."""
    heard: list[str] = []
    yield heard
    assert heard == []


def browse(browser: Browser, site: Site, **options: Any) -> BrowserContext:
    """Open a browser at a site that knows nothing of any other."""
    chosen = {"base_url": site.address, "locale": "en-GB", **DESK, **options}
    context = browser.new_context(**chosen)
    context.set_default_timeout(PATIENCE)
    context.set_default_navigation_timeout(PATIENCE_WITH_PAGES)
    return context


def listen(page: Page, complaints: list[str]) -> Page:
    """Collect what a page complains of."""

    def hear(message: ConsoleMessage) -> None:
        wrong = message.type in ("error", "warning")
        if wrong and not message.text.startswith(ANSWERED):
            complaints.append(f"{message.text} ({message.location.get('url')})")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


@pytest.fixture
def visit(browser: Browser, complaints: list[str]) -> Iterator[Enter]:
    """Return a way to open a fresh browser at a site, signed in as nobody."""
    contexts: list[BrowserContext] = []

    def visited(site: Site, **options: Any) -> Page:
        contexts.append(browse(browser, site, **options))
        return listen(contexts[-1].new_page(), complaints)

    yield visited
    for context in contexts:
        context.close()


def sign_in(page: Page, name: str) -> Page:
    """Enter the demo through a card."""
    page.goto("/")
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.locator("h1")).not_to_have_text("Whose day is it?")
    return page


@pytest.fixture
def enter(site: Site, visit: Enter) -> Enter:
    """Return a way to be somebody of the cards, in a browser of one's own."""

    def entered(name: str, **options: Any) -> Page:
        return sign_in(visit(site, **options), name)

    return entered
