"""What an employer may know: decided by the applicant, and taken back at any time."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.people.choices import AgreedHow
from braid.people.held import OfEpisode
from braid.work.choices import Decision, DisclosureItemKind
from braid.work.models.employers import Employer


class DisclosureDecision(OfEpisode):
    """A decision on what one employer, or any, may be told; in force until revoked.

    The decision bounds every contact and every document towards employers. `items` below
    it says piece by piece what may be told, and in which words.
    """

    information = Information.WORK_GOALS
    field_information: ClassVar[dict[str, Information]] = {
        "in_favour": Information.HEALTH_AT_WORK,
        "against": Information.HEALTH_AT_WORK,
    }

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="disclosures"
    )
    employer = models.ForeignKey(
        Employer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("employer"),
    )  # null: any employer for whom nothing else was decided
    decision = models.CharField(
        _("what was decided"), max_length=12, choices=Decision.choices
    )
    discussed_on = models.DateField(_("talked about on"))
    in_favour = models.TextField(_("what speaks for telling"), blank=True)
    against = models.TextField(_("what speaks against"), blank=True)
    agreed_on = models.DateField(_("agreed"), null=True, blank=True)
    agreed_how = models.CharField(
        _("how it was agreed"), max_length=12, choices=AgreedHow.choices, blank=True
    )
    revisit_on = models.DateField(_("talked about again on"), null=True, blank=True)
    revoked_on = models.DateField(_("taken back"), null=True, blank=True)

    class Meta:
        ordering = ["-discussed_on", "-created_at"]
        indexes = [models.Index(fields=["episode", "employer"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(agreed_on__isnull=False),
                name="disclosure_revoked_after_agreed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.discussed_on} {self.decision}"


class DisclosureItem(OfEpisode):
    """One piece of information: whether it may be told, and in exactly which words."""

    unit_path = "disclosure__episode__unit"
    applicant_path = "disclosure__episode__applicant_id"
    information = Information.HEALTH_AT_WORK

    disclosure = models.ForeignKey(
        DisclosureDecision, on_delete=models.CASCADE, related_name="items"
    )
    item = models.CharField(
        _("what"), max_length=16, choices=DisclosureItemKind.choices
    )
    may_tell = models.BooleanField(_("may be told"), default=False)
    words = models.TextField(_("in these words"), blank=True)

    class Meta:
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "item"], name="disclosure_item_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.may_tell}"
