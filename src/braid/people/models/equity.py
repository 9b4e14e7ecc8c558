"""What equity is looked at by: groups that somebody belongs to, and where they live."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.people.choices import Characteristics
from braid.people.held import OfEpisode
from braid.people.models.episodes import Episode
from braid.people.models.spells import Spell


class Characteristic(OfEpisode):
    """A group that somebody belonged to when the episode began, as far as they told it.

    Figures are compared by these groups; nothing is decided by them. `kind` is the class
    of information of the key, as which the row is read.
    """

    information = Information.CONVERSATION  # the narrowest; `kind` says which it is
    field_information: ClassVar[dict[str, Information]] = {}

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="characteristics"
    )
    key = models.CharField(_("group"), max_length=20, choices=Characteristics.choices)
    value = models.CharField(_("answer"), max_length=40)
    kind = models.CharField(max_length=16)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "key"], name="characteristic_once"
            )
        ]

    def __str__(self) -> str:
        return self.key


class Residence(Spell):
    """The area somebody lives in, for figures by place; never an address."""

    information = Information.CONTACT_DETAILS

    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="residences"
    )
    area = models.CharField(_("area"), max_length=60)
