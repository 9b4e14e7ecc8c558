"""The action plan: what a unit will do about an item, by whom and when."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information, Subject
from braid.facts.held import BesideFigures
from braid.fidelity import choices
from braid.fidelity.models.reviews import HIGHEST, LOWEST, Review


class PlannedAction(BesideFigures):
    """One action of the plan of a unit, tied to an item and to the measure that shows it.

    `review` is the one whose recommendation it came from, `decision_id` the
    decision of a meeting.
    """

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    # By value: a decision of a steering group is about no applicant, and a reference
    # would make the plan a table about whomever other decisions are about.
    decision_id = models.UUIDField(null=True, unique=True, editable=False)
    scale = models.CharField(_("scale"), max_length=30)
    item = models.PositiveSmallIntegerField(_("item"))
    target = models.PositiveSmallIntegerField(
        _("target score"),
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
    )
    what = models.TextField(_("what will be done"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    owner_words = models.CharField(_("who"), max_length=150, blank=True)
    due_on = models.DateField(_("by"))
    look_again_on = models.DateField(_("look at it again on"), null=True, blank=True)
    progress = models.CharField(
        _("progress"),
        max_length=10,
        choices=choices.Progress.choices,
        default=choices.Progress.OPEN,
    )
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "item"]
        indexes = [models.Index(fields=["unit", "progress"])]

    def __str__(self) -> str:
        return f"{self.item} {self.due_on}"

    @classmethod
    def invited(cls, user: UUID) -> Q:
        return Q(owner_id=user)

    def subject(
        self, information: Information | None = None, day: object = None
    ) -> Subject:
        """Return what the policy asks about; whoever took it on was asked in person."""
        owner = frozenset({self.owner_id}) if self.owner_id else frozenset()
        return replace(super().subject(information, day), invited=owner)


class ProgressNote(BesideFigures):
    """What was said about an action on a day."""

    unit_path = "action__unit"

    action = models.ForeignKey(
        PlannedAction, on_delete=models.CASCADE, related_name="notes"
    )
    day = models.DateField(_("day"))
    progress = models.CharField(
        _("progress"), max_length=10, choices=choices.Progress.choices
    )
    text = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["day", "created_at"]

    def __str__(self) -> str:
        return f"{self.day}"
