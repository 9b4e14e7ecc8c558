"""Names as they are typed in a hurry, on a keyboard without Danish letters."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import toast

PEOPLE = [
    pytest.param("Emil Østergaard", "Emil Østergaard", id="as it is written"),
    pytest.param("oestergaard", "Emil Østergaard", id="ø and aa in two letters"),
    pytest.param("Østergård", "Emil Østergaard", id="å for aa"),
    pytest.param("Pernile Juul", "Pernille Juul", id="a letter left out"),
    pytest.param("singe", "Signe Lindholm", id="two letters swapped"),
    pytest.param("lindh", "Signe Lindholm", id="the beginning of a family name"),
    pytest.param("juul pernille", "Pernille Juul", id="family name first"),
    pytest.param("aase friis", "Åse Friis", id="aa for å"),
]
EMPLOYERS = [
    pytest.param("soefartsmuseum", "Havnelund Søfartsmuseum", id="oe for ø"),
    pytest.param("havnelund bagri", "Havnelund Bageri", id="a letter left out"),
]


@pytest.fixture
def ada(enter: Enter) -> Page:
    return enter("Ada")


@pytest.mark.parametrize(("typed", "meant"), PEOPLE)
def test_a_person_is_found_however_typed(ada: Page, typed: str, meant: str):
    """Given a name in the head, when Ada types it, then the person is among the first."""
    ada.get_by_role("searchbox", name="Search").fill(typed)
    ada.keyboard.press("Enter")
    expect(ada.locator("h1")).to_have_text("Search")
    found = ada.locator("main").get_by_role("link", name=meant, exact=True)
    expect(found).to_be_visible()
    assert meant in ada.locator(".row-title").all_inner_texts()[:3]


@pytest.mark.parametrize(("typed", "meant"), EMPLOYERS)
def test_an_employer_is_found_however_typed(ada: Page, typed: str, meant: str):
    """Given an employer, when Ada searches anywhere or in the directory, it is there."""
    for address in (f"/search/?q={typed}", f"/employers/?q={typed}"):
        ada.goto(address)
        expect(ada.locator("main").get_by_role("link", name=meant)).to_be_visible()


def test_nobody_is_found_by_part_of_a_number(ada: Page):
    """Given a number kept for Signe, when it is typed whole, then only then it finds."""
    ada.goto("/search/?q=signe lindholm")
    ada.locator("main").get_by_role("link", name="Signe Lindholm").click()
    ada.get_by_role("link", name="Numbers of the person").click()
    form = ada.get_by_role("dialog")
    form.get_by_label("Number", exact=True).fill("120396-4440")
    form.get_by_role("button", name="Keep this number").click()
    expect(toast(ada)).to_contain_text("Number kept")
    ada.goto("/search/?q=1203964440")
    main = ada.locator("main")
    expect(main.get_by_role("link", name="Signe Lindholm")).to_be_visible()
    ada.goto("/search/?q=120396")
    expect(main.get_by_role("link", name="Signe Lindholm")).to_have_count(0)


def test_a_name_nobody_has_is_said_plainly(ada: Page):
    """Given a name that nobody has, when Ada searches, then the page says what to do."""
    ada.goto("/search/?q=Xyzzy")
    expect(ada.locator("main")).to_contain_text("Try fewer letters")
