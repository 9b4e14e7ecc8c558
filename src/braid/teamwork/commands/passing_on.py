"""What nobody answered is passed on: to the whole team, and to whoever leads it."""

from datetime import datetime

from django.utils import timezone

from braid.access.changes import edit
from braid.access.queries import system_actor
from braid.teamwork import mails, rules
from braid.teamwork.choices import QuestionState
from braid.teamwork.models import Question

TASK = "questions-passed-on"


def pass_on(now: datetime) -> int:
    """Pass on the open questions whose day is some days over; return how many.

    From then on a question stands on the list of everybody who is asked with its team.
    Whoever leads the team is told that there is one, never about whom.
    """
    today = timezone.localdate(now)
    waiting = Question.objects.filter(
        state=QuestionState.OPEN,
        escalated_on__isnull=True,
        due_on__lt=rules.passed_on_before(today),
    ).select_related("unit__organisation", "episode", "of_team__organisation")
    found = list(waiting.system("passed on by its days alone, unread"))
    for question in found:
        actor = system_actor(question.unit, TASK)
        edit(
            actor,
            question,
            action="question_passed_on",
            applicant=question.about,
            escalated_on=today,
        )
    mails.tell_leaders([one.of_team for one in found if one.of_team], today)
    return len(found)
