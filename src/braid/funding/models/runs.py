"""A run of a contract over frozen facts, with every line that it gave."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from braid.funding import choices
from braid.funding.held import MoneyRecord, Written
from braid.funding.models.agreements import Agreement


class Run(MoneyRecord):
    """One run: the same facts, contract, values and earlier run give the same lines.

    `snapshot` is the facts it read, `versions` the versions of the contract file with
    their digests, `bindings_digest` what was filled in, `digest` that of all lines in
    their order, without which a run is only begun. `standing` are the claims that were
    sent before, which it nets against, those of other contracts, and what was settled.
    Whoever prepared it is `created_by`.
    """

    unit_path = "agreement__unit"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="runs"
    )
    snapshot = models.ForeignKey(
        "facts.Snapshot", on_delete=models.PROTECT, null=True, related_name="+"
    )
    snapshot_hash = models.CharField(max_length=64)
    versions = models.JSONField(_("versions of the contract"), default=dict)
    bindings_digest = models.CharField(max_length=64)
    as_of = models.DateField(_("as of"))
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    standing = models.JSONField(default=dict, editable=False)
    state = models.CharField(
        max_length=8,
        choices=choices.RunState.choices,
        default=choices.RunState.BEGUN,
        editable=False,
    )
    inputs_digest = models.CharField(max_length=64, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    totals = models.JSONField(default=dict, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-as_of", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "inputs_digest"], name="run_once_on_its_inputs"
            ),
            models.CheckConstraint(
                condition=~Q(state="complete") | ~Q(digest=""),
                name="run_complete_has_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_of}"


class RunLine(Written):
    """One line of a run as the engine gave it, the steps that led to it included.

    `case` is the pseudonym of the episode, `event_key` contract, pseudonym, milestone
    and ordinal. `document` is the whole line, pseudonyms in the place of ids.
    """

    agreement_path = "run__agreement"
    unit_path = "run__agreement__unit"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=choices.LineKind.choices)
    case = models.CharField(max_length=16, db_index=True)
    milestone = models.CharField(max_length=60)
    event_key = models.CharField(max_length=200)
    reached_on = models.DateField(null=True)
    is_claimable = models.BooleanField(default=False)
    document = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="run_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.milestone}"
