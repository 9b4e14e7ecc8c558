"""Plans: the search plan, who does what by when, step-down, and handovers.

A search plan that was agreed is never rewritten: another one takes its place from a day
on, so that it is known which one was in force on any day.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.people.choices import AgreedHow, Owner, TargetKind
from braid.people.held import OfEpisode
from braid.people.models.episodes import Episode


class SearchPlan(OfEpisode):
    """What the applicant looks for, and under which conditions; in force once agreed."""

    information = Information.WORK_GOALS

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="search_plans"
    )
    number = models.PositiveSmallIntegerField()
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"), null=True, blank=True)
    goal = models.TextField(_("the goal in own words"))
    hours_from = models.DecimalField(
        _("hours a week, at least"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
    )
    hours_to = models.DecimalField(
        _("hours a week, at most"),
        max_digits=3,
        decimal_places=1,
        null=True,
        blank=True,
    )
    times = models.CharField(_("when"), max_length=200, blank=True)
    travel_minutes = models.PositiveSmallIntegerField(
        _("minutes on the way, at most"), null=True, blank=True
    )
    travel = models.CharField(_("how to get there"), max_length=200, blank=True)
    surroundings = models.TextField(_("what the place should be like"), blank=True)
    avoid = models.TextField(_("places and work to avoid"), blank=True)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    reviewed_on = models.DateField(_("last looked at"), null=True, blank=True)
    agreed_on = models.DateField(_("agreed"), null=True, blank=True)
    agreed_how = models.CharField(
        _("how it was agreed"), max_length=12, choices=AgreedHow.choices, blank=True
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "number"], name="search_plan_order"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="search_plan_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(hours_from__isnull=True)
                | Q(hours_to__isnull=True)
                | Q(hours_to__gte=F("hours_from")),
                name="search_plan_hours_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class PlanSeen(OfEpisode):
    """A treatment team has seen a search plan: which team, who, on which day."""

    unit_path = "plan__episode__unit"
    applicant_path = "plan__episode__applicant_id"
    information = Information.WORK_GOALS

    plan = models.ForeignKey(SearchPlan, on_delete=models.CASCADE, related_name="seen")
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("seen"))

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "team"], name="plan_seen_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class PlanTarget(OfEpisode):
    """An occupation or industry that a plan looks for; the code where it was found."""

    unit_path = "plan__episode__unit"
    applicant_path = "plan__episode__applicant_id"
    information = Information.WORK_GOALS

    plan = models.ForeignKey(
        SearchPlan, on_delete=models.CASCADE, related_name="targets"
    )
    kind = models.CharField(max_length=10, choices=TargetKind.choices)
    code = models.CharField(max_length=6, blank=True)  # ISCO-08 or ISIC Rev. 4
    words = models.CharField(_("in words"), max_length=150, blank=True)

    class Meta:
        ordering = ["kind", "code", "words"]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class PlanAction(OfEpisode):
    """Who does what by when, on the way to a job."""

    information = Information.WORK_GOALS

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="plan_actions"
    )
    text = models.CharField(_("what"), max_length=300)
    owner = models.CharField(_("who"), max_length=12, choices=Owner.choices)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "created_at"]
        indexes = [models.Index(fields=["episode", "done_on"])]

    def __str__(self) -> str:
        return str(self.pk)


class StepDownPlan(OfEpisode):
    """How the support grows less, who helps now, and how to come back without asking."""

    information = Information.WORK_GOALS
    field_information: ClassVar[dict[str, Information]] = {
        "early_signs": Information.HEALTH_AT_WORK
    }

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="step_down_plans"
    )
    agreed_on = models.DateField(_("agreed"))
    supporter = models.CharField(_("who helps now"), max_length=200)
    early_signs = models.TextField(_("early signs, and what helps then"), blank=True)
    way_back = models.TextField(_("the way back"))
    person_agreed = models.BooleanField(_("the person agreed"))
    team_meeting_on = models.DateField(
        _("talked about in the treatment team"), null=True, blank=True
    )

    class Meta:
        ordering = ["-agreed_on", "-created_at"]

    def __str__(self) -> str:
        return f"{self.agreed_on}"


class Handover(OfEpisode):
    """What one specialist tells the next about somebody, and whether all three met."""

    information = Information.CONVERSATION

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="handovers"
    )
    day = models.DateField(_("from"))
    from_specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    to_specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    words = models.TextField(_("what the next one should know"), blank=True)
    met_on = models.DateField(_("met all three"), null=True, blank=True)

    class Meta:
        ordering = ["-day", "-created_at"]

    def __str__(self) -> str:
        return f"{self.day}"
