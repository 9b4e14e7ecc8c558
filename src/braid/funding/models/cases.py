"""What is about one episode: its pseudonym towards funders, and what funders did."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.funding import choices
from braid.funding.models.agreements import Agreement
from braid.people.held import OfEpisode


class Case(OfEpisode):
    """Under which pseudonym an episode stands in claims of a contract.

    The only link from money to a person. When the record of the person ends it goes,
    and the claims stay without it. `person_token` is the same for all episodes of one
    person, so that a contract that counts people can.
    """

    information = Information.ATTENDANCE

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="+"
    )
    contract = models.CharField(_("contract"), max_length=60)
    token = models.CharField(_("pseudonym"), max_length=16, unique=True, editable=False)
    person_token = models.CharField(max_length=16, db_index=True, editable=False)

    class Meta:
        ordering = ["token"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "contract"], name="case_once")
        ]

    def __str__(self) -> str:
        return self.token


class FunderEvent(OfEpisode):
    """What a funder decided or was sent about an episode, on a day.

    A request says who asked, and which body carries it out where that is another.
    """

    information = Information.ATTENDANCE

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="funder_events"
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("agreement"),
    )
    kind = models.CharField(
        _("what"), max_length=16, choices=choices.FunderEventKind.choices
    )
    day = models.DateField(_("day"))
    reference = models.CharField(_("number of the letter"), max_length=60, blank=True)
    months = models.PositiveSmallIntegerField(
        _("for how many months"), null=True, blank=True
    )
    requester = models.CharField(_("who asks"), max_length=150, blank=True)
    requester_kind = models.CharField(
        _("as"), max_length=12, choices=choices.RequesterKind.choices, blank=True
    )
    executing_body = models.CharField(
        _("who carries it out"), max_length=150, blank=True
    )

    class Meta:
        ordering = ["day", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "agreement", "kind", "day"],
                name="funder_event_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
