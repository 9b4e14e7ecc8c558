"""Factories of the fidelity room."""

from datetime import date
from uuid import UUID

import factory
from factory.django import DjangoModelFactory

from braid.fidelity import models
from braid.packs import scales
from tests.factories.access import TeamFactory, UserFactory


class ReviewFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    scale = "ips-25"
    scale_version = "2008.1"
    mode = "independent"
    facts_on = date(2026, 10, 1)
    first_day = date(2026, 10, 12)
    last_day = date(2026, 10, 13)
    seed = 7

    class Meta:
        model = models.Review


class InReviewFactory(DjangoModelFactory):
    review = factory.SubFactory(ReviewFactory)

    class Meta:
        abstract = True


class SeatFactory(InReviewFactory):
    user = factory.SubFactory(UserFactory)
    part = "lead"

    class Meta:
        model = models.Seat


class StepFactory(InReviewFactory):
    status = "planned"
    day = date(2026, 9, 1)

    class Meta:
        model = models.Step


class RatingFactory(InReviewFactory):
    item = 1
    stage = "consensus"
    status = "scored"
    score = 4

    class Meta:
        model = models.Rating


class AnswerFactory(InReviewFactory):
    item = 1
    text = "Two posts were vacant until August"

    class Meta:
        model = models.Answer


class CorrectionFactory(InReviewFactory):
    earlier = factory.SubFactory(ReviewFactory, facts_on=date(2025, 10, 1))
    item = 9
    text = "A rule on abstinence was overlooked"

    class Meta:
        model = models.Correction


class PassageFactory(InReviewFactory):
    part = "strengths"
    text = "The whole team talks about work"

    class Meta:
        model = models.Passage


class MeetingFactory(InReviewFactory):
    kind = "interview"
    what = "Leader of the treatment team"
    with_role = "clinical_manager"

    class Meta:
        model = models.Meeting


class EvidenceFactory(InReviewFactory):
    item = 5
    kind = "observation"
    text = "The specialist sat in the whole meeting"

    class Meta:
        model = models.Evidence


class PieceFactory(InReviewFactory):
    code = "mentoring"
    answered = factory.LazyFunction(lambda: {"8": "part"})

    class Meta:
        model = models.Piece


class ChartFactory(InReviewFactory):
    number = 1
    stratum = "working"
    episode_id = UUID(int=1)

    class Meta:
        model = models.Chart


class PlannedActionFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory)
    scale = "ips-25"
    item = 17
    target = 4
    what = "Two mornings a week for employers"
    owner_words = "Ben"
    due_on = date(2026, 12, 1)

    class Meta:
        model = models.PlannedAction


class ProgressNoteFactory(DjangoModelFactory):
    action = factory.SubFactory(PlannedActionFactory)
    day = date(2026, 10, 5)
    progress = "under_way"

    class Meta:
        model = models.ProgressNote


def told_review(unit, *, scores=None, lead=None, **given):
    """Return a final review of a unit with a score for every item, by default all 4.

    `scores` by item stand in place of 4: a number, None for too little evidence, or
    `no_fit`. `lead` is who has the first seat.
    """
    days = {"opened_on": date(2026, 10, 14), "told_on": date(2026, 10, 20)}
    days |= {"delete_by": date(2026, 11, 3), "status": "final"}
    made = ReviewFactory(unit=unit, **days | given)
    if lead is not None:
        SeatFactory(review=made, user=lead)
    for item in scales.get(made.scale, made.scale_version).items:
        rate_item(made, item.no, (scores or {}).get(item.no, 4))
    if made.status == "final":
        StepFactory(review=made, status="final", day=date(2026, 10, 28))
    return made


def rate_item(review, item, score, *, stage="consensus", **words):
    """Return a version of the score of an item: a number, None, or `no_fit`."""
    status = {None: "insufficient", "no_fit": "no_fit"}.get(score, "scored")
    words = {"seen": f"What was seen of {item}", **words}
    points = 1 if score == "no_fit" else score
    return RatingFactory(
        review=review, item=item, score=points, status=status, stage=stage, **words
    )
