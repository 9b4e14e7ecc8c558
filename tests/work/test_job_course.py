"""Stories of one job: terms that change, days away, a scheme that ends, its end."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from braid.benefits.models import Counselling
from braid.kernel.errors import InputFault, Refused, Stale
from braid.people import queries as people
from braid.work import after, commands
from braid.work.commands.jobs import Ordinary
from braid.work.commands.terms import TermsGiven
from braid.work.models import (
    Absence,
    Job,
    JobEndReview,
    JobSupportPlan,
    JobTerms,
)
from tests.cast import TODAY
from tests.factories.work import (
    EmployerFactory,
    JobFactory,
    JobSupportPlanFactory,
    JobTermsFactory,
)

START = date(2026, 9, 14)


def rows(model, **wanted):
    return list(model.objects.filter(**wanted).system("the test looks"))


@pytest.fixture
def heard():
    """Return what listeners were told, in place of those of the site."""
    kept, told = list(after._listeners), []
    after.hand_in(lambda actor, happened: told.append(happened))
    yield told
    after.hand_in(*kept)


@pytest.fixture
def pat(world):
    return people.ref(people.episode(world.ada.actor, world.pat_episode.pk))


@pytest.fixture
def bakery(world):
    return EmployerFactory(unit=world.north, name="Bageriet")


@pytest.fixture
def job(world, bakery):
    made = JobFactory(
        episode=world.pat_episode, employer=bakery, permanence="fixed_term"
    )
    JobTermsFactory(job=made, pay=150, pay_unit="hour", currency="DKK")
    return made


def start(world, pat, employer, day=START, **values):
    return commands.start_job(
        actor=world.ada.actor, episode=pat, employer=employer, first_day=day, **values
    )


def new_terms(world, job, day=TODAY, **values):
    given = {
        "weekly_hours": Decimal(20),
        "pay": Decimal(150),
        "pay_unit": "hour",
        "currency": "DKK",
    }
    return commands.change_terms(
        actor=world.ada.actor, job=job, first_day=day, **given | values
    )


def end(world, job, last_day=TODAY):
    commands.end_job(
        actor=world.ada.actor,
        job=job,
        row_version=job.row_version,
        last_day=last_day,
        end_known_on=TODAY,
        end_reason="laid_off",
    )


# Who listens


def test_a_start_a_change_a_contract_and_an_end_are_told(world, pat, bakery, heard):
    job = start(world, pat, bakery, weekly_hours=Decimal(16), permanence="fixed_term")
    new_terms(world, job)
    commands.change_job(
        actor=world.ada.actor,
        job=job,
        row_version=job.row_version,
        permanence="permanent",
    )
    end(world, job)
    assert [(one.what.value, one.day) for one in heard] == [
        ("start", START),
        ("change", TODAY),
        ("change", START),
        ("end", TODAY),
    ]
    assert {one.job_id for one in heard} == {job.pk}
    assert {one.applicant_id for one in heard} == {world.pat.pk}


def test_an_offer_is_told_before_there_is_a_job(world, pat, bakery, heard):
    commands.log_employer_contact(
        actor=world.ada.actor,
        unit=world.north,
        employer=bakery,
        episode=pat,
        day=TODAY,
        mode="in_person",
        made_by="applicant",
        outcome="offer",
    )
    (offered,) = heard
    assert (offered.what.value, offered.job_id) == ("offer", None)


def test_a_listener_that_fails_takes_the_change_back(world, job, heard):
    def fail(actor, happened):
        raise InputFault("not now")

    after.hand_in(fail)
    with pytest.raises(InputFault):
        new_terms(world, job)
    assert len(rows(JobTerms, job=job)) == 1


def test_more_hours_make_counselling_on_benefits_due_within_a_fortnight(world, job):
    new_terms(world, job, weekly_hours=Decimal(25))
    (due,) = rows(Counselling, job_id=job.pk)
    assert (due.trigger, due.due_on) == ("change", TODAY + timedelta(days=14))


def test_completing_what_was_not_known_yet_is_no_change(world, pat, bakery, heard):
    job = start(world, pat, bakery)
    commands.complete_job(
        actor=world.ada.actor, job=job, row_version=1, terms=TermsGiven(Decimal(16))
    )
    assert [one.what.value for one in heard] == ["start"]


# Jobs beside each other


def test_a_second_job_elsewhere_is_simply_recorded(world, pat, job):
    other = EmployerFactory(unit=world.north)
    assert start(world, pat, other).pk


def test_a_second_job_with_the_same_employer_is_asked_about(world, pat, job, bakery):
    with pytest.raises(InputFault, match="Bageriet") as fault:
        start(world, pat, bakery, day=TODAY)
    assert fault.value.field == "twice"
    assert start(world, pat, bakery, day=TODAY, twice=True).pk


def test_after_the_first_has_ended_nothing_is_asked(world, pat, job, bakery):
    end(world, job, last_day=TODAY - timedelta(days=1))
    assert start(world, pat, bakery, day=TODAY).pk


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        pytest.param({"weekly_hours": Decimal(71)}, "weekly_hours", "81", id="hours"),
        pytest.param({"pay_unit": ""}, "pay_unit", "unit", id="pay without its unit"),
        pytest.param({"currency": ""}, "currency", "currency", id="in which money"),
        pytest.param({"day": date(2026, 9, 1)}, "first_day", "outside", id="too early"),
    ],
)
def test_terms_that_cannot_be_are_told(world, pat, job, values, field, says):
    other = JobFactory(episode=world.pat_episode, title="Cleaner")
    JobTermsFactory(job=other, weekly_hours=10)
    with pytest.raises(InputFault, match=says) as fault:
        new_terms(world, job, **values)
    assert fault.value.field == field


def test_eighty_hours_in_two_jobs_are_still_believed(world, job):
    JobTermsFactory(job=JobFactory(episode=world.pat_episode), weekly_hours=10)
    assert new_terms(world, job, weekly_hours=Decimal(70)).pk


# The days of a job


def spells(job):
    return [(one.first_day, one.last_day) for one in rows(JobTerms, job=job)]


def test_a_corrected_first_day_moves_the_terms_along(world, job):
    earlier = START - timedelta(days=7)
    commands.change_job(
        actor=world.ada.actor, job=job, row_version=1, first_day=earlier
    )
    assert spells(job) == [(earlier, None)]


def test_terms_that_never_came_into_force_go_with_the_end(world, job):
    new_terms(world, job, day=TODAY + timedelta(days=30))
    end(world, job)
    assert spells(job) == [(START, TODAY)]


def test_a_promotion_changes_title_and_contract_and_is_no_new_job(world, job):
    made = new_terms(
        world, job, title="Baker", reason="new_title", permanence="permanent"
    )
    assert (made.title, made.reason) == ("Baker", "new_title")
    (kept,) = rows(Job, episode=world.pat_episode)
    assert (kept.permanence, kept.title) == ("permanent", "Baker's assistant")


# A scheme that ends


@pytest.fixture
def subsidised(world, bakery):
    made = JobFactory(
        episode=world.pat_episode,
        employer=bakery,
        placement="wage_subsidy",
        first_day=date(2026, 2, 3),
    )
    JobTermsFactory(job=made, first_day=date(2026, 2, 3))
    JobSupportPlanFactory(job=made, made_on=date(2026, 2, 3))
    return made


def turn(world, job, day=date(2026, 6, 1)):
    return commands.turn_ordinary(
        actor=world.ada.actor,
        job=job,
        row_version=job.row_version,
        ordinary=Ordinary(
            day, "permanent", TermsGiven(Decimal(30), Decimal(160), "hour", "DKK")
        ),
    )


def test_a_subsidy_that_ends_makes_a_second_segment_and_no_job_loss(world, subsidised):
    """Practice table, V5: subsidised to 31 May, competitive from 1 June."""
    made = turn(world, subsidised)
    assert (subsidised.last_day, subsidised.end_known_on) == (date(2026, 5, 31), None)
    assert (made.first_day, made.placement, made.employer_id) == (
        date(2026, 6, 1),
        "competitive",
        subsidised.employer_id,
    )
    assert spells(subsidised) == [(date(2026, 2, 3), date(2026, 5, 31))]
    assert spells(made) == [(date(2026, 6, 1), None)]
    assert [plan.job_id for plan in rows(JobSupportPlan)] == [made.pk]


def test_what_was_said_of_the_scheme_is_not_said_of_the_ordinary_job(world, subsidised):
    made = turn(world, subsidised)
    assert (made.open_to_all, made.going_rate, made.employer_of_record) == (
        None,
        None,
        "",
    )


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2026, 2, 3), id="on the first day"),
        pytest.param(date(2026, 1, 1), id="before the job"),
    ],
)
def test_a_job_turns_ordinary_only_while_it_lasts(world, subsidised, day):
    with pytest.raises(InputFault):
        turn(world, subsidised, day)
    assert len(rows(Job)) == 1


def test_an_ordinary_job_does_not_turn_ordinary(world, job):
    with pytest.raises(InputFault, match="subsidy"):
        turn(world, job, TODAY)


# Days away


def away(world, job, first, last=None):
    return commands.record_absence(
        actor=world.ada.actor, job=job, first_day=first, last_day=last
    )


def test_days_away_go_on_until_somebody_says_they_are_over(world, job):
    absence = away(world, job, TODAY)
    commands.change_absence(
        actor=world.ada.actor,
        absence=absence,
        row_version=1,
        first_day=TODAY,
        last_day=TODAY,
        pay="part",
        kind="sickness",
    )
    (kept,) = rows(Absence)
    assert (kept.last_day, kept.pay, kept.kind) == (TODAY, "part", "sickness")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(START - timedelta(days=1), None, id="before the job"),
        pytest.param(TODAY, TODAY - timedelta(days=1), id="ends before it starts"),
        pytest.param(TODAY + timedelta(days=3), None, id="meets another"),
    ],
)
def test_days_away_that_cannot_be_are_told(world, job, first, last):
    away(world, job, TODAY + timedelta(days=2), TODAY + timedelta(days=4))
    with pytest.raises(InputFault):
        away(world, job, first, last)
    assert len(rows(Absence)) == 1


# How it ended


def review(world, job, row_version=None, **values):
    return commands.review_end(
        actor=world.ada.actor,
        job=job,
        row_version=row_version,
        **{"day": TODAY} | values,
    )


def test_an_end_is_learned_from_and_the_search_begins_again(world, job):
    end(world, job)
    commands.search_again(actor=world.ada.actor, job=job, day=TODAY)
    review(world, job, row_version=1, person_view="Too early in the morning.")
    (kept,) = rows(JobEndReview)
    assert (kept.person_view, kept.search_again_on) == (
        "Too early in the morning.",
        TODAY,
    )
    world.pat_episode.refresh_from_db()
    assert world.pat_episode.exited_on is None


@pytest.mark.parametrize(
    ("consent", "kept"),
    [
        pytest.param(True, True, id="the person agreed"),
        pytest.param(False, False, id="the person did not"),
        pytest.param(None, False, id="nobody asked"),
    ],
)
def test_what_the_employer_thinks_is_kept_only_with_consent(world, job, consent, kept):
    job.may_contact_workplace = consent
    job.save()
    end(world, job)
    if kept:
        assert review(world, job, employer_view="Punctual.").employer_view
    else:
        with pytest.raises(InputFault) as fault:
            review(world, job, employer_view="Punctual.")
        assert fault.value.field == "employer_view"


def test_a_job_that_goes_on_has_no_end_to_learn_from(world, job):
    with pytest.raises(InputFault, match="goes on"):
        review(world, job)
    with pytest.raises(InputFault, match="goes on"):
        commands.search_again(actor=world.ada.actor, job=job, day=TODAY)


def test_a_last_day_worked_lies_within_the_job(world, job):
    end(world, job)
    with pytest.raises(InputFault) as fault:
        review(world, job, last_day_worked=TODAY + timedelta(days=1))
    assert fault.value.field == "last_day_worked"


def test_two_who_review_one_end_do_not_overwrite_each_other(world, job):
    end(world, job)
    review(world, job, person_view="Fine.")
    with pytest.raises(Stale):
        review(world, job, person_view="Bad.")


def test_a_stranger_learns_nothing_from_it(world, job):
    end(world, job)
    with pytest.raises(Refused):
        commands.review_end(actor=world.ola.actor, job=job, row_version=None, day=TODAY)
