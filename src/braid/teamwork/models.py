"""Meetings and who was there. Their pages come with the teamwork issue."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.access.records import Record
from braid.teamwork.choices import MeetingKind


class Meeting(Record):
    """One meeting of one kind on one day, of a treatment team where it is one."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=MeetingKind.choices)
    team = models.ForeignKey(
        "access.Team", on_delete=models.PROTECT, null=True, related_name="+"
    )
    day = models.DateField(_("day"))

    class Meta:
        ordering = ["-day"]
        indexes = [models.Index(fields=["unit", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class Attendance(Record):
    """Whether one member of staff was at one meeting."""

    unit_path = "meeting__unit"

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="attendance"
    )
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    present = models.BooleanField(_("present"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.present}"
