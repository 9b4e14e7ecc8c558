"""Episodes: from the first wish to work until the exit."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.access.records import Record, Scoped
from braid.kernel.ids import new_id
from braid.people.choices import (
    AtReferral,
    EnquiryBy,
    EnquiryState,
    EpisodeState,
    ExitReason,
    ReferralSource,
    ReferralWay,
    RefusalKind,
    RefusalReason,
    RefusalStage,
)
from braid.people.models.applicants import Applicant


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
        "door_open_words": Information.CONVERSATION,
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
    referral_way = models.CharField(
        _("how it came"), max_length=8, choices=ReferralWay.choices, blank=True
    )
    referrer = models.CharField(_("who asks"), max_length=150, blank=True)
    consent_to_contact = models.BooleanField(
        _("the person wants to be contacted"), null=True, blank=True
    )
    acknowledged_on = models.DateField(_("receipt confirmed"), null=True, blank=True)
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
    team_asked_on = models.DateField(
        _("treatment team asked before the exit"), null=True, blank=True
    )
    door_open_words = models.TextField(_("the way back"), blank=True)
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
    until_on = models.DateField(null=True)  # when a pause or a wait is looked at again
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
    kind = models.CharField(
        _("what happened"),
        max_length=8,
        choices=RefusalKind.choices,
        default=RefusalKind.REFUSED,
    )
    until_on = models.DateField(_("asked again on"), null=True, blank=True)
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


class Enquiry(Record):
    """A wish to work from outside, by a person or their family, before anybody is known.

    It becomes a referral of the day it came, or is closed with a sentence. It is about no
    applicant yet, and is deleted when it was answered.
    """

    information = Information.IDENTITY
    field_information: ClassVar[dict[str, Information]] = {
        "reach_at": Information.CONTACT_DETAILS,
        "words": Information.WORK_GOALS,
    }

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    by = models.CharField(_("who writes"), max_length=8, choices=EnquiryBy.choices)
    name = models.CharField(_("name of who wants to work"), max_length=150)
    reach_at = models.CharField(_("phone or e-mail"), max_length=150)
    writer = models.CharField(_("your own name"), max_length=150, blank=True)
    words = models.TextField(_("in one sentence"), blank=True)
    state = models.CharField(
        max_length=10, choices=EnquiryState.choices, default=EnquiryState.OPEN
    )
    answered_on = models.DateField(null=True)
    answer = models.CharField(_("what was done"), max_length=200, blank=True)
    episode = models.ForeignKey(
        Episode, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["received_at"]
        indexes = [models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return str(self.pk)
