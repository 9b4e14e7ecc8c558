"""A review of a service: its seats, its steps, its ratings in every version, its words."""

from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from braid.access import shared
from braid.access.policy import Information, Subject
from braid.facts.held import BesideFigures
from braid.fidelity import choices
from braid.fidelity.choices import RatingStage
from braid.fidelity.held import TOLD, InReview, SealedFile, beside, seated

LOWEST, HIGHEST = 1, 5


class Review(BesideFigures):
    """One review of one unit against one scale.

    `facts_on` is the day that items are computed for, `snapshot` the facts as they were
    frozen for it. `seed` draws the sample of records. `status` repeats the last step.
    `opened_on` is the day on which the reviewers saw each other's ratings, `told_on` the
    day on which the service was told: its week and the timer of personal data run from it.
    """

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    scale = models.CharField(_("scale"), max_length=30)
    scale_version = models.CharField(_("version of the scale"), max_length=20)
    edition = models.CharField(_("edition of the manual"), max_length=60, blank=True)
    variant = models.CharField(
        _("variant of the house rules"), max_length=30, blank=True
    )
    mode = models.CharField(
        _("mode"), max_length=12, choices=choices.ReviewMode.choices
    )
    remote = models.BooleanField(_("held at a distance"), default=False)
    facts_on = models.DateField(_("day of the figures"))
    first_day = models.DateField(_("first day of the visit"))
    last_day = models.DateField(_("last day of the visit"))
    snapshot = models.ForeignKey(
        "facts.Snapshot", on_delete=models.PROTECT, null=True, related_name="+"
    )
    seed = models.PositiveIntegerField(editable=False)
    status = models.CharField(
        max_length=10,
        choices=choices.ReviewStatus.choices,
        default=choices.ReviewStatus.PLANNED,
        editable=False,
    )
    opened_on = models.DateField(null=True, editable=False)
    told_on = models.DateField(null=True, editable=False)
    delete_by = models.DateField(_("personal data are deleted by"), null=True)
    deleted_on = models.DateField(null=True, editable=False)
    stated_band = models.CharField(_("band as stated"), max_length=20, blank=True)

    class Meta:
        ordering = ["-facts_on", "-created_at"]
        indexes = [models.Index(fields=["unit", "facts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="review_days_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scale} {self.facts_on}"

    @classmethod
    def invited(cls, user: UUID) -> Q:
        return seated(user, OuterRef("pk"), tuple(choices.Seat))

    @property
    def is_told(self) -> bool:
        return self.status in TOLD

    def people(
        self, parts: tuple[choices.Seat, ...] = tuple(choices.Seat)
    ) -> Iterator[UUID]:
        """Yield who has one of these seats today."""
        seats = Seat.objects.system("who sits in a review").filter(
            review=self, part__in=parts, ended_on__isnull=True
        )
        yield from seats.values_list("user_id", flat=True)

    def subject(
        self, information: Information | None = None, day: object = None
    ) -> Subject:
        return shared.subject(
            information or type(self).information,
            organisation=self.organisation_of,
            care=beside(self.unit_id),
            applicant=None,
            invited=frozenset(self.people()),
        )


class Seat(InReview):
    """That somebody takes part in a review, as what, and whether their ratings are locked."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    part = models.CharField(_("as"), max_length=10, choices=choices.Seat.choices)
    locked_at = models.DateTimeField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "user"],
                condition=Q(ended_on__isnull=True),
                name="seat_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.part}"


class Step(InReview):
    """One entry of the history of a review; never changed."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=10, choices=choices.ReviewStatus.choices)
    day = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.status} {self.day}"


class Rating(InReview):
    """One version of the score of one item; a later row of the same stage replaces it.

    `rater` is who rated alone, null for what was agreed or computed. What somebody rated
    alone is theirs alone until both have locked: the rule is here, so that no list, page
    or export can forget it. A computed score is nobody's until then.
    """

    seats = choices.READERS

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="ratings")
    item = models.PositiveSmallIntegerField(_("item"))
    stage = models.CharField(max_length=10, choices=RatingStage.choices)
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    status = models.CharField(
        _("how it is rated"), max_length=12, choices=choices.RatingStatus.choices
    )
    score = models.PositiveSmallIntegerField(
        _("score"),
        null=True,
        blank=True,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
    )
    seen = models.TextField(_("what was seen"), blank=True)
    recommendation = models.TextField(_("recommendation"), blank=True)
    reason = models.TextField(_("why the score changed"), blank=True)
    figures = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["item", "created_at", "pk"]
        indexes = [models.Index(fields=["review", "item", "stage"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="insufficient", score__isnull=True)
                | Q(status="no_fit", score=LOWEST)
                | Q(status="scored", score__gte=LOWEST, score__lte=HIGHEST),
                name="rating_score_and_status",
            ),
            models.CheckConstraint(
                condition=Q(stage="rater", rater__isnull=False)
                | ~Q(stage="rater") & Q(rater__isnull=True),
                name="rating_rater_rates_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.stage}"

    @classmethod
    def invited(cls, user: UUID) -> Q:
        is_open = Q(review__opened_on__isnull=False)
        return super().invited(user) & (Q(rater_id=user) | is_open)

    def seats_of(self) -> frozenset[UUID]:
        people = super().seats_of()
        return people if self.review.opened_on else people & {self.rater_id}


class Answer(InReview, SealedFile):
    """What the service says to the score of an item, within its week.

    `shown_by` names further evidence: a document, a log, somebody to ask. A file that
    shows it goes with the timer of the review; what was said stays.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="answers")
    item = models.PositiveSmallIntegerField(_("item"))
    text = models.TextField(_("answer of the service"))
    shown_by = models.TextField(_("what shows it"), blank=True)

    class Meta:
        ordering = ["item", "created_at"]

    def __str__(self) -> str:
        return f"{self.item}"


class Correction(InReview):
    """That a review found a score of an earlier one to have been wrong, and how.

    The earlier review keeps its score and is marked; the manual asks that the report
    says so and that the item is scored correctly now.
    """

    seats = choices.READERS

    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="corrections"
    )
    earlier = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="found_wrong"
    )
    item = models.PositiveSmallIntegerField(_("item"))
    text = models.TextField(_("what was wrong"))

    class Meta:
        ordering = ["item", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "earlier", "item"], name="correction_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}"


class Passage(InReview):
    """A passage of the report that is about the whole service; its reviewers' until told."""

    seats = choices.READERS

    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="passages"
    )
    part = models.CharField(max_length=12)  # strengths, priorities, introduction
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["part"]
        constraints = [
            models.UniqueConstraint(fields=["review", "part"], name="passage_once")
        ]

    def __str__(self) -> str:
        return self.part
