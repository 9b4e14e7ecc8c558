"""The search: employers and their three visits, leads, applications, what fits whom."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.kernel.errors import InputFault, Refused
from braid.method.matching import Fit
from braid.people import queries as people
from braid.work import after, commands, facts, facts_day, matching_words, queries
from braid.work.after import What
from braid.work.models import Application, Education, Employer, Lead
from tests.cast import TODAY
from tests.factories.people import PlanTargetFactory, SearchPlanFactory
from tests.factories.work import (
    ApplicationFactory,
    AppointmentFactory,
    EducationFactory,
    EmployerContactFactory,
    EmployerFactory,
    JobFactory,
    LeadFactory,
    TimeEntryFactory,
)

DAY = timedelta(days=1)
MONTH = timedelta(days=30)


def rows(model):
    return model.objects.all().system("the test looks")


@pytest.fixture
def ada(as_):
    return as_("ada")


@pytest.fixture
def bakery(world):
    return EmployerFactory(unit=world.north, name="Bageriet")


def visited(world, employer, days_ago, **values):
    return EmployerContactFactory(
        unit=world.north,
        employer=employer,
        staff=values.pop("staff", world.ada.user),
        day=TODAY - days_ago * DAY,
        **values,
    )


# Employers.


def test_the_page_says_where_the_employer_stands(ada, world, bakery):
    visited(world, bakery, 30, stage="introduce")
    visited(world, bakery, 20, stage="introduce", thanked=True)
    visited(world, bakery, 9, stage="learn", learned="They need two for mornings.")
    shown = queries.path(world.ada.actor, bakery)
    assert [(one.stage, one.number) for one in shown] == [
        ("introduce", 2),
        ("learn", 1),
        ("match", 0),
    ]
    assert shown[0].last_on == TODAY - 20 * DAY
    page = ada.get(bakery.get_absolute_url()).content.decode()
    assert "learn the business: " in page
    assert "present a match: to come" in page
    assert "They need two for mornings." in page
    assert "thanks sent" in page


@pytest.mark.parametrize(
    ("months", "shown"),
    [
        pytest.param("3", {"Long ago", "Half a year", "Never", "By phone"}, id="three"),
        pytest.param("6", {"Long ago", "Never", "By phone"}, id="six"),
        pytest.param("12", {"Long ago", "Never", "By phone"}, id="twelve"),
        pytest.param(
            "5",
            {"Long ago", "Half a year", "Never", "By phone", "Lately"},
            id="no filter",
        ),
    ],
)
def test_employers_whom_nobody_visited_are_found(ada, world, months, shown):
    """A call is no visit: what counts is that somebody was there."""
    for name, days, mode in (
        ("Long ago", 400, "in_person"),
        ("Half a year", 120, "in_person"),
        ("Lately", 5, "in_person"),
        ("By phone", 5, "phone"),
    ):
        employer = EmployerFactory(unit=world.north, name=name)
        visited(world, employer, days, mode=mode)
    EmployerFactory(unit=world.north, name="Never")
    answer = ada.get(reverse("work:employers"), {"quiet": months})
    assert {row.record.name for row in answer.context["table"].rows} == shown


def test_who_else_sees_the_employer_is_named(ada, world, bakery):
    visited(world, bakery, 3, staff=world.ben.user)
    visited(world, bakery, 2)
    visited(world, bakery, 500, staff=world.cora.user)
    found = queries.seen_by(
        world.ada.actor, bakery.pk, TODAY, without=world.ada.user.pk
    )
    assert [(one.name, one.number) for one in found] == [("Ben Supervisor", 1)]
    page = ada.get(bakery.get_absolute_url()).content.decode()
    assert "Also seen by, within a year: Ben Supervisor" in " ".join(page.split())


def test_no_page_of_employers_names_an_applicant(ada, world, bakery):
    """Given Pat in everything that can be at an employer, Pat stands on no page of it."""
    visited(world, bakery, 3, episode=world.pat_episode, stage="match")
    JobFactory(episode=world.pat_episode, employer=bakery)
    ApplicationFactory(episode=world.pat_episode, employer=bakery)
    AppointmentFactory(
        episode=world.pat_episode,
        employer=bakery,
        with_whom="employer",
        staff=world.ada.user,
    )
    lead = LeadFactory(employer=bakery, unit=world.north)
    SearchPlanFactory(episode=world.pat_episode, agreed_on=TODAY)
    for address in (
        bakery.get_absolute_url(),
        reverse("work:employers"),
        reverse("work:employer_edit", args=[bakery.pk]),
        reverse("work:duplicates"),
        reverse("work:leads"),
        reverse("work:lead", args=[lead.pk]),
        reverse("work:lead_edit", args=[lead.pk]),
    ):
        page = ada.get(address).content.decode()
        assert "Bageriet" in page or address == reverse("work:duplicates")
        assert "Pat" not in page, address
        assert "Lund" not in page, address


NAMED = "Pat Lund could start on Monday."


@pytest.mark.parametrize(
    ("route", "values", "field"),
    [
        pytest.param(
            "work:employer_new",
            {"name": "Shop", "learned": NAMED},
            "learned",
            id="what we learned",
        ),
        pytest.param(
            "work:lead_new",
            {
                "new_employer": "Shop",
                "title": "Morning shift",
                "words": NAMED,
                "heard_on": "2026-10-05",
            },
            "words",
            id="a lead",
        ),
        pytest.param(
            "desk:log_employer",
            {
                "new_employer": "Shop",
                "day": "2026-10-05",
                "mode": "in_person",
                "outcome": "none",
                "learned": NAMED,
            },
            "learned",
            id="a visit",
        ),
    ],
)
def test_a_name_is_asked_about_once_and_nothing_is_lost(ada, route, values, field):
    asked = ada.post(reverse(route), values)
    assert asked.status_code == 422
    assert "Pat Lund" in asked.context["form"].errors[field][0]
    assert not rows(Employer).exists()
    page = asked.content.decode()
    assert 'type="checkbox" name="is_somebody_else"' in page
    assert NAMED in page
    sure = ada.post(reverse(route), values | {"is_somebody_else": "on"})
    assert sure.status_code == 302
    assert rows(Employer).exists()


def test_merging_two_employers_moves_leads_applications_and_appointments(world, bakery):
    other = EmployerFactory(unit=world.north, name="Bageriet ApS")
    lead = LeadFactory(employer=other, unit=world.north)
    sent = ApplicationFactory(episode=world.pat_episode, employer=other)
    meeting = AppointmentFactory(
        episode=world.pat_episode, employer=other, with_whom="employer"
    )
    commands.merge_employers(actor=world.ada.actor, keep=bakery, duplicate=other)
    for model, row in ((Lead, lead), (Application, sent), (type(meeting), meeting)):
        assert rows(model).get(pk=row.pk).employer == bakery


# Leads.


def test_a_lead_needs_the_employer_and_which_work(ada, world):
    given = {"new_employer": "Shop", "title": "Shelves", "heard_on": "2026-10-05"}
    assert ada.post(reverse("work:lead_new"), given).status_code == 302
    lead = rows(Lead).get()
    assert (lead.employer.name, lead.shared_by) == ("Shop", world.ada.user)
    page = ada.get(reverse("work:leads")).content.decode()
    assert "Shelves" in page
    assert "heard of" in page


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"new_employer": ""}, "employer", id="no employer"),
        pytest.param({"title": ""}, "title", id="no work"),
        pytest.param(
            {"hours_from": "20", "hours_to": "10"}, "hours_to", id="hours turned round"
        ),
        pytest.param({"hours_to": "81"}, "hours_to", id="more hours than a week has"),
        pytest.param({"open_until": "2026-10-01"}, "open_until", id="closed before"),
        pytest.param({"heard_on": "2026-10-06"}, "heard_on", id="heard tomorrow"),
        pytest.param({"occupation": "baker"}, "occupation", id="a word for a number"),
    ],
)
def test_what_is_wrong_with_a_lead_is_told_beside_it(ada, values, field):
    given = {"new_employer": "Shop", "title": "Shelves", "heard_on": "2026-10-05"}
    answer = ada.post(reverse("work:lead_new"), given | values)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not rows(Lead).exists()


def titles(ada, state):
    answer = ada.get(reverse("work:leads"), {"state": state})
    return {one.title for one in answer.context["leads"]}


def test_leads_are_open_taken_or_over(ada, world, bakery):
    """One whose last day went by is over by itself."""
    for title, values in {
        "Open": {},
        "Today": {"open_until": TODAY},
        "Past": {"open_until": TODAY - DAY},
        "Taken": {"state": "taken"},
        "Closed": {"state": "closed"},
    }.items():
        LeadFactory(employer=bakery, unit=world.north, title=title, **values)
    assert titles(ada, "open") == {"Open", "Today"}
    assert titles(ada, "taken") == {"Taken"}
    assert titles(ada, "closed") == {"Closed", "Past"}


def test_a_lead_is_taken_with_one_tap(ada, world, bakery):
    lead = LeadFactory(employer=bakery, unit=world.north)
    ada.post(reverse("work:lead_state", args=[lead.pk]), {"state": "taken"})
    assert rows(Lead).get().state == "taken"
    nonsense = ada.post(reverse("work:lead_state", args=[lead.pk]), {"state": "mine"})
    assert nonsense.status_code == 404


def test_a_stranger_shares_nothing_here(world, bakery):
    with pytest.raises(Refused):
        commands.share_lead(
            actor=world.ola.actor,
            unit=world.north,
            employer=bakery,
            title="Shelves",
            heard_on=TODAY,
        )


# What fits whom.


@pytest.fixture
def lead(world, bakery):
    return LeadFactory(
        employer=bakery,
        unit=world.north,
        occupation="7512",
        hours_from=Decimal(10),
        hours_to=Decimal(20),
    )


def agreed(episode, code="7512", **values):
    plan = SearchPlanFactory(
        episode=episode,
        agreed_on=TODAY,
        **{"hours_from": Decimal(8), "hours_to": Decimal(16)} | values,
    )
    PlanTargetFactory(plan=plan, kind="occupation", code=code)
    return plan


def test_people_are_compared_by_their_plan_and_stand_by_name(ada, world, lead):
    agreed(world.quinn_episode, avoid="Night shifts")
    agreed(world.pat_episode, code="4110")
    found, without = queries.people_for(world.ada.actor, lead, TODAY)
    assert [(one.name, one.match.fit) for one in found] == [
        ("Pat Lund", Fit.DOES_NOT),
        ("Quinn Bruun", Fit.FITS),
    ]
    assert without == []
    address = reverse("work:lead_people", args=[lead.pk])
    possible = ada.get(address).content.decode()
    assert "Quinn Bruun" in possible
    assert "Pat Lund" not in possible
    everybody = ada.get(address, {"show": "all"}).content.decode()
    assert everybody.index("Pat Lund") < everybody.index("Quinn Bruun")
    assert "It is other work than the plan names." in everybody
    assert "To avoid: “Night shifts”." in everybody


def test_who_has_no_agreed_plan_is_counted_and_not_judged(ada, world, lead):
    agreed(world.pat_episode)
    SearchPlanFactory(episode=world.quinn_episode, agreed_on=None)
    page = ada.get(reverse("work:lead_people", args=[lead.pk])).content.decode()
    assert "Quinn" not in page
    assert "1 more person has no agreed search plan yet" in page


def test_the_same_answer_stands_on_the_persons_side(ada, world, lead):
    agreed(world.pat_episode)
    other = LeadFactory(
        employer=EmployerFactory(unit=world.north, name="Aalborg Kontor"),
        unit=world.north,
        occupation="4110",
        title="Archive",
    )
    found = queries.leads_for(world.ada.actor, world.pat_episode.pk, TODAY)
    assert [(one.lead.pk, one.match.fit) for one in found] == [
        (other.pk, Fit.DOES_NOT),
        (lead.pk, Fit.FITS),
    ]
    for one in found:
        people_side, _without = queries.people_for(world.ada.actor, one.lead, TODAY)
        assert people_side[0].match == one.match
    page = ada.get(reverse("work:person_leads", args=[world.pat_episode.pk]))
    assert "The hours meet those of the plan." in page.content.decode()


def test_without_a_plan_the_person_is_told_why_nothing_is_compared(ada, world, lead):
    page = ada.get(reverse("work:person_leads", args=[world.pat_episode.pk]))
    assert "No agreed search plan yet" in page.content.decode()


def test_every_reason_has_a_sentence():
    """The slugs are read from the code, so that none is forgotten."""
    import ast
    import inspect

    from braid.method import matching

    named = {
        node.value
        for node in ast.walk(ast.parse(inspect.getsource(matching)))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value in matching_words.SENTENCES
    }
    made = {
        node.args[0].value
        for node in ast.walk(ast.parse(inspect.getsource(matching)))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Reason"
        and isinstance(node.args[0], ast.Constant)
    }
    assert made <= set(matching_words.SENTENCES)
    assert named == set(matching_words.SENTENCES)


def test_more_people_and_more_leads_take_no_more_queries(ada, world, lead):
    agreed(world.pat_episode)
    ApplicationFactory(episode=world.pat_episode)
    addresses = [
        reverse("work:lead_people", args=[lead.pk]),
        reverse("work:person_leads", args=[world.pat_episode.pk]),
        reverse("work:leads"),
        reverse("work:employers"),
        reverse("work:applications"),
        lead.employer.get_absolute_url(),
    ]
    before = {address: _queries(ada, address) for address in addresses}
    agreed(world.quinn_episode)
    for _n in range(4):
        employer = EmployerFactory(unit=world.north)
        LeadFactory(employer=employer, unit=world.north)
        LeadFactory(employer=lead.employer, unit=world.north)
        visited(world, lead.employer, 4)
        ApplicationFactory(episode=world.quinn_episode, employer=employer)
    for address in addresses:
        assert _queries(ada, address) <= before[address], address


def _queries(client, address):
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)


# Applications and education.


@pytest.fixture
def told():
    heard = []
    before = list(after._listeners)
    after.hand_in(lambda actor, happened: heard.append(happened))
    yield heard
    after.hand_in(*before)


def application(world, **values):
    return {
        "person": str(world.pat_episode.pk),
        "new_employer": "Shop",
        "title": "Shelves",
        "day": "2026-10-01",
        "result": "sent",
    } | values


def test_an_application_waits_for_its_answer(ada, world, told):
    answer = ada.post(reverse("work:application_new"), application(world))
    assert answer.status_code == 302
    sent = rows(Application).get()
    assert (sent.result, sent.employer.name) == ("sent", "Shop")
    assert told == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"person": ""}, "person", id="nobody"),
        pytest.param({"day": "2026-10-06"}, "day", id="tomorrow"),
        pytest.param({"interview_on": "2026-09-30"}, "interview_on", id="too early"),
        pytest.param({"result_on": "2026-09-30"}, "result_on", id="answered before"),
    ],
)
def test_days_out_of_order_are_told(ada, world, values, field):
    answer = ada.post(reverse("work:application_new"), application(world, **values))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not rows(Application).exists()


def test_an_offer_is_told_on_once_so_that_benefits_are_counselled(ada, world, told):
    sent = ApplicationFactory(episode=world.pat_episode, title="Shelves")
    address = reverse("work:application_edit", args=[sent.pk])
    given = {"title": "Shelves", "day": "2026-09-14", "result": "offer"}
    assert ada.post(address, given | {"row_version": 1}).status_code == 302
    assert [(one.what, one.day, one.episode_id) for one in told] == [
        (What.OFFERED, TODAY, world.pat_episode.pk)
    ]
    given |= {"feedback": "They liked the trial day", "row_version": 2}
    assert ada.post(address, given).status_code == 302
    assert len(told) == 1


def test_what_we_heard_is_filtered_by_how_it_stands(ada, world):
    ApplicationFactory(episode=world.pat_episode, title="Yes", result="offer")
    ApplicationFactory(episode=world.pat_episode, title="No", result="refused")
    answer = ada.get(reverse("work:applications"), {"result": "offer"})
    assert [row.record.title for row in answer.context["table"].rows] == ["Yes"]


def test_the_interview_is_in_the_diary_with_one_tap(ada, world, bakery):
    sent = ApplicationFactory(
        episode=world.pat_episode, employer=bakery, interview_on=TODAY + DAY
    )
    ada.post(reverse("work:application_interview", args=[sent.pk]))
    found = queries.diary(world.ada.actor, world.ada.user.pk, TODAY, TODAY + DAY)
    assert [(one.title, one.person) for one in found] == [("Bageriet", "Pat Lund")]


def test_education_begins_changes_and_ends_and_is_no_job(ada, world):
    address = reverse("work:education_new", args=[world.pat_episode.pk])
    given = {"title": "Evening school", "first_day": "2026-09-01", "mainstream": "on"}
    assert ada.post(address, given).status_code == 302
    made = rows(Education).get()
    edit = reverse("work:education_edit", args=[made.pk])
    late = given | {"last_day": "2026-08-31", "row_version": 1}
    assert ada.post(edit, late).status_code == 422
    ended = given | {"last_day": "2026-12-20", "row_version": 1}
    assert ada.post(edit, ended).status_code == 302
    assert rows(Education).get().last_day.isoformat() == "2026-12-20"
    assert not world.pat_episode.jobs.all().system("the test looks").exists()


# Facts.


def test_contacts_with_an_employer_are_numbered_in_a_unit(world, bakery):
    other = EmployerFactory(unit=world.north)
    elsewhere = EmployerFactory(unit=world.elsewhere)
    visited(world, bakery, 9, spoke_to="second")
    visited(world, bakery, 30, spoke_to="first")
    visited(world, other, 20, spoke_to="first there")
    visited(world, None, 1, spoke_to="nowhere")
    EmployerContactFactory(unit=world.elsewhere, employer=elsewhere, spoke_to="their")
    found = facts.employer_contacts(None)
    numbers = {row["employer_id"]: set() for row in found.values("employer_id")}
    for row in found.values("employer_id", "day", "visit_no"):
        numbers[row["employer_id"]].add((row["day"], row["visit_no"]))
    assert numbers[bakery.pk] == {(TODAY - 30 * DAY, 1), (TODAY - 9 * DAY, 2)}
    assert {number for _day, number in numbers[other.pk]} == {1}
    assert {number for _day, number in numbers[None]} == {None}
    within = facts.employer_contacts([world.north.pk]).values_list(
        "visit_no", flat=True
    )
    assert sorted(within, key=str) == [1, 1, 2, None]


def test_time_and_education_are_facts(world):
    entry = TimeEntryFactory(unit=world.north, staff=world.ada.user, minutes=90)
    school = EducationFactory(episode=world.pat_episode, level="course")
    TimeEntryFactory(unit=world.elsewhere)
    assert list(facts_day.time_entries([world.north.pk])) == [
        (entry.pk, world.north.pk, world.ada.user.pk, entry.day, 90, "employment", "")
    ]
    assert list(facts_day.education([world.north.pk])) == [
        (
            world.pat_episode.pk,
            world.north.pk,
            school.first_day,
            None,
            "course",
            school.mainstream,
        )
    ]


def test_a_person_of_another_unit_applies_nowhere_here(world):
    with pytest.raises(Refused):
        commands.log_application(
            actor=world.ola.actor,
            episode=people.ref(people.episode(world.ada.actor, world.pat_episode.pk)),
            employer=None,
            today=TODAY,
            day=TODAY,
        )


def test_hours_of_a_lead_in_the_wrong_order_are_refused_by_the_command(world, bakery):
    with pytest.raises(InputFault):
        commands.share_lead(
            actor=world.ada.actor,
            unit=world.north,
            employer=bakery,
            title="Shelves",
            heard_on=TODAY,
            hours_from=Decimal(20),
            hours_to=Decimal(10),
        )
