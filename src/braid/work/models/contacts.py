"""Contacts: with applicants, and with employers for somebody or for nobody yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.access.records import Record
from braid.people.held import OfEpisode
from braid.work.choices import (
    InitiatedBy,
    MadeBy,
    Mode,
    Outcome,
    Phase,
    Place,
    Told,
    VisitStage,
)
from braid.work.models.employers import Employer


class EmployerContact(Record):
    """One contact with an employer, for somebody in particular or for nobody yet."""

    applicant_path = "episode__applicant_id"
    information = Information.WORK_GOALS

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("specialist"),
    )
    made_by = models.CharField(
        _("made by"), max_length=10, choices=MadeBy.choices, default=MadeBy.SPECIALIST
    )
    employer = models.ForeignKey(
        Employer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("employer"),
    )
    episode = models.ForeignKey(
        "people.Episode",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="employer_contacts",
    )
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, blank=True)
    with_hiring_role = models.BooleanField(
        _("spoke to somebody who hires"), null=True, blank=True
    )
    spoke_to = models.CharField(_("spoke to"), max_length=150, blank=True)
    stage = models.CharField(
        _("step"), max_length=10, choices=VisitStage.choices, blank=True
    )
    fits_plan = models.BooleanField(_("fits the plan"), null=True, blank=True)
    told = models.CharField(
        _("what the employer was told about the person"),
        max_length=12,
        choices=Told.choices,
        blank=True,
    )
    thanked = models.BooleanField(_("thanks sent"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True
    )
    learned = models.TextField(_("what we learned"), blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("next step on"), null=True, blank=True)

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [
            models.Index(fields=["unit", "day"]),
            models.Index(fields=["episode", "day"]),
            models.Index(fields=["employer", "day"]),
            models.Index(fields=["staff", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.mode}"


class Contact(OfEpisode):
    """A support contact with an applicant: kept or not, where, how long, who was there.

    `note` is the unit's, `shared_note` what two sides said to each other about the
    person: it is read like the contact itself.
    """

    information = Information.ATTENDANCE
    field_information: ClassVar[dict[str, Information]] = {
        "note": Information.CONVERSATION
    }

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="contacts"
    )
    day = models.DateField(_("day"))
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("specialist"),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, blank=True)
    place = models.CharField(
        _("where"), max_length=18, choices=Place.choices, blank=True
    )
    place_words = models.CharField(_("place in words"), max_length=100, blank=True)
    phase = models.CharField(
        _("what for"), max_length=14, choices=Phase.choices, blank=True
    )
    attended = models.BooleanField(_("did you meet?"), null=True, blank=True)
    with_applicant = models.BooleanField(_("applicant"), null=True, default=True)
    with_clinician = models.BooleanField(_("clinician"), null=True, blank=True)
    with_caseworker = models.BooleanField(_("caseworker"), null=True, blank=True)
    with_family = models.BooleanField(_("family"), null=True, blank=True)
    outreach = models.BooleanField(_("outreach"), null=True, blank=True)
    scheduled = models.BooleanField(_("was agreed beforehand"), null=True, blank=True)
    initiated_by = models.CharField(
        _("on whose initiative"),
        max_length=12,
        choices=InitiatedBy.choices,
        blank=True,
    )
    note = models.TextField(_("note"), blank=True)
    shared_note = models.TextField(_("note that both sides read"), blank=True)

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [
            models.Index(fields=["episode", "day"]),
            models.Index(fields=["staff", "day"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=1440),
                name="contact_within_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.mode}"
