"""The consent ledger, and what follows from it for a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.access.choices import ConsentKind, ConsentWay, PurposeChoice
from braid.access.models.append_only import AppendOnlyModel
from braid.access.models.organisations import Organisation
from braid.kernel.ids import new_id


class ConsentEntry(AppendOnlyModel):
    """One step of an agreement: what may be shared, for which purpose, with whom.

    Entries are numbered within the organisation that keeps the record. What they mean
    for a day is `consent_rules.in_force`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField()
    applicant_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=ConsentKind.choices)
    purpose = models.CharField(
        _("purpose"), max_length=24, choices=PurposeChoice.choices
    )
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    information = models.JSONField(default=list)  # slugs of the classes, sorted
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    text_id = models.CharField(max_length=60, blank=True)
    text_version = models.CharField(max_length=20, blank=True)
    text_language = models.CharField(max_length=10, blank=True)
    way = models.CharField(
        _("how it was given"), max_length=12, choices=ConsentWay.choices
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who asked"),
    )
    witness = models.CharField(_("witness"), max_length=150, blank=True)
    signature = models.UUIDField(null=True)  # key of the document with the picture

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["applicant_id", "number"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="consent_entry_order"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="consent_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Sharing(models.Model):
    """Days on which one class may be shared: the ledger worked out, for lists.

    Written by the consent commands alone, from `consent_rules.spans`.
    """

    applicant_id = models.UUIDField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+"
    )
    purpose = models.CharField(max_length=24, choices=PurposeChoice.choices)
    information = models.CharField(max_length=20)
    first_day = models.DateField()
    last_day = models.DateField()
    number = models.PositiveIntegerField()  # of the entry that gave it, for the audit

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["organisation", "purpose", "information", "applicant_id"]
            ),
            models.Index(fields=["applicant_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.information} {self.first_day} – {self.last_day}"
