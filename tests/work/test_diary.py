"""The diary: planned in a few acts, kept with one tap, taken back, never double."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.errors import InputFault, Refused, Stale
from braid.kernel.ids import new_id
from braid.people import queries as people
from braid.work import commands, queries
from braid.work.calendar_files import appointment_file
from braid.work.models import Appointment, Contact, DisclosureDecision, EmployerContact
from tests.cast import TODAY
from tests.factories.work import (
    AppointmentFactory,
    DisclosureDecisionFactory,
    EmployerContactFactory,
    EmployerFactory,
)

DAY = timedelta(days=1)


def rows(model):
    return model.objects.all().system("the test looks")


@pytest.fixture
def ada(as_):
    return as_("ada")


@pytest.fixture
def bakery(world):
    return EmployerFactory(unit=world.north, name="Bageriet")


def planned(world, **values):
    return AppointmentFactory(
        **{
            "episode": world.pat_episode,
            "unit": world.north,
            "staff": world.ada.user,
            "begins_at": time(10),
            "minutes": 45,
            "mode": "in_person",
            "place": "community",
        }
        | values
    )


def keep(ada, made, **values):
    return ada.post(reverse("work:appointment_kept", args=[made.pk]), values)


def of(world, made):
    return queries.appointment(world.ada.actor, made.pk)


def test_with_whom_and_when_is_enough(ada, world):
    answer = ada.post(
        reverse("work:appointment_new"),
        {
            "with_whom": "applicant",
            "person": str(world.pat_episode.pk),
            "day": "2026-10-06",
            "begins_at": "14:30",
            "minutes": "45",
            "mode": "in_person",
        },
    )
    assert answer.status_code == 302
    made = rows(Appointment).get()
    assert (made.staff_id, made.place) == (world.ada.user.pk, "community")
    assert (made.day, made.begins_at) == (TODAY + DAY, time(14, 30))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"with_whom": "applicant"}, "person", id="no person"),
        pytest.param({"with_whom": "employer"}, "employer", id="no employer"),
        pytest.param(
            {"with_whom": "clinic", "new_employer": "Shop"},
            "employer",
            id="two partners",
        ),
        pytest.param({"with_whom": "clinic", "day": ""}, "day", id="no day"),
        pytest.param(
            {"with_whom": "clinic", "begins_at": "25:00"},
            "begins_at",
            id="no such time",
        ),
    ],
)
def test_what_is_missing_is_told_beside_its_field(ada, values, field):
    given = {"day": "2026-10-06", "mode": "in_person"} | values
    answer = ada.post(reverse("work:appointment_new"), given)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not rows(Appointment).exists()


@pytest.mark.parametrize(
    ("with_whom", "company"),
    [
        pytest.param("applicant", (True, None, None), id="the applicant"),
        pytest.param("clinic", (False, True, None), id="the treatment team"),
        pytest.param("job_centre", (False, None, True), id="the job centre"),
    ],
)
def test_kept_with_one_tap_is_a_contact(ada, world, with_whom, company):
    made = planned(world, with_whom=with_whom, topic="The interview")
    assert keep(ada, made).status_code == 302
    contact = rows(Contact).get()
    assert (contact.day, contact.minutes, contact.place) == (TODAY, 45, "community")
    assert (contact.attended, contact.scheduled) == (True, True)
    assert contact.note == "The interview"
    assert (
        contact.with_applicant,
        contact.with_clinician,
        contact.with_caseworker,
    ) == company
    assert of(world, made).contact == contact
    assert of(world, made).state == "kept"


def test_kept_about_nobody_leaves_time_and_no_contact(ada, world):
    made = planned(world, episode=None, with_whom="clinic")
    keep(ada, made)
    assert of(world, made).state == "kept"
    assert not rows(Contact).exists()


def test_a_visit_for_nobody_is_an_employer_contact(ada, world, bakery):
    made = planned(world, episode=None, with_whom="employer", employer=bakery)
    keep(ada, made)
    visit = rows(EmployerContact).get()
    assert (visit.employer, visit.episode_id, visit.mode) == (bakery, None, "in_person")
    assert of(world, made).employer_contact == visit


def test_a_visit_for_somebody_asks_what_was_agreed(ada, world, bakery):
    """Given nothing agreed, when Ada taps kept, then nothing is logged and she is told."""
    rows(DisclosureDecision).delete()
    made = planned(world, with_whom="employer", employer=bakery, topic="Pat's start")
    answer = keep(ada, made)
    assert answer.status_code == 422
    assert {"told", "person"} & set(answer.context["form"].errors)
    assert of(world, made).state == "planned"
    DisclosureDecisionFactory(episode=world.pat_episode, decision="name")
    assert keep(ada, made, told="name").status_code == 302
    visit = rows(EmployerContact).get()
    assert (visit.told, visit.episode_id) == ("name", world.pat_episode.pk)
    assert "Pat" not in f"{visit.learned}{visit.next_step}"


def test_did_not_come_is_an_attempt_that_is_kept(ada, world):
    made = planned(world)
    ada.post(reverse("work:appointment_missed", args=[made.pk]))
    contact = rows(Contact).get()
    assert (contact.attended, contact.minutes, contact.scheduled) == (False, 0, True)
    assert of(world, made).state == "missed"


def test_a_day_to_come_is_not_kept_yet(ada, world):
    made = planned(world, day=TODAY + DAY)
    assert keep(ada, made).status_code == 422
    assert not rows(Contact).exists()


def test_undo_takes_the_contact_away_and_plans_it_again(ada, world):
    made = planned(world)
    keep(ada, made)
    ada.post(reverse("work:appointment_reopen", args=[made.pk]))
    assert not rows(Contact).exists()
    assert of(world, made).state == "planned"


def test_a_contact_that_was_corrected_since_is_not_undone(world, today):
    made, ada = planned(world), world.ada.actor
    commands.keep_appointment(actor=ada, appointment=of(world, made), today=today)
    contact = rows(Contact).get()
    commands.change_contact(actor=ada, contact=contact, row_version=1, minutes=60)
    with pytest.raises(Stale):
        commands.reopen_appointment(actor=ada, appointment=of(world, made), today=today)
    assert of(world, made).state == "kept"
    assert rows(Contact).get().minutes == 60


def test_a_second_tap_makes_no_second_contact(ada, world):
    made = planned(world)
    keep(ada, made)
    assert keep(ada, made).status_code == 422
    assert rows(Contact).count() == 1


def test_what_was_called_off_is_on_no_diary_and_can_be_taken_back(ada, world):
    made = planned(world)
    ada.post(reverse("work:appointment_cancel", args=[made.pk]))
    assert queries.diary(world.ada.actor, world.ada.user.pk, TODAY, TODAY) == []
    ada.post(reverse("work:appointment_reopen", args=[made.pk]))
    assert len(queries.diary(world.ada.actor, world.ada.user.pk, TODAY, TODAY)) == 1


def test_a_change_by_two_is_told(ada, as_, world):
    made = planned(world)
    address = reverse("work:appointment_edit", args=[made.pk])
    given = {
        "with_whom": "applicant",
        "person": str(world.pat_episode.pk),
        "day": "2026-10-07",
        "mode": "phone",
        "row_version": 1,
    }
    assert as_("ben").post(address, given).status_code == 302
    answer = ada.post(address, given | {"day": "2026-10-08"})
    assert answer.status_code == 422
    assert of(world, made).day == TODAY + 2 * DAY


def test_a_stranger_keeps_nothing(world, today):
    made = planned(world)
    with pytest.raises(Refused):
        commands.keep_appointment(
            actor=world.ola.actor, appointment=of(world, made), today=today
        )


def test_overlap_is_told_and_not_refused(ada, world):
    planned(world, begins_at=time(10), minutes=60)
    answer = ada.post(
        reverse("work:appointment_new"),
        {
            "with_whom": "clinic",
            "day": TODAY.isoformat(),
            "begins_at": "10:30",
            "minutes": "30",
            "mode": "in_person",
        },
        follow=True,
    )
    assert rows(Appointment).count() == 2
    page = answer.content.decode()
    assert "It overlaps with another one that day." in page
    assert page.count("<strong>overlaps</strong>") == 2


def slot(begins, minutes):
    return queries.Slot(
        id=new_id(),
        applicant_id=None,
        person="",
        employer_id=None,
        employer="",
        staff="",
        with_whom="clinic",
        day=TODAY,
        begins_at=begins,
        minutes=minutes,
        mode="",
        place="",
        place_words="",
        topic="",
        state="planned",
    )


moments = st.builds(slot, st.none() | st.times(), st.none() | st.integers(1, 600))


@given(moments, moments)
def test_two_meet_each_other_or_neither(one, other):
    assert queries.meet(one, other) == queries.meet(other, one)


@given(moments, moments)
def test_a_longer_appointment_meets_no_less(one, other):
    if queries.meet(one, other):
        longer = replace(one, minutes=(one.minutes or 30) + 60)
        assert queries.meet(longer, other)


def test_one_after_the_other_do_not_meet():
    assert not queries.meet(slot(time(9), 60), slot(time(10), 30))


def test_the_diary_takes_one_query_whatever_it_holds(world, django_assert_num_queries):
    for hour in range(8, 18):
        planned(world, begins_at=time(hour))
    with django_assert_num_queries(1):
        found = queries.diary(
            world.ada.actor, world.ada.user.pk, TODAY, TODAY + 6 * DAY
        )
    assert [one.begins_at.hour for one in found] == list(range(8, 18))


def test_more_appointments_take_no_more_queries_on_the_page(
    ada, world, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    planned(world)
    with CaptureQueriesContext(
        connection,
    ) as one:
        ada.get(reverse("work:diary"))
    for hour in range(11, 17):
        planned(world, begins_at=time(hour))
    with django_assert_max_num_queries(len(one)):
        ada.get(reverse("work:diary"))


def test_a_colleague_reads_another_diary_not(as_, world):
    planned(world, place_words="Café Nord")
    assert "Café Nord" not in as_("ben").get(reverse("work:diary")).content.decode()
    assert "Café Nord" in as_("ada").get(reverse("work:diary")).content.decode()


def test_pat_reads_what_is_planned_with_pat_and_nobody_elses(world):
    planned(world, topic="Shoes for work")
    planned(world, episode=world.quinn_episode, topic="Quinn's worry")
    planned(world, day=TODAY - DAY)
    found = queries.own_appointments(
        world.pat_account.actor, [world.pat_episode.pk, world.quinn_episode.pk], TODAY
    )
    assert [one.topic for one in found] == ["Shoes for work"]


def test_the_unit_reads_what_comes_next_with_somebody(world):
    planned(world, day=TODAY + DAY)
    planned(world, state="cancelled")
    found = queries.appointments_of(world.ben.actor, [world.pat_episode.pk], TODAY)
    assert [one.day for one in found] == [TODAY + DAY]
    assert queries.appointments_of(world.ola.actor, [world.pat_episode.pk], TODAY) == []


def test_who_else_sees_the_employer_is_said_before_the_visit(ada, world, bakery):
    EmployerContactFactory(
        unit=world.north, employer=bakery, staff=world.ben.user, day=TODAY - DAY
    )
    made = planned(world, episode=None, with_whom="employer", employer=bakery)
    page = ada.get(reverse("work:appointment", args=[made.pk])).content.decode()
    assert "Ben Supervisor" in page


def test_the_calendar_file_names_nobody(ada, world, bakery):
    for values in (
        {"topic": "Pat's new medicine", "place_words": "at Pat's", "place": "home"},
        {"with_whom": "clinic", "place": "treatment_office"},
        {"with_whom": "employer", "employer": bakery},
    ):
        made = planned(world, **values)
        answer = ada.get(reverse("work:appointment_calendar", args=[made.pk]))
        text = answer.content.decode()
        assert answer["Content-Type"].startswith("text/calendar")
        assert "DTSTART:20261005T080000Z" in text
        for word in ("Pat", "Lund", "medicine", "treatment", "home"):
            assert word not in text
    assert "LOCATION:Bageriet" in text


@given(st.text(max_size=300), st.none() | st.datetimes(datetime(1990, 1, 1)))
def test_a_calendar_file_holds_its_shape_whatever_is_in_it(words, begins):
    from datetime import UTC

    made = appointment_file(
        key=new_id(),
        title="Visit",
        place=words,
        day=TODAY,
        begins=begins.replace(tzinfo=UTC) if begins and begins.year < 9000 else None,
        minutes=30,
        now=datetime(2026, 10, 5, 9, tzinfo=UTC),
    )
    lines = made.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert (lines[0], lines[-2], lines[-1]) == (
        b"BEGIN:VCALENDAR",
        b"END:VCALENDAR",
        b"",
    )
    assert made.count(b"BEGIN:VEVENT") == 1


def test_nothing_is_planned_twice_for_an_interview(world):
    from tests.factories.work import ApplicationFactory

    sent = ApplicationFactory(
        episode=world.pat_episode,
        employer=EmployerFactory(unit=world.north),
        title="Baker's assistant",
        interview_on=TODAY + DAY,
    )
    found = queries.application(world.ada.actor, sent.pk)
    once = commands.plan_interview(actor=world.ada.actor, application=found)
    again = commands.plan_interview(actor=world.ada.actor, application=found)
    assert once.pk == again.pk
    assert (once.with_whom, once.day) == ("employer", TODAY + DAY)


def test_an_interview_without_its_day_is_asked_for(world):
    from tests.factories.work import ApplicationFactory

    sent = ApplicationFactory(episode=world.pat_episode)
    found = queries.application(world.ada.actor, sent.pk)
    with pytest.raises(InputFault):
        commands.plan_interview(actor=world.ada.actor, application=found)


def test_a_person_of_another_unit_is_no_choice(world):
    with pytest.raises(Refused):
        commands.plan_appointment(
            actor=world.ola.actor,
            unit=world.north,
            with_whom="applicant",
            day=TODAY,
            episode=people.ref(people.episode(world.ada.actor, world.pat_episode.pk)),
        )
