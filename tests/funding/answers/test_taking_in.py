"""A funder's answers come as a file: looked at first, then taken in whole or not at all."""

import hashlib
from decimal import Decimal
from functools import partial

import pytest

from braid.access.models import AuditEntry
from braid.funding import queries
from braid.funding.answers import commands
from braid.funding.claims import presenters
from braid.funding.commands import take_step
from braid.funding.models import AnswerFile, ClaimEntry
from braid.funding.rules import Said
from braid.kernel.errors import InputFault, Refused
from tests.cast import TODAY
from tests.factories.funding import AnswerFileFactory
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


def by_ben(story, data: bytes, name: str = "answers-october.csv") -> AnswerFile:
    """Let Ben take in what the fund sent him."""
    ben = story.world.ben.actor
    plan = commands.look(ben, story.agreement, data, TODAY, name)
    return take_in(story, plan.token, by="ben")


def last_entry(claim) -> ClaimEntry:
    return ClaimEntry.objects.system("looks").filter(claim=claim).last()


def test_the_unit_takes_in_what_its_funder_sent_and_the_history_says_so(story):
    claim = story.claims(state="submitted")[0]
    data = rows(pays(claim))
    file = by_ben(story, data)
    assert (file.name, file.side) == ("answers-october.csv", "claims")
    entry = last_entry(claim)
    assert (entry.side, entry.written_by, entry.answer_file) == (
        "pays",
        story.world.ben.user,
        file,
    )
    (shown, *_earlier) = presenters.history(queries.history(claim))
    assert "answers-october.csv" in shown.text
    assert hashlib.sha256(data).hexdigest() in shown.text
    assert "by the unit that is paid" in shown.text
    assert "Ben" in shown.by
    assert AuditEntry.objects.filter(action="answers_taken_in").count() == 1


def test_who_pays_sees_what_the_unit_took_in_and_disputes_it(story, client):
    claim = story.claims(state="submitted")[0]
    by_ben(story, rows(pays(claim)))
    client.force_login(story.world.nia.user)
    page = client.get(f"/funding/claims/{claim.pk}/").content.decode()
    assert "by the unit that is paid" in page
    assert "disputes it here where it is not theirs" in page
    claim.refresh_from_db()
    story.step(claim, "disputed", "nia", text="We never sent this file.")
    assert claim.state == "disputed"
    page = client.get(f"/funding/claims/{claim.pk}/").content.decode()
    assert "disputes it here where it is not theirs" not in page


def test_what_the_desk_takes_in_itself_asks_nobody_to_look_again(story, client):
    claim = story.claims(state="submitted")[0]
    file = take_in(story, look(story, rows(pays(claim))).token)
    assert file.side == "pays"
    client.force_login(story.world.nia.user)
    page = client.get(f"/funding/claims/{claim.pk}/").content.decode()
    assert "taken in at the funder&#x27;s desk" in page
    assert "disputes it here" not in page


def test_without_a_file_no_unit_says_what_its_funder_decided(story):
    claim = story.claims(state="submitted")[0]
    with pytest.raises(Refused):
        story.step(claim, "accepted", "ben")


def test_a_file_speaks_for_its_own_agreement_and_for_who_pays_alone(story):
    one, other = story.claims(state="submitted")
    file = by_ben(story, rows(pays(one)))
    elsewhere = AnswerFileFactory(side="claims")
    step = partial(
        take_step, actor=story.world.ben.actor, claim=other, said=Said(), today=TODAY
    )
    with pytest.raises(Refused):
        step(to="accepted", file=elsewhere)
    story.step(other, "queried", "nia", text="Which days?")
    with pytest.raises(Refused):
        step(to="submitted", file=file)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param("C:\\post\\mai.csv", "mai.csv", id="folders of Windows"),
        pytest.param("/Users/x/mai.csv", "mai.csv", id="folders"),
        pytest.param("a\u202eb.csv", "ab.csv", id="a sign that turns the writing"),
        pytest.param("", "a file without a name", id="nothing"),
        pytest.param("l" * 200, "l" * 120, id="long"),
    ],
)
def test_a_file_is_called_by_its_own_name_alone(story, given, kept):
    claim = story.claims(state="submitted")[0]
    assert by_ben(story, rows(pays(claim)), given).name == kept


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
