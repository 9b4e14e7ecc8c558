"""Figures of a unit: what pages say, what is behind each, and who may see it."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from braid.access.models import Membership
from braid.desk import measures
from braid.facts import presenters
from braid.method.measures import WORDS
from braid.outcomes import charts
from tests.cast import TODAY
from tests.desk.test_pages import text
from tests.factories.work import (
    ContactFactory,
    EmployerContactFactory,
    JobFactory,
)

HTMX = {"HTTP_HX_REQUEST": "true"}
DAY = timedelta(1)


@pytest.fixture
def busy(world):
    """Ada works full time; this week she saw Pat twice and an employer once."""
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


def test_headlines_of_the_unit_come_after_its_page(as_, busy):
    ben = as_("ben")
    page = ben.get("/unit/")
    assert 'hx-get="/unit/figures/"' in page.content.decode()
    part = text(ben.get("/unit/figures/", **HTMX))
    assert "<html" not in part
    assert re.search(r"4 episodes for each full-time post", part)
    assert "2 ÷ 0.5 · on 5 Oct 2026" in part
    assert "67 %" in part and "60 of 90" in part  # minutes in the community


def test_every_figure_says_what_it_is(as_, busy):
    page = text(as_("ben").get("/unit/figures/"))
    assert "North, as of 5 Oct 2026" in page
    assert "Left out: 1 contact without minutes." in page
    assert "On the caseload from the day of acceptance." in page
    assert re.search(r"Ada Specialist 4 2 ÷ 0.5", page)
    assert "The kind of job is taken as the service has coded it." in page
    assert re.search(r"2026Q4 so far 50 % 1 of 2 .* 2026Q3 0 % 0 of 2", page)


def test_caseload_has_no_ratio_while_a_post_has_no_share(as_, world):
    """People of that post would stand over the posts of others."""
    part = text(as_("ben").get("/unit/figures/", **HTMX))
    assert "– episodes for each full-time post" in part
    assert "1 post without a share of full time · on 5 Oct 2026" in part


def test_specialist_has_one_caseload_on_every_page(as_, busy):
    """Paused people are in neither the supervisor's table nor the figure."""
    busy.quinn_episode.entries.create(number=1, state="paused", day=TODAY - DAY)
    busy.quinn_episode.state = "paused"
    busy.quinn_episode.save(update_fields=["state"])
    ben = as_("ben")
    assert re.search(
        r"Ada Specialist 1 : Ada Specialist, Caseload 2.0", text(ben.get("/unit/"))
    )
    assert "Ada Specialist 2 1 ÷ 0.5" in text(ben.get("/unit/figures/"))


def test_figures_lead_to_their_rows(as_, busy):
    ben, ada = as_("ben"), busy.ada.user.pk
    page = ben.get("/unit/figures/").content.decode()
    for address in (
        "/outcomes/north/item24_community/rows/",
        f"/outcomes/north/item24_community/rows/?value={ada}",
        "/outcomes/north/quarters/rows/?period=2026Q3",
    ):
        assert address in page
        assert ben.get(address).status_code == 200


def test_own_numbers_lead_to_their_rows(as_, busy):
    ada, unit = as_("ada"), busy.north.pk
    page = ada.get("/today/figures/").content.decode()
    for measure in ("item01_caseload", "item17_employer_contacts"):
        address = f"/outcomes/{unit}/{measure}/rows/?value={busy.ada.user.pk}"
        assert address in page
        assert ada.get(address).status_code == 200


def test_steward_sees_figures_and_no_rows(as_, busy):
    answer = as_("sam").get("/unit/figures/?unit=north")
    page = text(answer)
    assert "67 %" in page and "Ada Specialist 67 % 60 of 90" in page
    assert "Pat Lund" not in page and "opens to the rows" not in page
    assert "/rows/" not in answer.content.decode()


def test_specialist_is_told_whose_page_it_is(as_, world):
    assert as_("ada").get("/unit/figures/").status_code == 403


def test_another_providers_unit_is_not_there(as_, world):
    assert as_("ben").get("/unit/figures/?unit=south").status_code == 404


def test_every_figure_of_a_unit_has_rows():
    assert set(measures.SHOWN) == {chart.measure for chart in charts.COUNTS}


def test_own_week_is_counted_from_what_was_just_logged(as_, busy):
    ada = as_("ada")
    assert 'hx-get="/today/week/"' in ada.get("/today/").content.decode()
    part = text(ada.get("/today/week/", **HTMX))
    assert "1 employer contacts face to face, of 6" in part
    assert "100 % of contact time in the community" in part
    EmployerContactFactory(unit=busy.north, staff=busy.ada.user, day=TODAY)
    assert "2 employer contacts" in text(ada.get("/today/week/", **HTMX))


def test_own_week_is_a_page_without_scripts(as_, busy):
    page = text(as_("ada").get("/today/week/"))
    assert "Week 41, Monday until now" in page


def test_who_is_not_in_post_has_nothing_to_count(as_, world):
    page = text(as_("ben").get("/today/week/"))
    assert "no post as a specialist this week" in page


def test_unit_without_anybody_has_figures_without_values(as_, world):
    page = text(as_("ola").get("/today/week/"))
    assert "0 employer contacts" in page


def test_every_reason_of_the_words_can_be_said():
    reasons = {reason for word in WORDS.values() for reason in word.left_out}
    assert reasons == set(presenters.LEFT_OUT)
    for reason in reasons:
        assert all("%" not in said for said in presenters.left_out_texts({reason: 2}))


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        pytest.param(None, "share", "–", id="nothing to count"),
        pytest.param(0.465, "share", "47 %", id="half up"),
        pytest.param(14.84, "number", "14.8", id="one decimal"),
        pytest.param(1, "days", "1 day", id="one day"),
        pytest.param(170, "days", "170 days", id="many days"),
        pytest.param(1234.5, "number", "1,234.5", id="thousands"),
    ],
)
def test_values_are_written_as_their_form_is(value, form, said):
    assert presenters.value_text(value, form) == said


def test_shown_figures_are_measures_of_the_packs():
    from braid.packs import measures as packs

    assert set(measures.SHOWN) <= set(packs.load())
