"""What holds on every page, at the width of a telephone and of a desk, light and dark."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SIZES = ({"width": 360, "height": 740}, {"width": 1440, "height": 900})
SCHEMES = ("light", "dark")
# Of what is looked for by itself only the rule on the size of targets is off: WCAG 2.2 has it.
EVERY_RULE: dict[str, Any] = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}
# Dark changes colours and nothing else.
RULES_OF_COLOUR: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
SHAPE = """() => ({
    tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: document.querySelectorAll("h1").length,
    title: document.title.split(" · ")[0].trim(),
})"""


def assert_sound(page: Page) -> None:
    """Fail on anything that axe finds, on a page wider than its window, or unnamed."""
    for size in SIZES:
        page.set_viewport_size(size)
        shape = page.evaluate(SHAPE)
        assert shape["tooWide"] <= 0, f"{shape['tooWide']} px too wide at {size}"
        assert shape["headings"] == 1
        assert shape["title"]
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            rules = EVERY_RULE if scheme == "light" else RULES_OF_COLOUR
            found = Axe().run(page, options=rules)
            place = f"{page.url} at {size['width']} px, {scheme}"
            assert found.violations_count == 0, f"{place}\n{found.generate_report()}"
