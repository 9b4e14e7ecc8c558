"""The outcomes pages: charts with their tables, for each as far as they may look."""

import csv
import io
import re
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access.models import AuditEntry
from braid.outcomes import charts, queries
from braid.people.models import Episode
from braid.web.charts.drawing import HEAVIEST
from braid.work.models import JobTerms
from tests.desk.test_pages import text
from tests.outcomes.conftest import at_work, person

HTMX = {"HTTP_HX_REQUEST": "true"}
UNIT = "/outcomes/north/"
SHOWN = ("working", "job-starts", "first-job", "tenure", "placements", "occupations")


def page(client, address, **more):
    """Return an outcomes page with its figures."""
    joint = "&" if "?" in address else "?"
    answer = client.get(f"{address}{joint}figures=1", **more)
    assert answer.status_code == 200, address
    return answer


def cards(answer):
    """Return the cards of a page by the name of their chart."""
    told = answer.context["sections"] or []
    return {one.name: one for _section, found in told for one in found}


# ---- Who may open what -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "status"),
    [
        pytest.param("ada", 200, id="specialist of the unit"),
        pytest.param("ben", 200, id="supervisor of the unit"),
        pytest.param("cora", 200, id="clinician of a linked team"),
        pytest.param("dev", 200, id="caseworker of a linked job centre"),
        pytest.param("ola", 404, id="specialist of another unit"),
        pytest.param("una", 403, id="counsellor"),
        pytest.param("femi", 403, id="funder"),
        pytest.param("pat_account", 403, id="applicant"),
    ],
)
@pytest.mark.parametrize("address", ["", "equity/", "compare/", "working/rows/"])
def test_both_sides_open_a_unit_and_nobody_else(as_, world, member, status, address):
    assert as_(member).get(f"{UNIT}{address}").status_code == status


def test_who_has_one_unit_begins_there(as_, working):
    told = text(page(as_("ben"), "/outcomes/"))
    assert "North. A mirror for the service" in told and "Working by quarter" in told


def test_a_steward_reads_all_units_together_and_none_alone(as_, frozen):
    sam = as_("sam")
    assert "All units. A mirror for the service" in text(sam.get("/outcomes/"))
    assert sam.get(UNIT).status_code == 404
    assert sam.get(f"{UNIT}working/rows/").status_code == 404


def test_all_units_without_frozen_facts_say_what_comes_first(as_, world):
    told = text(as_("sam").get("/outcomes/all-units/?figures=1"))
    assert "No frozen facts yet" in told


@pytest.mark.parametrize(
    "address",
    [
        "nothing/rows/",
        "working/file/exe/",
        "pay/file/png/",
        "equity/?by=income",
        "../nowhere/",
    ],
)
def test_what_is_not_there_answers_so(as_, working, address):
    assert as_("ben").get(f"{UNIT}{address}").status_code == 404


# ---- The charts --------------------------------------------------------------------------


def test_the_figures_come_after_the_page_and_without_scripts_by_a_link(as_, working):
    ben = as_("ben")
    first = ben.get(UNIT).content.decode()
    assert f'hx-get="{UNIT}?figures=1"' in first
    assert f'<a href="{UNIT}?figures=1">' in first
    part = ben.get(f"{UNIT}?figures=1", **HTMX).content.decode()
    assert "<html" not in part and "Working by quarter" in part
    whole = page(ben, UNIT).content.decode()
    assert "<html" in whole and "Working by quarter" in whole


def test_working_by_quarter_counts_who_worked_of_who_was_served(as_, working):
    told = text(page(as_("ben"), UNIT))
    assert re.search(r"2026Q3 56 % : 2026Q3, Working by quarter 10 of 18", told)
    assert "50 per cent is called excellent there" in told


