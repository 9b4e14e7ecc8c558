"""Notes that people set beside a figure of the lens."""

from typing import ClassVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.access import shared
from braid.access.policy import Information, Subject
from braid.access.records import Record


class Annotation(Record):
    """What a steering group or somebody of the unit says about a figure of a quarter."""

    information: ClassVar[Information | None] = None

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(_("figure"), max_length=60)
    quarter = models.CharField(_("quarter"), max_length=6)
    text = models.TextField(_("note"))

    class Meta:
        ordering = ["quarter", "created_at"]
        indexes = [models.Index(fields=["unit", "measure", "quarter"])]

    def __str__(self) -> str:
        return f"{self.measure} {self.quarter}"

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        # Both sides read the same page: the unit, and the teams that it works with.
        links = apps.get_model("access", "TeamLink").objects
        linked = links.filter(team_id__in=teams).values("unit_id")
        return Q(unit_id__in=teams) | Q(unit_id__in=linked)

    def subject(
        self, information: Information | None = None, day: object = None
    ) -> Subject:
        linked = self.unit.links.values_list("team_id", flat=True)
        return shared.subject(
            information or type(self).information,
            organisation=self.unit.organisation_id,
            care=frozenset({self.unit_id, *linked}),
            applicant=None,
        )
