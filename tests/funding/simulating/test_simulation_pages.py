"""Trying a contract over past facts on a page: a form, a file of one's own, the answer."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from braid.facts import commands as facts
from braid.funding.contract_words.values import Values
from tests.cast import TODAY
from tests.desk.test_pages import text

PAGE = "/funding/simulation/north/"
OWN = """\
contract: proposal
version: 1
unit: person
currency: USD
valid_from: 2027-01-01
source: invented, for this test
entry: {word: accepted}
milestones:
  - id: start
    kind: event
    reached: {word: job_start}
    amount: {value: "400.00", source: invented}
  - id: lasted
    kind: sustained
    reached: {word: in_work}
    window: {n: 14, of: 14, unit: day}
    threshold: {measure: weekly_hours, at_least: 21, statistic: mean}
    amount: {parameter: LASTED}
"""


@pytest.fixture
def frozen(story, today):
    """The story with its facts frozen by Ben."""
    built = facts.build(
        actor=story.world.ben.actor, unit=story.world.north, today=TODAY
    )
    story.snapshot = built.manifest.snapshot
    return story


def _post(client, story, **given):
    return client.post(
        PAGE, {"snapshot": str(story.snapshot), "group": "none", **given}
    )


def _file(content, name="proposal.yaml"):
    return SimpleUploadedFile(name, content.encode(), content_type="text/yaml")


@pytest.mark.parametrize(
    ("member", "home", "page"),
    [
        pytest.param("ben", 200, 200, id="supervisor"),
        pytest.param("sam", 200, 200, id="steward"),
        pytest.param("nia", 200, 404, id="funder, who reads no facts as a whole"),
        pytest.param("ada", 403, 403, id="specialist"),
        pytest.param("cora", 403, 403, id="clinician"),
        pytest.param("pat_account", 403, 403, id="applicant"),
    ],
)
def test_who_reads_the_facts_of_a_unit_tries_contracts_over_them(
    as_, frozen, member, home, page
):
    client = as_(member)
    assert client.get("/funding/simulation/").status_code == home
    assert client.get(PAGE).status_code == page


def test_without_frozen_facts_the_page_says_what_comes_first(as_, story):
    assert "No facts are frozen yet" in text(as_("ben").get(PAGE))


def test_a_contract_file_of_ones_own_is_run_and_not_kept(as_, frozen):
    shown = text(_post(as_("ben"), frozen, first_file=_file(OWN)))

    assert "What the contract would have paid" in shown
    assert Values("USD").money(Decimal(400)) in shown
    assert "people act otherwise" in shown
    # One hour less would pay for Pat, who works 20 hours; that has no amount yet.
    assert "lasted: hours of 20 instead of 21 +1" in shown
    assert "Pat" not in shown


def test_two_contracts_are_told_beside_each_other(as_, frozen):
    dearer = OWN.replace("400.00", "500.00")
    shown = text(
        _post(
            as_("ben"),
            frozen,
            first_file=_file(OWN),
            second_file=_file(dearer, "b.yaml"),
        )
    )
    assert "For 1 of them the second contract pays more than the first" in shown
    assert f"In all it pays {Values('USD').money(Decimal(100))} more." in shown


def test_every_fault_of_a_file_is_told_with_its_line_and_nothing_is_run(as_, frozen):
    broken = OWN.replace("job_start", "job_begin").replace('"400.00"', "400.00")
    page = _post(as_("ben"), frozen, first_file=_file(broken))
    shown = text(page)

    assert page.status_code == 422 or page.status_code == 200
    assert "Line 11:" in shown and "job_begin" in shown
    assert "Line 12:" in shown
    assert "would have paid for them" not in shown


def test_a_contract_of_the_house_is_counted_without_amounts(as_, frozen):
    shown = text(_post(as_("ben"), frozen, first="us-or-vr-ips"))

    assert "has an amount that is not filled in" in shown or "not filled in" in shown


def test_without_any_contract_the_form_asks_for_one(as_, frozen):
    assert "Choose a contract, or bring a file of one." in text(
        _post(as_("ben"), frozen)
    )


def test_from_the_office_no_small_count_is_shown(as_, frozen):
    shown = text(_post(as_("sam"), frozen, first_file=_file(OWN)))

    assert "What the contract would have paid" in shown
    assert Values("USD").money(Decimal(400)) not in shown
    assert "instead of" not in shown


def test_what_is_handed_over_to_a_funder_has_no_small_count(as_, frozen):
    exact = text(_post(as_("ben"), frozen, first_file=_file(OWN)))
    handed = text(_post(as_("ben"), frozen, first_file=_file(OWN), to_hand_over="on"))

    assert Values("USD").money(Decimal(400)) in exact
    assert Values("USD").money(Decimal(400)) not in handed
    assert "instead of" not in handed


def test_a_funder_is_told_who_tries_a_proposal_and_why(as_, frozen):
    shown = text(as_("nia").get("/funding/simulation/"))
    assert "Whoever proposes one sends them the file" in shown
