"""Meetings of every kind: who was there, whom it was about, what was said and decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Action, Information
from braid.access.records import Record
from braid.teamwork.choices import MeetingKind, NotYetOutcome
from braid.teamwork.held import AtTable
from braid.teamwork.models.groups import Group
from braid.work.choices import Mode

BETWEEN_TWO = (MeetingKind.SUPERVISION, MeetingKind.FIELD_MENTORING)


class Meeting(AtTable):
    """One meeting of one kind on one day.

    `team` is the treatment team or job centre that the unit meets with, `group` the
    standing group, `specialist` whose supervision or field mentoring it is. `changes`
    counts every change of anything in it: a page that shows the meeting asks by it
    whether there is something new. `figures` are the numbers seen, as they stood.
    """

    group_path = "group"
    people_paths = ("specialist", "led_by")

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=MeetingKind.choices)
    team = models.ForeignKey(
        "access.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("specialist"),
    )
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("led by"),
    )
    day = models.DateField(_("day"))
    begins_at = models.TimeField(_("at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, blank=True)
    place_words = models.CharField(_("where"), max_length=100, blank=True)
    figures = models.JSONField(default=dict, blank=True, editable=False)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    changes = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-day"]
        indexes = [
            models.Index(fields=["unit", "day"]),
            models.Index(fields=["team", "day"]),
            models.Index(fields=["specialist", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"

    @property
    def takes(self) -> Action:
        """The act that opens it: supervision is between two, others are at a table."""
        return Action.SUPERVISE if self.kind in BETWEEN_TWO else Action.TAKE_PART


class OfMeeting(AtTable):
    """A row within a meeting, held as the meeting is."""

    unit_path = "meeting__unit"
    team_path = "meeting__team"
    group_path = "meeting__group"
    people_paths = ("meeting__specialist", "meeting__led_by")

    class Meta:
        abstract = True


class Attendance(OfMeeting):
    """Whether one member of staff, or a guest by name, was at one meeting."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="attendance"
    )
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    member = models.ForeignKey(
        "teamwork.GroupMember", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    guest = models.CharField(_("guest"), max_length=150, blank=True)
    present = models.BooleanField(_("present"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.present}"


class NotYetReferred(Record):
    """Somebody whom a treatment team wants to ask about work; the team's own list.

    `label` is how the team calls the person: initials or a first name. The unit never
    reads it.
    """

    unit_path = "team"
    information = Information.IDENTITY

    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(_("initials or first name"), max_length=60)
    added_on = models.DateField(_("noted"))
    ask_on = models.DateField(_("ask again on"), null=True, blank=True)
    outcome = models.CharField(
        _("what came of it"), max_length=14, choices=NotYetOutcome.choices, blank=True
    )
    outcome_on = models.DateField(_("on"), null=True, blank=True)

    class Meta:
        ordering = ["added_on", "created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class Discussion(OfMeeting):
    """One line of a meeting: a person, what was said and what is asked of whom.

    It can be prepared before the meeting; `discussed` says that it was talked about.
    Both sides read it, the other one on consent; a line of somebody who was not referred
    yet names nobody.
    """

    applicant_path = "episode__applicant_id"
    information = Information.ATTENDANCE

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="discussions"
    )
    episode = models.ForeignKey(
        "people.Episode",
        on_delete=models.CASCADE,
        null=True,
        related_name="discussions",
    )
    not_yet = models.ForeignKey(
        NotYetReferred, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    unreferred = models.BooleanField(_("not referred yet"), default=False)
    discussed = models.BooleanField(_("talked about"), default=False)
    words = models.TextField(_("what was said"), blank=True)
    asked = models.CharField(_("what is asked of whom"), max_length=300, blank=True)
    to_health_record_on = models.DateField(
        _("put into the health record"), null=True, blank=True
    )

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "episode"],
                condition=Q(episode__isnull=False),
                name="discussion_once_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(unreferred=False) | Q(episode__isnull=True),
                name="discussion_unreferred_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MeetingNote(OfMeeting):
    """What was noted about nobody in particular, for both sides or for one's own."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    only = models.ForeignKey(
        "access.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only for"),
    )
    text = models.TextField(_("note"))

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class Observation(OfMeeting):
    """What was seen in field mentoring, what was said about it, and the next skill."""

    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, related_name="observation"
    )
    employer_kind = models.CharField(_("kind of employer"), max_length=150, blank=True)
    skill = models.CharField(_("skill that was looked at"), max_length=200)
    seen = models.TextField(_("what was seen"), blank=True)
    feedback = models.TextField(_("what was said about it"), blank=True)
    next_skill = models.CharField(_("next skill"), max_length=200, blank=True)
    next_on = models.DateField(_("next time"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
