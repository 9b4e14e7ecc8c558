"""Standing groups, and what waits for their meetings."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.access.records import Record
from braid.teamwork.choices import GroupPart, MeetingKind
from braid.teamwork.held import AtTable


class Group(AtTable):
    """People of several organisations who meet again and again: steering, practitioners."""

    team_path = ""
    group_path = "pk"

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=MeetingKind.choices)
    name = models.CharField(_("name"), max_length=100)
    ended_on = models.DateField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def _group(self) -> "Group":
        return self

    def people(self) -> list[UUID]:
        """Return the users who are members today; a group that has ended has none."""
        if self.ended_on is not None:
            return []
        rows: Any = self.members.system("who was invited to a standing group")
        open_rows = rows.filter(user__isnull=False, last_day__isnull=True)
        return list(open_rows.values_list("user_id", flat=True))


class GroupMember(AtTable):
    """Somebody in a standing group, with an account or by name, and whom they stand for."""

    unit_path = "group__unit"
    team_path = ""
    group_path = "group"

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=150)
    part = models.CharField(_("for"), max_length=20, choices=GroupPart.choices)
    body = models.CharField(_("organisation"), max_length=150, blank=True)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["part", "name"]

    def __str__(self) -> str:
        return str(self.pk)


class Matter(AtTable):
    """Something for the agenda of a kind of meeting; names nobody.

    `meeting` is the one that took it up, `answer` what came of it.
    """

    group_path = "group"

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        _("for which meeting"), max_length=16, choices=MeetingKind.choices
    )
    team = models.ForeignKey(
        "access.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, null=True, blank=True, related_name="matters"
    )
    text = models.CharField(_("what"), max_length=500)
    meeting = models.ForeignKey(
        "teamwork.Meeting", on_delete=models.SET_NULL, null=True, related_name="matters"
    )
    answer = models.CharField(_("what came of it"), max_length=500, blank=True)
    settled_on = models.DateField(_("settled"), null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        indexes = [models.Index(fields=["unit", "kind", "settled_on"])]

    def __str__(self) -> str:
        return str(self.pk)


class Cover(Record):
    """Who does a colleague's work for some days."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who is away"),
    )
    covered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who stands in"),
    )
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    words = models.CharField(_("what matters"), max_length=300, blank=True)
    meeting = models.ForeignKey(
        "teamwork.Meeting", on_delete=models.SET_NULL, null=True, related_name="covers"
    )

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="cover_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"
