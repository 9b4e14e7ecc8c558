"""A document made of what is written down: seen first, then a file, or kept."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import card, segment, toast
from tests.journeys.sound import assert_sound

SIGNE = "Signe Lindholm"


@pytest.fixture
def ada(enter: Enter) -> Page:
    page = enter("Ada", **PHONE)
    page.goto("/caseload/?view=list")
    page.get_by_role("link", name=SIGNE, exact=True).click()
    expect(page.locator("h1")).to_have_text(SIGNE)
    address = page.url + "papers/"
    page.goto(address)
    return page


def test_a_profile_becomes_a_word_file(ada: Page):
    """Given Signe's profile, when Ada makes a document, then it says what she saw."""
    ada.get_by_role("link", name="Career profile", exact=True).tap()
    expect(card(ada, "What goes in")).to_contain_text("smell bread")
    ada.get_by_label("Keep it among the documents").uncheck()
    with ada.expect_download() as waited:
        ada.get_by_role("button", name="Make it").tap()
    file = waited.value
    assert file.suggested_filename.endswith(".docx")
    with ZipFile(BytesIO(file.path().read_bytes())) as word:
        assert "smell bread" in word.read("word/document.xml").decode()


def test_a_pdf_is_kept_among_the_documents(ada: Page):
    """Given the same page, when Ada keeps a PDF, then it stands among the documents."""
    ada.get_by_role("link", name="Career profile", exact=True).tap()
    segment(ada.locator("main"), "PDF").check()
    ada.get_by_role("button", name="Make it").tap()
    expect(ada.locator("h1")).to_have_text("Documents")
    expect(ada.locator("main")).to_contain_text("Career profile")
    assert_sound(ada)


def test_an_employer_is_handed_nothing_that_was_not_agreed(ada: Page):
    """Given Omar, who took back what was agreed, when Ada introduces him, it says no."""
    ada.goto("/caseload/?view=list")
    ada.get_by_role("link", name="Omar Saleh", exact=True).click()
    expect(ada.locator("h1")).to_have_text("Omar Saleh")
    papers = ada.url + "papers/introduction/"
    ada.get_by_role("link", name="For employers", exact=True).tap()
    ada.get_by_role("button", name="Take it back").tap()
    expect(toast(ada)).to_contain_text("Taken back.")
    ada.goto(papers)
    main = ada.locator("main")
    main.get_by_role("combobox", name="Employer").click()
    main.get_by_role("option", name="Havnelund Bageri").first.click()
    main.get_by_role("button", name="Make it").tap()
    expect(main.get_by_role("alert")).to_be_visible()
    assert_sound(ada)
