"""On a phone: what an employer may know is talked about, decided, kept to, taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Enter
from tests.journeys.looking import choose, segment, toast
from tests.journeys.sound import assert_sound

OMAR = "Omar Saleh"
BAKERY = "Havnelund Bageri"


@pytest.fixture
def ada(enter: Enter) -> Page:
    return enter("Ada", **PHONE)


def episode_of(page: Page, name: str) -> str:
    """Return the key of somebody's episode, as the Log knows it."""
    page.goto("/log/employer/")
    option = page.locator("select[name=person] option").filter(has_text=name).first
    return option.get_attribute("value") or ""


def decide(page: Page, episode: str, decision: str, words: str = "") -> None:
    page.goto(f"/episodes/{episode}/disclosure/new/")
    choose(page.locator("main"), "Which employer", BAKERY)
    page.get_by_label(decision).check()
    if words:
        page.get_by_label("what I need at work").fill(words)
    segment(page.locator("main"), "said in a meeting").check()
    page.get_by_role("button", name="Save").tap()
    expect(page.locator("h1")).to_have_text("What employers may know")


def log(page: Page, name: str, told: str) -> None:
    page.goto("/log/employer/")
    main = page.locator("main")
    choose(main, "Employer", BAKERY)
    choose(main, "For whom", name)
    segment(main, told).check()
    main.get_by_label("What we learned").fill("They bake from four.")
    main.get_by_role("button", name="Save").tap()


def test_what_an_employer_may_know_is_decided_kept_to_and_taken_back(ada: Page):
    episode = episode_of(ada, OMAR)
    ada.goto(f"/episodes/{episode}/disclosure/")
    expect(ada.get_by_text("Ask about the law of your country")).to_be_visible()
    assert_sound(ada)

    decide(ada, episode, "my name, nothing more")
    log(ada, OMAR, "that support exists")
    expect(ada.get_by_role("alert").first).to_contain_text("my name, nothing more")
    expect(ada.get_by_label("What we learned")).to_have_value("They bake from four.")
    way = ada.get_by_role("link", name="Talk about what employers may know")
    expect(way).to_be_visible()
    assert_sound(ada)

    decide(ada, episode, "that I have help", "A short break now and then.")
    expect(ada.locator("main")).to_contain_text("A short break now and then.")
    log(ada, OMAR, "that support exists")
    expect(toast(ada)).to_contain_text(f"Contact with {BAKERY} logged.")

    ada.goto(f"/episodes/{episode}/disclosure/")
    row = ada.locator(".own-row").filter(has_text=BAKERY).first
    row.get_by_role("button", name="Take it back").tap()
    expect(toast(ada)).to_contain_text("Taken back.")
    log(ada, OMAR, "no name")
    expect(ada.get_by_role("alert").first).to_contain_text("taken back")


def test_a_plan_is_made_by_searching_as_one_types(ada: Page):
    episode = episode_of(ada, OMAR)
    ada.goto(f"/episodes/{episode}/plan/edit/")
    ada.get_by_label("The goal, in the person's own words").fill("A quiet kitchen")
    work = ada.get_by_role("group", name="Which work")
    work.get_by_role("searchbox").press_sequentially("kitchen")
    work.get_by_label("Kitchen Helpers").check()
    work.get_by_role("searchbox").fill("bak")
    expect(work.get_by_label("Bakers")).to_be_visible()
    expect(work.get_by_label("Kitchen Helpers")).to_be_checked()
    work.get_by_label("Bakers").check()
    assert_sound(ada)
    ada.get_by_role("button", name="Save").tap()
    expect(ada.locator("main")).to_contain_text("Kitchen Helpers")
    ada.get_by_role("link", name="Agree the plan").tap()
    ada.get_by_role("dialog").get_by_role("button", name="Save").tap()
    expect(toast(ada)).to_contain_text("The plan is agreed.")
    assert_sound(ada)

    ada.get_by_role("link", name="A step").tap()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_label("What", exact=True).fill("Taste the bread of three bakeries")
    dialog.get_by_role("button", name="Save").tap()
    ada.get_by_role("link", name="Taste the bread of three bakeries").tap()
    expect(dialog.get_by_label("What", exact=True)).to_have_value(
        "Taste the bread of three bakeries"
    )
    assert_sound(ada)
    segment(dialog, "applicant").check()
    dialog.get_by_role("button", name="Save").tap()
    expect(dialog).to_be_hidden()


def test_a_talk_that_is_not_agreed_yet_is_gone_on_with(ada: Page):
    """Given a talk without an agreement, when Ada goes on with it, then it all stands."""
    episode = episode_of(ada, OMAR)
    ada.goto(f"/episodes/{episode}/disclosure/new/")
    ada.get_by_label("What speaks against telling").fill(
        "They may treat him otherwise."
    )
    ada.get_by_label("my name, nothing more").check()
    ada.get_by_role("button", name="Save").tap()
    expect(ada.locator("main")).to_contain_text("Talked about, not agreed")
    ada.get_by_role("link", name="Go on with it").tap()
    against = ada.get_by_label("What speaks against telling")
    expect(against).to_have_value("They may treat him otherwise.")
    assert_sound(ada)
    segment(ada.locator("main"), "said in a meeting").check()
    ada.get_by_role("button", name="Save").tap()
    expect(ada.locator("h1")).to_have_text("What employers may know")
    expect(ada.get_by_role("button", name="Take it back")).to_be_visible()
