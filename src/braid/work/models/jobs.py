"""Jobs and placements, their terms, and what was really worked and paid.

A job's classification (competitive or not) is never stored: it follows from the job's
own fields through the decision table in `braid.method.competitive`.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.people.held import OfEpisode
from braid.work.choices import (
    AbsenceKind,
    AbsencePay,
    Disclosure,
    EmployerOfRecord,
    EndReason,
    FitsPreference,
    FoundBy,
    PaidWorkSource,
    PayUnit,
    Permanence,
    Placement,
    TermsReason,
    TimeLimitOrigin,
)
from braid.work.models.employers import Employer


class Job(OfEpisode):
    """A job or placement of one episode, as one segment of one placement type.

    A subsidised job that turns ordinary is two rows with the same employer: the first
    ends the day before, the second begins on the day it turns. The four yes/no tests are
    tri-state: null is not known.
    """

    information = Information.JOBS

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="jobs"
    )
    employer = models.ForeignKey(
        Employer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("employer"),
    )
    title = models.CharField(_("job title"), max_length=150, blank=True)
    occupation = models.CharField(_("occupation (ISCO-08)"), max_length=4, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    end_known_on = models.DateField(_("end became known"), null=True, blank=True)
    last_confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    placement = models.CharField(
        _("kind of job"), max_length=18, choices=Placement.choices, blank=True
    )
    permanence = models.CharField(
        _("contract"), max_length=10, choices=Permanence.choices, blank=True
    )
    time_limit_origin = models.CharField(
        _("who set the time limit"),
        max_length=10,
        choices=TimeLimitOrigin.choices,
        blank=True,
    )
    open_to_all = models.BooleanField(_("anyone could apply"), null=True, blank=True)
    at_least_minimum = models.BooleanField(
        _("at least the minimum wage"), null=True, blank=True
    )
    going_rate = models.BooleanField(
        _("paid like colleagues in the same work"), null=True, blank=True
    )
    employer_of_record = models.CharField(
        _("who is the employer on paper"),
        max_length=10,
        choices=EmployerOfRecord.choices,
        blank=True,
    )
    normal_rights = models.BooleanField(
        _("ordinary rights of employees"), null=True, blank=True
    )
    held_at_referral = models.BooleanField(_("held at referral"), default=False)
    contracted_daily_hours = models.DecimalField(
        _("agreed hours a day"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    fits_preference = models.CharField(
        _("fits the person's wishes"),
        max_length=6,
        choices=FitsPreference.choices,
        blank=True,
    )
    found_by = models.CharField(
        _("found by"), max_length=10, choices=FoundBy.choices, blank=True
    )
    disclosure = models.CharField(
        _("what the employer was told"),
        max_length=12,
        choices=Disclosure.choices,
        blank=True,
    )
    end_reason = models.CharField(
        _("why it ended"), max_length=16, choices=EndReason.choices, blank=True
    )
    end_words = models.TextField(_("what we take with us"), blank=True)
    limit_words = models.CharField(_("until when, and why"), max_length=200, blank=True)
    expected_weekly_hours = models.DecimalField(
        _("hours a week that are hoped for"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
    )
    in_kind = models.CharField(_("paid in kind"), max_length=200, blank=True)
    transport = models.CharField(_("way to work"), max_length=200, blank=True)
    workplace_contact = models.CharField(
        _("who to talk to at work"), max_length=150, blank=True
    )
    may_contact_workplace = models.BooleanField(
        _("we may talk to the workplace"), null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-first_day"]
        indexes = [models.Index(fields=["episode", "first_day"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="job_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("work:job", args=[self.pk])


class OfJob(OfEpisode):
    """What belongs to one job: held by the unit of its episode."""

    unit_path = "job__episode__unit"
    applicant_path = "job__episode__applicant_id"

    class Meta:
        abstract = True


class JobTerms(OfJob):
    """Agreed hours and pay of a job over time."""

    information = Information.JOBS

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="terms")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"), null=True, blank=True)
    weekly_hours = models.DecimalField(
        _("hours a week"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    pay = models.DecimalField(
        _("pay"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    pay_unit = models.CharField(
        _("pay is for"), max_length=5, choices=PayUnit.choices, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    title = models.CharField(_("new job title"), max_length=150, blank=True)
    reason = models.CharField(
        _("why it changed"), max_length=12, choices=TermsReason.choices, blank=True
    )

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="terms_end_after_start",
            ),
            models.UniqueConstraint(
                fields=["job", "first_day"], name="terms_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} {self.weekly_hours}"


class PaidWork(OfJob):
    """What was really worked and paid in a period, with its source."""

    information = Information.JOBS

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="paid_work")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    hours = models.DecimalField(
        _("paid hours"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    gross = models.DecimalField(
        _("gross pay"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    source = models.CharField(
        _("source"), max_length=12, choices=PaidWorkSource.choices
    )

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="paid_work_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class Absence(OfJob):
    """Days away from a job, with or without pay."""

    information = Information.JOBS

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    kind = models.CharField(
        _("why"), max_length=8, choices=AbsenceKind.choices, blank=True
    )
    pay = models.CharField(
        _("pay"), max_length=4, choices=AbsencePay.choices, default=AbsencePay.FULL
    )

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="absence_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day or ''}"
