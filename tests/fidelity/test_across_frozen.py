"""Live items and outcomes of several units, from facts that were frozen together."""

import json
from datetime import date, timedelta
from fractions import Fraction

import pytest

from braid.facts import commands
from braid.fidelity.across import board, pictures, reading, scatter, snapshots
from braid.fidelity.told import last_of_each, told
from braid.method.statistics.correlation import correlation
from tests.cast import TODAY
from tests.factories.access import TeamFactory
from tests.factories.facts import SnapshotFactory
from tests.factories.people import ApplicantFactory, EpisodeFactory
from tests.factories.work import JobFactory, JobTermsFactory
from tests.fidelity.told_reviews import reviewed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PAGE = "/fidelity-across/"
REVIEWED = date(2026, 5, 4)


def _served(unit, people, working):
    """Let a unit serve some people since January, of whom some work in every month."""
    for number in range(people):
        episode = EpisodeFactory(
            applicant=ApplicantFactory(organisation=unit.organisation),
            unit=unit,
            referred_on=date(2026, 1, 1),
            accepted_on=date(2026, 1, 8),
            entered_on=date(2026, 1, 15),
            state="active",
        )
        if number < working:
            job = JobFactory(episode=episode, first_day=date(2026, 2, 2))
            JobTermsFactory(job=job, first_day=date(2026, 2, 2))


SERVED = ((10, 5, 3), (15, 5, 3), (20, 10, 4), (20, 5, 4), (15, 10, 5), (10, 5, 4))
"""Of each unit: people served, of them working, and the score in every item.

What leaves a unit is rounded to fives, and so are these.
"""


@pytest.fixture
def frozen(world, settings, tmp_path):
    """Six units of people at work and reviews, and one without a review."""
    settings.BRAID_DATA = tmp_path
    made = []
    for number, (people, working, score) in enumerate(SERVED):
        unit = TeamFactory(
            organisation=world.havnelund,
            name=f"Unit {number}",
            slug=f"unit-{number}",
            kind="ips_unit",
        )
        _served(unit, people, working)
        reviewed(unit, score, on=REVIEWED)
        made.append(unit)
    commands.build(actor=world.sam.actor, today=TODAY)
    return made


def _snapshot(world):
    from braid.facts import queries

    return queries.latest_snapshot(world.sam.actor)


def test_live_items_of_all_units_are_read_at_once_and_kept(
    as_, world, frozen, monkeypatch
):
    sam = as_("sam")
    page = sam.get(f"{PAGE}live/").content.decode()
    for unit in frozen:
        assert unit.name in page
    assert "as of 5 Oct 2026" in page

    def again(*_args, **_more):
        raise AssertionError("Frozen facts were read twice.")

    monkeypatch.setattr("braid.facts.queries.opened", again)
    assert all(u.name in sam.get(f"{PAGE}live/").content.decode() for u in frozen)


def test_what_reviewers_judge_is_no_score(world, frozen):
    found = board.board(
        world.sam.actor, _snapshot(world), reading.reviews(world.sam.actor).scale
    )
    (first, *_more) = found.rows
    assert len(first.cells) == 25
    assert "·" in first.cells
    low, high = map(int, first.total.split("–"))
    assert 25 <= low < high <= 125


def test_each_total_stands_beside_the_share_working_in_its_quarter(world, frozen):
    """Every unit's review lies in the second quarter of 2026."""
    last = last_of_each(told(world.sam.actor))
    found = snapshots.rates(world.sam.actor, _snapshot(world), last)
    shares = [snapshots.rate_of(found[unit.pk]) for unit in frozen]
    assert [round(share, 2) for share in shares] == [
        round(Fraction(working, people), 2) for people, working, _score in SERVED
    ]
    assert {one.figure.period.period for one in found.values()} == {"2026Q2"}


def test_the_scatter_is_that_of_the_method(as_, world, frozen):
    found = board.placed(
        world.sam.actor, _snapshot(world), reading.reviews(world.sam.actor)
    )
    pairs = [(25 * score, Fraction(w, n)) for n, w, score in SERVED]
    assert found.correlation == correlation(pairs)
    page = as_("sam").get(f"{PAGE}outcomes/").content.decode()
    assert pictures.correlation_text(found.correlation, 6) in page
    assert 'class="chart-drawing' in page
    for said in ("r = 0.34", "r = 0.27", "r = 0.36", "Do not read it as cause"):
        assert said in page
    assert "People working, quarter by quarter" in page
    document = json.loads(as_("sam").get(f"{PAGE}files/outcomes/json/").content)
    assert len(document["rows"]) == 6
    assert document["caution"]
    assert "each person counts once" in document["definition"].lower()


def test_small_shares_are_in_no_picture(world, frozen):
    unit = TeamFactory(
        organisation=world.havnelund, name="Tiny", slug="tiny", kind="ips_unit"
    )
    _served(unit, 3, 1)
    reviewed(unit, 5, on=REVIEWED)
    commands.build(actor=world.sam.actor, today=TODAY)
    found = board.placed(
        world.sam.actor, _snapshot(world), reading.reviews(world.sam.actor)
    )
    assert [one.unit.name for one in found.left_out] == ["Tiny"]
    assert found.left_out[0].rate is None


@pytest.mark.parametrize("units", [0, 1, 4])
def test_few_units_have_no_correlation(world, frozen, units):
    last = last_of_each(told(world.sam.actor))
    rates = snapshots.rates(world.sam.actor, _snapshot(world), last)
    some = {unit.pk: unit for unit in frozen[:units]}
    found = scatter.scatter(some, last, rates)
    assert (found.is_too_few, found.correlation) == (True, None)
    chart = pictures.against_outcomes(found)
    assert chart.drawing is None
    assert "no correlation is worked out" in chart.finding


def test_a_review_after_the_facts_has_no_share(world, frozen):
    reviewed(frozen[0], 4, on=TODAY + timedelta(100))
    found = board.placed(
        world.sam.actor, _snapshot(world), reading.reviews(world.sam.actor)
    )
    assert [one.unit for one in found.left_out] == [frozen[0]]


def test_without_frozen_facts_the_page_says_what_to_do(as_, world):
    page = as_("sam").get(f"{PAGE}live/").content.decode()
    assert "Freeze them first" in page
    assert as_("sam").get(f"{PAGE}files/live/csv/").status_code == 404


def test_frozen_facts_whose_files_are_gone_are_none(as_, world, settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    SnapshotFactory(units=[str(world.north.pk)])
    for page in ("live", "outcomes"):
        found = as_("sam").get(f"{PAGE}{page}/")
        assert "Freeze them first" in found.content.decode()


def test_a_quarter_that_goes_on_ends_with_the_facts():
    asked = snapshots.asked_quarter(TODAY, TODAY)
    assert (asked.first_day, asked.last_day) == (date(2026, 10, 1), TODAY)
    assert snapshots.asked_quarter(date(2027, 1, 1), TODAY) is None
