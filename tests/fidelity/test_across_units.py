"""Several units together: who sees which, change over time, items, the community."""

import csv
import io
import json
from datetime import date

import pytest

from braid.access import commands
from braid.access.models import TeamLink
from braid.fidelity.across import pictures, reading
from braid.fidelity.across.community import community
from braid.fidelity.told import told
from tests.factories.access import TeamFactory
from tests.factories.fidelity import CorrectionFactory, RatingFactory
from tests.fidelity.told_reviews import reviewed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PAGE = "/fidelity-across/"
SPRING, AUTUMN = date(2025, 10, 1), date(2026, 4, 1)


@pytest.fixture
def units(world):
    """Six more units of North's provider."""
    return [
        TeamFactory(
            organisation=world.havnelund,
            name=f"Unit {n}",
            slug=f"unit-{n}",
            kind="ips_unit",
        )
        for n in range(1, 7)
    ]


@pytest.fixture
def followed(world, units):
    """One rose, one fell, one stayed; one changed its mode, one has a gap."""
    for unit, before, after in zip(units[:3], (3, 4, 4), (4, 3, 4), strict=True):
        reviewed(unit, before, on=SPRING)
        reviewed(unit, after, on=AUTUMN)
    reviewed(units[3], 3, on=SPRING, mode="self")
    reviewed(units[3], 4, on=AUTUMN)
    reviewed(units[4], 4, on=SPRING)
    reviewed(units[4], 5, on=AUTUMN, but={9: None})
    return units


# ---- Who sees which ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ada", "ben", "cora", "dev", "sam", "ola", "rui"])
def test_who_reads_figures_opens_the_page(as_, name):
    assert as_(name).get(PAGE).status_code == 200


@pytest.mark.parametrize("name", ["femi", "una", "pat_account"])
def test_nobody_else_does(as_, name):
    assert as_(name).get(PAGE).status_code in (403, 404)


def test_an_evaluator_reads_figures_of_units_that_work_with_the_study(as_, world):
    """Eve's team is beside North: its told scores open, no record and no other unit's."""
    reviewed(world.north, 5)
    eve, here = as_("eve"), ("/fidelity/north/", "/outcomes/north/")
    links = TeamLink.objects.filter(unit=world.north, team__in=world.eve.actor.teams)
    (link,) = links
    links.delete()
    assert "North" not in eve.get(PAGE).content.decode()
    assert [eve.get(address).status_code for address in here] == [404, 404]
    commands.link_team(actor=world.sam.actor, unit=world.north, team=link.team)
    page = eve.get(PAGE).content.decode()
    assert "North" in page and "125" in page
    assert [eve.get(address).status_code for address in here] == [200, 200]
    community = eve.get(f"{PAGE}community/")
    assert community.status_code == 200
    assert eve.get("/fidelity/north/items/17/").status_code == 200
    assert eve.get("/caseload/").status_code in (403, 404)
    assert eve.get("/fidelity/elsewhere/").status_code == 404
    assert "/fidelity-reviews/" in eve.get("/fidelity/").content.decode()
    note = eve.post("/fidelity-actions/north/new/", {"what": "x"})
    assert note.status_code == 403


def test_each_sees_the_units_of_their_own_tables(as_, world, followed):
    reviewed(world.north, 5)
    office, north = (as_(n).get(PAGE).content.decode() for n in ("sam", "ada"))
    assert "Unit 1" in office
    assert "North" in office
    assert "North" in north
    assert "Unit 1" not in north
    assert "Unit 1" not in as_("ola").get(PAGE).content.decode()


@pytest.mark.parametrize("status", ["planned", "rating", "consensus", "withdrawn"])
def test_what_was_not_told_is_in_no_figure(as_, world, status):
    reviewed(world.north, 5, status=status)
    for name in ("sam", "ben", "cora"):
        assert told(getattr(world, name).actor) == []
        page = as_(name).get(f"{PAGE}files/reviews/json/")
        assert json.loads(page.content)["rows"] == []


@pytest.mark.parametrize("page", ["live/", "outcomes/"])
def test_frozen_facts_are_for_who_oversees_units(as_, page):
    assert as_("sam").get(PAGE + page).status_code == 200
    assert as_("ben").get(PAGE + page).status_code == 200
    for name in ("ada", "cora", "dev"):
        client = as_(name)
        assert client.get(PAGE + page).status_code == 404
        assert f"{PAGE}{page}" not in client.get(PAGE).content.decode()


# ---- Scores in force ---------------------------------------------------------------------


def test_a_later_version_of_a_score_stands(world):
    review = reviewed(world.north, 3)
    RatingFactory(review=review, item=1, stage="final", score=5)
    RatingFactory(review=review, item=2, stage="moderated", score=1)
    (found,) = told(world.ben.actor)
    assert (found.scores[1], found.scores[2], found.total.total) == (5, 1, 75)


def test_a_band_that_was_only_stated_is_a_band_without_a_total(world):
    reviewed(world.north, 3, stated_band="good").ratings.all().system("x").delete()
    (found,) = told(world.ben.actor)
    assert (found.total, found.band) == (None, "good")


# ---- Over time ---------------------------------------------------------------------------


def test_only_reviews_in_one_mode_are_held_against_each_other(world, followed):
    found = reading.reviews(world.sam.actor)
    assert reading.moved(found) == reading.Moved(up=1, down=1, same=1, others=2)


def test_the_chart_says_what_it_finds_and_marks_the_modes(world, followed):
    found = reading.reviews(world.sam.actor)
    chart = pictures.trend(found, reading.moved(found))
    assert chart.finding.startswith(
        "Of 3 units with two reviews in the same mode, 1 rose"
    )
    assert chart.drawing.alt == chart.finding
    assert chart.keys == (
        "filled circle: independent review",
        "square: self-assessment",
    )
    assert "<path" in chart.drawing.wide
    assert "script" not in chart.drawing.wide


