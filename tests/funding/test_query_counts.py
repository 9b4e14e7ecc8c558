"""A page of funding asks the database as often for many rows as for one."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import TODAY
from tests.factories.funding import (
    AgreementFactory,
    AnswerFileFactory,
    CaseFactory,
    ClaimEntryFactory,
    ClaimEvidenceFactory,
    ClaimFactory,
    ClaimPartFactory,
    FunderEventFactory,
    InvoicedClaimFactory,
    InvoiceFactory,
    MatchFactory,
    MonitorNoteFactory,
    RunFactory,
    RunLineFactory,
)
from tests.factories.people import CaseloadSpellFactory, EpisodeFactory

FIRST = date(2026, 1, 1)
STATES = ("draft", "submitted", "accepted", "paid", "rejected", "disputed")


class Money:
    """The story's agreement, with as many claims as wanted, in many states."""

    def __init__(self, story):
        self.story, self.agreement = story, story.agreement
        self.run = RunFactory(
            agreement=self.agreement,
            created_by=story.world.ben.user,
            state="complete",
            digest="1" * 64,
        )
        self.one = self.claim("submitted")
        self.adjust(0)
        RunLineFactory(run=self.run, case=self.one.case, document=_line(self.one))

    def claim(self, state: str):
        """Return a claim of somebody of their own, with all that hangs on it."""
        episode = EpisodeFactory(
            unit=self.story.world.north, state="active", accepted_on=FIRST
        )
        CaseloadSpellFactory(
            episode=episode, specialist=self.story.world.ada.user, first_day=FIRST
        )
        contract = self.agreement.contract
        case = CaseFactory(episode=episode, contract=contract)
        FunderEventFactory(
            agreement=self.agreement, episode=episode, kind="assignment", day=FIRST
        )
        claim = ClaimFactory(
            agreement=self.agreement,
            run=self.run,
            created_by=self.story.world.ben.user,
            contract=contract,
            milestone="placement",
            case=case.token,
            state=state,
            currency="USD",
        )
        for number, told in enumerate(("draft", "submitted", state), start=1):
            ClaimEntryFactory(claim=claim, number=number, state=told, day=TODAY)
        ClaimPartFactory(claim=claim)
        ClaimEvidenceFactory(claim=claim)
        return claim

    def adjust(self, number: int) -> None:
        """Add a difference to the claim that is opened."""
        adjusts = ClaimFactory(
            agreement=self.agreement,
            run=self.run,
            created_by=self.story.world.ben.user,
            contract=self.one.contract,
            case=self.one.case,
            kind="difference",
            adjusts=self.one,
            event_key=f"{self.one.event_key}/{number}",
            amount=Decimal("-5.00"),
            state="accepted",
            currency="USD",
        )
        ClaimEntryFactory(claim=adjusts, number=1, state="submitted", day=TODAY)

    def more(self) -> None:
        """Add rows of every kind that a page may list."""
        for state in STATES:
            claim = self.claim(state)
            invoice = InvoiceFactory(agreement=self.agreement)
            InvoicedClaimFactory(invoice=invoice, claim=claim)
            MatchFactory(claim=claim)
            RunLineFactory(run=self.run, case=claim.case, document=_line(claim))
            self.adjust(claim.number)
        for number in range(4, 9):
            ClaimEntryFactory(claim=self.one, number=number, state="queried", day=TODAY)
            ClaimEvidenceFactory(claim=self.one)
            AnswerFileFactory(agreement=self.agreement)
            MonitorNoteFactory(agreement=self.agreement)
        for year in (2020, 2021, 2022):
            AgreementFactory(
                unit=self.agreement.unit,
                funder=self.agreement.funder,
                contract=self.agreement.contract,
                first_day=date(year, 1, 1),
            )
            RunFactory(agreement=self.agreement, state="complete", digest="2" * 64)


def _line(claim) -> dict:
    return claim.document | {"amount": "5.00", "steps": [], "pays": True}


PAGES = [
    pytest.param("ben", "", id="the room, of the unit"),
    pytest.param("nia", "", id="the room, of the funder"),
    pytest.param("sam", "", id="the room, of the office"),
    pytest.param("ben", "agreements/{agreement}/", id="an agreement"),
    pytest.param("ben", "agreements/{agreement}/claims/", id="claims, of the unit"),
    pytest.param("nia", "agreements/{agreement}/claims/", id="claims, of the funder"),
    pytest.param("ben", "claims/{claim}/", id="a claim, of the unit"),
    pytest.param("nia", "claims/{claim}/", id="a claim, of the funder"),
    pytest.param("ben", "runs/{run}/", id="a run"),
    pytest.param("ben", "agreements/{agreement}/invoices/", id="invoices"),
    pytest.param("nia", "agreements/{agreement}/reconciliation/", id="reconciliation"),
    pytest.param("nia", "agreements/{agreement}/answers/", id="answers"),
    pytest.param("ben", "ledger/", id="who pays for whom"),
    pytest.param("ben", "doubles/", id="double funding"),
    pytest.param("ben", "doubles/matching/", id="matching"),
    pytest.param("ben", "monitors/", id="agreements that are watched"),
    pytest.param("nia", "monitors/{agreement}/", id="notes of what is watched"),
    pytest.param("ben", "contracts/", id="contracts"),
    pytest.param("nia", "room/", id="at a glance"),
]


@pytest.mark.parametrize(("by", "page"), PAGES)
def test_a_page_costs_as_many_questions_for_many_rows_as_for_one(as_, story, by, page):
    money = Money(story)
    address = "/funding/" + page.format(
        agreement=money.agreement.pk, claim=money.one.pk, run=money.run.pk
    )
    client = as_(by)
    assert client.get(address).status_code == 200
    money.claim("submitted")  # a second row, so that a list is one
    few = _asked(client, address)
    money.more()
    many = _asked(client, address)
    assert len(few) == len(many), _added(few, many)


def _asked(client, address: str) -> list[str]:
    """Return the questions that a page asks."""
    with CaptureQueriesContext(connection) as met:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in met]


def _added(few: list[str], many: list[str]) -> str:
    """Return the questions that are asked more often, for who mends it."""
    left = list(few)
    more = []
    for one in many:
        table = one.split("FROM")[-1][:80]
        same = next(
            (each for each in left if each.split("FROM")[-1][:80] == table), None
        )
        if same is None:
            more.append(one[:300])
        else:
            left.remove(same)
    return "\n".join(more)
