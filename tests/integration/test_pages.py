"""Integration and drift: the same page for both sides, and rows as far as each may read."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access.models import AuditEntry, TeamLink
from braid.access.policy import Action, Information, decide
from braid.access.queries import teams_beside
from braid.facts import queries as facts
from braid.facts.extraction import extract
from braid.facts.reading import Facts
from braid.integration import lenses, presenters, queries
from braid.method.measures import WORDS
from braid.packs import measures as packs
from braid.packs.measures.figures import tallies
from tests.cast import TODAY
from tests.consents import agree
from tests.desk.test_pages import text
from tests.factories.access import OrganisationFactory, TeamFactory
from tests.factories.people import EpisodeFactory

HTMX = {"HTTP_HX_REQUEST": "true"}
SHOWN = [one for lens in lenses.LENSES for one in lens.measures()]


# ---- Who may open it ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "status"),
    [
        pytest.param("ada", 200, id="specialist of the unit"),
        pytest.param("ben", 200, id="supervisor of the unit"),
        pytest.param("cora", 200, id="clinician of a linked team"),
        pytest.param("dev", 200, id="caseworker of a linked job centre"),
        pytest.param("lis", 200, id="clinical manager in a linked team"),
        pytest.param("mira", 200, id="clinical manager elsewhere in its organisation"),
        pytest.param("otto", 404, id="clinical manager of another organisation"),
        pytest.param("ola", 404, id="specialist of another unit"),
        pytest.param("una", 403, id="counsellor"),
        pytest.param("femi", 403, id="funder"),
        pytest.param("pat_account", 403, id="applicant"),
    ],
)
@pytest.mark.parametrize("page", ["", "drift/", "int_meetings_held/", "one-pager/"])
def test_both_sides_open_the_page_and_nobody_else(as_, managers, member, status, page):
    client = as_(member)
    assert client.get(f"/integration/north/{page}").status_code == status
    by_id = f"/integration/{managers.north.pk}/{page}"
    assert client.get(by_id).status_code == status


def test_the_list_of_units_agrees_with_the_policy(managers):
    for member in managers.cast.values():
        listed = set(queries.units(member.actor))
        for unit in (managers.north, managers.elsewhere):
            allowed = any(
                decide(
                    member.actor, Action.READ, team.subject(Information.STATISTICAL)
                ).allowed
                for team in (unit, *teams_beside(unit))
            )
            assert (unit in listed) == allowed


def test_who_has_several_units_chooses(as_, managers):
    second = TeamFactory(name="Coast", slug="coast", kind="ips_unit")
    TeamLink.objects.create(unit=second, team=managers.east)
    page = text(as_("cora").get("/integration/"))
    assert re.search(r"Coast .* North", page)
    of_unit = text(as_("cora").get("/integration/north/"))
    assert "Coast North" in of_unit  # tabs


def test_who_has_no_unit_is_told_what_comes_first(as_, managers):
    page = text(as_("otto").get("/integration/"))
    assert "No IPS unit works with a team of yours yet" in page
    assert "First a unit and a treatment team or job centre are linked" in page


@pytest.mark.parametrize("member", ["lis", "mira", "otto"])
def test_it_is_where_a_clinical_manager_begins(as_, managers, member):
    client = as_(member)
    assert client.get("/")["Location"] == "/integration/"
    assert 'href="/integration/"' in client.get("/integration/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/integration/north/item01_caseload/",
        "/integration/north/nothing/",
        "/integration/north/one-pager/1999Q1/",
        "/integration/nowhere/",
    ],
)
def test_what_is_not_there_answers_so(as_, world, address):
    assert as_("ben").get(address).status_code == 404


# ---- The numbers -------------------------------------------------------------------------


def test_figures_come_after_the_page_with_their_day(as_, working):
    ben = as_("ben")
    page = ben.get("/integration/north/").content.decode()
    assert 'hx-get="/integration/north/?figures=1' in page
    part = text(ben.get("/integration/north/?figures=1", **HTMX))
    assert "<html" not in part
    assert "Drawn from the record this moment, as of 5 Oct 2026." in part


def test_figures_stand_by_team_and_differ_where_practice_does(as_, working):
    page = text(as_("ben").get("/integration/north/?figures=1"))
    assert re.search(
        r"13 % : Shared people talked about, Whole unit 1 of 8 "
        r"50 % : Shared people talked about, East 1 of 2 "
        r"0 % : Shared people talked about, West 0 of 6",
        page,
    )


def test_drift_stands_by_job_centre_kind_and_origin(as_, working):
    page = text(as_("ben").get("/integration/north/drift/?figures=1&period=2026Q3"))
    assert "87.5 : Something else than a job proposed, Job centre 7 of 8" in page
    assert re.search(r"What was proposed Number A course first 6 An internship 1", page)
    assert re.search(r"By whom Number Caseworker 7", page)


@pytest.mark.parametrize("measure", SHOWN, ids=lambda one: one.id)
def test_figures_of_the_page_are_those_of_the_measure_in_plain_python(working, measure):
    """The page against the reference words, over the same facts."""
    lens, unit = lenses.of(measure.id), working.north
    actor, period = working.ben.actor, queries.quarter("2026Q3", TODAY)
    with Facts.of(extract([unit.pk]), as_of=TODAY) as drawn:
        tables = {name: drawn.table(name).to_pylist() for name in extract([unit.pk])}
    parts = [
        tallies(
            measure,
            use,
            WORDS[use.word].reference(tables, [period], **measure.parameters(use)),
        )
        for use in measure.words
    ]
    [practice] = [
        one
        for one in queries.board(actor, unit, lens, TODAY, [period]).practices
        if one.measure == measure
    ]
    assert practice.whole[0].figure.amounts == pytest.approx(_sum(measure, parts, {}))
    for team, cells in practice.teams.items():
        within = _sum(measure, parts, {lens.key: team})
        assert cells[0].figure.amounts == pytest.approx(within)


def _sum(measure, parts, within):
    """Add up what the rows of the words come to, of some groups."""
    total = dict.fromkeys(measure.amounts, 0)
    for part in parts:
        for (_, group), tally in part.items():
            named = dict(zip(measure.by, group, strict=True))
            if all(named[key] == value for key, value in within.items()):
                for name, amount in tally.sums.items():
                    total[name] += amount
    return total


def test_every_key_of_the_measures_has_its_words():
    keys = {key for one in SHOWN for key in one.by} - queries.TEAMS
    assert keys == set(presenters.KEYS)


def test_every_measure_says_what_its_rows_tell():
    named = {name for name in packs.load() if name.startswith(("int_", "drift_"))}
    assert named == set(lenses.TELLS)


# ---- Small numbers -----------------------------------------------------------------------


def test_who_is_outside_the_unit_gets_no_small_numbers(as_, working, managers):
    page = text(as_("mira").get("/integration/north/?figures=1"))
    for team in ("Whole unit", "East", "West"):  # 1 of 8, 1 of 2 and 0 of 6
        said = rf"\* : Shared people talked about, {team} too few to be shown here"
        assert re.search(said, page)
    # About nobody, so exact; and as the month before ended, with one meeting less.
    assert re.search(r"29 % : Treatment-team meetings with IPS, East 2 of 7", page)


def test_breakdowns_hide_small_numbers_too(as_, working, managers):
    page = text(as_("mira").get("/integration/north/drift_proposals/?period=2026Q3"))
    assert re.search(r"An internship \* too few to be shown", page)
    assert "not want" not in page.split("The rows behind it")[0].split("Quarter by")[1]


# ---- Rows --------------------------------------------------------------------------------


def test_rows_list_the_people_whom_the_unit_reads(as_, working):
    answer = as_("ada").get("/integration/north/int_shared_discussed/")
    page = text(answer)
    assert re.search(r"Meeting, 21 Sept 2026 East Pat Lund", page)
    assert f'href="/people/{working.pat.pk}/"' in answer.content.decode()
    assert "may not open" not in page
    entry = AuditEntry.objects.get(action="figure_rows_opened")
    assert entry.count == 8


def test_rows_of_the_other_side_end_where_consent_does(as_, working):
    agree(working, working.pat, working.cora, Information.IDENTITY)
    agree(working, working.pat, working.cora, Information.ATTENDANCE)
    page = text(as_("cora").get("/integration/north/int_shared_discussed/"))
    assert "Pat Lund" in page
    assert "Quinn" not in page and "Person0" not in page
    assert "The figure also counts people whose record you may not open." in page


def test_consent_to_meetings_does_not_open_what_was_proposed(as_, working):
    agree(working, working.pat, working.cora, Information.ATTENDANCE)
    address = "/integration/north/drift_proposals/?period=2026Q3"
    page = text(as_("cora").get(address))
    assert "Pat" not in page
    assert "The figure also counts people whose record you may not open." in page


def test_a_manager_meets_nobody(as_, working, managers):
    mira = as_("mira")
    for measure in SHOWN:
        page = text(mira.get(f"/integration/north/{measure.id}/?period=2026Q3"))
        assert not re.search(r"Pat|Quinn|Person\d", page)
    assert not AuditEntry.objects.filter(
        action="figure_rows_opened", count__gt=0
    ).exists()


def test_a_hidden_figure_does_not_say_how_many_it_counts(as_, working, managers):
    west = teams_beside(working.north).get(slug="west")
    page = text(
        as_("mira").get(f"/integration/north/int_shared_discussed/?team={west.pk}")
    )
    assert "The rows behind it: West" in page
    assert "The figure also counts people whose record you may not open." in page


def test_rows_of_a_team_are_its_own(as_, working):
    west = teams_beside(working.north).get(slug="west")
    page = text(
        as_("ada").get(f"/integration/north/int_shared_discussed/?team={west.pk}")
    )
    rows = page.split("The rows behind it")[-1]
    assert "Person5 Q" in rows and "Pat Lund" not in rows


def test_who_blocked_the_reader_is_in_no_figure(as_, working):
    """Pat has blocked Blake: Pat is not even one of those who are counted."""
    with facts.shared_figures(working.blake.actor, working.north, TODAY) as drawn:
        board = queries.board_of(
            working.north,
            lenses.INTEGRATION,
            drawn,
            [queries.last_days(TODAY)],
            shows_small=True,
        )
    (shown,) = (
        one.whole[0]
        for one in board.practices
        if one.measure.id == "int_shared_discussed"
    )
    assert (shown.numerator, shown.denominator) == (0, 7)


# ---- What it costs -----------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "drift/", "int_shared_discussed/"])
def test_a_page_asks_as_often_for_many_teams_as_for_one(as_, world, address):
    ada = as_("ada")

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert ada.get(f"/integration/north/{address}?figures=1").status_code == 200
        return len(queries)

    asked()  # what a process remembers is remembered
    before = asked()
    for kind in ("treatment_team", "job_centre"):
        for _ in range(4):
            team = TeamFactory(organisation=OrganisationFactory(), kind=kind)
            TeamLink.objects.create(unit=world.north, team=team)
    for _ in range(5):
        EpisodeFactory(unit=world.north)
    assert asked() == before


# ---- Nothing yet -------------------------------------------------------------------------


def test_a_figure_without_anything_to_count_says_what_brings_the_first(as_, world):
    assert {one.id for one in SHOWN} == set(presenters.FIRST_STEPS)
    page = text(as_("ben").get("/integration/north/int_decisions_in_time/"))
    assert "The first comes with a decision of a meeting and the day by which." in page


def test_a_unit_without_teams_is_told_the_first_step(as_, world):
    page = text(as_("ola").get("/integration/?figures=1"))
    assert "No treatment team is linked to this unit" in page
    drift = text(as_("ola").get("/integration/south/drift/?figures=1"))
    assert "No job centre is linked to this unit" in drift
