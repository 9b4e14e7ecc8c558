"""Who pays whom by which contract, what was filled into it, and how it is invoiced."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from braid.funding.held import MoneyRecord, Written
from braid.packs import contracts


class Agreement(MoneyRecord):
    """That a funder pays for the work of a unit by a contract, from a day to a day.

    `contract` is the id of a contract file; which version holds, its dates say. `funder`
    is the team that answers claims. `last_day` null is open.
    """

    agreement_path = ""

    unit = models.ForeignKey("access.Team", on_delete=models.PROTECT, related_name="+")
    funder = models.ForeignKey(
        "access.Team",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("funder"),
    )
    contract = models.CharField(_("contract"), max_length=60)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    buyer_reference = models.CharField(
        _("reference of the buyer"), max_length=60, blank=True
    )
    order_reference = models.CharField(
        _("number of the order"), max_length=60, blank=True
    )
    payment_days = models.PositiveSmallIntegerField(_("days to pay in"), default=30)

    class Meta:
        ordering = ["contract", "first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="agreement_days_in_order",
            ),
            models.UniqueConstraint(
                fields=["unit", "contract", "first_day"], name="agreement_once"
            ),
        ]

    def __str__(self) -> str:
        return self.contract

    @property
    def title(self) -> str:
        """What people call the contract of the agreement."""
        return contracts.title_of(self.contract)


class Party(MoneyRecord):
    """Who stands on an invoice for one slot of a contract: the provider, or a payer.

    `slot` is `provider`, `funder` where a contract splits nothing, or the name of a payer
    as the contract file says it.
    """

    unit_path = "agreement__unit"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="parties"
    )
    slot = models.CharField(_("as"), max_length=60)
    organisation = models.ForeignKey(
        "access.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(_("name on the invoice"), max_length=200)
    company_number = models.CharField(_("company number"), max_length=40, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=40, blank=True)
    street = models.CharField(_("street"), max_length=150, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    email = models.EmailField(_("e-mail for invoices"), blank=True)
    endpoint_scheme = models.CharField(
        _("scheme of the electronic address"), max_length=4, blank=True
    )
    endpoint = models.CharField(_("electronic address"), max_length=60, blank=True)
    account = models.CharField(_("account (IBAN)"), max_length=40, blank=True)

    class Meta:
        ordering = ["slot"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "slot"], name="party_once")
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.name}"


class Binding(Written):
    """What whoever holds a contract filled in for one parameter of one version.

    Written once: a later row of the same parameter replaces it from then on, and runs
    say with which they were made. `value` is a decimal as text, a condition as the
    file would say it, or the word none.
    """

    unit_path = "agreement__unit"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="bindings"
    )
    version = models.PositiveSmallIntegerField(_("version of the contract"))
    parameter = models.CharField(_("parameter"), max_length=60)
    value = models.JSONField(_("value"))
    source = models.CharField(_("where it is written"), max_length=300)
    bound_by = models.CharField(_("filled in by"), max_length=150)
    day = models.DateField(_("day"))

    class Meta:
        ordering = ["version", "parameter", "written_at"]
        indexes = [models.Index(fields=["agreement", "version"])]

    def __str__(self) -> str:
        return f"{self.version} {self.parameter}"
