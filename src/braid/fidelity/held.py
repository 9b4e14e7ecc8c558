"""Whose a row of a review is: of those who sit in it, and of the service once it is told.

Until a review is moderated only those who were given a seat read what is in it: each
model says which seats. From then on the unit reads what it says, and the teams beside
it, as they read its figures.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from braid.access import shared
from braid.access.policy import Information, Subject
from braid.access.records import Record
from braid.fidelity.choices import ReviewStatus, Seat

NOBODYS = UUID(int=0)  # the office of what no office reads yet
TOLD = (ReviewStatus.MODERATED, ReviewStatus.ANSWERED, ReviewStatus.FINAL)


class InReview(Record):
    """A row within a review. `is_told` says whether the service ever reads it."""

    unit_path = "review__unit"
    information = Information.STATISTICAL
    is_told: ClassVar[bool] = True
    seats: ClassVar[tuple[Seat, ...]] = tuple(Seat)
    review: Any

    class Meta:
        abstract = True

    @classmethod
    def told(cls) -> Q:
        """Return the rows that the service reads by now."""
        if not cls.is_told:
            return Q(pk__in=())
        return Q(review__status__in=TOLD)

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        linked = links().filter(team_id__in=teams).values("unit_id")
        of_them = Q(review__unit_id__in=teams) | Q(review__unit_id__in=linked)
        return of_them & cls.told()

    @classmethod
    def held_by_organisations(cls, organisations: frozenset[UUID]) -> Q:
        return super().held_by_organisations(organisations) & cls.told()

    @classmethod
    def invited(cls, user: UUID) -> Q:
        return seated(user, OuterRef("review_id"), cls.seats)

    @property
    def is_told_now(self) -> bool:
        return type(self).is_told and self.review.status in TOLD

    def subject(
        self, information: Information | None = None, day: object = None
    ) -> Subject:
        unit = self.review.unit
        is_told = self.is_told_now
        return shared.subject(
            information or type(self).information,
            organisation=unit.organisation_id if is_told else NOBODYS,
            care=beside(unit.pk) if is_told else frozenset(),
            applicant=None,
            invited=self.seats_of(),
        )

    def seats_of(self) -> frozenset[UUID]:
        """Return who reads this row by their seat."""
        return frozenset(self.review.people(type(self).seats))


class SealedFile(models.Model):
    """What is kept of a file beside its bytes, which are sealed under the review's key."""

    file_name = models.CharField(max_length=150, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


def seated(user: UUID, review: Any, parts: tuple[Seat, ...]) -> Q:
    """Return the condition that somebody has one of these seats in a review today."""
    seats = apps.get_model("fidelity", "Seat").objects
    mine = seats.system("who sits in a review").filter(
        review=review, user_id=user, part__in=parts, ended_on__isnull=True
    )
    return Q(Exists(mine))


def beside(unit: UUID) -> frozenset[UUID]:
    """Return a unit and the teams that work with it."""
    linked = links().filter(unit_id=unit).values_list("team_id", flat=True)
    return frozenset({unit, *linked})


def links() -> Any:
    return apps.get_model("access", "TeamLink").objects
