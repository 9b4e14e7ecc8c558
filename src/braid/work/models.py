"""Employers and what is done with them, support contacts, jobs and their terms.

A job's classification (competitive or not) is never stored: it follows from the job's
own fields through the decision table in `braid.method.competitive`.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.access.records import Record
from braid.work.choices import (
    Disclosure,
    EmployerOfRecord,
    EndReason,
    FitsPreference,
    FoundBy,
    InitiatedBy,
    MadeBy,
    Mode,
    Outcome,
    PaidWorkSource,
    PayUnit,
    Permanence,
    Phase,
    Place,
    Placement,
    Size,
    TimeLimitOrigin,
    VisitStage,
)


class Employer(Record):
    """An employer, or one branch of it, in the unit's directory. Holds no applicant."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("branch of"),
    )
    name = models.CharField(_("name"), max_length=200)
    folded_name = models.CharField(max_length=200, editable=False, default="")
    register_system = models.CharField(max_length=20, blank=True)
    register_number = models.CharField(_("register number"), max_length=20, blank=True)
    industry = models.CharField(_("industry"), max_length=6, blank=True)
    size = models.CharField(
        _("number of staff"), max_length=8, choices=Size.choices, blank=True
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    contact_person = models.CharField(_("contact person"), max_length=150, blank=True)
    learned = models.TextField(_("what we learned"), blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["unit", "folded_name"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="employer_not_its_own_branch"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("work:employer", args=[self.pk])


class DistinctEmployers(Record):
    """Two employers that somebody looked at and found to be two."""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="distinct_employers_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class EmployerContact(Record):
    """One contact with an employer, for somebody in particular or for nobody yet."""

    applicant_path = "episode__applicant_id"
    information = Information.WORK_GOALS

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("specialist"),
    )
    made_by = models.CharField(
        _("made by"), max_length=10, choices=MadeBy.choices, default=MadeBy.SPECIALIST
    )
    employer = models.ForeignKey(
        Employer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("employer"),
    )
    episode = models.ForeignKey(
        "people.Episode",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="employer_contacts",
    )
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, blank=True)
    with_hiring_role = models.BooleanField(
        _("spoke to somebody who hires"), null=True, blank=True
    )
    spoke_to = models.CharField(_("spoke to"), max_length=150, blank=True)
    stage = models.CharField(
        _("step"), max_length=10, choices=VisitStage.choices, blank=True
    )
    fits_plan = models.BooleanField(_("fits the plan"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True
    )
    learned = models.TextField(_("what we learned"), blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_on = models.DateField(_("next step on"), null=True, blank=True)

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [
            models.Index(fields=["unit", "day"]),
            models.Index(fields=["episode", "day"]),
            models.Index(fields=["employer", "day"]),
            models.Index(fields=["staff", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.mode}"


class Contact(Record):
    """A support contact with an applicant: kept or not, where, how long, who was there."""

    unit_path = "episode__unit"
    applicant_path = "episode__applicant_id"
    information = Information.ATTENDANCE
    field_information: ClassVar[dict[str, Information]] = {
        "note": Information.CONVERSATION
    }

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="contacts"
    )
    day = models.DateField(_("day"))
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("specialist"),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, blank=True)
    place = models.CharField(
        _("where"), max_length=18, choices=Place.choices, blank=True
    )
    place_words = models.CharField(_("place in words"), max_length=100, blank=True)
    phase = models.CharField(
        _("what for"), max_length=14, choices=Phase.choices, blank=True
    )
    attended = models.BooleanField(_("did you meet?"), null=True, blank=True)
    with_applicant = models.BooleanField(_("applicant"), null=True, default=True)
    with_clinician = models.BooleanField(_("clinician"), null=True, blank=True)
    with_caseworker = models.BooleanField(_("caseworker"), null=True, blank=True)
    with_family = models.BooleanField(_("family"), null=True, blank=True)
    outreach = models.BooleanField(_("outreach"), null=True, blank=True)
    scheduled = models.BooleanField(_("was agreed beforehand"), null=True, blank=True)
    initiated_by = models.CharField(
        _("on whose initiative"),
        max_length=12,
        choices=InitiatedBy.choices,
        blank=True,
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [
            models.Index(fields=["episode", "day"]),
            models.Index(fields=["staff", "day"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=1440),
                name="contact_within_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.mode}"


class Job(Record):
    """A job or placement of one episode, as one segment of one placement type.

    A subsidised job that turns ordinary is two rows with the same employer: the first
    ends the day before, the second begins on the day it turns. The four yes/no tests are
    tri-state: null is not known.
    """

    unit_path = "episode__unit"
    applicant_path = "episode__applicant_id"
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


class JobTerms(Record):
    """Agreed hours and pay of a job over time."""

    unit_path = "job__episode__unit"
    applicant_path = "job__episode__applicant_id"
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


class PaidWork(Record):
    """What was really worked and paid in a period, with its source."""

    unit_path = "job__episode__unit"
    applicant_path = "job__episode__applicant_id"
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


class Absence(Record):
    """Days away from a job, with or without pay."""

    unit_path = "job__episode__unit"
    applicant_path = "job__episode__applicant_id"
    information = Information.JOBS

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="absences")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    paid = models.BooleanField(_("with pay"), default=True)

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
