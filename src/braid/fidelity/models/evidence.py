"""What reviewers gather: conversations, observations, documents, a sample of records."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.access.choices import RoleChoice
from braid.fidelity import choices
from braid.fidelity.held import InReview, SealedFile
from braid.fidelity.models.reviews import Review


class Gathered(InReview):
    """A row that goes when the timer of the review has run; the service never reads it."""

    is_told = False

    class Meta:
        abstract = True


class WithFile(Gathered, SealedFile):
    """A row to which a file may belong, and that goes with it."""

    class Meta:
        abstract = True


class Meeting(Gathered):
    """Somebody to be met, or something to be watched, in the days of a review.

    `name` is who that is, as the agenda says it; it goes with the timer.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="agenda")
    kind = models.CharField(
        _("kind"), max_length=20, choices=choices.EvidenceKind.choices
    )
    what = models.CharField(_("what"), max_length=150)
    with_role = models.CharField(
        _("with"), max_length=20, choices=RoleChoice.choices, blank=True
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    begins_at = models.TimeField(_("at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    held = models.BooleanField(_("took place"), null=True, blank=True)

    class Meta:
        ordering = ["day", "begins_at", "created_at"]

    def __str__(self) -> str:
        return self.what


class Evidence(WithFile):
    """What one reviewer saw, heard or read about an item; theirs until both have locked."""

    seats = choices.READERS

    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="evidence"
    )
    item = models.PositiveSmallIntegerField(_("item"), null=True, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=choices.EvidenceKind.choices
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    text = models.TextField(_("what was seen or said"))

    class Meta:
        ordering = ["item", "created_at"]

    def __str__(self) -> str:
        return f"{self.item} {self.kind}"

    @classmethod
    def invited(cls, user: UUID) -> Q:
        is_open = Q(review__opened_on__isnull=False)
        return super().invited(user) & (Q(created_by_id=user) | is_open)

    def seats_of(self) -> frozenset[UUID]:
        people = super().seats_of()
        return people if self.review.opened_on else people & {self.created_by_id}


class Piece(WithFile):
    """Something that the service is asked to bring, and what it brought of it.

    `code` names the piece in the list of the room; `answered` says of each item that it
    is for how much the record says: whole, part, signals or nothing. Words and file go
    with the timer, that it was brought stays.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="pieces")
    code = models.CharField(max_length=30)
    answered = models.JSONField(default=dict, editable=False)
    brought_on = models.DateField(null=True, editable=False)
    note = models.TextField(_("where it is, or why there is none"), blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["review", "code"], name="piece_once")
        ]

    def __str__(self) -> str:
        return self.code


class Chart(Gathered):
    """One record of the sample, by its number in the draw and the group it stands for.

    Whose record it is only the service knows: reviewers read a number. The key goes with
    the timer, the number and the group stay.
    """

    seats = choices.READERS

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="charts")
    number = models.PositiveSmallIntegerField(_("number"))
    stratum = models.CharField(_("group"), max_length=20)
    episode_id = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="chart_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.stratum}"
