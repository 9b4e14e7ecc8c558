"""What makes counselling due: words at a referral, the profile, jobs, the household."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from braid.access.models import AuditEntry
from braid.access.policy import Action, Information
from braid.benefits import commands
from braid.benefits.models import Benefit, Counselling
from braid.people.commands.profile import Given, save_answers
from braid.people.queries.refs import ref_of
from braid.site import daily
from braid.work import commands as work
from braid.work.after import Happened, What, tell
from tests.cast import TODAY
from tests.factories.benefits import CounsellingFactory
from tests.factories.work import EmployerFactory

DAY = timedelta(days=1)


def rounds(**only):
    found = Counselling.objects.filter(**only).system("a test").order_by("created_at")
    return [(one.trigger, one.job_id, one.due_on) for one in found]


def referral(**more):
    return {
        "given_name": "Nia",
        "family_name": "Moss",
        "words": "I want a job with animals",
        "source": "clinician",
        "referred_on": TODAY.isoformat(),
        "at_referral": "out_of_work",
        "consent_to_contact": "on",
    } | more


@pytest.mark.parametrize(
    ("name", "by_task"),
    [
        pytest.param("ada", False, id="a specialist notes it themselves"),
        pytest.param("cora", True, id="a task notes it for a clinician"),
    ],
)
def test_a_worry_at_the_referral_is_heard(as_, world, today, name, by_task):
    given = referral(unit=str(world.north.pk), worried_about_benefits="on")
    answer = as_(name).post(reverse("people:refer"), given)
    assert answer.status_code == 302
    assert rounds() == [("worry", None, TODAY + 14 * DAY)]
    entry = AuditEntry.objects.get(action="counselling_due")
    assert (entry.actor_id is None) is by_task


def test_without_a_worry_nothing_is_due(as_, world, today):
    as_("ada").post(reverse("people:refer"), referral())
    assert rounds() == []


@pytest.mark.parametrize(
    ("question", "due"),
    [
        pytest.param("money_worries", True, id="section M"),
        pytest.param("backing", False, id="another section"),
    ],
)
@pytest.mark.parametrize("name", ["ada", "pat_account"])
def test_talking_of_benefits_in_the_profile_is_heard(world, name, question, due):
    save_answers(
        actor=getattr(world, name).actor,
        applicant=world.pat,
        given={question: Given("My flat", 0)},
        today=TODAY,
    )
    assert bool(rounds()) is due


def test_while_a_round_is_open_the_profile_opens_no_other(world):
    CounsellingFactory(episode=world.pat_episode, trigger="worry", offered_on=TODAY)
    save_answers(
        actor=world.ada.actor,
        applicant=world.pat,
        given={"money_worries": Given("My flat", 0)},
        today=TODAY,
    )
    assert [one[0] for one in rounds()] == ["worry"]


def happened(world, what, job=None):
    episode = world.pat_episode
    tell(
        world.ada.actor,
        Happened(what, TODAY + 7 * DAY, episode.pk, episode.applicant_id, job),
    )


def test_a_start_that_is_undone_leaves_no_counselling_due(world):
    job, other = uuid4(), uuid4()
    happened(world, What.STARTED, job)
    happened(world, What.STARTED, other)
    happened(world, What.UNDONE, job)
    assert [one[1] for one in rounds()] == [other]


def test_the_round_of_an_offer_stays_when_its_start_is_undone(world):
    happened(world, What.OFFERED)
    happened(world, What.STARTED, job := uuid4())
    happened(world, What.UNDONE, job)
    assert [one[:2] for one in rounds()] == [("offer", None)]


def test_an_offer_and_the_start_of_its_job_are_one_round(world):
    job = uuid4()
    happened(world, What.OFFERED)
    happened(world, What.OFFERED)
    happened(world, What.STARTED, job)
    happened(world, What.STARTED, job)
    assert rounds() == [("start", job, TODAY + 7 * DAY)]
    happened(world, What.STARTED, other := uuid4())
    happened(world, What.ENDED, job)
    assert {one[:2] for one in rounds()} == {
        ("start", job),
        ("start", other),
        ("end", job),
    }


def test_an_employer_who_offers_a_job_is_heard_once(as_, world, today):
    employer = EmployerFactory(unit=world.north)
    ada = world.ada.actor
    episode = ref_of(ada, world.pat_episode.pk, Action.RECORD, Information.WORK_GOALS)
    work.log_employer_contact(
        actor=ada,
        unit=world.north,
        employer=employer,
        episode=episode,
        day=TODAY,
        made_by="applicant",
        outcome="offer",
    )
    assert [one[0] for one in rounds()] == ["offer"]


def keep(una, pat_ref, **values):
    return commands.add_benefit(
        actor=una,
        episode=pat_ref,
        **({"benefit": "support", "words": "Support"} | values),
    )


def test_a_change_in_the_household_is_heard_once(una, pat_ref):
    """Given what has long been so, when a benefit ends, counselling is due again."""
    held = keep(una, pat_ref)
    keep(una, pat_ref, words="Rent support")
    assert [one[0] for one in rounds()] == ["household"]
    waiting = Counselling.objects.system("a test").get()
    commands.done(actor=una, counselling=waiting, done_on=TODAY - DAY, row_version=1)
    held.refresh_from_db(from_queryset=Benefit.objects.system("a test"))
    commands.change_benefit(
        actor=una, held=held, row_version=held.row_version, words="Support now"
    )
    assert len(rounds()) == 1
    commands.change_benefit(
        actor=una, held=held, row_version=held.row_version, last_day=TODAY
    )
    assert [one[0] for one in rounds()] == ["household", "household"]


def test_benefits_written_down_on_the_day_of_counselling_open_nothing(una, pat_ref):
    CounsellingFactory(episode_id=pat_ref.id, offered_on=TODAY, done_on=TODAY)
    keep(una, pat_ref)
    assert len(rounds()) == 1


def test_the_agreed_next_look_opens_a_round_on_its_day_and_once(
    world, tmp_path, settings
):
    settings.BRAID_DATA = tmp_path
    done = CounsellingFactory(
        episode=world.pat_episode,
        offered_on=TODAY - 90 * DAY,
        done_on=TODAY - 90 * DAY,
        next_review_on=TODAY,
    )

    def daily_work(days):
        at = datetime.combine(TODAY + days * DAY, datetime.min.time())
        return daily.JOBS["reviews"](timezone.make_aware(at.replace(hour=4)))

    assert (daily_work(-1), daily_work(0), daily_work(1)) == (0, 1, 0)
    assert rounds(trigger="review") == [("review", None, done.next_review_on)]
    Counselling.objects.filter(trigger="review").system("a test").update(
        offered_on=TODAY, answer="declined"
    )
    assert daily_work(2) == 0


def test_who_left_is_not_looked_at_again(world, tmp_path, settings):
    CounsellingFactory(
        episode=world.pat_episode, done_on=TODAY - DAY, next_review_on=TODAY
    )
    type(world.pat_episode).objects.filter(pk=world.pat_episode.pk).system(
        "a test"
    ).update(state="exited")
    at = timezone.make_aware(datetime(2026, 10, 6, 4))
    assert daily.JOBS["reviews"](at) == 0
