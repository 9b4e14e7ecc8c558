"""Stories of work: logging, employers, jobs from the first day to the last."""

from datetime import date
from decimal import Decimal

import pytest

from braid.kernel.errors import InputFault, Refused, Stale
from braid.people import queries as people
from braid.work import commands, queries
from braid.work.models import (
    Appointment,
    Contact,
    Employer,
    EmployerContact,
    Job,
    JobTerms,
)
from tests.cast import TODAY
from tests.factories.work import (
    AppointmentFactory,
    EmployerContactFactory,
    EmployerFactory,
    JobFactory,
)


@pytest.fixture
def pat(world):
    return people.ref(people.episode(world.ada.actor, world.pat_episode.pk))


@pytest.fixture
def bakery(world):
    return commands.employer_named(
        actor=world.ada.actor, unit=world.north, name="Havnelund Bageri A/S"
    )


def rows(queryset):
    return queryset.system("the test looks")


def test_a_contact_is_logged_for_oneself(world, pat):
    made = commands.log_contact(
        actor=world.ada.actor,
        episode=pat,
        day=TODAY,
        mode="in_person",
        attended=True,
        minutes=45,
    )
    assert (made.staff_id, made.created_by_id) == (world.ada.user.pk,) * 2


def test_a_stranger_logs_nothing_about_pat(world, pat):
    with pytest.raises(Refused):
        commands.log_contact(
            actor=world.ola.actor, episode=pat, day=TODAY, mode="phone"
        )
    assert not rows(Contact.objects.all()).exists()


def test_what_was_logged_today_can_be_taken_back_by_who_logged_it(world, pat, today):
    made = commands.log_contact(
        actor=world.ada.actor, episode=pat, day=today, mode="phone"
    )
    with pytest.raises(InputFault):
        commands.take_back(
            actor=world.ben.actor, kind="contact", key=made.pk, today=today
        )
    commands.take_back(actor=world.ada.actor, kind="contact", key=made.pk, today=today)
    assert not rows(Contact.objects.all()).exists()


def test_what_was_corrected_since_stays(world, pat, today):
    made = commands.log_contact(
        actor=world.ada.actor, episode=pat, day=today, mode="phone"
    )
    commands.change_contact(
        actor=world.ben.actor, contact=made, row_version=1, mode="video"
    )
    with pytest.raises(Stale):
        commands.take_back(
            actor=world.ada.actor, kind="contact", key=made.pk, today=today
        )


def test_a_job_start_about_which_a_colleague_has_written_stays(
    world, pat, bakery, today
):
    ada, ben = world.ada.actor, world.ben.actor
    job = commands.start_job(actor=ada, episode=pat, employer=bakery, first_day=today)
    commands.note_problem(actor=ben, job=job, first_day=today, words="Long way")
    with pytest.raises(Stale):
        commands.take_back(actor=ada, kind="job", key=job.pk, today=today)
    assert rows(Job.objects.all()).exists()


def test_what_was_made_of_an_appointment_is_planned_again_when_undone(
    world, pat, today
):
    ada = world.ada.actor
    made = AppointmentFactory(
        episode=world.pat_episode, unit=world.north, staff=world.ada.user, day=today
    )
    commands.keep_appointment(actor=ada, appointment=made, today=today)
    contact = rows(Contact.objects.all()).get()
    commands.take_back(actor=ada, kind="contact", key=contact.pk, today=today)
    kept = rows(Appointment.objects.all()).get()
    assert (kept.state, kept.contact_id) == ("planned", None)


def test_a_branch_that_outlives_its_head_is_no_branch_of_itself(world, bakery):
    branch = EmployerFactory(unit=world.north, parent=bakery)
    commands.merge_employers(actor=world.ada.actor, keep=branch, duplicate=bakery)
    assert rows(Employer.objects.filter(pk=branch.pk)).get().parent is None


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Havnelund Bageri A/S", id="as before"),
        pytest.param("havnelund bageri", id="without legal form, small letters"),
        pytest.param("  Havnelund  Bageri ", id="spaces"),
    ],
)
def test_the_same_employer_is_made_once(world, bakery, name):
    again = commands.employer_named(actor=world.ada.actor, unit=world.north, name=name)
    assert again.pk == bakery.pk


def test_like_employers_are_proposed_and_stay_two_until_somebody_decides(world, bakery):
    like = EmployerFactory(unit=world.north, name="Havnelund Bagerie")
    other = EmployerFactory(unit=world.north, name="Slagter Bøgh")
    (pair,) = queries.employers_alike(world.ada.actor)
    assert {pair.first.pk, pair.second.pk} == {bakery.pk, like.pk}
    assert other.pk not in {pair.first.pk, pair.second.pk}
    commands.keep_apart(actor=world.ada.actor, first=pair.second, second=pair.first)
    assert queries.employers_alike(world.ada.actor) == []


