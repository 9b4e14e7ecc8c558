"""Applicants, and what belongs to them whatever their course."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from braid.access import shared
from braid.access.policy import Information, Subject
from braid.access.records import Record
from braid.people.choices import Gender


def _episodes() -> Any:
    """Return the manager of the episodes, which are defined upon applicants."""
    return apps.get_model("people", "Episode").objects


def _treatment_notes() -> Any:
    return apps.get_model("people", "TreatmentNote").objects


class Applicant(Record):
    """A person who wants, wanted or may want to work. Held by the units of the episodes."""

    information = Information.IDENTITY
    field_information: ClassVar[dict[str, Information]] = {
        "phone": Information.CONTACT_DETAILS,
        "email": Information.CONTACT_DETAILS,
        "address": Information.CONTACT_DETAILS,
        "postcode": Information.CONTACT_DETAILS,
        "city": Information.CONTACT_DETAILS,
        "secret_address": Information.CONTACT_DETAILS,
    }
    applicant_path = "pk"

    organisation = models.ForeignKey(
        "access.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(
        _("gender"), max_length=12, choices=Gender.choices, blank=True
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    secret_address = models.BooleanField(_("address is secret"), default=False)

    class Meta:
        ordering = ["family_name", "given_name"]
        indexes = [models.Index(fields=["family_name", "given_name"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("desk:person", args=[self.pk])

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        held = _episodes().filter(applicant=OuterRef("pk"), unit_id__in=teams)
        # A treatment team that wrote notes about somebody knows who that is.
        noted = _treatment_notes().filter(applicant=OuterRef("pk"), team_id__in=teams)
        return Q(Exists(held)) | Q(Exists(noted))

    @classmethod
    def held_by_organisations(cls, organisations: frozenset[UUID]) -> Q:
        return Q(organisation_id__in=organisations)

    def subject(
        self, information: Information | None = None, day: date | None = None
    ) -> Subject:
        return applicant_subject(
            self.pk, self.organisation_id, information or type(self).information, day
        )


def applicant_subject(
    applicant_id: UUID,
    organisation_id: UUID,
    information: Information | None,
    day: date | None,
) -> Subject:
    """Return the facts about an applicant: cared for by units and by who wrote notes."""
    units = (
        _episodes()
        .filter(applicant_id=applicant_id)
        .system("whose own care the applicant is")
        .values_list("unit_id", flat=True)
    )
    teams = (
        _treatment_notes()
        .filter(applicant_id=applicant_id)
        .system("whose own care the applicant is")
        .values_list("team_id", flat=True)
    )
    return shared.subject(
        information,
        organisation=organisation_id,
        care=frozenset(units) | frozenset(teams),
        applicant=applicant_id,
        day=day,
    )


class OfApplicant(Record):
    """What belongs to the applicant across episodes: held by every unit that has one."""

    applicant_path = "applicant_id"
    if TYPE_CHECKING:  # each subclass has its own foreign key
        applicant: Applicant
        applicant_id: UUID

    class Meta:
        abstract = True

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        held = _episodes().filter(applicant=OuterRef("applicant"), unit_id__in=teams)
        return Q(Exists(held))

    @classmethod
    def held_by_organisations(cls, organisations: frozenset[UUID]) -> Q:
        return Q(applicant__organisation_id__in=organisations)

    def subject(
        self, information: Information | None = None, day: date | None = None
    ) -> Subject:
        units = (
            _episodes()
            .filter(applicant_id=self.applicant_id)
            .system("whose own care the applicant is")
            .values_list("unit_id", flat=True)
        )
        return shared.subject(
            information or type(self).information,
            organisation=self.applicant.organisation_id,
            care=frozenset(units),
            applicant=self.applicant_id,
            day=day,
        )


class Identifier(OfApplicant):
    """A national, case or client number: encrypted, masked, found by a keyed hash."""

    information = Information.IDENTITY

    applicant = models.ForeignKey(
        Applicant, on_delete=models.CASCADE, related_name="identifiers"
    )
    system = models.CharField(_("kind of number"), max_length=60)
    value_encrypted = models.TextField()
    value_hash = models.CharField(max_length=64)
    masked = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "system", "value_hash"], name="identifier_once"
            )
        ]
        indexes = [models.Index(fields=["value_hash"])]

    def __str__(self) -> str:
        return self.masked