def test_a_gap_is_an_interval_and_no_total(as_, followed):
    page = as_("sam").get(PAGE).content.decode()
    assert "121 to 125" in page


def test_scales_stand_apart(as_, world, followed):
    reviewed(followed[5], 4, scale="ips-15")
    sam = as_("sam")
    wide, narrow = (
        json.loads(sam.get(f"{PAGE}files/reviews/json/?scale={s}").content)
        for s in ("ips-25", "ips-15")
    )
    assert (len(wide["rows"]), wide["scale"]) == (10, "ips-25")
    assert [row[0] for row in narrow["rows"]] == ["Unit 6"]
    assert "?scale=ips-15" in sam.get(PAGE).content.decode()


# ---- By item -----------------------------------------------------------------------------


def test_items_are_counted_over_the_last_review_of_each_unit(world, followed):
    found = reading.reviews(world.sam.actor)
    items = reading.by_item(found.scale, list(found.last.values()))
    first, ninth = items[0], items[8]
    assert dict(first.counts) == {1: 0, 2: 0, 3: 1, 4: 3, 5: 1}
    assert (first.spread.median, first.without) == (4, 0)
    assert (sum(ninth.counts.values()), ninth.without) == (4, 1)


def test_the_next_reviews_stand_beside(as_, followed):
    page = as_("sam").get(PAGE).content.decode()
    assert "due by" in page
    assert "no review yet" in page


# ---- Files -------------------------------------------------------------------------------


def test_a_file_says_what_its_page_says(as_, followed):
    sam = as_("sam")
    found = sam.get(f"{PAGE}files/items/csv/")
    rows = list(csv.DictReader(io.StringIO(found.content.decode())))
    assert len(rows) == 25
    assert rows[0]["4"] == "3"
    assert (rows[0]["scale"], rows[0]["as_of"]) == ("ips-25", "2026-10-05")
    assert "attachment" in found["Content-Disposition"]


@pytest.mark.parametrize(
    "address", ["files/items/xml/", "files/secrets/csv/", "files/live/csv/"]
)
def test_there_is_no_other_file(as_, followed, address):
    assert as_("cora").get(PAGE + address).status_code == 404


def test_a_name_that_is_a_formula_is_none_in_a_file(as_, world, followed):
    followed[0].name = "=1+1"
    followed[0].save()
    found = as_("sam").get(f"{PAGE}files/reviews/csv/").content.decode()
    assert "\n=1+1" not in found
    assert "'=1+1" in found


def test_more_units_ask_no_more(as_, world, followed, django_assert_max_num_queries):
    sam = as_("sam")
    sam.get(PAGE)
    with django_assert_max_num_queries(40) as few:
        sam.get(PAGE)
    for n in range(10):
        unit = TeamFactory(
            organisation=world.havnelund, slug=f"more-{n}", kind="ips_unit"
        )
        reviewed(unit, 4)
    with django_assert_max_num_queries(len(few)):
        sam.get(PAGE)


def test_a_score_that_was_found_wrong_is_marked_where_it_stood(as_, world):
    before = reviewed(world.north, 3, on=SPRING)
    after = reviewed(world.north, 4, on=AUTUMN)
    CorrectionFactory(review=after, earlier=before, item=9)
    first, last = told(world.ben.actor)
    assert (first.wrong, last.wrong) == ((9,), ())
    page = as_("sam").get(PAGE).content.decode()
    assert "75, item 9 later found wrong" in page


# ---- The learning community --------------------------------------------------------------


def test_few_units_are_words(as_, followed, world):
    """Four units have a review on this scale; the profile shows five and more."""
    for unit in followed[4:]:
        unit.kind = "treatment_team"
    reviewed(world.north, 4, scale="ips-15")
    page = as_("ben").get(f"{PAGE}community/?scale=ips-15").content.decode()
    assert "Fewer than 5 units" in page
    assert "<td" not in page


def test_own_unit_stands_among_all_and_no_other_is_named(as_, world, followed):
    for unit in (*followed, world.north):
        reviewed(unit, 4, on=date(2026, 9, 1))
    page = as_("ada").get(f"{PAGE}community/").content.decode()
    assert "last reviews of 7 units" in page
    assert "Your unit" in page
    assert "Unit 1" not in page


def test_small_counts_are_kept_back(world, followed):
    """Of seven units one differs in item 3: who that is, nobody reads off."""
    for unit in (*followed, world.north):
        low = {3: 1} if unit == followed[0] else {}
        reviewed(unit, 4, on=date(2026, 9, 1), but=low)
    found = community(world.ada.actor, reading.reviews(world.ada.actor))
    first, third = found.items[0], found.items[2]
    assert first.counts == {1: 0, 2: 0, 3: 0, 4: 7, 5: 0}
    assert (third.counts, third.high, third.units) == (None, None, 7)
    assert found.median is None  # ten units stand behind a middle


def test_where_single_scores_are_too_few_high_ones_are_told_together(world, units):
    for n, unit in enumerate((*units, world.north)):
        reviewed(unit, 4 + n % 2)
    found = community(world.ada.actor, reading.reviews(world.ada.actor))
    assert (found.items[0].counts, found.items[0].high) == (None, 7)


def test_units_of_another_provider_are_in_no_sum(world, followed):
    for n in range(6):
        other = TeamFactory(organisation=world.elsewhere.organisation, kind="ips_unit")
        reviewed(other, n % 5 + 1)
    reviewed(world.north, 4)
    found = community(world.ada.actor, reading.reviews(world.ada.actor))
    assert found.units == 6
