"""The career profile: a living document that belongs to the applicant.

Which questions a section has is said in `people/profile.py`. One row is one answer, so
that its history is the change log's, and two people can write at once without one
losing the other's words.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.people.choices import AnswerKind, Section, UpdateBecause
from braid.people.models.applicants import Applicant, OfApplicant


class ProfileAnswer(OfApplicant):
    """An answer in the career profile; its section says its class of information."""

    information = Information.CONVERSATION  # the narrowest; `kind` says which it is

    applicant = models.ForeignKey(
        Applicant, on_delete=models.CASCADE, related_name="profile_answers"
    )
    section = models.CharField(max_length=1, choices=Section.choices)
    question = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=AnswerKind.choices)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["section", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "question"], name="profile_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.question}"


class PastJob(OfApplicant):
    """A job before IPS, as the person tells it."""

    information = Information.JOBS
    field_information: ClassVar[dict[str, Information]] = {
        "disliked": Information.CONVERSATION,
        "why_left": Information.CONVERSATION,
    }

    applicant = models.ForeignKey(
        Applicant, on_delete=models.CASCADE, related_name="past_jobs"
    )
    title = models.CharField(_("job title"), max_length=150)
    employer = models.CharField(_("employer"), max_length=200, blank=True)
    duties = models.TextField(_("what I did"), blank=True)
    first_year = models.PositiveSmallIntegerField(
        _("from (year)"), null=True, blank=True
    )
    last_year = models.PositiveSmallIntegerField(_("to (year)"), null=True, blank=True)
    weekly_hours = models.DecimalField(
        _("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    pay = models.CharField(_("pay"), max_length=60, blank=True)
    found_how = models.CharField(_("how I found it"), max_length=200, blank=True)
    liked = models.TextField(_("what I liked"), blank=True)
    disliked = models.TextField(_("what I did not like"), blank=True)
    supervisor = models.CharField(_("boss"), max_length=150, blank=True)
    why_left = models.TextField(_("why I left"), blank=True)
    reference = models.BooleanField(_("may be asked about me"), null=True, blank=True)

    class Meta:
        ordering = [F("last_year").desc(nulls_first=True), "-first_year", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__isnull=True)
                | Q(first_year__isnull=True)
                | Q(last_year__gte=F("first_year")),
                name="past_job_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ProfileUpdate(OfApplicant):
    """That the profile was looked at again, why, and what changed."""

    information = Information.WORK_GOALS

    applicant = models.ForeignKey(
        Applicant, on_delete=models.CASCADE, related_name="profile_updates"
    )
    day = models.DateField(_("day"))
    because = models.CharField(
        _("because of"), max_length=8, choices=UpdateBecause.choices
    )
    job_id = models.UUIDField(null=True, blank=True)  # a job of the room above
    text = models.TextField(_("what changed"), blank=True)
    by_role = models.CharField(max_length=20)

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [models.Index(fields=["applicant", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.because}"
