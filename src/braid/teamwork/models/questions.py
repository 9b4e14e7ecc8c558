"""Questions from one sector to the other, and the link that opens exactly one."""

from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.access.choices import Sector
from braid.access.policy import Information, Subject
from braid.access.records import Record
from braid.teamwork.choices import QuestionKind, QuestionState
from braid.teamwork.held import AtTable


class Question(AtTable):
    """One question about one person or about nobody, from one side to another.

    `kind` is the class of what is asked and answered; it is read as that class. What is
    asked about treatment is the own care of the treatment team; everything else of the
    unit. `of_staff` is whom it is asked of, where it is one person; `of_words` says so of
    somebody without an account. What is asked and answered about treatment stands in
    `sealed_text` and `sealed_answer`, under the applicant's key (`teamwork/sealing.py`).
    """

    applicant_path = "episode__applicant_id"
    information = Information.ATTENDANCE
    field_information: ClassVar[dict[str, Information]] = {
        "sealed_text": Information.TREATMENT,
        "sealed_answer": Information.TREATMENT,
    }
    team_path = "of_team"
    people_paths = ("of_staff", "created_by")

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(
        "people.Episode",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("about"),
    )
    kind = models.CharField(
        _("about what"), max_length=16, choices=QuestionKind.choices, blank=True
    )
    by_sector = models.CharField(max_length=20, choices=Sector.choices)
    by_team = models.ForeignKey(
        "access.Team", on_delete=models.PROTECT, null=True, related_name="+"
    )
    of_sector = models.CharField(_("which side"), max_length=20, choices=Sector.choices)
    of_team = models.ForeignKey(
        "access.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("which team"),
    )
    of_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whom"),
    )
    of_words = models.CharField(_("who answers"), max_length=150, blank=True)
    text = models.TextField(_("question"), blank=True)
    sealed_text = models.BinaryField(_("question"), null=True)
    asked_on = models.DateField(_("asked"))
    due_on = models.DateField(_("answer wanted by"), null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=QuestionState.choices, default=QuestionState.OPEN
    )
    answer = models.TextField(_("answer"), blank=True)
    sealed_answer = models.BinaryField(_("answer"), null=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_words = models.CharField(_("answered by"), max_length=150, blank=True)
    escalated_on = models.DateField(_("passed on to the leader"), null=True, blank=True)
    reminded_on = models.DateField(_("asked again"), null=True, blank=True)
    answer_seen_on = models.DateField(_("answer seen"), null=True, blank=True)
    meeting = models.ForeignKey(
        "teamwork.Meeting",
        on_delete=models.SET_NULL,
        null=True,
        related_name="questions",
    )

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "created_at"]
        indexes = [
            models.Index(fields=["unit", "state"]),
            models.Index(fields=["of_team", "state"]),
            models.Index(fields=["by_team", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(episode__isnull=True) | ~Q(kind=""),
                name="question_about_somebody_has_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(episode__isnull=False) | Q(kind=""),
                name="question_about_nobody_has_no_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind=QuestionKind.TREATMENT) | Q(text="", answer=""),
                name="question_about_treatment_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def held_by_teams(cls, teams: frozenset[UUID]) -> Q:
        # Treatment is the own care of the team that is asked or asks, never the unit's.
        treats = Q(kind=QuestionKind.TREATMENT)
        of_clinic = Q(by_sector=Sector.MENTAL_HEALTH, by_team_id__in=teams) | Q(
            of_sector=Sector.MENTAL_HEALTH, of_team_id__in=teams
        )
        nobody = Q(episode__isnull=True) & (
            Q(of_team_id__in=teams) | Q(by_team_id__in=teams)
        )
        return (treats & of_clinic) | (~treats & Q(unit_id__in=teams)) | nobody

    def subject(
        self, information: Information | None = None, day: Any = None
    ) -> Subject:
        own = Information(self.kind) if self.kind else type(self).information
        found = super().subject(information or own, day)
        teams = {one for one in (self.by_team_id, self.of_team_id) if one is not None}
        if self.kind == QuestionKind.TREATMENT:
            return _with_care(found, self.clinics)
        if self.episode_id is None:
            return _with_care(found, found.care | teams)
        return found

    @property
    def clinics(self) -> frozenset[UUID]:
        """The treatment teams that ask or are asked."""
        return frozenset(
            team
            for sector, team in (
                (self.by_sector, self.by_team_id),
                (self.of_sector, self.of_team_id),
            )
            if sector == Sector.MENTAL_HEALTH and team is not None
        )


class AnswerLink(Record):
    """A link that opens exactly one question for somebody without signing in.

    The link is kept as a hash, and so is the one-time code that goes another way; both
    end with the answer, after `tries` wrong codes, or at `expires_at`.
    """

    unit_path = "question__unit"
    applicant_path = "question__episode__applicant_id"
    information = Information.ATTENDANCE

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="links"
    )
    link_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    sent_to = models.CharField(_("sent to"), max_length=254, blank=True)
    expires_at = models.DateTimeField(_("until"))
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


def _with_care(subject: Subject, care: frozenset[UUID]) -> Subject:
    return replace(subject, care=care)
