"""What somebody proposed instead of a job, as what it is: a dated entry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.people.held import OfEpisode
from braid.teamwork.choices import ProposalKind, ProposedBy


class Proposal(OfEpisode):
    """An internship, a subsidy, a course, to wait: by whom, and whether it was wanted."""

    information = Information.WORK_GOALS

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="proposals"
    )
    day = models.DateField(_("day"))
    kind = models.CharField(_("what"), max_length=14, choices=ProposalKind.choices)
    by_role = models.CharField(
        _("who proposed it"), max_length=12, choices=ProposedBy.choices
    )
    by_team = models.ForeignKey(
        "access.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("of which office"),
    )
    wanted = models.BooleanField(_("the person wanted it"), null=True, blank=True)
    words = models.TextField(_("what the person says about it"), blank=True)

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [models.Index(fields=["episode", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
