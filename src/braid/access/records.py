"""What every record of the house shares: an opaque id, an author, a version, a scope."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.access import shared
from braid.access.policy import Information, Subject
from braid.access.scopes import ScopedManager
from braid.kernel.ids import new_id


class Scoped(models.Model):
    """A model whose rows are read through the policy only.

    A subclass names the path to the unit that holds the row (`unit_path`), the path to
    the key of the applicant whom it is about (`applicant_path`, empty where it is about
    nobody), the class of information that it is (`information`), and where single fields
    are of another class, those (`field_information`).
    """

    unit_path: ClassVar[str] = "unit"
    applicant_path: ClassVar[str] = ""
    # Written to those whom it names: consent to its class opens it to nobody else.
    is_addressed: ClassVar[bool] = False
    information: ClassVar[Information | None] = None
    field_information: ClassVar[dict[str, Information]] = {}

    objects = ScopedManager()

    class Meta:
        abstract = True

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        return Q(**{f"{cls.unit_path}_id__in": teams})

    @classmethod
    def held_by_organisations(cls, organisations: frozenset[UUID]) -> Q:
        return Q(**{f"{cls.unit_path}__organisation_id__in": organisations})

    @classmethod
    def invited(cls, user: UUID) -> Q:
        """Return the rows to which somebody was invited in person: here none."""
        return Q(pk__in=())

    @property
    def about(self) -> UUID | None:
        """The key of the applicant whom this row is about."""
        if not self.applicant_path:
            return None
        found: Any = self
        for step in self.applicant_path.split("__"):
            found = getattr(found, step) if found is not None else None
        return found

    def subject(
        self, information: Information | None = None, day: date | None = None
    ) -> Subject:
        """Return the facts about this row that the policy needs.

        What is shared is told for a day; without one only care and ownership are, which
        is all that a write can rest on.
        """
        unit: Any = self
        for step in self.unit_path.split("__"):
            unit = getattr(unit, step)
        return shared.subject(
            information or type(self).information,
            organisation=unit.organisation_id,
            care=frozenset({unit.pk}),
            applicant=self.about,
            day=day,
        )


class Record(Scoped):
    """A record that is edited in place, with a row version that a stale form meets."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
