"""An invoice takes the next number and never changes; a credit note takes it back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from braid.access.models import AuditEntry
from braid.funding.held import WrittenOnce
from braid.funding.invoices import commands, document, queries
from braid.funding.invoices.checking import asking
from braid.funding.invoices.commands import Wish
from braid.funding.invoices.ubl import written
from braid.funding.models import Invoice, InvoicedClaim
from braid.kernel.errors import InputFault, Refused
from tests.cast import TODAY
from tests.funding.invoices.invoiced import (
    began_to_work,
    name_parties,
    ready_to_invoice,
    released,
)


@pytest.fixture
def story(world, today, settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    return ready_to_invoice(world)


def everything(story, **other) -> Wish:
    rows = queries.ready(story.world.ben.actor, story.agreement, "funder")
    return replace(
        Wish(payer="funder", claims=frozenset(row.pk for row in rows)), **other
    )


def issue(story, wish=None, by="ben", day=TODAY) -> Invoice:
    return commands.issue(
        actor=getattr(story.world, by).actor,
        agreement=story.agreement,
        wish=wish or everything(story),
        day=day,
    )


def take_back(story, invoice, by="ben", note="Wrong order number") -> Invoice:
    return commands.take_back(
        actor=getattr(story.world, by).actor, invoice=invoice, note=note, day=TODAY
    )


def refused(act) -> str:
    with pytest.raises(InputFault) as told:
        act()
    return told.value.reason


def test_what_was_released_is_invoiced_with_the_first_number(story):
    claims = story.claims(state="released")
    invoice = issue(story)
    paper = document.from_json(invoice.text)
    assert invoice.number == "2026-0001"
    assert invoice.payable == sum(claim.amount for claim in claims)
    assert {line.claim for line in paper.lines} == {str(one.number) for one in claims}
    assert paper.due_on == date(2026, 11, 4)
    assert AuditEntry.objects.filter(action="invoice_issued").count() == 1


def test_the_invoice_holds_as_xml_and_names_nobody(story):
    data = written(document.from_json(issue(story).text))
    assert asking.check(data) == ()
    assert b"Pat" not in data
    assert b"Lund" not in data.replace(b"Havnelund", b"")
    assert str(story.world.pat_episode.pk).encode() not in data


def test_numbers_run_on_without_a_gap_and_begin_anew_each_year(story):
    first = issue(story)
    note = take_back(story, first)
    again = issue(story)
    later = issue_again_next_year(story, again)
    assert [first.number, note.number, again.number, later.number] == [
        "2026-0001",
        "2026-0002",
        "2026-0003",
        "2027-0001",
    ]
    seller = story.world.havnelund.pk
    assert queries.numbers_missing(seller, 2026) == []


def issue_again_next_year(story, invoice) -> Invoice:
    take = commands.take_back
    day = date(2027, 1, 4)
    return take(actor=story.world.ben.actor, invoice=invoice, note="x", day=day)


def test_an_invoice_that_was_refused_leaves_no_number_behind(story):
    with pytest.raises(RuntimeError), transaction.atomic():
        issue(story)
        raise RuntimeError
    assert issue(story).number == "2026-0001"


def test_a_claim_stands_on_one_invoice_until_that_is_taken_back(story):
    wish = everything(story)
    invoice = issue(story, wish)
    assert refused(lambda: issue(story, wish)) == "claim_not_ready"
    take_back(story, invoice)
    assert issue(story, wish).number == "2026-0003"


def test_two_at_one_moment_never_invoice_one_claim_twice(story):
    row = InvoicedClaim.objects.system("the test looks").filter(invoice=issue(story))[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        InvoicedClaim.objects.create(
            invoice=row.invoice,
            claim=row.claim,
            payer=row.payer,
            edition=row.edition,
            amount=row.amount,
        )


def test_what_was_issued_cannot_be_changed(story):
    invoice = issue(story)
    invoice.payable = Decimal("1.00")
    with pytest.raises(WrittenOnce):
        invoice.save()
    with pytest.raises(WrittenOnce):
        Invoice.objects.system("the test tries").update(payable=1)


def test_a_credit_note_names_its_invoice_and_sums_to_nothing_with_it(story):
    invoice = issue(story)
    note = take_back(story, invoice)
    assert note.kind == "credit_note"
    assert note.credits == invoice
    assert document.from_json(note.text).credits.number == invoice.number
    amounts = InvoicedClaim.objects.system("the test looks").values_list(
        "amount", flat=True
    )
    assert sum(amounts) == 0


@pytest.mark.parametrize("by", ["ada", "nia", "femi", "sam", "cora", "dev", "ola"])
def test_only_who_claims_for_the_unit_issues_and_takes_back(story, by):
    wish = everything(story)
    with pytest.raises(Refused):
        issue(story, wish, by=by)
    invoice = issue(story, wish)
    with pytest.raises(Refused):
        take_back(story, invoice, by=by)


def test_what_was_not_released_is_not_invoiced(world, today, settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    story = began_to_work(world)
    story.run()
    name_parties(story)
    (draft, *_more) = story.claims(state="draft")
    assert queries.ready(world.ben.actor, story.agreement, "funder") == []
    wish = Wish(payer="funder", claims=frozenset({draft.pk}))
    assert refused(lambda: issue(story, wish)) == "claim_not_ready"


def test_an_invoice_says_who_stands_on_it(world, today, settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    story = began_to_work(world)
    released(story)
    name_parties(story, ("funder",))
    assert refused(lambda: issue(story)) == "no_party"


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        pytest.param(
            lambda story: issue(story, Wish(payer="funder", claims=frozenset())),
            "no_claims",
            id="without claims",
        ),
        pytest.param(
            lambda story: take_back(story, issue(story), note=" "),
            "no_words",
            id="taken back without a word",
        ),
        pytest.param(
            lambda story: take_back(story, take_back(story, issue(story))),
            "is_credit_note",
            id="a credit note taken back",
        ),
    ],
)
def test_what_makes_no_invoice_is_told(story, act, reason):
    assert refused(lambda: act(story)) == reason


def test_an_invoice_is_taken_back_once(story):
    invoice = issue(story)
    take_back(story, invoice)
    assert refused(lambda: take_back(story, invoice)) == "taken_back"


def test_what_was_not_logged_is_not_issued(story, monkeypatch):
    def fails(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr("braid.access.audit.record", fails)
    with pytest.raises(RuntimeError):
        issue(story)
    assert not Invoice.objects.system("the test looks").exists()
