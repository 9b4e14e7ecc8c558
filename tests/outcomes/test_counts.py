"""What a unit counts, and what all units count: each number opens as far as one reads."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from braid.access.models import AuditEntry, Membership
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.factories.work import ContactFactory, EmployerContactFactory, JobFactory

DAY = timedelta(1)
MINUTES = "/outcomes/north/item24_community/rows/"
VISITS = "/outcomes/north/item17_employer_contacts/rows/"


@pytest.fixture
def busy(world):
    """Ada works half time; this week she saw Pat twice and an employer once."""
    ada = world.ada.user
    Membership.objects.filter(user=ada).update(fte=Decimal("0.5"))
    for day, place, minutes in (
        (TODAY, "community", 60),
        (TODAY - 4 * DAY, "ips_office", 30),
        (TODAY - 5 * DAY, "home", None),
    ):
        ContactFactory(
            episode=world.pat_episode, staff=ada, day=day, place=place, minutes=minutes
        )
    EmployerContactFactory(
        unit=world.north, staff=ada, day=TODAY, episode=world.quinn_episode
    )
    JobFactory(
        episode=world.pat_episode,
        first_day=date(2026, 10, 1),
        placement="competitive",
        permanence="permanent",
    )
    return world


# ---- Of a unit ---------------------------------------------------------------------------


def test_a_row_says_what_it_is_about_whom_and_by_whom(as_, busy):
    answer = as_("ben").get(MINUTES)
    page = text(answer)
    assert "67 %" in page and "60 of 90" in page
    said = r"Contact, 5 Oct 2026 Ada Specialist Pat Lund Minutes .* places .*: 60"
    assert re.search(said, page)
    assert "1 contact without minutes" in page
    assert f'href="/people/{busy.pat.pk}/"' in answer.content.decode()


def test_a_meeting_with_an_employer_leads_to_the_employer(as_, busy):
    (row,) = [
        row
        for row in as_("ben").get(VISITS).context["rows"]
        if row.thing == "employer contact"
    ]
    assert row.url.startswith("/employers/") and row.beside.endswith("Ada Specialist")
    assert as_("ben").get(row.url).status_code == 200


def test_a_post_is_called_one(as_, busy):
    page = text(
        as_("ben").get("/outcomes/north/item01_caseload/rows/?part=denominator")
    )
    assert re.search(r"Post Ada Specialist – .*: 0.5", page)


def test_rows_are_those_of_the_specialist_and_period_asked_for(as_, busy):
    ben = as_("ben")
    own = text(ben.get(f"{MINUTES}?value={busy.ada.user.pk}"))
    assert "Contact, 5 Oct 2026" in own
    before = text(ben.get("/outcomes/north/quarters/rows/?period=2026Q3"))
    now = text(ben.get("/outcomes/north/quarters/rows/?period=2026Q4"))
    assert "Job, 1 Oct" not in before and "2026Q3, 1 Jul 2026 to 30 Sept" in before
    assert re.search(r"Job , 1 Oct 2026 Employer \d+ Pat Lund", now)
    week = text(ben.get(f"{VISITS}?value={busy.ada.user.pk}&period=week"))
    assert "North, on 5 Oct 2026, as of 5 Oct 2026" in week


def test_opening_rows_is_audited_with_the_people_on_them(as_, busy):
    as_("ben").get(MINUTES)
    assert AuditEntry.objects.get(action="figure_rows_opened").count == 1


@pytest.mark.parametrize(
    ("member", "of", "status"),
    [
        pytest.param("ben", "", 200, id="supervisor of the unit"),
        pytest.param("ben", "ada", 200, id="supervisor of one specialist"),
        pytest.param("ada", "ada", 200, id="specialist of the own"),
        pytest.param("ada", "", 404, id="specialist of the whole unit"),
        pytest.param("ada", "ben", 404, id="specialist of somebody else"),
        pytest.param("cora", "", 404, id="clinician of a linked team"),
        pytest.param("dev", "", 404, id="caseworker of a linked job centre"),
        pytest.param("sam", "", 404, id="steward, who reads no applicant"),
        pytest.param("ola", "", 404, id="specialist of another unit"),
    ],
)
def test_figures_on_specialists_are_for_supervision_and_oneself(
    as_, busy, member, of, status
):
    value = f"?value={getattr(busy, of).user.pk}" if of else ""
    assert as_(member).get(f"{MINUTES}{value}").status_code == status


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("nobody", id="no id"),
        pytest.param("00000000-0000-0000-0000-000000000000", id="nobody's id"),
    ],
)
def test_who_is_no_specialist_of_the_unit_has_no_rows(as_, busy, value):
    assert as_("ben").get(f"{MINUTES}?value={value}").status_code == 404


def test_a_specialist_comes_back_to_the_own_figures(as_, busy):
    own = as_("ada").get(f"{MINUTES}?value={busy.ada.user.pk}").content.decode()
    assert 'href="/today/figures/"' in own
    whole = as_("ben").get(MINUTES).content.decode()
    assert 'href="/unit/figures/?unit=north#item24_community"' in whole


# ---- Of all units ------------------------------------------------------------------------


def test_a_number_of_all_units_opens_to_what_each_counts(as_, frozen):
    sam = as_("sam")
    page = sam.get("/outcomes/all-units/?figures=1").content.decode()
    address = "/outcomes/all-units/working/rows/?period=2026Q3"
    assert f'href="{address}"' in page
    assert sam.get(address).context["grid"].rows == ()  # of a unit, no quarter is told
    answer = sam.get("/outcomes/all-units/working/rows/")
    named = [row[0].text for row in answer.context["grid"].rows]
    assert named == ["Coast", "North"]
    told = text(answer)
    assert "Unit by unit" in told and "In their own unit" not in told
    assert "Coastal" not in told and "Person" not in told


def test_small_numbers_of_a_unit_stay_kept_back_when_they_are_opened(as_, frozen):
    answer = as_("sam").get("/outcomes/all-units/working/rows/")
    shown = {row[0].text: row[1:] for row in answer.context["grid"].rows}
    assert [cell.text for cell in shown["Coast"]] == ["*", ""]


def test_who_works_in_no_unit_is_led_to_no_people(as_, frozen):
    """The steward sees how many there are, unit by unit, and that is the end."""
    Membership.objects.filter(user=frozen.sam.user).update(team=None)
    sam = as_("sam").get("/outcomes/all-units/working/rows/").context["grid"]
    assert not any(row[1].url for row in sam.rows)


def test_groups_of_all_units_are_told_of_no_unit(as_, frozen):
    told = text(as_("sam").get("/outcomes/all-units/starts-gender/rows/?value=woman"))
    assert "Groups of people are told of all units together." in told
    assert "Coast" not in told
