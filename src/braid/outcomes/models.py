"""Reports that were released, with whom they were shared, and what a unit adds by hand."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.facts.held import BesideFigures
from braid.outcomes.choices import Audience


class UnitQuarter(BesideFigures):
    """What no record of people tells about a quarter of a unit."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(_("quarter"), max_length=6)
    vacant_fte = models.DecimalField(
        _("vacant posts of specialists (full-time equivalents)"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
    )
    local_unemployment = models.DecimalField(
        _("unemployment in the area, per cent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
    )
    source = models.CharField(_("where that is from"), max_length=200, blank=True)

    class Meta:
        ordering = ["quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "quarter"], name="unit_quarter_once"
            )
        ]

    def __str__(self) -> str:
        return self.quarter


class Release(BesideFigures):
    """A report as it was released once: never changed, followed by corrections.

    `document` is its text, `hash` its SHA-256; `units` the keys of all units in it.
    `unit` is null where they are several: then it is read from the office alone.
    """

    organisation = models.ForeignKey(
        "access.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        "access.Team", on_delete=models.PROTECT, null=True, related_name="+"
    )
    units = models.JSONField(default=list)
    report = models.CharField(_("report"), max_length=60)
    version = models.CharField(_("version of its definition"), max_length=20)
    period = models.CharField(_("period"), max_length=30)
    options = models.JSONField(default=dict)
    profile = models.CharField(_("rule for small numbers"), max_length=20, blank=True)
    snapshot = models.ForeignKey(
        "facts.Snapshot", on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField(_("number"), default=1)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    reason = models.TextField(_("why it was corrected"), blank=True)
    document = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["unit", "report", "period"])]

    def __str__(self) -> str:
        return f"{self.report} {self.period} {self.number}"

    @classmethod
    def held_by_organisations(cls, organisations: frozenset[UUID]) -> Q:
        return Q(organisation_id__in=organisations)

    @property
    def organisation_of(self) -> UUID:
        found: UUID = self.organisation_id
        return found


class Shared(BesideFigures):
    """That a released report was given to somebody, and when."""

    unit_path = "release__unit"

    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="shared"
    )
    audience = models.CharField(_("with whom"), max_length=12, choices=Audience.choices)
    shared_on = models.DateField(_("shared on"))

    class Meta:
        ordering = ["shared_on", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "audience"], name="release_shared_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.audience} {self.shared_on}"

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        return Q(release__in=Release.objects.filter(Release.held_by_teams(teams)))

    @classmethod
    def held_by_organisations(cls, organisations: frozenset[UUID]) -> Q:
        return Q(release__organisation_id__in=organisations)

    @property
    def unit_id(self) -> UUID | None:
        return self.release.unit_id

    @property
    def organisation_of(self) -> UUID:
        found: UUID = self.release.organisation_id
        return found
