"""Applicants and their course through IPS.

An episode begins with its referral (ADR 0010): one row from the first wish to work
until the exit. Its state is an append-only list of entries; the present state is the
last of them. Everything else is edited in place, with a row version and a change log.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from braid.access import shared
from braid.access.policy import Information, Subject
from braid.access.records import Record, Scoped
from braid.kernel.ids import new_id
from braid.people.choices import (
    AtReferral,
    EndedBecause,
    EpisodeState,
    ExitReason,
    Gender,
    HowItGoes,
    NoteKind,
    ReferralSource,
    RefusalReason,
    RefusalStage,
)


class Applicant(Record):
    """A person who wants, wanted or may want to work. Held by the units of the episodes."""

    information = Information.IDENTITY
    field_information: ClassVar[dict[str, Information]] = {
        "phone": Information.CONTACT_DETAILS,
        "email": Information.CONTACT_DETAILS,
        "address": Information.CONTACT_DETAILS,
        "postcode": Information.CONTACT_DETAILS,
        "city": Information.CONTACT_DETAILS,
        "secret_address": Information.CONTACT_DETAILS,
    }
    applicant_path = "pk"

    organisation = models.ForeignKey(
        "access.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(
        _("gender"), max_length=12, choices=Gender.choices, blank=True
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    secret_address = models.BooleanField(_("address is secret"), default=False)

    class Meta:
        ordering = ["family_name", "given_name"]
        indexes = [models.Index(fields=["family_name", "given_name"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("desk:person", args=[self.pk])

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        held = Episode.objects.filter(applicant=OuterRef("pk"), unit_id__in=teams)
        # A treatment team that wrote notes about somebody knows who that is.
        noted = TreatmentNote.objects.filter(
            applicant=OuterRef("pk"), team_id__in=teams
        )
        return Q(Exists(held)) | Q(Exists(noted))

    @classmethod
    def held_by_organisations(cls, organisations: frozenset[UUID]) -> Q:
        return Q(organisation_id__in=organisations)

    def subject(
        self, information: Information | None = None, day: date | None = None
    ) -> Subject:
        return applicant_subject(
            self.pk, self.organisation_id, information or type(self).information, day
        )


def applicant_subject(
    applicant_id: UUID,
    organisation_id: UUID,
    information: Information | None,
    day: date | None,
) -> Subject:
    """Return the facts about an applicant: cared for by units and by who wrote notes."""
    units = (
        Episode.objects.filter(applicant_id=applicant_id)
        .system("whose own care the applicant is")
        .values_list("unit_id", flat=True)
    )
    teams = (
        TreatmentNote.objects.filter(applicant_id=applicant_id)
        .system("whose own care the applicant is")
        .values_list("team_id", flat=True)
    )
    return shared.subject(
        information,
        organisation=organisation_id,
        care=frozenset(units) | frozenset(teams),
        applicant=applicant_id,
        day=day,
    )


class Identifier(Record):
    """A national, case or client number: encrypted, masked, found by a keyed hash."""

    applicant_path = "applicant_id"
    information = Information.IDENTITY

    applicant = models.ForeignKey(
        Applicant, on_delete=models.CASCADE, related_name="identifiers"
    )
    system = models.CharField(_("kind of number"), max_length=60)
    value_encrypted = models.TextField()
    value_hash = models.CharField(max_length=64)
    masked = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "system", "value_hash"], name="identifier_once"
            )
        ]
        indexes = [models.Index(fields=["value_hash"])]

    def __str__(self) -> str:
        return self.masked

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        held = Episode.objects.filter(
            applicant=OuterRef("applicant"), unit_id__in=teams
        )
        return Q(Exists(held))

    @classmethod
    def held_by_organisations(cls, organisations: frozenset[UUID]) -> Q:
        return Q(applicant__organisation_id__in=organisations)

    def subject(
        self, information: Information | None = None, day: date | None = None
    ) -> Subject:
        units = (
            Episode.objects.filter(applicant_id=self.applicant_id)
            .system("whose own care the applicant is")
            .values_list("unit_id", flat=True)
        )
        return shared.subject(
            information or type(self).information,
            organisation=self.applicant.organisation_id,
            care=frozenset(units),
            applicant=self.applicant_id,
            day=day,
        )


class Episode(Record):
    """One IPS enrolment, from the referral to the first day off the caseload.

    Four dates are never merged: referred, accepted (taken on by the unit), entered (first
    meaningful contact) and profile started. `exited_on` is the first day off.
    """

    information = Information.ATTENDANCE
    field_information: ClassVar[dict[str, Information]] = {
        "goal": Information.WORK_GOALS,
        "goal_seen_on": Information.WORK_GOALS,
        "referral_words": Information.WORK_GOALS,
        "at_referral": Information.JOBS,
    }
    applicant_path = "applicant_id"

    applicant = models.ForeignKey(
        Applicant, on_delete=models.CASCADE, related_name="episodes"
    )
    unit = models.ForeignKey(
        "access.Team", on_delete=models.PROTECT, related_name="episodes"
    )
    referred_on = models.DateField(_("referred"), null=True, blank=True)
    referral_source = models.CharField(
        _("referred by"), max_length=12, choices=ReferralSource.choices, blank=True
    )
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    referral_words = models.TextField(_("referral in one sentence"), blank=True)
    at_referral = models.CharField(
        _("situation at referral"),
        max_length=20,
        choices=AtReferral.choices,
        default=AtReferral.UNKNOWN,
    )
    accepted_on = models.DateField(_("accepted"), null=True, blank=True)
    entered_on = models.DateField(_("first meaningful contact"), null=True, blank=True)
    profile_started_on = models.DateField(
        _("career profile begun"), null=True, blank=True
    )
    exited_on = models.DateField(_("first day off"), null=True, blank=True)
    exit_reason = models.CharField(
        _("reason for the exit"), max_length=30, choices=ExitReason.choices, blank=True
    )
    goal = models.TextField(_("own words about work"), blank=True)
    goal_seen_on = models.DateField(_("last looked at together"), null=True, blank=True)
    step_down_offered_on = models.DateField(
        _("step-down offered"), null=True, blank=True
    )
    state = models.CharField(
        max_length=14, choices=EpisodeState.choices, default=EpisodeState.REFERRED
    )  # the last entry's state, kept by `commands.enter_state` for filters and lists

    class Meta:
        ordering = ["-referred_on"]
        indexes = [
            models.Index(fields=["unit", "state"]),
            models.Index(fields=["applicant"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state not in {EpisodeState.EXITED, EpisodeState.NOT_STARTED}


class EpisodeEntry(Scoped):
    """A state that somebody decided for an episode, from a day on; never changed."""

    unit_path = "episode__unit"
    applicant_path = "episode__applicant_id"
    information = Information.ATTENDANCE

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, related_name="entries"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=14, choices=EpisodeState.choices)
    day = models.DateField(null=True)
    reason = models.CharField(max_length=30, blank=True)
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "number"], name="episode_entry_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class CaseloadSpell(Record):
    """The days on which a specialist has an episode; no specialist means waiting for one."""

    unit_path = "episode__unit"
    applicant_path = "episode__applicant_id"
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
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    ended_because = models.CharField(
        max_length=16, choices=EndedBecause.choices, blank=True
    )

    class Meta:
        ordering = ["first_day"]
        indexes = [models.Index(fields=["specialist", "last_day"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="caseload_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(last_day__isnull=True),
                name="caseload_one_open_spell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day or ''}"


class TreatmentSpell(Record):
    """The treatment team, and the key clinician where known, over time."""

    unit_path = "episode__unit"
    applicant_path = "episode__applicant_id"
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
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="treatment_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(last_day__isnull=True),
                name="treatment_one_open_spell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day or ''}"


class CaseworkSpell(Record):
    """The job centre, and the caseworker where known, over time."""

    unit_path = "episode__unit"
    applicant_path = "episode__applicant_id"
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
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="casework_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(last_day__isnull=True),
                name="casework_one_open_spell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day or ''}"


class Refusal(Record):
    """A referral or service that did not go on: by whom and why. Nothing about worth."""

    applicant_path = "episode__applicant_id"
    information = Information.WORK_GOALS

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        Episode,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="refusals",
    )
    day = models.DateField(_("day"))
    stage = models.CharField(_("when"), max_length=10, choices=RefusalStage.choices)
    by_role = models.CharField(_("refused by"), max_length=20)
    decided_by = models.CharField(_("who decided"), max_length=150, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=RefusalReason.choices)
    words = models.TextField(_("in words"), blank=True)
    person_informed = models.BooleanField(_("the person was told"), default=False)
    funder_rule = models.CharField(_("rule of the funder"), max_length=200, blank=True)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"


class Note(Record):
    """Words about a person, with the class of information that decides who may read them."""

    unit_path = "episode__unit"
    applicant_path = "episode__applicant_id"
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
