"""The employers that a unit knows. No applicant stands here."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from braid.access.records import Record
from braid.work.choices import Size


class Employer(Record):
    """An employer, or one branch of it, in the unit's directory. Holds no applicant."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("branch of"),
    )
    name = models.CharField(_("name"), max_length=200)
    folded_name = models.CharField(max_length=200, editable=False, default="")
    register_system = models.CharField(max_length=20, blank=True)
    register_number = models.CharField(_("register number"), max_length=20, blank=True)
    industry = models.CharField(_("industry"), max_length=6, blank=True)
    size = models.CharField(
        _("number of staff"), max_length=8, choices=Size.choices, blank=True
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    contact_person = models.CharField(_("contact person"), max_length=150, blank=True)
    learned = models.TextField(_("what we learned"), blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["unit", "folded_name"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="employer_not_its_own_branch"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("work:employer", args=[self.pk])


class DistinctEmployers(Record):
    """Two employers that somebody looked at and found to be two."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="distinct_employers_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
