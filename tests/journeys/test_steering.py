"""What stands in a specialist's way is raised, decided at the steering group, and told."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import card
from tests.journeys.sound import assert_sound

RAISED = "Travel cards come three weeks after a job starts"
ANSWER = "The job centre orders them on the day of the contract."
DECIDED = "Order the travel card on the day of the contract"


def open_steering(page: Page) -> None:
    """Prepare a meeting of the steering group today; what was raised waits in it."""
    page.goto("/meetings/new/steering/")
    page.locator("main form.braid-form button[type=submit]").click()
    expect(page.get_by_role("link", name=RAISED)).to_be_visible()


def test_a_matter_goes_up_and_a_decision_comes_down(enter: Enter):
    """Given a matter of Ada's, when the steering group decides, then Ada is told once."""
    ada, ben = enter("Ada", **PHONE), enter("Ben")
    ada.goto("/meetings/")
    ada.get_by_role("link", name="For an agenda").tap()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("What should they talk about?").fill(RAISED)
    dialog.get_by_role("button", name="Put on the agenda").tap()
    raised = card(ada, "Raised, and what came of it").get_by_role("listitem")
    raised = raised.filter(has_text=RAISED)
    expect(raised).to_contain_text("open")

    open_steering(ben)
    ben.get_by_role("link", name=RAISED).click()
    dialog = ben.get_by_role("dialog")
    dialog.get_by_label("What came of it?").fill(ANSWER)
    dialog.get_by_role("button", name="Save").click()
    taken_up = card(ben, "Agenda").get_by_role("listitem").filter(has_text=RAISED)
    expect(taken_up).to_contain_text("settled")
    decisions = card(ben, "Decisions")
    decisions.get_by_role("link", name="A decision", exact=True).click()
    dialog = ben.get_by_role("dialog")
    dialog.get_by_label("What was decided?").fill(DECIDED)
    dialog.get_by_label("Everybody of the unit is told").check()
    dialog.get_by_role("button", name="Save").click()
    decided = decisions.get_by_role("listitem").filter(has_text=DECIDED)
    expect(decided).to_contain_text("told to the unit")

    ada.reload()
    expect(raised).to_contain_text("settled")
    expect(raised).to_contain_text(ANSWER)
    ada.goto("/today/")
    told = ada.get_by_role("listitem").filter(has_text=DECIDED)
    expect(told).to_be_visible()
    assert_sound(ada)
    told.get_by_role("button", name="Seen").click()
    together = card(ada, "Together")
    still_to_come = together.get_by_role("link", name="Together", exact=True)
    expect(together).to_be_visible()
    expect(still_to_come).to_have_count(0)
    expect(told).to_have_count(0)
