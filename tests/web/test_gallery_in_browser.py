"""The gallery in a browser: rules of accessibility, keys, the dialog, the policy."""

import re
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

pytestmark = pytest.mark.journey

CHROMIUM = shutil.which("chromium")
PHONE, DESK = {"width": 360, "height": 780}, {"width": 1440, "height": 900}


@pytest.fixture
def gallery(web_alone: None) -> Iterator[str]:
    """Serve the gallery without database and without any room above."""
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}/gallery/"
    server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on the path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """Collect what the browser complains of: errors of scripts, breaches of policy."""
    return []


@pytest.fixture
def page(browser: Browser, gallery: str, complaints: list[str]) -> Page:
    page = browser.new_page(viewport=DESK)

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(gallery)
    return page


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "form/", "confirm/", "empty/", "error/404/"])
def test_no_rule_of_accessibility_is_broken(
    browser: Browser, gallery: str, viewport: dict[str, int], theme: str, path: str
):
    page = browser.new_page(viewport=viewport, color_scheme=theme)
    page.goto(f"{gallery}{path}")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_targets_are_large_enough_for_a_thumb(browser: Browser, gallery: str):
    page = browser.new_page(viewport=PHONE)
    page.goto(gallery)
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, input, select, summary")]
        .filter((item) => item.checkVisibility() && !item.closest("p, .stat-label"))
        .map((item) => [item.outerHTML.slice(0, 90), item.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24)
        .map(([text]) => text)"""
    )
    assert small == [], "\n".join(small)


def test_the_key_opens_log_and_what_is_typed_is_not_lost(
    page: Page, complaints: list[str]
):
    dialog = page.locator("#dialog")
    page.locator("h1").click()
    page.keyboard.press("l")
    name = dialog.get_by_label("Name of the bed")
    expect(name).to_be_focused()
    page.keyboard.type("l")  # in a field the key is a letter
    expect(name).to_have_value("l")

    asked: list[str] = []
    page.once(
        "dialog", lambda question: (asked.append(question.message), question.dismiss())
    )
    page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    assert asked == ["Close without saving? What you typed will be lost."]
    assert complaints == []


def test_the_key_can_be_switched_off(page: Page):
    page.locator(".menu summary").click()
    page.get_by_label("Key “l” opens Log").uncheck()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("l")
    page.wait_for_timeout(300)
    expect(page.locator("#dialog")).to_be_hidden()


def test_a_form_in_the_dialog_shows_its_errors_and_then_leaves_a_toast(
    page: Page, complaints: list[str]
):
    dialog = page.locator("#dialog")
    page.get_by_role("link", name="Log").click()
    dialog.get_by_role("button", name="Add the bed").click()
    expect(dialog.locator(".error-summary")).to_be_focused()

    dialog.get_by_role("link", name="Who keeps it").click()
    keeper = dialog.get_by_role("combobox", name="Who keeps it")
    expect(keeper).to_be_focused()
    page.keyboard.type(
        "joergensen ostergaard".replace("oe", "o")
    )  # any order, no accents
    page.keyboard.press("Enter")
    expect(keeper).to_have_value("Pernille Østergaard-Jørgensen")
    dialog.get_by_label("Name of the bed").fill("Bed 90")
    dialog.get_by_role("button", name="Add the bed").click()

    toast = page.locator("#toasts .toast")
    expect(toast).to_contain_text("The bed was added.")
    toast.get_by_role("button", name="Undo").click()
    expect(page.locator("#toasts .toast")).to_contain_text("Undone.")
    assert complaints == []


def test_a_failure_is_told_and_nothing_typed_is_lost(page: Page):
    dialog = page.locator("#dialog")
    page.get_by_role("link", name="Log").click()
    dialog.get_by_label("Name of the bed").fill("Bed 90")
    page.route("**/gallery/form/", lambda route: route.abort())
    dialog.get_by_role("button", name="Add the bed").click()
    expect(dialog.get_by_role("alert")).to_contain_text("That did not work.")
    expect(dialog.get_by_label("Name of the bed")).to_have_value("Bed 90")


def test_the_combobox_works_by_keys_alone(page: Page):
    keeper = page.get_by_role("combobox", name="Who keeps it").first
    keeper.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(keeper).to_have_attribute("aria-expanded", "true")
    chosen = page.locator(f"#{keeper.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_text("Signe Lund")
    page.keyboard.press("Escape")
    expect(keeper).to_have_value("")
    page.keyboard.type("zzz")
    expect(page.locator(".filter-none")).to_have_text(
        "Nothing matches. Try fewer letters."
    )


def test_the_theme_follows_the_system_until_the_reader_chooses(page: Page):
    def ground() -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.emulate_media(color_scheme="light")
    light = ground()
    page.emulate_media(color_scheme="dark")
    dark = ground()
    assert light != dark
    page.locator(".menu summary").click()
    page.get_by_label("Light").check()
    assert ground() == light
    page.reload()
    assert ground() == light
    page.emulate_media(media="print")
    assert ground() == "rgb(255, 255, 255)"


def test_earlier_entries_come_into_the_same_list(page: Page, complaints: list[str]):
    expect(page.locator(".timeline-entry")).to_have_count(4)
    page.get_by_role("link", name="Show earlier").click()
    expect(page.locator(".timeline-entry")).to_have_count(8)
    assert complaints == []


def test_a_definition_opens_beside_its_word(page: Page):
    page.get_by_role("button", name="mulch").click()
    expect(page.get_by_text("What covers the soil between plants")).to_be_visible()


def test_a_phone_finds_the_rest_of_the_navigation_under_more(
    browser: Browser, gallery: str
):
    page = browser.new_page(viewport=PHONE)
    page.goto(gallery)
    bar = page.locator(".site-nav > ul").first
    assert page.evaluate("innerHeight") - bar.bounding_box()["y"] < 70
    expect(page.locator("#nav-more")).to_be_hidden()
    page.get_by_role("button", name="More").click()
    expect(page.locator("#nav-more").get_by_text("Weather")).to_be_visible()


def test_without_scripts_everything_is_a_plain_page(browser: Browser, gallery: str):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(gallery)
    page.get_by_role("link", name="Log").click()
    expect(page.locator("h1")).to_have_text(re.compile("Add a bed"))
    page.get_by_label("Name of the bed").fill("Bed 90")
    page.get_by_label("Who keeps it").select_option("Tove")
    page.get_by_role("button", name="Add the bed").click()
    expect(page.locator(".toast")).to_contain_text("The bed was added.")
