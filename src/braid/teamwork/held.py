"""Whose own care a row of this room is: a unit's, and the team's that meets with it.

What says nothing about a person belongs to both sides of the table. What is about
somebody belongs to the unit, and the other side reads it on consent or duty.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from braid.access import shared
from braid.access.policy import Information, Subject
from braid.access.records import Record


class AtTable(Record):
    """A row at a table that a unit and perhaps another team sit at.

    `unit_path` and `team_path` lead to the two; `group_path` to a standing group, whose
    members are invited in person.
    """

    team_path: ClassVar[str] = "team"
    group_path: ClassVar[str] = ""
    people_paths: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        held = Q(**{f"{cls.unit_path}_id__in": teams})
        if cls.team_path:
            held |= cls._about_nobody() & Q(**{f"{cls.team_path}_id__in": teams})
        return held

    @classmethod
    def invited(cls, user: UUID) -> Q:
        """Return the rows to which somebody was invited in person."""
        held = Q(pk__in=())
        for path in cls.people_paths:
            held |= Q(**{f"{path}_id": user})
        if cls.group_path:
            members = _members().filter(
                group=OuterRef(cls.group_path),
                group__ended_on__isnull=True,
                user_id=user,
                last_day__isnull=True,
            )
            held |= Q(Exists(members))
        return held

    @classmethod
    def _about_nobody(cls) -> Q:
        if not cls.applicant_path:
            return Q()
        path = cls.applicant_path.rpartition("__")[0]
        return Q(**{f"{path}__isnull": True})

    def subject(
        self, information: Information | None = None, day: Any = None
    ) -> Subject:
        unit, about = _at(self, self.unit_path), self.about
        team = _at(self, self.team_path) if self.team_path and about is None else None
        people = {_at(self, f"{path}_id") for path in self.people_paths}
        group = self._group()
        if group is not None:
            people |= set(group.people())
        asked = information or type(self).information
        return shared.subject(
            asked,
            organisation=unit.organisation_id,
            care=frozenset({unit.pk} | ({team.pk} if team else set())),
            applicant=about,
            day=day,
            invited=frozenset(people - {None}),
        )

    def _group(self) -> Any:
        return _at(self, self.group_path) if self.group_path else None


def _at(row: Any, path: str) -> Any:
    """Return what stands at the end of a path, None where the way ends before."""
    for step in path.split("__"):
        row = getattr(row, step) if row is not None else None
    return row


def _members() -> Any:
    """Return the members of standing groups, which are defined upon this file."""
    members: Any = apps.get_model("teamwork", "GroupMember").objects
    return members.system("who was invited to a standing group")