def test_each_chart_says_what_it_found(as_, working):
    found = cards(page(as_("ben"), UNIT))
    assert found["working"].finding == (
        "In 2026Q3: 56 % (10 of 18), share of the people served who were in "
        "competitive work. A year before: –."
    )
    assert re.match(r"Half had started by day \d+\.", found["first-job"].finding)
    assert "of 18 followed" not in found["tenure"].finding
    for name in SHOWN:
        assert found[name].drawing.alt == found[name].finding


@pytest.mark.parametrize("name", SHOWN)
def test_a_chart_is_light_and_shows_no_more_than_its_table(as_, working, name):
    card = cards(page(as_("ben"), UNIT))[name]
    for drawn in (card.drawing.wide, card.drawing.narrow):
        assert len(drawn.encode()) <= HEAVIEST
    table = {cell.text for row in card.grid.rows for cell in row}
    told = [word for word in words(card.drawing.wide) if re.search(r"\d", word)]
    for word in told:
        figure = word.partition(" (")[0]
        assert figure in table or is_on_scale(figure), word


def words(drawn):
    return [each.text for each in ET.fromstring(drawn).iter() if each.text]


def is_on_scale(word):
    """Say whether a word stands at an axis: a time, a share of the scale, a benchmark."""
    return bool(re.fullmatch(r"\d+|\d+ %|20\d\dQ\d|\d+ % \w+", word))


def test_the_picture_has_the_values_of_the_table(as_, working):
    card = cards(page(as_("ben"), UNIT))["working"]
    drawn = {one.label: one.text for one in card.picture.columns}
    listed = {row[0].text.split()[0]: row[1].text for row in card.grid.rows}
    assert drawn == listed
    placed = cards(page(as_("ben"), UNIT))["placements"]
    bars = [(bar.name, bar.text.partition(" ")[0]) for bar in placed.picture.bars]
    assert bars == [(row[0].text, row[1].text) for row in placed.grid.rows]


def test_the_curve_stands_in_its_table_on_each_day_that_is_marked(as_, working):
    card = cards(page(as_("ben"), UNIT))["first-job"]
    (curve,) = card.picture.curves
    days = [day for day in curve.told if day <= curve.last_time]
    assert [row[0].text for row in card.grid.rows] == [f"day {day}" for day in days]
    for day, row in zip(days, card.grid.rows, strict=True):
        share = int(row[1].text.removesuffix(" %"))
        assert share == pytest.approx(100 * curve.at(day).value, abs=0.501)


def test_the_three_ways_to_say_a_time_have_their_names(as_, working):
    told = text(page(as_("ben"), UNIT))
    for name in (
        "Day by which half had started, everybody followed for as long as known",
        "Middle of the days among those who started",
        "Mean days without a start up to day 365",
    ):
        assert name in told


def test_looking_is_noted(as_, working):
    page(as_("ben"), UNIT)
    (entry,) = AuditEntry.objects.filter(action="figures_opened")
    assert entry.actor_id == working.ben.user.pk


def test_the_number_of_questions_to_the_database_stays_the_same(as_, working):
    ada = as_("ada")

    def asked():
        with CaptureQueriesContext(connection) as found:
            page(ada, UNIT)
        return len(found)

    asked()  # what a process remembers is remembered
    before = asked()
    for number in range(16, 26):
        at_work(person(working.north, working.ada.user, working.east, number), 20)
    assert asked() == before


# ---- Choosing people, inside a unit --------------------------------------------------


def test_a_group_a_team_or_a_quarter_of_acceptance_can_be_chosen(as_, working):
    ben = as_("ben")
    women = text(page(ben, f"{UNIT}?group=gender:woman"))
    assert re.search(r"2026Q3 63 % : 2026Q3, Working by quarter 5 of 8", women)
    assert "Woman." in women
    quarter = text(page(ben, f"{UNIT}?cohort=2026Q1"))
    assert re.search(r"2026Q3 75 % : 2026Q3, Working by quarter 3 of 4", quarter)
    team = text(page(ben, f"{UNIT}?team={working.east.pk}"))
    assert re.search(r"Working by quarter 10 of 1[678]", team)


