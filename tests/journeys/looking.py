"""Where things stand on a page, and how much a hand has done."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


def card(page: Page, title: str) -> Locator:
    """Return the surface with this heading."""
    heading = page.get_by_role("heading", name=title, exact=True, level=2)
    return page.locator(".card").filter(has=heading)


def line(page: Page, title: str, name: str) -> Locator:
    """Return the lines about somebody on the surface with this heading."""
    return card(page, title).get_by_role("listitem").filter(has_text=name)


def toast(page: Page) -> Locator:
    return page.locator("#toasts .toast")


def open_log(page: Page, kind: str = "") -> Locator:
    """Open the Log, at a kind of entry if one is named, and return the dialog."""
    page.get_by_role("link", name="Log", exact=True).click()
    dialog = page.get_by_role("dialog")
    if kind:
        dialog.get_by_role("link", name=kind, exact=True).click()
        dialog.locator(f"[aria-current]:text-is('{kind}')").wait_for()
    return dialog


def choose(place: Locator, label: str, name: str) -> None:
    """Pick from a field that one can type into: open it, then tap the name."""
    place.get_by_role("combobox", name=label).click()
    place.get_by_role("option", name=name).first.click()


def segment(place: Locator, word: str) -> Locator:
    """Return one of the buttons of which one is chosen."""
    return place.get_by_role("radio", name=word, exact=True)


@dataclass
class Hand:
    """A hand that counts: each tap, each choice from a list, each word typed is one."""

    acts: int = 0

    def tap(self, target: Locator) -> None:
        self.acts += 1
        target.tap()

    def choose(self, target: Locator, value: str) -> None:
        self.acts += 1
        target.select_option(value)

    def type(self, page: Page, text: str) -> None:
        self.acts += 1
        page.keyboard.type(text)

    def press(self, page: Page, key: str) -> None:
        self.acts += 1
        page.keyboard.press(key)
