"""Benefits counselling and what it rests on.

A calculation keeps its inputs, the rules and their version, and its result, so that it
can be worked out again and must come out the same. Amounts are never invented: they are
verified with their source, or filled into a pack by a counsellor.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.access.policy import Information
from braid.benefits.choices import (
    Answer,
    CalculationState,
    Delivered,
    Member,
    Period,
    Trigger,
    Verified,
)
from braid.people.held import OfEpisode


class Counselling(OfEpisode):
    """One round of counselling: why it was due, offer, answer, and what came of it."""

    information = Information.BENEFITS

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="counsellings"
    )
    job_id = models.UUIDField(null=True, blank=True)
    trigger = models.CharField(_("why"), max_length=10, choices=Trigger.choices)
    due_on = models.DateField(_("by"), null=True, blank=True)
    offered_on = models.DateField(_("offered"), null=True, blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(
        _("answer"), max_length=8, choices=Answer.choices, blank=True
    )
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    booked_on = models.DateField(_("agreed for"), null=True, blank=True)
    done_on = models.DateField(_("counselled on"), null=True, blank=True)
    before_shift = models.BooleanField(
        _("before the first shift of that day"), default=False
    )
    counsellor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counsellor"),
    )
    person_decision = models.TextField(_("what the person decided"), blank=True)
    next_review_on = models.DateField(_("looked at again on"), null=True, blank=True)

    class Meta:
        ordering = [F("due_on").desc(nulls_last=True), "-created_at"]
        indexes = [models.Index(fields=["episode", "done_on"])]

    def __str__(self) -> str:
        return f"{self.trigger} {self.done_on or ''}"


class Benefit(OfEpisode):
    """One benefit of the household, as it was verified; a spell of its own."""

    information = Information.BENEFITS

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="benefits"
    )
    member = models.CharField(
        _("whose"), max_length=10, choices=Member.choices, default=Member.APPLICANT
    )
    benefit = models.CharField(
        _("benefit"), max_length=60
    )  # an id of the country's pack
    words = models.CharField(_("in words"), max_length=150, blank=True)
    payer = models.CharField(_("who pays"), max_length=150, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    period = models.CharField(
        _("for"), max_length=10, choices=Period.choices, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    first_day = models.DateField(_("since"), null=True, blank=True)
    last_day = models.DateField(_("until"), null=True, blank=True)
    conditions = models.CharField(_("conditions"), max_length=300, blank=True)
    verified = models.CharField(
        _("known from"), max_length=10, choices=Verified.choices, default=Verified.TOLD
    )
    verified_on = models.DateField(_("checked"), null=True, blank=True)

    class Meta:
        ordering = ["member", "benefit", "first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True)
                | Q(first_day__isnull=True)
                | Q(last_day__gte=F("first_day")),
                name="benefit_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | ~Q(period=""),
                name="benefit_amount_has_period",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Calculation(OfEpisode):
    """A scenario page: a question, what was put in, by which rules, and what came out.

    `shown_to_unit` is the applicant's choice. Nothing is handed over before a counsellor
    has confirmed it and the duties to report were talked through.
    """

    information = Information.BENEFITS

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="calculations"
    )
    counselling = models.ForeignKey(
        Counselling,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="calculations",
    )
    question = models.CharField(_("the question, in own words"), max_length=300)
    country = models.CharField(max_length=2)
    engine = models.CharField(max_length=40)  # "pack", or the engine's name
    engine_version = models.CharField(max_length=40, blank=True)
    pack_id = models.CharField(max_length=60, blank=True)
    pack_version = models.CharField(max_length=20, blank=True)
    rules_date = models.DateField(null=True)
    inputs = models.JSONField(default=dict)
    inputs_hash = models.CharField(max_length=64)
    result = models.JSONField(null=True)
    state = models.CharField(
        max_length=6, choices=CalculationState.choices, default=CalculationState.QUEUED
    )
    fault = models.CharField(max_length=40, blank=True)
    worked_out_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    duties_told_on = models.DateField(_("duties talked through"), null=True, blank=True)
    shown_to_unit = models.BooleanField(_("the specialist may see it"), default=False)
    delivered_how = models.CharField(
        _("handed over"), max_length=10, choices=Delivered.choices, blank=True
    )
    delivered_on = models.DateField(null=True, blank=True)
    recalled_on = models.DateField(null=True)
    recall_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["pack_id", "pack_version"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True) | Q(confirmed_at__isnull=False),
                name="calculation_confirmed_before_delivery",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PayerQuestion(OfEpisode):
    """A question to whoever pays, and the answer with who gave it and when."""

    information = Information.BENEFITS

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="payer_questions"
    )
    question = models.TextField(_("question"))
    asked_of = models.CharField(_("asked of"), max_length=150, blank=True)
    asked_on = models.DateField(_("asked"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class ReportingDuty(OfEpisode):
    """Who must tell whom what, by when; told before any scenario is printed."""

    information = Information.BENEFITS

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="reporting_duties"
    )
    who = models.CharField(_("who"), max_length=150)
    to_whom = models.CharField(_("tells whom"), max_length=150)
    what = models.CharField(_("what"), max_length=300)
    due_on = models.DateField(_("by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "created_at"]

    def __str__(self) -> str:
        return str(self.pk)


class EarningsMonth(OfEpisode):
    """Earnings of one month, for rights that are used up month by month (United States)."""

    information = Information.BENEFITS

    episode = models.ForeignKey(
        "people.Episode", on_delete=models.CASCADE, related_name="earnings_months"
    )
    month = models.DateField(_("month"))  # its first day
    gross = models.DecimalField(_("earned"), max_digits=12, decimal_places=2)
    work_expenses = models.DecimalField(
        _("impairment-related work expenses"),
        max_digits=12,
        decimal_places=2,
        default=0,
    )
    subsidy = models.DecimalField(
        _("value of special help"), max_digits=12, decimal_places=2, default=0
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "month"], name="earnings_once_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month}"
