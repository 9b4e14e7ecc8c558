"""Tasks and decisions; reminders that somebody put off; who has seen a decision."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from braid.access.choices import Sector
from braid.access.policy import Information
from braid.access.records import Record
from braid.teamwork.held import AtTable
from braid.teamwork.models.meetings import Meeting


class Task(AtTable):
    """Something to do by a day, of one person or of a sector, about somebody or nobody.

    One with a `meeting` is what that meeting decided: it belongs to both sides of the
    table, and where `for_unit` is set, everybody of the unit is told. `item` is the
    fidelity item that it is to raise.
    """

    applicant_path = "episode__applicant_id"
    team_path = "meeting__team"
    group_path = "meeting__group"
    people_paths = ("staff",)
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
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, related_name="decisions"
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
    for_unit = models.BooleanField(_("everybody of the unit is told"), default=False)
    item = models.CharField(_("fidelity item"), max_length=10, blank=True)

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "created_at"]
        indexes = [
            models.Index(fields=["staff", "done_on"]),
            models.Index(fields=["unit", "done_on"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Told(Record):
    """Somebody has seen a decision that the whole unit is told."""

    unit_path = "task__unit"

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="told")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    seen_on = models.DateField(_("seen"))

    class Meta:
        ordering = ["seen_on"]
        constraints = [
            models.UniqueConstraint(fields=["task", "staff"], name="told_once")
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