def test_choosing_people_is_for_the_unit_itself(as_, working):
    cora = as_("cora")
    assert text(page(cora, f"{UNIT}?group=gender:woman")) == text(page(cora, UNIT))
    assert 'name="group"' not in page(cora, UNIT).content.decode()


# ---- Rows --------------------------------------------------------------------------------


def test_a_number_opens_to_its_rows_and_they_to_the_record(as_, working):
    ben = as_("ben")
    answer = ben.get(f"{UNIT}working/rows/?period=2026Q3&part=numerator")
    assert len(answer.context["rows"]) == 10
    assert {row.person_url[:8] for row in answer.context["rows"]} == {"/people/"}
    assert ben.get(answer.context["rows"][0].person_url).status_code == 200
    among = ben.get(f"{UNIT}working/rows/?period=2026Q3&part=denominator")
    assert len(among.context["rows"]) == 18
    kinds = ben.get(f"{UNIT}placements/rows/?value=competitive")
    assert len(kinds.context["rows"]) == 7
    assert kinds.context["rows"][0].url.startswith("/jobs/")


def test_who_may_not_read_people_gets_neither_names_nor_their_number(as_, working):
    told = text(as_("dev").get(f"{UNIT}working/rows/?period=2026Q3"))
    assert "Person" not in told.split("The rows behind it")[1].replace(
        "Person Counts", ""
    )
    assert "The figure also counts people whose record you may not open." in told
    assert not re.search(r"and \d+ pe", told)


# ---- Files -------------------------------------------------------------------------------


def test_the_numbers_of_a_chart_read_back_from_its_file(as_, working):
    ben = as_("ben")
    card = cards(page(ben, UNIT))["working"]
    answer = ben.get(f"{UNIT}working/file/csv/")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["Quarter"] for row in rows[:8]] == [r[0].text for r in card.grid.rows]
    assert [row["Share"] for row in rows[:8]] == [r[1].text for r in card.grid.rows]
    assert rows[0]["measure"].startswith("out_working ")
    assert rows[0]["whose"] == "North"
    assert "on the caseload on at least one day" in rows[0]["definition"]
    assert "as of 5 Oct 2026" in rows[0]["source"]


def test_a_chart_can_be_taken_away_as_a_picture_with_its_words(as_, working):
    ben = as_("ben")
    svg = ben.get(f"{UNIT}first-job/file/svg/").content.decode()
    assert "Time to the first job" in " ".join(words(svg))
    assert "Half had started" in " ".join(words(svg))
    png = ben.get(f"{UNIT}first-job/file/png/")
    assert png.content.startswith(b"\x89PNG")
    assert png["Content-Disposition"].startswith("attachment")


# ---- Equity, side by side, notes -----------------------------------------------------


def test_equity_tells_the_same_figures_by_group(as_, working):
    answer = page(as_("ben"), f"{UNIT}equity/?by=gender")
    names = [card.name for card in answer.context["cards"]]
    assert names == [
        "access-gender",
        "employer-days-gender",
        "contact-rate-gender",
        "starts-gender",
    ]
    assert re.search(r"Woman 63 % : Woman, Started a first job 5 of 8", text(answer))


def test_groups_of_one_unit_are_kept_from_who_is_outside(as_, working):
    told = text(page(as_("cora"), f"{UNIT}equity/?by=gender"))
    assert "shown to its own staff" in told and "Woman" not in told
    file = as_("cora").get(f"{UNIT}starts-gender/file/csv/")
    assert file.status_code == 404
    assert as_("cora").get(f"{UNIT}starts-gender/rows/").status_code == 404


def test_two_groups_side_by_side_with_what_may_be_said_of_them(as_, working):
    told = text(page(as_("ben"), f"{UNIT}compare/?by=gender&one=woman&other=man"))
    for side in ("Woman", "Man"):
        assert f"{side} 63 % : {side}, Working by quarter 5 of 8" in told
    ratio = "The share of the first side divided by the share of the second."
    assert f"Risk ratio (95 % interval) {ratio} 1 (0.47 to 2.14)" in told
    assert "Log-rank chi-square" in told


