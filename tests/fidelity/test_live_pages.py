"""The pages of live fidelity: for each side as far as it may look, on any day."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access.models import AuditEntry, Membership
from braid.facts import queries as facts
from braid.fidelity.live import live
from braid.packs import scales
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.factories.fidelity import RatingFactory, ReviewFactory
from tests.factories.work import (
    ContactFactory,
    EmployerContactFactory,
    EmployerFactory,
)
from tests.outcomes.conftest import at_work, person

HTMX = {"HTTP_HX_REQUEST": "true"}
UNIT = "/fidelity/north/"
ROWS = f"{UNIT}items/21/item21_competitive_permanent/"


@pytest.fixture
def working(world):
    """Sixteen people at North beside Pat and Quinn; ten work, two in fixed-term jobs."""
    Membership.objects.filter(user=world.ada.user).update(fte=1)
    employer = EmployerFactory(unit=world.north)
    for number in range(16):
        episode = person(world.north, world.ada.user, world.east, number)
        ContactFactory(episode=episode, staff=world.ada.user, day=TODAY - timedelta(9))
        EmployerContactFactory(
            episode=episode,
            unit=world.north,
            employer=employer,
            staff=world.ada.user,
            day=TODAY - timedelta(number),
        )
        if number < 10:
            job = at_work(episode, 40 + 2 * number)
            job.permanence = "fixed_term" if number < 2 else "permanent"
            job.save()
    return world


def page(client, address, **more):
    """Return a page with its figures."""
    joint = "&" if "?" in address else "?"
    answer = client.get(f"{address}{joint}figures=1", **more)
    assert answer.status_code == 200, address
    return answer


def lines(answer):
    """Return the items of a page by their number."""
    return {line.no: line for line in answer.context["lines"]}


# ---- Who may open what ---------------------------------------------------------------------


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
        pytest.param("sam", 403, id="steward"),
        pytest.param("pat_account", 403, id="applicant"),
    ],
)
@pytest.mark.parametrize("address", ["", "treatment/", "items/5/"])
def test_both_sides_open_a_unit_and_nobody_else(as_, world, member, status, address):
    assert as_(member).get(f"{UNIT}{address}").status_code == status


@pytest.mark.parametrize(
    ("member", "status"),
    [
        pytest.param("ada", 200, id="inside"),
        pytest.param("ben", 200, id="inside, and oversees"),
        pytest.param("cora", 404, id="outside the unit"),
        pytest.param("ola", 404, id="another unit"),
    ],
)
def test_rows_are_for_those_inside(as_, working, member, status):
    assert as_(member).get(ROWS).status_code == status


@pytest.mark.parametrize(
    "address",
    [
        "items/26/",
        "items/0/",
        "items/21/item01_caseload/",
        "items/21/nothing/",
    ],
)
def test_what_is_not_there_answers_so(as_, working, address):
    answer = as_("ben").get(f"{UNIT}{address}")
    assert answer.status_code == 404


def test_who_has_one_unit_begins_there(as_, world):
    assert "Fidelity, North" in text(as_("ada").get("/fidelity/"))


def test_fidelity_is_one_of_the_lenses(as_, world):
    told = as_("cora").get("/outcomes/").content.decode()
    assert '<a href="/fidelity/">' in told


# ---- The page of a unit --------------------------------------------------------------------


def test_the_figures_come_after_the_page_and_without_scripts_by_a_link(as_, working):
    ben = as_("ben")
    first = ben.get(UNIT).content.decode()
    assert f'hx-get="{UNIT}?figures=1"' in first
    assert f'<a href="{UNIT}?figures=1">' in first
    part = ben.get(f"{UNIT}?figures=1", **HTMX).content.decode()
    assert "<html" not in part and "Item by item" in part


def test_the_page_says_what_the_facts_say(as_, working):
    shown = page(as_("ben"), UNIT)
    with facts.unit_facts(working.ben.actor, working.north, TODAY) as drawn:
        unit = str(working.north.pk)
        found = live(drawn, scales.get("ips-25"), days=[TODAY], units=[unit])
    now = found[unit, TODAY]
    known = [one.scored.score for one in now.items if one.scored.score is not None]
    told = [(stat.value, stat.label) for stat in shown.context["stats"]]
    assert told[0] == (
        f"{sum(known)} of {5 * len(known)}",
        f"{len(known)} items computed",
    )
    assert told[-1][0] == f"{now.interval.low}–{now.interval.high}"
    seen = lines(shown)
    for one in now.items:
        floor, ceiling = one.scored.floor, one.scored.ceiling
        kinds = seen[one.item.no].pips.kinds
        if (floor, ceiling) != (1, 5):
            assert kinds.count("solid") == floor
            assert kinds.count("solid") + kinds.count("possible") == ceiling


def test_an_item_says_value_parts_window_rules_and_rows(as_, working):
    line = lines(page(as_("ben"), UNIT))[21]
    assert (line.told.value.value, line.told.value.made_of) == ("80 %", "8 of 10")
    assert line.told.value.period == "on 5 Oct 2026"
    assert [name for name, _text in line.told.rules] == ["HR-pct", "HR-21a"]
    assert line.told.rows_url == ROWS
    assert line.pips.text == "3 of 5"


def test_an_item_of_judgement_has_signals_and_no_score(as_, working):
    line = lines(page(as_("ben"), UNIT))[14]
    assert line.pips.text == "open, from 1 to 5"
    assert {*line.pips.kinds} == {"none"}
    assert [signal.means for signal in line.told.signals] == [
        "share of the people with a profile",
        "share of the starts and ends followed by an update",
    ]


def test_what_would_raise_us_is_a_mirror_and_no_forecast(as_, working):
    told = text(page(as_("ben"), UNIT))
    assert (
        "1 more of the current jobs that is competitive and permanent would lift item "
        "21, Competitive, permanent jobs, to 4."
    ) in told
    assert "A mirror, not a forecast" in told
    assert re.search(r"The lowest possible total is \d+\. \d+ more points?, ", told)


def test_which_data_would_make_an_item_computable(as_, working):
    told = text(page(as_("ben"), UNIT))
    assert "Record to which treatment teams 1 specialist belongs to know more" in told


def test_the_change_is_that_of_the_same_items(as_, working):
    shown = page(as_("ben"), UNIT)
    board = shown.context["board"]
    count, change = board.same
    same = [
        (now.scored.score, then.scored.score)
        for now, then in zip(board.now.items, board.before.items, strict=True)
        if None not in (now.scored.score, then.scored.score)
    ]
    assert board.before_on == date(2026, 7, 5)
    assert count == len(same) > 0
    assert change == sum(now - then for now, then in same)


def test_another_day_is_told_of_and_kept_in_the_links(as_, working):
    shown = page(as_("ben"), f"{UNIT}?on=2026-06-30")
    line = lines(shown)[21]
    assert shown.context["asked"].day == date(2026, 6, 30)
    assert line.told.value.period == "on 30 Jun 2026"
    assert line.url.endswith("?on=2026-06-30")


@pytest.mark.parametrize(
    ("scale", "items"), [("ips-15", 15), ("jisef", 25), ("ips-25", 25)]
)
def test_each_scale_has_its_items(as_, working, scale, items):
    shown = page(as_("ben"), f"{UNIT}?scale={scale}")
    assert len(lines(shown)) == items
    assert lines(shown)[1].pips.text == "5 of 5"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        pytest.param("on=nonsense", "This is no day.", id="no day"),
        pytest.param("on=2026-02-30", "This is no day.", id="a day that is not"),
        pytest.param("on=2026-10-06", "has not come yet", id="tomorrow"),
        pytest.param("on=1999-12-31", "goes back so far", id="before any record"),
        pytest.param("on=0001-01-01", "cannot be right", id="a slip of the keys"),
        pytest.param("scale=ips-99", "There is no such scale.", id="no scale"),
    ],
)
@pytest.mark.parametrize("address", ["", "items/21/"])
def test_bad_input_gets_a_sentence(as_, world, address, asked, sentence):
    answer = as_("ben").get(f"{UNIT}{address}?{asked}")
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Shown instead: as of 5 Oct 2026" in text(answer)


def test_a_unit_of_which_nothing_is_recorded_says_so(as_, world):
    told = text(page(as_("ola"), "/fidelity/south/"))
    assert "No treatment team is linked with this unit yet." in told
    assert "possible total with what is open" in told


# ---- The last review -----------------------------------------------------------------------


def reviewed(unit, status, score=4):
    review = ReviewFactory(
        unit=unit,
        status=status,
        told_on=date(2026, 3, 20),
        first_day=date(2026, 3, 9),
        last_day=date(2026, 3, 10),
    )
    for no in range(1, 26):
        RatingFactory(review=review, item=no, stage="final", score=score)
    return review


def test_the_last_review_stands_beside_and_enters_no_sum(as_, working):
    reviewed(working.north, "final")
    shown = page(as_("ben"), UNIT)
    told = {stat.label: stat.value for stat in shown.context["stats"]}
    assert told["last review, March 2026"] == "100, good"
    line = lines(shown)[14]
    assert line.last == "4 at the review of March 2026"
    assert line.pips.text == "open, from 1 to 5"


def test_a_review_that_the_service_was_not_told_is_not_there(as_, working):
    reviewed(working.north, "consensus")
    shown = page(as_("ben"), UNIT)
    assert "last review" not in text(shown)
    assert "at the review of" not in text(shown)


# ---- Outside the unit ----------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "treatment/"])
def test_outside_the_unit_scores_are_told_and_no_figure(as_, working, address):
    shown = page(as_("cora"), f"{UNIT}{address}")
    assert shown.context["asked"].day == date(2026, 9, 30)
    assert all(line.told is None for line in shown_lines(shown))
    told = text(shown)
    assert "What would raise us" not in told and "÷" not in told
    assert "Which data" not in told


def shown_lines(answer):
    return [
        line[0] if isinstance(line, tuple) else line for line in answer.context["lines"]
    ]


def test_outside_the_unit_days_are_ends_of_months(as_, working):
    cora = as_("cora")
    assert page(cora, f"{UNIT}?on=2026-08-31").context["asked"].day == date(2026, 8, 31)
    for day in ("2026-09-29", "2026-10-05"):
        answer = cora.get(f"{UNIT}?on={day}")
        assert answer.status_code == 422
        assert "Choose the last day of one." in text(answer)


def test_outside_the_unit_an_item_shows_its_descriptions_alone(as_, working):
    told = text(as_("cora").get(f"{UNIT}items/21/"))
    assert "Current jobs that are competitive and permanent: 95% or more" in told
    assert "8 of 10" not in told and "The rows behind it" not in told


# ---- Treatment -----------------------------------------------------------------------------


def test_treatment_reads_its_part_item_by_item_and_team_by_team(as_, working):
    shown = page(as_("cora"), f"{UNIT}treatment/")
    numbers = [line.no for line, _why in shown.context["lines"]]
    assert numbers == [4, 5, 8, 9, 10, 11, 22, 23, 25]
    assert [name for name, _cells in shown.context["teams"]] == ["East"]
    assert "talks about work for people not yet referred." in text(shown)


def test_people_of_a_team_are_counted_exactly_inside_alone(as_, working):
    def cells(member, on):
        shown = page(as_(member), f"{UNIT}treatment/?on={on}")
        return dict(shown.context["teams"])["East"]

    inside, outside = (cells(who, "2026-09-30")[-1] for who in ("ben", "cora"))
    assert inside == "18"
    assert outside == "20"


# ---- One item ------------------------------------------------------------------------------


def test_an_item_has_descriptions_parts_figures_rules_and_trend(as_, working):
    told = text(as_("ben").get(f"{UNIT}items/5/"))
    assert (
        "The specialist takes an active part, and decisions are made together." in told
    )
    assert "to look at in a review" in told
    assert "Weekly meetings with treatment teams" in told
    assert "HR-11 had a say None or one component scores 1." in told
    assert "Rule log of the scale" in told
    assert "30 Sept 2026" in told
    assert "Treatment has a part in it:" in told


def test_the_other_reading_of_a_score_stands_beside_it(as_, working):
    told = text(as_("ben").get(f"{UNIT}items/19/"))
    assert "Counted by different kinds alone: 10 %, score 1." in told


@pytest.mark.parametrize(
    ("member", "sees"),
    [
        pytest.param("ben", {"Ada Specialist"}, id="in supervision, all"),
        pytest.param("ada", {"Ada Specialist"}, id="a specialist, the own"),
        pytest.param("cora", set(), id="outside, nobody's"),
    ],
)
def test_figures_of_specialists_are_for_supervision(as_, working, member, sees):
    shown = as_(member).get(f"{UNIT}items/17/")
    found = shown.context.get("specialists") or []
    assert {each.name for each in found} == sees


def test_a_specialist_reads_nobody_elses_figures(as_, working):
    from tests.factories.access import MembershipFactory, UserFactory

    aki = UserFactory(name="Aki Specialist")
    MembershipFactory(
        user=aki,
        team=working.north,
        organisation=working.havnelund,
        role="specialist",
        first_day=date(2025, 1, 6),
    )
    rows = f"{UNIT}items/17/item17_signed_log/?staff="
    assert "Aki Specialist" in text(as_("ben").get(f"{UNIT}items/17/"))
    assert "Aki Specialist" not in text(as_("ada").get(f"{UNIT}items/17/"))
    assert as_("ada").get(f"{rows}{aki.pk}").status_code == 404
    assert as_("ben").get(f"{rows}{aki.pk}").status_code == 200
    assert as_("ada").get(f"{rows}{working.ada.user.pk}").status_code == 200


# ---- Rows ----------------------------------------------------------------------------------


def test_rows_lead_to_the_record(as_, working):
    told = as_("ben").get(ROWS).content.decode()
    assert "80 %" in told and "8 of 10" in told
    assert re.search(r'href="/people/[0-9a-f-]{36}/', told) or "Person0 Q" in told
    assert len(re.findall(r"Person\d Q", told)) == 10


def test_whoever_opens_rows_is_in_the_log(as_, working):
    before = AuditEntry.objects.count()
    as_("ben").get(ROWS)
    entries = AuditEntry.objects.order_by("pk")[before:]
    assert [one.count for one in entries if one.count is not None] == [10]


# ---- What it costs -------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "treatment/", "items/17/"])
def test_more_people_ask_no_more_of_the_database(as_, world, address):
    ben = as_("ben")
    person(world.north, world.ada.user, world.east, 0)
    page(ben, f"{UNIT}{address}")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(ben, f"{UNIT}{address}")
        return len(asked)

    few = queries()
    for number in range(1, 12):
        at_work(person(world.north, world.ada.user, world.east, number), 30)
    assert queries() == few
