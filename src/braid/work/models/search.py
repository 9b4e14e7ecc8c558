"""The search: what was applied for, and leads that the unit shares."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.access.records import Record
from braid.people.held import OfEpisode
from braid.work.choices import ApplicationResult, Channel, LeadState
from braid.work.models.employers import Employer


class Application(OfEpisode):
    """One application of one person, from the day it was sent to its answer."""

    information = Information.WORK_GOALS
    field_information: ClassVar[dict[str, Information]] = {
        "feedback": Information.CONVERSATION
    }

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="applications"
    )
    employer = models.ForeignKey(
        Employer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("employer"),
    )
    title = models.CharField(_("job title"), max_length=150, blank=True)
    day = models.DateField(_("sent"))
    channel = models.CharField(
        _("how"), max_length=12, choices=Channel.choices, blank=True
    )
    help_given = models.CharField(_("our help"), max_length=200, blank=True)
    interview_on = models.DateField(_("interview"), null=True, blank=True)
    with_at_interview = models.BooleanField(
        _("we went along to the interview"), null=True, blank=True
    )
    result = models.CharField(
        _("how it stands"),
        max_length=12,
        choices=ApplicationResult.choices,
        default=ApplicationResult.SENT,
    )
    result_on = models.DateField(_("answer"), null=True, blank=True)
    feedback = models.TextField(_("what we heard"), blank=True)

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [models.Index(fields=["episode", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.result}"


class Lead(Record):
    """A job that somebody of the unit heard of, shared with all. Names no applicant."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(
        Employer,
        on_delete=models.PROTECT,
        related_name="leads",
        verbose_name=_("employer"),
    )
    title = models.CharField(_("which work"), max_length=150)
    occupation = models.CharField(_("occupation (ISCO-08)"), max_length=4, blank=True)
    heard_on = models.DateField(_("heard of on"))
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
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
    must_haves = models.CharField(_("what is required"), max_length=300, blank=True)
    words = models.TextField(_("more about it"), blank=True)
    open_until = models.DateField(_("open until"), null=True, blank=True)
    state = models.CharField(
        max_length=6, choices=LeadState.choices, default=LeadState.OPEN
    )

    class Meta:
        ordering = ["-heard_on", "-created_at"]
        indexes = [models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return str(self.pk)
