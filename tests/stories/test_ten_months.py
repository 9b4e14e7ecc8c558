"""Signe Holm from one sentence to a second job: ten months, every clock on the way.

She smells bread in a referral of October, bakes in November, loses the job in February
and has another in March. In August she steps down, and finds the way back open.
"""

from typing import Any

import pytest

from tests.stories import at_work, further, on_the_way
from tests.stories.steps import Story


@pytest.fixture
def story(world, days, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path

    def worker() -> Any:
        """What waits in the background is done at the end of this."""
        return django_capture_on_commit_callbacks(execute=True)

    return Story(world, days, worker)


def test_signe_from_one_sentence_to_a_second_job(story):
    on_the_way.october_she_is_referred_and_met(story)
    on_the_way.october_the_profile_is_begun_together(story)
    on_the_way.october_she_wants_to_wait_with_the_counselling(story)
    on_the_way.october_it_is_agreed_what_an_employer_may_know(story)
    on_the_way.october_a_plan_is_agreed_in_her_own_account(story)
    on_the_way.october_three_visits_to_the_bakery(story)
    on_the_way.november_an_application_an_interview_an_offer(story)
    on_the_way.november_counselled_before_the_first_day(story)
    at_work.november_the_first_day_is_near(story)
    at_work.december_the_first_month(story)
    at_work.january_a_payslip_and_more_hours(story)
    at_work.february_days_away(story)
    at_work.february_the_job_ends(story)
    at_work.march_a_second_job(story)
    further.may_another_specialist_takes_over(story)
    further.summer_the_work_is_steady(story)
    further.august_she_steps_down_and_comes_back(story)
    further.what_the_facts_say(story)
