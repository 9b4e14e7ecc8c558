"""The audit: who did or opened what, chained per organisation, and its review."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.access.choices import FindingState
from braid.access.models.append_only import AppendOnlyModel
from braid.access.models.organisations import Organisation
from braid.kernel.ids import new_id


class AuditEntry(AppendOnlyModel):
    """Who did or opened what, on which ground. Keys, never names and never values.

    A list is one entry with the number of people on the page and a digest of their
    sorted keys; opening a person is one entry with the applicant's key. `holder_id` is
    the organisation that holds what was opened, where it is another one. `sequence` and
    `hash` chain the entries of one organisation (`access/chain.py`).
    """

    organisation_id = models.UUIDField(null=True)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    system = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=20)
    purpose = models.CharField(max_length=24, blank=True)
    action = models.CharField(max_length=60)
    record_kind = models.CharField(max_length=60, blank=True)
    record_key = models.CharField(max_length=64, blank=True)
    applicant_key = models.UUIDField(null=True)
    holder_id = models.UUIDField(null=True)
    information = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    consent_number = models.PositiveIntegerField(null=True)
    glass_id = models.UUIDField(null=True)
    request_id = models.CharField(max_length=32, blank=True)
    device = models.CharField(max_length=16, blank=True)
    outcome = models.CharField(max_length=12, default="done")
    count = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["applicant_key", "at"]),
            models.Index(fields=["actor_id", "at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "sequence"], name="audit_no_fork"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class AuditHead(models.Model):
    """The last link of an organisation's chain; locked while an entry is added."""

    organisation_id = models.UUIDField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.sequence}"


class AuditRoot(AppendOnlyModel):
    """A signed anchor of a chain: up to which entry, with which hash, at which instant."""

    organisation_id = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=20)
    signature = models.TextField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["organisation_id", "sequence"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.sequence}"


class Finding(models.Model):
    """Access that a rule of the review found unusual, until a steward closes it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    applicant_id = models.UUIDField(null=True)
    day = models.DateField(_("day"))
    rules = models.JSONField(default=list)  # slugs of `access/unusual.py`
    accesses = models.PositiveIntegerField(_("accesses"))
    found_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=FindingState.choices, default=FindingState.OPEN
    )
    asked_at = models.DateTimeField(null=True)
    answer = models.TextField(_("reason"), blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closing_words = models.TextField(_("conclusion"), blank=True)

    class Meta:
        ordering = ["-day"]
        indexes = [models.Index(fields=["organisation", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "applicant_id", "day"],
                name="finding_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_by__isnull=False),
                name="finding_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.state}"


class ReviewSignOff(AppendOnlyModel):
    """A steward looked at one week of accesses; a week without one is told."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+"
    )
    week = models.DateField(_("Monday of the week"))
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    found = models.PositiveIntegerField()

    class Meta:
        ordering = ["-week"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "week"], name="week_signed_off_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.week}"
