"""What is written about people, and by them."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from braid.access import shared
from braid.access.policy import Information, Subject
from braid.access.records import Record
from braid.people.choices import HowItGoes, NoteKind
from braid.people.held import OfEpisode
from braid.people.models.applicants import Applicant
from braid.people.models.episodes import Episode


class Note(OfEpisode):
    """Words about a person, with the class of information that decides who may read them."""

    information = Information.CONVERSATION

    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="notes")
    day = models.DateField(_("day"))
    kind = models.CharField(
        _("what it is about"),
        max_length=16,
        choices=NoteKind.choices,
        default=NoteKind.CONVERSATION,
    )
    text = models.TextField(_("note"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [models.Index(fields=["episode", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class TreatmentNote(Record):
    """What a treatment team writes for work's sake; its own record, sealed.

    The text is encrypted with a key of the applicant's own (`access/subject_keys.py`), so
    that without the key nobody reads it, in old backups either.
    """

    unit_path = "team"
    applicant_path = "applicant_id"
    information = Information.TREATMENT

    applicant = models.ForeignKey(
        Applicant, on_delete=models.CASCADE, related_name="treatment_notes"
    )
    team = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    sealed_text = models.BinaryField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [
            models.Index(fields=["applicant", "team"]),
            models.Index(fields=["team", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class OwnWords(Record):
    """How it is going, in the applicant's own words, for those whom they chose.

    Without a reader it is for the applicant alone. Written once; it can be taken back.
    """

    unit_path = ""  # held by nobody but those to whom it is addressed
    applicant_path = "applicant_id"
    information = Information.CONVERSATION
    is_addressed = True

    applicant = models.ForeignKey(
        Applicant, on_delete=models.CASCADE, related_name="own_words"
    )
    day = models.DateField(_("day"))
    mood = models.CharField(
        _("how is it going?"), max_length=10, choices=HowItGoes.choices, blank=True
    )
    text = models.TextField(_("in own words"), blank=True)
    readers = models.ManyToManyField("access.Team", related_name="+", blank=True)

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [models.Index(fields=["applicant", "day"])]

    def __str__(self) -> str:
        return f"{self.day}"

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        addressed = cls.readers.through.objects.filter(
            ownwords_id=OuterRef("pk"), team_id__in=teams
        )
        return Q(Exists(addressed))

    @classmethod
    def held_by_organisations(cls, organisations: frozenset[UUID]) -> Q:
        return Q(applicant__organisation_id__in=organisations)

    def subject(
        self, information: Information | None = None, day: date | None = None
    ) -> Subject:
        # Without a day nothing agreed is told: these are for those they name.
        return shared.subject(
            information or type(self).information,
            organisation=self.applicant.organisation_id,
            care=frozenset(self.readers.values_list("pk", flat=True)),
            applicant=self.applicant_id,
        )
