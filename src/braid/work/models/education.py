"""School and training beside or instead of work; an outcome of its own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.people.held import OfEpisode
from braid.work.choices import EducationLevel


class Education(OfEpisode):
    """Education of one person during IPS. Never employment."""

    information = Information.JOBS

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="education"
    )
    title = models.CharField(_("what"), max_length=150)
    school = models.CharField(_("where"), max_length=200, blank=True)
    level = models.CharField(
        _("level"), max_length=10, choices=EducationLevel.choices, blank=True
    )
    mainstream = models.BooleanField(
        _("open to everybody, not a course for patients or the unemployed"),
        default=True,
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    weekly_hours = models.DecimalField(
        _("hours a week"), max_digits=3, decimal_places=1, null=True, blank=True
    )
    help_given = models.CharField(_("our help"), max_length=200, blank=True)

    class Meta:
        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="education_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
