"""What stands beside the figures of a unit: read by the unit and the teams beside it."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from braid.access import shared
from braid.access.policy import Information, Subject
from braid.access.records import Record


class BesideFigures(Record):
    """A row about the figures of a unit, which both sides of its tables read alike."""

    information = Information.STATISTICAL

    class Meta:
        abstract = True

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        linked = _links().filter(team_id__in=teams).values("unit_id")
        return super().held_by_teams(teams) | Q(**{f"{cls.unit_path}_id__in": linked})

    @property
    def unit_of(self) -> Any:
        """The unit whose figures it stands beside."""
        found: Any = self
        for step in type(self).unit_path.split("__"):
            found = getattr(found, step)
        return found

    @property
    def organisation_of(self) -> UUID:
        """The organisation whose office the row belongs to."""
        found: UUID = self.unit_of.organisation_id
        return found

    def subject(
        self, information: Information | None = None, day: object = None
    ) -> Subject:
        unit = getattr(self.unit_of, "pk", None)  # a report of all units has none
        linked = _links().filter(unit_id=unit).values_list("team_id", flat=True)
        return shared.subject(
            information or type(self).information,
            organisation=self.organisation_of,
            care=frozenset({unit, *linked} - {None}),
            applicant=None,
        )


def _links() -> Any:
    return apps.get_model("access", "TeamLink").objects
