"""Somebody with whom everything was talked about in time: no clock of a talk runs."""

from datetime import date

from tests.factories.people import (
    PastJobFactory,
    ProfileAnswerFactory,
    SearchPlanFactory,
)
from tests.factories.work import DisclosureDecisionFactory


def talked(episode, day: date) -> None:
    """Let profile, plan and disclosure of an episode be talked about on `day`."""
    for section in ("a", "k", "m"):
        ProfileAnswerFactory(applicant=episode.applicant, section=section)
    PastJobFactory(applicant=episode.applicant)
    SearchPlanFactory(episode=episode, first_day=day, agreed_on=day)
    DisclosureDecisionFactory(episode=episode, discussed_on=day, agreed_on=day)
