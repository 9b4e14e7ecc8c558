"""Support in a job: planned, given, and what was learned when it ended."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.people.choices import AgreedHow
from braid.people.held import OfEpisode
from braid.work.choices import EvidenceKind, GivenBy, Mode, SupportKind
from braid.work.models.contacts import Contact
from braid.work.models.jobs import Job, OfJob


class JobSupportPlan(OfJob):
    """How somebody is supported in one job; looked at again when the job changes."""

    information = Information.JOBS
    field_information: ClassVar[dict[str, Information]] = {
        "triggers": Information.HEALTH_AT_WORK,
        "early_signs": Information.HEALTH_AT_WORK,
    }

    job = models.OneToOneField(
        Job, on_delete=models.CASCADE, related_name="support_plan"
    )
    made_on = models.DateField(_("made"))
    triggers = models.TextField(_("what makes it hard"), blank=True)
    early_signs = models.TextField(_("early signs, and what helps then"), blank=True)
    career_goal = models.TextField(_("where it should lead"), blank=True)
    education_support = models.TextField(_("help with learning"), blank=True)
    agreed_on = models.DateField(_("agreed"), null=True, blank=True)
    agreed_how = models.CharField(
        _("how it was agreed"), max_length=12, choices=AgreedHow.choices, blank=True
    )
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)

    class Meta:
        ordering = ["-made_on"]

    def __str__(self) -> str:
        return f"{self.made_on}"


class PlannedSupport(OfJob):
    """One support in the plan of a job: what, by whom, at the workplace or not."""

    unit_path = "plan__job__episode__unit"
    applicant_path = "plan__job__episode__applicant_id"
    information = Information.JOBS

    plan = models.ForeignKey(
        JobSupportPlan, on_delete=models.CASCADE, related_name="supports"
    )
    kind = models.CharField(_("what"), max_length=16, choices=SupportKind.choices)
    given_by = models.CharField(_("by whom"), max_length=14, choices=GivenBy.choices)
    words = models.CharField(_("in words"), max_length=300, blank=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.given_by}"


class Support(OfJob):
    """One support given for a job on a day."""

    information = Information.JOBS

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="supports")
    day = models.DateField(_("day"))
    kind = models.CharField(_("what"), max_length=16, choices=SupportKind.choices)
    given_by = models.CharField(_("by whom"), max_length=14, choices=GivenBy.choices)
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, blank=True)
    contact = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="supports",
    )

    class Meta:
        ordering = ["-day", "-created_at"]
        indexes = [models.Index(fields=["job", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class JobProblem(OfJob):
    """Something hard in a job, from the day it was known until it was settled."""

    information = Information.JOBS
    field_information: ClassVar[dict[str, Information]] = {
        "words": Information.CONVERSATION,
        "settled_how": Information.CONVERSATION,
    }

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="problems")
    first_day = models.DateField(_("known since"))
    last_day = models.DateField(_("settled"), null=True, blank=True)
    words = models.TextField(_("what is hard"))
    settled_how = models.TextField(_("what helped"), blank=True)

    class Meta:
        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="job_problem_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day}"


class JobEndReview(OfJob):
    """What is learned from the end of a job, for the next one. No end of the service."""

    information = Information.JOBS
    field_information: ClassVar[dict[str, Information]] = {
        "person_view": Information.CONVERSATION,
        "specialist_view": Information.CONVERSATION,
        "employer_view": Information.CONVERSATION,
        "do_differently": Information.CONVERSATION,
    }

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="end_review")
    day = models.DateField(_("talked about on"))
    last_day_worked = models.DateField(_("last day worked"), null=True, blank=True)
    notice_given = models.BooleanField(_("notice was given"), null=True, blank=True)
    person_view = models.TextField(_("how the person sees it"), blank=True)
    specialist_view = models.TextField(_("how we see it"), blank=True)
    employer_view = models.TextField(_("how the employer sees it"), blank=True)
    do_differently = models.TextField(_("what we do differently next time"), blank=True)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    search_again_on = models.DateField(_("search begins again"), null=True, blank=True)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}"


class Evidence(OfEpisode):
    """That a paper was seen, what it shows, and where it is kept.

    `job` is null where it is about no job. `label` says what another paper is. A paper
    that was seen and given back has no `document`: `seen_by` is who saw the original,
    `sha256` what a copy of it came to where one was held against it. Of a call to an
    employer `number` is where was called. `consent_id` is the line of the ledger by
    which the paper was asked for.
    """

    information = Information.JOBS

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="+"
    )
    job = models.ForeignKey(
        Job, on_delete=models.CASCADE, null=True, blank=True, related_name="evidence"
    )
    kind = models.CharField(_("what"), max_length=16, choices=EvidenceKind.choices)
    label = models.SlugField(_("what other paper"), max_length=40, blank=True)
    period_first = models.DateField(_("for the days from"), null=True, blank=True)
    period_last = models.DateField(_("to"), null=True, blank=True)
    received_on = models.DateField(_("received"))
    document = models.ForeignKey(
        "documents.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who saw the original"),
    )
    number = models.CharField(_("number that was called"), max_length=40, blank=True)
    consent_id = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-received_on", "-created_at"]
        indexes = [models.Index(fields=["sha256"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_last__isnull=True)
                | Q(period_last__gte=F("period_first")),
                name="evidence_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | Q(seen_by__isnull=False),
                name="evidence_held_or_seen",
            ),
        ]

    @property
    def is_sighted(self) -> bool:
        """Whether the paper was seen and given back, so that no file is held."""
        return self.document_id is None

    def __str__(self) -> str:
        return f"{self.received_on} {self.kind}"
