"""What jobs ask for: proof after 13 weeks, and a talk within three days of an end."""

from datetime import timedelta

from braid.work import queries
from tests.cast import TODAY
from tests.factories.work import EvidenceFactory, JobEndReviewFactory, JobFactory

DAY = timedelta(days=1)


def prompts(world, name="ada"):
    found = queries.job_prompts(getattr(world, name).actor, TODAY)
    return [(one.kind, one.due_on) for one in found]


def test_proof_is_asked_for_from_a_week_before_until_it_is_there(world):
    due = TODAY + 7 * DAY
    job = JobFactory(episode=world.pat_episode, first_day=due - timedelta(weeks=13))
    JobFactory(
        episode=world.pat_episode, first_day=due + DAY - timedelta(weeks=13)
    )  # a day too early to ask
    assert prompts(world) == [("evidence", due)]
    assert prompts(world, "ola") == []
    EvidenceFactory(job=job, kind="payslip", period_first=TODAY - DAY)
    assert prompts(world) == []


def test_an_end_is_talked_over_within_three_days(world):
    job = JobFactory(
        episode=world.pat_episode, last_day=TODAY - DAY, end_known_on=TODAY - DAY
    )
    assert prompts(world) == [("end_review", TODAY + 2 * DAY)]
    JobEndReviewFactory(job=job)
    assert prompts(world) == []


def test_a_scheme_that_ended_asks_for_no_talk(world):
    JobFactory(episode=world.pat_episode, last_day=TODAY - DAY)
    assert prompts(world) == []
