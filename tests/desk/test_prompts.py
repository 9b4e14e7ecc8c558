"""What the pages ask to look at again, and what is put off until a day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from braid.desk.presenters.clocks import CLOCK_TEXTS
from braid.people.models import Episode
from braid.work import commands as work
from tests.cast import TODAY
from tests.factories.people import EpisodeEntryFactory
from tests.factories.teamwork import SnoozeFactory, TaskFactory
from tests.factories.work import (
    ApplicationFactory,
    DisclosureDecisionFactory,
    EmployerFactory,
    JobFactory,
)

DAY = timedelta(days=1)
LOOK_AGAIN = "Look again at what the employer may know"


@pytest.fixture
def bakery(world):
    return EmployerFactory(unit=world.north, name="Bakery")


def decided(world, **values):
    given = {
        "episode": world.pat_episode,
        "employer": None,
        "discussed_on": TODAY - 60 * DAY,
        "agreed_on": TODAY - 9 * DAY,  # after the one that everybody's day begins with
        "agreed_how": "talk",
    }
    return DisclosureDecisionFactory(**given | values)


def page(as_, name, key):
    return as_("ada").get(reverse(name, args=[key])).content.decode()


# ---- What an employer may know -----------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "asked"),
    [
        pytest.param(None, True, id="a decision in force"),
        pytest.param({"agreed_on": TODAY - DAY}, False, id="a later one for any"),
        pytest.param(
            {"agreed_on": TODAY - DAY, "employer": "bakery"}, True, id="one employer's"
        ),
    ],
)
def test_the_persons_page_says_when_to_talk_again(
    as_, world, bakery, today, later, asked
):
    decided(world, revisit_on=TODAY - 2 * DAY)
    if later:
        named = bakery if later.pop("employer", None) else None
        decided(world, employer=named, **later)
    assert ("agreed to talk again" in page(as_, "desk:person", world.pat.pk)) is asked


def test_what_was_taken_back_asks_for_nothing(as_, world, today):
    decided(world, revisit_on=TODAY, revoked_on=TODAY - DAY)
    assert "agreed to talk again" not in page(as_, "desk:person", world.pat.pk)


@pytest.mark.parametrize(
    ("application", "talked_on", "asked"),
    [
        pytest.param({"interview_on": TODAY + DAY}, None, True, id="an interview"),
        pytest.param({"result": "offer"}, None, True, id="an offer"),
        pytest.param(
            {"result": "offer"}, TODAY - DAY, False, id="an offer talked about"
        ),
        pytest.param({}, None, False, id="sent, no more"),
        pytest.param({"interview_on": TODAY - DAY}, None, False, id="it was held"),
    ],
)
def test_an_application_asks_for_the_talk(
    as_, world, bakery, today, application, talked_on, asked
):
    made = ApplicationFactory(
        episode=world.pat_episode,
        employer=bakery,
        day=TODAY - 9 * DAY,
        **application,
    )
    if talked_on:
        decided(world, employer=bakery, discussed_on=talked_on)
    assert (LOOK_AGAIN in page(as_, "work:application_edit", made.pk)) is asked


@pytest.mark.parametrize(
    ("begun", "talked", "asked"),
    [
        pytest.param(TODAY + 7 * DAY, 60, True, id="it is to begin"),
        pytest.param(TODAY, 3, False, id="talked about lately"),
        pytest.param(TODAY - 40 * DAY, 60, False, id="it began long ago"),
    ],
)
def test_a_job_start_asks_for_the_talk(as_, world, bakery, today, begun, talked, asked):
    job = JobFactory(episode=world.pat_episode, employer=bakery, first_day=begun)
    decided(world, employer=bakery, discussed_on=TODAY - talked * DAY)
    shown = page(as_, "work:job", job.pk)
    assert (LOOK_AGAIN in shown) is asked


def test_a_job_leads_to_the_profile_and_the_plan(as_, world, bakery, today):
    job = JobFactory(episode=world.pat_episode, employer=bakery, first_day=TODAY)
    update = reverse("people:profile_update", args=[world.pat.pk])
    plan = reverse("people:plan", args=[world.pat_episode.pk])
    shown = page(as_, "work:job", job.pk)
    assert f"{update}?job={job.pk}&because=new_job" in shown
    assert plan in shown
    over = JobFactory(
        episode=world.pat_episode,
        employer=bakery,
        first_day=TODAY - 90 * DAY,
        last_day=TODAY - DAY,
    )
    shown = page(as_, "work:job", over.pk)
    assert f"{update}?job={over.pk}&because=job_end" in shown
    assert "because=new_job" not in shown
    assert plan in shown


# ---- To do, and put off ------------------------------------------------------------------


def test_the_persons_page_holds_what_is_to_do(as_, world, today):
    TaskFactory(episode=world.pat_episode, unit=world.north, text="Ring the landlord")
    assert "Ring the landlord" in page(as_, "desk:person", world.pat.pk)


def test_a_clock_put_off_stands_apart_until_its_day(as_, world, today):
    """Given two people, when one's clock is put off it needs nobody first."""
    ada = as_("ada")
    shown = ada.get(reverse("desk:today")).context
    line = next(one for one in shown["needs"] if one.row.name == "Pat Lund")
    clocks = [
        clock for clock in shown["needs"] if clock.row.episode_id == line.row.episode_id
    ]
    assert clocks
    put_off(world, until_on=TODAY + 3 * DAY)
    answer = ada.get(reverse("desk:today"))
    shown = answer.context
    assert "Pat Lund" not in [one.row.name for one in shown["needs"]]
    assert {one.row.name for one in shown["put_off"]} == {"Pat Lund"}
    assert "On holiday until then" in answer.content.decode()


