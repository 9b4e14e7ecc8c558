"""Factories of the funding room."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from braid.funding import models
from braid.funding.invoices.document import (
    Claimed,
    Frame,
    Party,
    digest,
    drawn,
    to_json,
)
from tests.factories.access import TeamFactory, UserFactory
from tests.factories.people import EpisodeFactory

CONTRACT = "uk-mhep-haringey-barnet"


class AgreementFactory(DjangoModelFactory):
    unit = factory.SubFactory(TeamFactory, kind="ips_unit")
    funder = factory.SubFactory(TeamFactory, kind="other")
    contract = CONTRACT
    first_day = date(2019, 4, 1)

    class Meta:
        model = models.Agreement


class OfAgreementFactory(DjangoModelFactory):
    agreement = factory.SubFactory(AgreementFactory)

    class Meta:
        abstract = True


class PartyFactory(OfAgreementFactory):
    slot = "funder"
    name = "Fonden Vejen til Arbejde"

    class Meta:
        model = models.Party


class BindingFactory(OfAgreementFactory):
    version = 1
    parameter = "START"
    value = "100.00"
    source = "invented, for this test"
    bound_by = "Sam"
    day = date(2026, 1, 5)

    class Meta:
        model = models.Binding


class CaseFactory(DjangoModelFactory):
    episode = factory.SubFactory(EpisodeFactory)
    contract = CONTRACT
    token = factory.Sequence(lambda n: f"C{n:05d}-TEST")
    person_token = factory.Sequence(lambda n: f"P{n:05d}-TEST")

    class Meta:
        model = models.Case


class FunderEventFactory(OfAgreementFactory):
    episode = factory.SubFactory(EpisodeFactory)
    kind = "consent"
    day = date(2026, 8, 24)

    class Meta:
        model = models.FunderEvent


class RunFactory(OfAgreementFactory):
    snapshot_hash = "0" * 64
    bindings_digest = "0" * 64
    inputs_digest = factory.Sequence(lambda n: f"{n:064d}")
    as_of = date(2026, 10, 5)

    class Meta:
        model = models.Run


class RunLineFactory(DjangoModelFactory):
    run = factory.SubFactory(RunFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = "milestone"
    case = "C00001-TEST"
    milestone = "start"
    event_key = factory.Sequence(lambda n: f"{CONTRACT}/P{n:05d}/start/1")

    class Meta:
        model = models.RunLine


class ClaimFactory(OfAgreementFactory):
    run = factory.SubFactory(
        RunFactory,
        agreement=factory.SelfAttribute("..agreement"),
        created_by=factory.SubFactory(UserFactory),
    )
    number = factory.Sequence(lambda n: n + 1)
    kind = "milestone"
    case = "C00001-TEST"
    contract = CONTRACT
    version = 1
    milestone = "start"
    event_key = factory.Sequence(lambda n: f"{CONTRACT}/P{n:05d}/start/1")
    reached_on = date(2026, 9, 7)
    clause = "start"
    amount = Decimal("100.00")
    currency = "GBP"
    document = factory.LazyAttribute(
        lambda made: {
            "contract": made.contract,
            "version": made.version,
            "episode": made.case,
            "person": "P00001-TEST",
            "unit": str(made.agreement.unit_id),
            "milestone": made.milestone,
            "ordinal": 1,
            "event_key": made.event_key,
            "reached_on": made.reached_on.isoformat(),
            "amount": None if made.amount is None else f"{made.amount:f}",
            "currency": made.currency,
            "kind": made.kind,
            "state": "draft",
            "reasons": [],
            "flags": [],
            "steps": [],
            "counts": True,
            "pays": True,
            "evidence": {
                "required": [],
                "present": [],
                "missing": [],
                "deadline": None,
            },
        }
    )
    created_by = factory.SelfAttribute("run.created_by")

    class Meta:
        model = models.Claim


class OfClaimFactory(DjangoModelFactory):
    claim = factory.SubFactory(ClaimFactory)

    class Meta:
        abstract = True


class ClaimEntryFactory(OfClaimFactory):
    number = factory.Sequence(lambda n: n + 1)
    state = "draft"
    day = date(2026, 10, 5)

    class Meta:
        model = models.ClaimEntry


class ClaimPartFactory(OfClaimFactory):
    payer = "funder"
    amount = Decimal("100.00")

    class Meta:
        model = models.ClaimPart


class ClaimEvidenceFactory(OfClaimFactory):
    token = factory.Sequence(lambda n: f"{n:032d}")
    kind = "payslip"
    sha256 = "a" * 64

    class Meta:
        model = models.ClaimEvidence


class FundingDecisionFactory(DjangoModelFactory):
    rule = "D4"
    first = factory.SubFactory(ClaimFactory)
    text = "The grant pays for it"
    day = date(2026, 10, 5)

    class Meta:
        model = models.FundingDecision


class MatchFactory(DjangoModelFactory):
    claim = factory.SubFactory(ClaimFactory)
    rule = "D2"
    against = "another-tariff (Another provider)"
    sharing = "Agreement 7"
    day = date(2026, 10, 5)

    class Meta:
        model = models.Match


class MonitorNoteFactory(OfAgreementFactory):
    monitor = "job-ends"
    as_of = date(2026, 9, 30)
    question = "Why are ends known so late?"

    class Meta:
        model = models.MonitorNote


class InvoiceFactory(OfAgreementFactory):
    seller = factory.SelfAttribute("agreement.unit.organisation")
    year = 2026
    sequence = factory.Sequence(lambda n: n + 1)
    number = factory.LazyAttribute(lambda made: f"{made.year}-{made.sequence:04d}")
    kind = "invoice"
    payer = "funder"
    issued_on = date(2026, 10, 5)
    due_on = date(2026, 11, 4)
    currency = "EUR"
    payable = Decimal("121.00")
    text = factory.LazyAttribute(lambda made: _invoice_text(made))
    digest = factory.LazyAttribute(lambda made: digest(made.text))

    class Meta:
        model = models.Invoice


def _invoice_text(made) -> str:
    """Return an invoice of one claim with VAT at 21 per cent."""
    claim = Claimed(
        claim="1",
        case="C00001-TEST",
        milestone="start",
        title="Start",
        clause="2.1",
        reached_on=date(2026, 9, 7),
        net=Decimal("100.00"),
        vat=Decimal("21.00"),
        vat_percent=Decimal(21),
    )
    frame = Frame(
        number=made.number,
        issued_on=made.issued_on,
        due_on=made.due_on,
        currency=made.currency,
        seller=Party(name="Havnelund IPS", country="DK", vat_id="DK12345678"),
        buyer=Party(name="Fonden Vejen til Arbejde", country="DK"),
        contract=CONTRACT,
    )
    return to_json(drawn(frame, [claim]))


class InvoicedClaimFactory(OfClaimFactory):
    invoice = factory.SubFactory(
        InvoiceFactory, agreement=factory.SelfAttribute("..claim.agreement")
    )
    payer = "funder"
    amount = Decimal("121.00")

    class Meta:
        model = models.InvoicedClaim


class AnswerFileFactory(OfAgreementFactory):
    name = "answers.csv"
    side = "pays"
    sha256 = factory.Sequence(lambda n: f"{n:064d}")
    plan = "0" * 64
    rows = 1

    class Meta:
        model = models.AnswerFile


class PaidElsewhereFactory(OfAgreementFactory):
    activity = "benefits_counselling"
    payer = "WIPA"
    first_day = date(2026, 1, 1)
    source = "invented, for this test"

    class Meta:
        model = models.PaidElsewhere
