"""An applicant asks under the law, and the steward answers in time and in words."""

import zipfile

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import segment, toast
from tests.journeys.sound import assert_sound

WORDS = "Please take away what is not needed any more."
ANSWER = "The law says that it is kept until 2031. We closed it instead."


def test_a_copy_to_take_along(enter: Enter):
    """Given her own page, when Signe takes her data along, then a file comes."""
    signe = enter("Signe", **PHONE)
    signe.goto("/me/data/")
    signe.get_by_role("link", name="Take my data with me").tap()
    assert_sound(signe)
    with signe.expect_download() as download:
        signe.get_by_role("button", name="Get the file").tap()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "Signe" in archive.read("data.html").decode()


def test_from_a_request_to_its_answer(enter: Enter):
    """Given a request to erase, when Sam looks and refuses, then Signe reads why."""
    signe = enter("Signe", **PHONE)
    signe.goto("/me/requests/")
    signe.get_by_label("erase my data").check()
    signe.locator("main textarea").fill(WORDS)
    signe.locator("main form button[type=submit]").last.tap()

    sam = enter("Sam")
    sam.goto("/access/")
    sam.get_by_role("link", name="Requests of applicants").click()
    sam.get_by_role("link", name="Erase my data").click()
    expect(sam.locator("blockquote")).to_contain_text(WORDS)
    assert_sound(sam)
    sam.get_by_role("link", name="What would go?").click()
    expect(sam.get_by_text("Nothing brings this back.")).to_be_visible()
    assert_sound(sam)
    sam.get_by_role("link", name="Cancel").click()
    segment(sam.locator("main"), "refused").check()
    sam.locator("main textarea").fill(ANSWER)
    sam.get_by_role("button", name="Send").click()
    expect(toast(sam)).to_contain_text("The person is told.")

    signe.goto("/me/requests/")
    expect(signe.get_by_text(ANSWER)).to_be_visible()