def test_on_its_day_it_is_back(as_, world, today):
    put_off(world, until_on=TODAY)
    shown = as_("ada").get(reverse("desk:today")).context
    assert "Pat Lund" in [one.row.name for one in shown["needs"]]
    assert shown["put_off"] == []


def put_off(world, until_on):
    for kind in CLOCK_TEXTS:
        SnoozeFactory(
            episode=world.pat_episode,
            staff=world.ada.user,
            kind=kind,
            until_on=until_on,
        )


# ---- The search begins again -------------------------------------------------------------


@pytest.mark.parametrize("state", ["paused", "stepped_down"])
def test_searching_again_takes_up_who_rested(world, bakery, state):
    job = JobFactory(
        episode=world.pat_episode,
        employer=bakery,
        first_day=TODAY - 90 * DAY,
        last_day=TODAY - DAY,
    )
    for number, entered in enumerate(("referred", "active", state), start=1):
        EpisodeEntryFactory(
            episode=job.episode, number=number, state=entered, day=TODAY - 2 * DAY
        )
    Episode.objects.filter(pk=job.episode_id).system("a test").update(state=state)
    job.episode.refresh_from_db(from_queryset=Episode.objects.system("a test"))
    work.search_again(actor=world.ada.actor, job=job, day=TODAY)
    found = Episode.objects.system("a test").get(pk=world.pat_episode.pk)
    assert found.state == "active"


# ---- Lists of occupations and industries, and ways to pages ------------------------------


def test_an_employer_gets_its_industry_from_the_list(as_, world, bakery, today):
    ada, edit = as_("ada"), reverse("work:employer_edit", args=[bakery.pk])
    given = {"name": "Bakery", "row_version": "1"}
    wrong = ada.post(edit, given | {"industry": "baking"})
    assert "industry" in wrong.context["form"].errors
    assert ada.post(edit, given | {"industry": "10"}).status_code == 302
    page_ = ada.get(bakery.get_absolute_url()).content.decode()
    assert "Manufacture of food products (10)" in page_


def test_a_code_of_another_list_may_stay(as_, world, today):
    """What was imported is not lost by a change of something else."""
    shop = EmployerFactory(unit=world.north, name="Shop", industry="561010")
    edit = reverse("work:employer_edit", args=[shop.pk])
    given = {"name": "Shop", "city": "Havn", "industry": "561010", "row_version": "1"}
    assert as_("ada").post(edit, given).status_code == 302
    shop.refresh_from_db(from_queryset=type(shop).objects.system("a test"))
    assert (shop.industry, shop.city) == ("561010", "Havn")


def test_a_lead_gets_its_occupation_in_words(as_, world, bakery, today):
    ada = as_("ada")
    given = {
        "employer": str(bakery.pk),
        "title": "Baker",
        "heard_on": TODAY.isoformat(),
        "occupation": "7512",
    }
    answer = ada.post(reverse("work:lead_new"), given, follow=True)
    assert "Confectionery Makers (7512)" in answer.content.decode()


def test_the_applications_are_within_reach(as_, world, today):
    ada, applications = as_("ada"), reverse("work:applications")
    search = reverse("desk:person_search", args=[world.pat.pk])
    for address in (reverse("work:jobs"), search):
        assert applications in ada.get(address).content.decode(), address


def test_a_counsellor_has_a_list_of_what_to_do(as_, world, today):
    una = as_("una")
    page_ = una.get(reverse("benefits:home"))
    assert reverse("desk:todo") in [item.url for item in page_.context["nav"]]
    assert una.get(reverse("desk:todo")).status_code == 200
