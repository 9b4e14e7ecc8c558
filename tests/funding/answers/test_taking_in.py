"""A funder's answers come as a file: looked at first, then taken in whole or not at all."""

from decimal import Decimal

import pytest

from braid.access.models import AuditEntry
from braid.funding.answers import commands
from braid.funding.models import AnswerFile, ClaimEntry
from braid.kernel.errors import InputFault, Refused
from tests.cast import TODAY
from tests.funding.invoices.invoiced import ready_to_invoice

HEAD = "claim,decision,reason,amount,currency,reference,day,text\n"


@pytest.fixture
def story(world, today, settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    made = ready_to_invoice(world)
    for claim in made.claims(state="released"):
        made.step(claim, "submitted", "ben")
    return made


def rows(*lines: str) -> bytes:
    return (HEAD + "".join(f"{line}\n" for line in lines)).encode()


def look(story, data: bytes, by="nia"):
    actor = getattr(story.world, by).actor
    return commands.look(actor, story.agreement, data, TODAY)


def take_in(story, token: str, by="nia") -> AnswerFile:
    return commands.take_in(
        actor=getattr(story.world, by).actor,
        agreement=story.agreement,
        token=token,
        today=TODAY,
    )


def pays(claim, amount=None) -> str:
    owed = claim.amount if amount is None else amount
    return f"{claim.number},paid,,{owed},USD,FV-7,{TODAY},"


def rejects(claim) -> str:
    return f"{claim.number},rejected,evidence_missing,,,,,Nothing shows the start"


def test_a_file_pays_one_claim_and_rejects_another(story):
    one, other = story.claims(state="submitted")
    plan = look(story, rows(pays(one), rejects(other)))
    assert plan.is_fit
    assert {claim.state for claim in story.claims()} == {"submitted"}
    take_in(story, plan.token)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, other.state) == ("paid", "rejected")
    entry = ClaimEntry.objects.system("looks").filter(claim=one).last()
    assert (entry.amount, entry.payment_reference, entry.side) == (
        one.amount,
        "FV-7",
        "pays",
    )


def test_a_claim_is_named_by_its_event_key_as_well(story):
    claim = story.claims(state="submitted")[0]
    plan = look(story, rows(f"{claim.event_key},accepted,,,,,,"))
    take_in(story, plan.token)
    claim.refresh_from_db()
    assert claim.state == "accepted"


def test_the_unit_takes_in_what_its_funder_sent_and_the_history_says_who(story):
    claim = story.claims(state="submitted")[0]
    take_in(story, look(story, rows(pays(claim)), by="ben").token, by="ben")
    entry = ClaimEntry.objects.system("looks").filter(claim=claim).last()
    assert (entry.side, entry.written_by) == ("pays", story.world.ben.user)
    assert AuditEntry.objects.filter(action="answers_taken_in").count() == 1


def test_what_was_paid_less_than_claimed_is_kept_as_it_was_paid(story):
    claim = story.claims(state="submitted")[0]
    plan = look(story, rows(pays(claim, "250.00")))
    assert plan.moves[0].differs == Decimal("250.00") - claim.amount
    take_in(story, plan.token)
    entry = ClaimEntry.objects.system("looks").filter(claim=claim).last()
    assert entry.amount == Decimal("250.00")


def test_with_one_fault_nothing_of_a_file_is_taken_in(story):
    one, _other = story.claims(state="submitted")
    plan = look(story, rows(pays(one), "999,accepted,,,,,,"))
    assert [fault.code for fault in plan.faults] == ["claim_unknown"]
    assert plan.token == ""
    assert not plan.is_fit


def refused(act) -> str:
    with pytest.raises(InputFault) as told:
        act()
    return told.value.reason


def test_a_claim_that_went_on_meanwhile_stops_the_whole_file(story):
    one, other = story.claims(state="submitted")
    plan = look(story, rows(pays(one), rejects(other)))
    story.step(other, "accepted", "nia")
    assert refused(lambda: take_in(story, plan.token)) == "plan_changed"
    one.refresh_from_db()
    assert one.state == "submitted"
    assert not AnswerFile.objects.system("looks").exists()


def test_one_file_is_taken_in_once(story):
    one, _other = story.claims(state="submitted")
    plan = look(story, rows(pays(one)))
    take_in(story, plan.token)
    assert refused(lambda: take_in(story, plan.token)) == "file_twice"


@pytest.mark.parametrize(
    "token", [pytest.param("", id="nothing"), pytest.param("a:b:c", id="made up")]
)
def test_what_was_not_looked_at_is_not_taken_in(story, token):
    assert refused(lambda: take_in(story, token)) == "plan_old"


def test_what_was_looked_at_for_another_agreement_is_not_taken_in(story):
    one, _other = story.claims(state="submitted")
    plan = look(story, rows(pays(one)))
    story.agreement.pk, first = story.world.north.pk, story.agreement.pk
    assert refused(lambda: take_in(story, plan.token)) == "plan_old"
    story.agreement.pk = first


@pytest.mark.parametrize("by", ["femi", "ada", "cora", "dev", "ola", "sam"])
def test_nobody_else_takes_answers_in(story, by):
    with pytest.raises(Refused):
        look(story, rows(), by=by)


def test_a_step_that_is_refused_takes_the_file_back(story, monkeypatch):
    one, other = story.claims(state="submitted")
    plan = look(story, rows(pays(one), rejects(other)))
    done = []

    def fails_later(**given):
        if done:
            raise RuntimeError
        done.append(given["claim"])

    monkeypatch.setattr("braid.funding.commands.take_step", fails_later)
    with pytest.raises(RuntimeError):
        take_in(story, plan.token)
    assert not AnswerFile.objects.system("looks").exists()