def test_each_side_opens_to_its_rows(as_, working):
    ben = as_("ben")
    answer = page(ben, f"{UNIT}compare/?by=gender&one=woman&other=man")
    shown, *_more = answer.context["cards"]
    for row, count in zip(shown.grid.rows, (9, 9), strict=True):
        rows = ben.get(f"{row[1].url}&part=denominator")
        assert len(rows.context["rows"]) <= count
        assert rows.context["made_of"].endswith("of 8")


def test_outside_the_unit_curves_of_two_periods_are_not_set_side_by_side(as_, working):
    """There a curve follows everybody: it would be compared to itself."""
    cards = page(as_("cora"), f"{UNIT}compare/").context["cards"]
    assert [card.name for card in cards] == ["working"]


def test_what_the_equity_page_tells_by_stays_when_people_are_chosen(as_, working):
    answer = page(as_("ben"), f"{UNIT}equity/?by=age_band&cohort=2026Q1")
    (by, *_rest) = answer.context["choices"]
    assert [one.value for one in by.groups[0][1] if one.is_chosen] == ["age_band"]


@pytest.mark.parametrize(("member", "is_there"), [("ben", True), ("ada", False)])
def test_the_way_to_what_is_given_by_hand_is_for_who_gives_it(
    as_, world, member, is_there
):
    page = as_(member).get(UNIT).content.decode()
    assert ("/outcome-quarters/north/" in page) == is_there


def test_two_periods_side_by_side(as_, working):
    told = text(page(as_("ben"), f"{UNIT}compare/?one=2026Q3&other=2026Q1"))
    assert re.search(r"2026Q3 56 % .{,40} 10 of 18 .* 2026Q1 63 % .{,40} 5 of 8", told)
    name = "Difference (Wald 95 % interval), percentage points"
    means = "The share of the first side less the share of the second."
    assert f"{name} {means} -6.9" in told


def test_pay_is_told_by_its_middle_between_quartiles(as_, working):
    """The dot and its line say the same as the sentence and the table; for some, no rest."""
    held = JobTerms.objects.system("a test").filter(job__last_day=None)
    for terms, pay in zip(held[:5], (140, 150, 160, 170, 200), strict=True):
        terms.pay, terms.pay_unit, terms.currency = pay, "hour", "DKK"
        terms.save()
    card = cards(page(as_("ben"), UNIT))["pay"]
    assert card.finding == "DKK: half lie from 150 to 170, the middle is 160."
    (bar,) = card.picture.bars
    assert (bar.name, bar.low, bar.value, bar.high) == ("DKK", 150, 160, 170)
    assert card.source.startswith("Middle of the pay per hour")
    assert card.grid.columns == ("What", "Number")
    assert as_("ben").get(f"{UNIT}pay/file/svg/").status_code == 200


def test_a_note_stands_beside_its_chart(as_, working):
    ben = as_("ben")
    sent = {"measure": "out_working", "quarter": "2026Q3", "text": "A new bakery."}
    answer = ben.post(f"{UNIT}notes/new/", sent)
    assert answer["Location"] == f"{UNIT}?figures=1#out_working"
    assert "A new bakery." in text(page(as_("cora"), UNIT))


def test_every_chart_has_a_measure():
    everything = [c for section in charts.SECTIONS for c in section.charts]
    assert len(queries.shown_charts()) == len(everything)
    assert all(charts.by_name(chart.name) == chart for chart in everything)


def test_a_unit_without_anybody_is_told_what_will_stand_here(as_, world, today):
    """Nobody was accepted yet: no tables of dashes, and the words of what comes."""
    Episode.objects.system("a test").update(accepted_on=None, entered_on=None)
    said = text(page(as_("ben"), UNIT))
    assert "No figures yet" in said
    assert "Working by quarter" not in said
