"""Organisations, their teams, and which teams work together."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.access.choices import Sector, TeamKind
from braid.access.policy import Subject
from braid.kernel.ids import new_id


class Organisation(models.Model):
    """A body that holds records or takes part: a hospital, a municipality, a provider."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices)
    country = models.CharField(_("country"), max_length=2)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    calendar_initials = models.BooleanField(
        _("calendars may show the initials of applicants"), default=False
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def subject(self) -> Subject:
        return Subject(information=None, organisation=self.pk)


class Team(models.Model):
    """A group of people within an organisation; an IPS unit is a team of its own kind."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="teams"
    )
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=TeamKind.choices)
    takes_enquiries = models.BooleanField(
        _("people may write from outside that they want to work"), default=False
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def subject(self, information: Any = None) -> Subject:
        return Subject(
            information=information,
            organisation=self.organisation_id,
            care=frozenset({self.pk}),
        )


class TeamLink(models.Model):
    """An IPS unit and a treatment team or job centre that it works with."""

    unit = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="links")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="units")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "team"], name="team_link_once"),
            models.CheckConstraint(
                condition=~Q(unit=F("team")), name="team_link_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} – {self.team_id}"
