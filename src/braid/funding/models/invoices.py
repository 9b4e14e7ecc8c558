"""Invoices with their numbers, the claims on them, and answers of funders as files."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from braid.funding.held import MoneyRecord, Written
from braid.funding.models.agreements import Agreement
from braid.funding.models.claims import Claim


class Invoice(Written):
    """An invoice or credit note as it was issued, with its number; it never changes.

    Numbers of one seller run without a gap in each year: the row takes its number in
    the transaction that writes it, and no row is ever deleted. `payer` is the slot of
    the contract that pays, `text` the whole document (`invoices.document.to_json`), from
    which every file is made anew. `credits` is the invoice that a credit note takes back.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("invoice")
        CREDIT_NOTE = "credit_note", _("credit note")

    unit_path = "agreement__unit"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="invoices"
    )
    seller = models.ForeignKey(
        "access.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(editable=False)
    sequence = models.PositiveIntegerField(editable=False)
    number = models.CharField(_("number"), max_length=30, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    payer = models.CharField(_("payer"), max_length=60)
    issued_on = models.DateField(_("issued"))
    due_on = models.DateField(_("due"))
    currency = models.CharField(max_length=3)
    payable = models.DecimalField(_("to pay"), max_digits=14, decimal_places=2)
    text = models.TextField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    credits = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="credited_by"
    )

    class Meta:
        ordering = ["-year", "-sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "year", "sequence"], name="invoice_number_once"
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=1), name="invoice_numbers_from_one"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")), name="invoice_due_after_issue"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InvoicedClaim(Written):
    """That a claim stands on an invoice, with what its payer owes for it.

    `edition` counts how often the claim was invoiced to that payer: one more than was
    credited, so that no claim stands on two invoices that hold.
    """

    agreement_path = "invoice__agreement"
    unit_path = "invoice__agreement__unit"

    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, related_name="claims"
    )
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="invoiced")
    payer = models.CharField(_("payer"), max_length=60)
    edition = models.PositiveSmallIntegerField(default=1)
    is_taken_back = models.BooleanField(default=False)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["claim", "edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "payer", "edition", "is_taken_back"],
                name="invoiced_claim_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition}"


class AnswerFile(Written):
    """A funder's answers that came as a file and were taken in, whole or not at all.

    `document` are the answers with their lines, as they were shown before they were
    taken in; the file itself is known by its name and digest and not kept. `side` is
    who took it in: the payer's desk, or the unit that is paid.
    """

    unit_path = "agreement__unit"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="answer_files"
    )
    name = models.CharField(_("file"), max_length=120, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    plan = models.CharField(max_length=64, editable=False)
    side = models.CharField(max_length=8, editable=False)
    rows = models.PositiveIntegerField()
    document = models.JSONField(default=list)

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "sha256"], name="answer_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rows}"


class PaidElsewhere(MoneyRecord):
    """That something else pays for a kind of activity, so that it is not charged here."""

    class Activity(models.TextChoices):
        COUNSELLING = "benefits_counselling", _("benefits counselling")
        SUPPORT = "support", pgettext_lazy("paid elsewhere", "support of any kind")

    unit_path = "agreement__unit"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="paid_elsewhere"
    )
    activity = models.CharField(_("what"), max_length=20, choices=Activity.choices)
    payer = models.CharField(_("who pays for it"), max_length=120)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    source = models.CharField(_("where it is written"), max_length=300)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="paid_elsewhere_days_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity}"
