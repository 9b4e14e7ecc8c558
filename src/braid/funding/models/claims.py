"""A claim, its history and evidence, and what a steward decided about double funding."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.funding import choices
from braid.funding.held import MoneyRecord, Written, WrittenOnce
from braid.funding.models.agreements import Agreement
from braid.funding.models.runs import Run

MOVES = frozenset({"state", "is_live", "row_version"})
"""What may change of a claim: how far it is, as its last entry says."""


class Claim(MoneyRecord):
    """One line that is claimed; what it says never changes, how far it is does.

    `case` is the pseudonym of the episode. `event_key` is contract, person or case,
    milestone and ordinal: one live claim a key. `edition` counts the claims of one key,
    `follows` is the one before. A difference or a reversal `adjusts` a claim that stays
    as it was. `amount` null is not bound. `document` is the line of the run, with every
    step that led to it.
    """

    unit_path = "agreement__unit"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="claims"
    )
    run = models.ForeignKey(
        Run, on_delete=models.PROTECT, null=True, related_name="claims"
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    kind = models.CharField(max_length=16, choices=choices.LineKind.choices)
    case = models.CharField(_("case"), max_length=16, db_index=True)
    contract = models.CharField(_("contract"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version of the contract"))
    milestone = models.CharField(_("milestone"), max_length=60)
    ordinal = models.PositiveSmallIntegerField(default=1)
    event_key = models.CharField(max_length=200)
    edition = models.PositiveSmallIntegerField(default=1)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+"
    )
    adjusts = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="adjustments"
    )
    reached_on = models.DateField(_("reached"))
    clause = models.CharField(_("paragraph"), max_length=60)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True
    )
    net = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    vat = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)
    document = models.JSONField(default=dict)
    counts = models.BooleanField(default=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=choices.ClaimState.choices,
        default=choices.ClaimState.DRAFT,
        editable=False,
    )
    is_live = models.BooleanField(default=True, editable=False)

    class Meta:
        ordering = ["reached_on", "number"]
        indexes = [
            models.Index(fields=["agreement", "state"]),
            models.Index(fields=["event_key"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event_key", "kind"],
                condition=Q(is_live=True, adjusts__isnull=True),
                name="claim_live_once_a_key",
            ),
            models.UniqueConstraint(
                fields=["adjusts", "kind"],
                condition=Q(is_live=True, state="draft"),
                name="claim_adjusting_draft_once",
            ),
            models.UniqueConstraint(
                fields=["agreement", "number"], name="claim_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("difference", "reversal"))
                | Q(adjusts__isnull=False),
                name="claim_adjustment_of_something",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True)
                | Q(amount=F("net") + F("vat"))
                | Q(net__isnull=True),
                name="claim_amount_sums",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def reasons(self) -> list[str]:
        """Why the line is not paid, or not yet, as the run found."""
        found: list[str] = self.document.get("reasons", [])
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        changed = set(kwargs.get("update_fields") or ())
        if not self._state.adding and not (changed and changed <= MOVES):
            raise WrittenOnce("What a claim says is written once.")
        super().save(*args, **kwargs)


class ClaimEntry(Written):
    """One entry of the history of a claim: what somebody did, why, and when.

    `side` is for whom: those who claim, pay or settle. `proposed` is a difference that
    waits for a second person. `answer_file` is the payer's file that says it, where
    whoever wrote the entry only took that file in.
    """

    agreement_path = "claim__agreement"
    unit_path = "claim__agreement__unit"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=choices.ClaimState.choices)
    day = models.DateField(_("day"))
    reason = models.CharField(
        _("reason"), max_length=20, choices=choices.Reason.choices, blank=True
    )
    text = models.TextField(_("in words"), blank=True)
    amount = models.DecimalField(
        _("amount paid"), max_digits=14, decimal_places=2, null=True
    )
    proposed = models.DecimalField(
        _("difference that is proposed"), max_digits=14, decimal_places=2, null=True
    )
    side = models.CharField(max_length=8, blank=True, editable=False)
    payment_reference = models.CharField(
        _("reference of the payment"), max_length=60, blank=True
    )
    answer_file = models.ForeignKey(
        "funding.AnswerFile", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="claim_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class ClaimPart(Written):
    """What one payer pays of a claim; the parts of a claim sum to it."""

    agreement_path = "claim__agreement"
    unit_path = "claim__agreement__unit"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="parts")
    payer = models.CharField(_("payer"), max_length=60)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["payer"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "payer"], name="claim_part_once")
        ]

    def __str__(self) -> str:
        return self.payer


class ClaimEvidence(Written):
    """What a claim was made with: a kind, the days it is about, and a digest of the file.

    `token` is the address under which a funder has the digest looked at against the file
    that the provider holds. `evidence_id` is by value: a claim is about nobody.
    """

    agreement_path = "claim__agreement"
    unit_path = "claim__agreement__unit"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="shown")
    token = models.CharField(max_length=32, unique=True, editable=False)
    evidence_id = models.UUIDField(null=True, editable=False)
    kind = models.CharField(_("what"), max_length=16)
    label = models.CharField(max_length=40, blank=True)
    period_first = models.DateField(_("for the days from"), null=True)
    period_last = models.DateField(_("to"), null=True)
    received_on = models.DateField(_("received"), null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["written_at", "token"]

    def __str__(self) -> str:
        return f"{self.kind}"


class Match(Written):
    """That another organisation asks money for what a claim is for, by a rule.

    Found by tokens, in files that the two handed one another for a record of data
    `sharing`. `against` names their contract and them, and nothing else is known of it.
    """

    agreement_path = "claim__agreement"
    unit_path = "claim__agreement__unit"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="matches")
    rule = models.CharField(_("rule"), max_length=2, choices=choices.Conflict.choices)
    against = models.CharField(_("against"), max_length=250)
    sharing = models.CharField(_("record of data sharing"), max_length=120)
    day = models.DateField(_("day"))

    class Meta:
        ordering = ["day", "written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "rule", "against"], name="match_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"


class FundingDecision(Written):
    """What a steward decided where two lines would be paid for one thing.

    `first` and `second` are the claims, `second` null where the other side is none;
    `against` then says what it is. `pays` is the one that is paid, null for neither.
    """

    agreement_path = "first__agreement"
    unit_path = "first__agreement__unit"

    rule = models.CharField(_("rule"), max_length=2, choices=choices.Conflict.choices)
    first = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, related_name="+"
    )
    against = models.CharField(max_length=250, blank=True)
    pays = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField(_("why"))
    day = models.DateField(_("day"))

    class Meta:
        ordering = ["day", "written_at"]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"
