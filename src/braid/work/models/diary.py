"""The working day: what is planned, and where the time went."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.access.records import Record
from braid.work.choices import Activity, AppointmentState, AppointmentWith, Mode, Place
from braid.work.models.contacts import Contact, EmployerContact
from braid.work.models.employers import Employer


class Appointment(Record):
    """A time planned with an applicant, an employer, a clinic or others.

    Once it was kept it is a contact, made with one tap; the two know each other.
    """

    applicant_path = "episode__applicant_id"
    information = Information.ATTENDANCE
    field_information: ClassVar[dict[str, Information]] = {
        "topic": Information.CONVERSATION
    }

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("specialist"),
    )
    with_whom = models.CharField(
        _("with"), max_length=10, choices=AppointmentWith.choices
    )
    episode = models.ForeignKey(
        "people.Episode",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="appointments",
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    day = models.DateField(_("day"))
    begins_at = models.TimeField(_("at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, blank=True)
    place = models.CharField(
        _("where"), max_length=18, choices=Place.choices, blank=True
    )
    place_words = models.CharField(_("place in words"), max_length=100, blank=True)
    topic = models.CharField(_("what about"), max_length=200, blank=True)
    state = models.CharField(
        max_length=9, choices=AppointmentState.choices, default=AppointmentState.PLANNED
    )
    contact = models.OneToOneField(
        Contact, on_delete=models.SET_NULL, null=True, related_name="appointment"
    )
    employer_contact = models.OneToOneField(
        EmployerContact,
        on_delete=models.SET_NULL,
        null=True,
        related_name="appointment",
    )

    class Meta:
        ordering = ["day", "begins_at"]
        indexes = [
            models.Index(fields=["staff", "day"]),
            models.Index(fields=["episode", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.with_whom}"


class TimeEntry(Record):
    """Working time of one member of staff on one day, by activity. Names no applicant."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(_("day"))
    activity = models.CharField(_("what for"), max_length=14, choices=Activity.choices)
    place = models.CharField(
        _("where"), max_length=18, choices=Place.choices, blank=True
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        ordering = ["day", "activity"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "staff", "day", "activity", "place"],
                name="time_entry_once",
            ),
            models.CheckConstraint(
                condition=Q(minutes__lte=1440), name="time_entry_within_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.activity} {self.minutes}"
