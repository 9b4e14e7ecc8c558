"""Whose money rows are: of the unit that claims, of the funder's desk, of the office.

A row about money says nothing of a person: cases stand in it under a pseudonym, and the
link to an episode is a row of its own (`models.Case`), which the unit alone reads. So no
list, page or export of a funder can reach somebody, whatever it asks. Money rows have
no class of information, so that the right to read figures never opens an amount.
"""

from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.access import shared
from braid.access.policy import Action, Actor, Information, Subject
from braid.access.records import Record, Scoped
from braid.access.scopes import ScopedQuerySet
from braid.kernel.errors import BraidError
from braid.kernel.ids import new_id


class WrittenOnce(BraidError):
    """Somebody tried to change a row that is written once."""

    code = "written_once"


class MoneyQuerySet(ScopedQuerySet):
    """Rows about money: reading them is an act of its own."""

    def visible_to(
        self,
        actor: Actor,
        action: Action = Action.SEE_AMOUNTS,
        information: Information | None = None,
    ) -> Self:
        return super().visible_to(actor, action, information)


class MoneyManager(models.Manager.from_queryset(MoneyQuerySet)):  # type: ignore[misc]
    """The only manager of rows about money."""


class WrittenQuerySet(MoneyQuerySet):
    """Rows about money that are written once."""

    def update(self, **kwargs: Any) -> int:
        raise WrittenOnce(
            f"'{self.model.__name__}' rows are written once, never changed."
        )


class WrittenManager(models.Manager.from_queryset(WrittenQuerySet)):  # type: ignore[misc]
    """The only manager of rows about money that are written once."""


class OfAgreement(Scoped):
    """What belongs to an agreement: read by its unit and by the desk of its funder.

    `agreement_path` leads to the agreement, empty on the agreement itself.
    """

    agreement_path: ClassVar[str] = "agreement"
    information = None

    objects = MoneyManager()  # type: ignore[misc]

    class Meta:
        abstract = True

    @classmethod
    def _to(cls, field: str) -> str:
        return f"{cls.agreement_path}__{field}" if cls.agreement_path else field

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        unit, desk = cls._to("unit_id__in"), cls._to("funder_id__in")
        return Q(**{unit: teams}) | Q(**{desk: teams})

    @classmethod
    def held_by_organisations(cls, organisations: frozenset[UUID]) -> Q:
        return Q(**{cls._to("unit__organisation_id__in"): organisations})

    @property
    def agreement_of(self) -> Any:
        """The agreement that the row belongs to."""
        found: Any = self
        for step in filter(None, type(self).agreement_path.split("__")):
            found = getattr(found, step)
        return found

    @property
    def organisation_of(self) -> UUID:
        """The organisation whose office the row belongs to: the one that claims."""
        found: UUID = self.agreement_of.unit.organisation_id
        return found

    def subject(
        self, information: Information | None = None, day: date | None = None
    ) -> Subject:
        agreement = self.agreement_of
        return shared.subject(
            information,
            organisation=agreement.unit.organisation_id,
            care=frozenset({agreement.unit_id, agreement.funder_id}),
            applicant=None,
        )


class MoneyRecord(OfAgreement, Record):
    """A row about money that is edited in place, with a row version."""

    objects = MoneyManager()  # type: ignore[misc]

    class Meta:
        abstract = True


class Written(OfAgreement):
    """A row about money that is written once and never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    written_at = models.DateTimeField(_("written at"), auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )

    objects = WrittenManager()  # type: ignore[misc]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce(f"'{type(self).__name__}' rows are written once.")
        super().save(*args, **kwargs)
