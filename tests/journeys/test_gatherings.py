"""Ada raises what stands in her way, the steering group decides, and Ada is told."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter
from tests.journeys.looking import toast
from tests.journeys.sound import assert_sound

RAISED = "Two letters a week ask people for a course first"
DECIDED = "Nobody is asked for a course first"


def save(page: Page) -> None:
    page.locator("main form.braid-form button[type=submit]").click()


def test_what_ada_raises_is_decided_and_she_is_told(enter: Enter):
    ada, ben = enter("Ada"), enter("Ben")
    ada.goto("/meetings/agenda/new/")
    assert_sound(ada)
    ada.get_by_label("What should they talk about?").fill(RAISED)
    save(ada)
    expect(ada.get_by_text(RAISED)).to_be_visible()

    ben.goto("/meetings/new/steering/")
    save(ben)
    expect(ben.get_by_role("link", name=RAISED)).to_be_visible()
    meeting = ben.url.partition("#")[0]
    ben.goto(ben.get_by_role("link", name=RAISED).get_attribute("href") or "")
    assert_sound(ben)
    ben.get_by_label("What came of it?").fill("The office changes the letter.")
    save(ben)
    expect(ben.get_by_text("The office changes the letter.")).to_be_visible()

    ben.goto(f"{meeting}decisions/new/")
    ben.get_by_label("What was decided?").fill(DECIDED)
    ben.get_by_label("Everybody of the unit is told").check()
    save(ben)
    expect(ben.get_by_role("link", name=DECIDED)).to_be_visible()
    assert_sound(ben)

    ada.goto("/meetings/")
    expect(ada.get_by_text("The office changes the letter.")).to_be_visible()
    assert_sound(ada)


def test_a_case_of_the_unit_meeting_is_talked_about(enter: Enter):
    ada = enter("Ada")
    ada.goto("/meetings/new/vocational_unit/")
    save(ada)
    expect(ada.locator("h1")).to_have_text("Unit meeting")
    meeting = ada.url.partition("#")[0]
    ada.goto(f"{meeting}people/new/")
    chosen = ada.locator("select[name=person] option:not([value=''])").first
    name = (chosen.text_content() or "").partition(" · ")[0]
    ada.evaluate(
        "() => { const one = document.querySelector('select[name=person]');"
        " one.value = [...one.options].find((o) => o.value).value; }"
    )
    save(ada)
    line = ada.locator("#people").get_by_role("link", name=name)
    expect(line).to_be_visible()
    line.click()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("What was said").fill("Two mornings a week are right.")
    assert_sound(ada)
    dialog.get_by_role("button", name="Save").click()
    expect(toast(ada)).to_contain_text("Noted.")
    expect(ada.get_by_text("Two mornings a week are right.")).to_be_visible()