def test_one_register_number_proposes_whatever_the_names(world, bakery):
    EmployerFactory(unit=world.north, name="Nordlys ApS", register_number="13585628")
    commands.change_employer(
        actor=world.ada.actor,
        employer=bakery,
        row_version=bakery.row_version,
        register_system="dk-cvr",
        register_number="13 58 56 28",
    )
    (pair,) = queries.employers_alike(world.ada.actor)
    assert pair.reason == "register_number"


def test_an_impossible_register_number_is_refused(world, bakery):
    with pytest.raises(InputFault, match="cannot exist"):
        commands.change_employer(
            actor=world.ada.actor,
            employer=bakery,
            row_version=1,
            register_system="dk-cvr",
            register_number="13585629",
        )


def test_merging_moves_everything_and_leaves_a_pointer(world, bakery, pat):
    like = EmployerFactory(unit=world.north, name="Havnelund Bagerie")
    EmployerContactFactory(unit=world.north, employer=like)
    JobFactory(episode=world.pat_episode, employer=like)
    branch = EmployerFactory(unit=world.north, parent=like)
    commands.merge_employers(actor=world.ada.actor, keep=bakery, duplicate=like)
    assert rows(EmployerContact.objects.all()).get().employer == bakery
    assert rows(Job.objects.all()).get().employer == bakery
    assert rows(Employer.objects.filter(pk=branch.pk)).get().parent == bakery
    assert queries.employer(world.ada.actor, like.pk) == bakery


def test_a_branch_of_a_branch_is_refused(world, bakery):
    branch = EmployerFactory(unit=world.north, parent=bakery)
    twig = EmployerFactory(unit=world.north)
    with pytest.raises(InputFault, match="branch"):
        commands.change_employer(
            actor=world.ada.actor, employer=twig, row_version=1, parent=branch
        )


@pytest.fixture
def job(world, bakery, pat):
    return commands.start_job(
        actor=world.ada.actor,
        episode=pat,
        employer=bakery,
        first_day=date(2026, 9, 14),
        weekly_hours=Decimal(16),
    )


def terms(job):
    return [
        (one.first_day, one.last_day, one.weekly_hours)
        for one in rows(JobTerms.objects.filter(job=job))
    ]


def more_hours(world, job, day, hours):
    return commands.change_terms(
        actor=world.ada.actor,
        job=job,
        first_day=day,
        weekly_hours=Decimal(hours),
        pay=None,
        pay_unit="",
        currency="",
    )


def test_a_change_of_hours_changes_history_not_the_start(world, job):
    more_hours(world, job, date(2026, 10, 12), 20)
    assert terms(job) == [
        (date(2026, 9, 14), date(2026, 10, 11), Decimal(16)),
        (date(2026, 10, 12), None, Decimal(20)),
    ]


def test_terms_entered_in_any_order_never_overlap(world, job):
    more_hours(world, job, date(2026, 11, 2), 24)
    more_hours(world, job, date(2026, 10, 12), 20)
    spells = terms(job)
    assert [spell[:2] for spell in spells] == [
        (date(2026, 9, 14), date(2026, 10, 11)),
        (date(2026, 10, 12), date(2026, 11, 1)),
        (date(2026, 11, 2), None),
    ]


def test_terms_outside_the_job_are_refused(world, job):
    with pytest.raises(InputFault, match="outside the job"):
        more_hours(world, job, date(2026, 9, 1), 20)


def test_a_job_that_ends_closes_its_terms_and_can_be_reopened(world, job):
    commands.end_job(
        actor=world.ada.actor,
        job=job,
        row_version=job.row_version,
        last_day=date(2026, 10, 2),
        end_known_on=date(2026, 10, 2),
        end_reason="laid_off",
    )
    assert terms(job) == [(date(2026, 9, 14), date(2026, 10, 2), Decimal(16))]
    commands.reopen_job(actor=world.ada.actor, job=job)
    assert terms(job) == [(date(2026, 9, 14), None, Decimal(16))]
    assert job.last_day is None


def test_a_job_cannot_end_before_it_begins(world, job):
    with pytest.raises(InputFault, match="before its first day"):
        commands.end_job(
            actor=world.ada.actor,
            job=job,
            row_version=job.row_version,
            last_day=date(2026, 9, 1),
            end_known_on=TODAY,
            end_reason="quit",
        )
    assert rows(Job.objects.all()).get().last_day is None


def test_an_absence_that_ends_before_it_begins_is_refused(world, job):
    with pytest.raises(InputFault):
        commands.record_absence(
            actor=world.ada.actor,
            job=job,
            first_day=date(2026, 10, 2),
            last_day=date(2026, 10, 1),
            pay="full",
        )
