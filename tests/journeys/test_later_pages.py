"""Pages whose figures come after them: calm while they wait, a link without scripts."""

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import Enter

PAGES = ("/fidelity/ips-nord/", "/outcomes/ips-nord/", "/outcomes/ips-nord/compare/")
SAID = "Being worked out from the record."


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_waits_says_so_and_keeps_its_room(enter: Enter, address: str):
    """Given figures that take their time, when Ben opens the page, then it is calm."""
    ben = enter("Ben")

    def hold(route: Route) -> None:  # what htmx asks for never comes
        if not route.request.headers.get("hx-request"):
            route.continue_()

    ben.route("**/*", hold)
    ben.goto(address)
    waiting = ben.locator(".later-page")
    expect(waiting.get_by_text(SAID)).to_be_visible()
    expect(waiting.get_by_role("link")).to_be_visible()
    box = waiting.bounding_box()
    assert box is not None and box["height"] >= 400


@pytest.mark.parametrize("address", PAGES)
def test_without_scripts_there_is_the_link_alone(enter: Enter, address: str):
    """Given no scripts, when Ben opens the page, then nothing promises to come."""
    ben = enter("Ben", java_script_enabled=False)
    ben.goto(address)
    expect(ben.locator(".later-page").get_by_role("link")).to_be_visible()
    expect(ben.get_by_text(SAID)).to_be_hidden()
