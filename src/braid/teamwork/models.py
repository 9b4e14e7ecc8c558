"""Meetings and who was there; tasks, and clocks that somebody put off."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from braid.access.choices import Sector
from braid.access.policy import Information
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


class Task(Record):
    """Something to do by a day, of one person or of a sector, about somebody or nobody."""

    applicant_path = "episode__applicant_id"
    information = Information.ATTENDANCE

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        "people.Episode",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("about"),
    )
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    sector = models.CharField(_("which side"), max_length=20, choices=Sector.choices)
    text = models.CharField(_("what"), max_length=300)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "created_at"]
        indexes = [
            models.Index(fields=["staff", "done_on"]),
            models.Index(fields=["unit", "done_on"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Snooze(Record):
    """A reminder put off until a day by somebody, with the reason."""

    applicant_path = "episode__applicant_id"
    information = Information.ATTENDANCE

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, null=True, related_name="snoozes"
    )
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(
        max_length=30
    )  # the clock's slug, or "task", "plan_action", …
    record_id = models.UUIDField(null=True)  # which job, task or step it is about
    until_on = models.DateField(_("again on"))
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        ordering = ["-until_on", "-created_at"]
        indexes = [models.Index(fields=["staff", "until_on"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.until_on}"
