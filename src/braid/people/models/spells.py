"""Who has somebody, treats somebody and decides for somebody, over time."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.people.choices import EndedBecause
from braid.people.held import OfEpisode
from braid.people.models.episodes import Episode


class Spell(OfEpisode):
    """Days of an episode with somebody or some team: both days inside, one open at most."""

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="%(class)s_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(last_day__isnull=True),
                name="%(class)s_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day or ''}"


class CaseloadSpell(Spell):
    """The days on which a specialist has an episode; no specialist means waiting for one."""

    information = Information.ATTENDANCE

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="caseload"
    )
    specialist = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="caseload",
    )
    ended_because = models.CharField(
        max_length=16, choices=EndedBecause.choices, blank=True
    )

    class Meta(Spell.Meta):
        indexes = [models.Index(fields=["specialist", "last_day"])]


class TreatmentSpell(Spell):
    """The treatment team, and the key clinician where known."""

    information = Information.ATTENDANCE

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="treatment"
    )
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    key_clinician = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("key clinician"),
    )


class CaseworkSpell(Spell):
    """The job centre, and the caseworker where known."""

    information = Information.ATTENDANCE

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="casework"
    )
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    caseworker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("caseworker"),
    )
