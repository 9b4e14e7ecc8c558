"""Cora refers, Ada's unit takes on, and Cora reads what came of it; Dev has his room."""

from playwright.sync_api import expect

from tests.journeys.conftest import Enter


def test_a_referral_is_told_back_to_who_sent_it(enter: Enter) -> None:
    """Given Cora refers somebody, when receipt is confirmed, then it is new to her once."""
    cora = enter("Cora")
    cora.goto("/refer/")
    cora.get_by_label("Given name").fill("Aksel")
    cora.get_by_label("Family name").fill("Ny")
    cora.get_by_label("In one sentence: what does the person want?").fill("A kitchen.")
    cora.get_by_label("The person knows of this and wants to be contacted").check()
    cora.get_by_role("button", name="Refer").click()
    expect(cora.get_by_text("receipt not confirmed yet")).to_be_visible()

    ada = enter("Ada")
    ada.goto("/referrals/?way=live")
    row = ada.locator(".person-row", has_text="Aksel Ny")
    row.get_by_role("button", name="Confirm receipt").click()
    ada.goto("/referrals/?way=live")
    row = ada.locator(".person-row", has_text="Aksel Ny")
    row.get_by_role("link", name="Its way so far").click()
    expect(ada.get_by_text("received, not taken on yet")).to_be_visible()
    expect(ada.get_by_text("requested", exact=True)).to_be_visible()

    cora.goto("/refer/sent/")
    news = cora.get_by_text("The unit confirmed that the referral arrived.")
    expect(news).to_be_visible()
    expect(cora.get_by_text("Aksel")).to_have_count(0)
    cora.reload()
    expect(news).to_have_count(0)


def test_a_caseworker_notes_what_was_proposed_instead_of_a_job(enter: Enter) -> None:
    """Given Dev's room, when he notes an internship, then it stands there with his name."""
    dev = enter("Dev")
    dev.goto("/job-centre/")
    dev.locator("a.row-title").first.click()
    expect(dev.get_by_role("heading", name="For a decision")).to_be_visible()
    expect(dev.get_by_role("heading", name="IPS as an active measure")).to_be_visible()
    dev.get_by_role("link", name="Note a proposal").click()
    dev.get_by_label("a course first").check()
    dev.get_by_role("radio", name="no", exact=True).check(force=True)
    dev.get_by_role("button", name="Save").click()
    card = dev.locator(".card", has_text="Proposed instead of a job")
    expect(card.get_by_text("A course first")).to_be_visible()
    expect(card.get_by_text("the person did not want it")).to_be_visible()
    card.get_by_role("button", name="Take back").first.click()
    expect(dev.get_by_text("Taken back.")).to_be_visible()
