"""What holds on every page, at the width of a telephone and of a desk, light and dark."""

from typing import Any

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SIZES = ({"width": 360, "height": 740}, {"width": 1440, "height": 900})
DIALOG = "dialog[open]"
SCHEMES = ("light", "dark")
USUAL_RULES: dict[str, Any] = {"resultTypes": ["violations"]}
# WCAG 2.2 has the size of targets, which axe leaves out by itself. It takes what has scrolled
# beneath the buttons of a dialog for small; there the same form as a page is looked at.
EVERY_RULE = {**USUAL_RULES, "rules": {"target-size": {"enabled": True}}}
# Dark changes colours and nothing else.
RULES_OF_COLOUR = {
    **USUAL_RULES,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
AXE = Axe()
# Half a megabyte, read once by each document instead of before each look at it.
HAS_AXE = "() => typeof window.axe === 'object'"
LOOK = "([place, rules]) => axe.run(place, rules)"
SHAPE = """() => ({
    tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: document.querySelectorAll("h1").length,
    title: document.title.split(" · ")[0].trim(),
})"""


def _found(page: Page, place: str, rules: dict[str, Any]) -> AxeResults:
    if not page.evaluate(HAS_AXE):
        page.evaluate(AXE.axe_script)
    return AxeResults(page.evaluate(LOOK, [place, rules]))


def assert_sound(page: Page) -> None:
    """Fail on anything that axe finds, on a page wider than its window, or unnamed.

    Where a dialog is open, it is what is looked at.
    """
    above = page.locator(DIALOG).count() > 0
    place, whole = (DIALOG, USUAL_RULES) if above else ("html", EVERY_RULE)
    for size in SIZES:
        page.set_viewport_size(size)
        shape = page.evaluate(SHAPE)
        assert shape["tooWide"] <= 0, f"{shape['tooWide']} px too wide at {size}"
        assert shape["headings"] == 1
        assert shape["title"]
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            rules = RULES_OF_COLOUR if scheme == "dark" else whole
            found = _found(page, place, rules)
            seen = f"{page.url} at {size['width']} px, {scheme}"
            assert found.violations_count == 0, f"{seen}\n{found.generate_report()}"
