"""From a draft to money and back: who takes which step, and what stands in the way."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from braid.access.changes import edit
from braid.funding import checks, commands, queries
from braid.funding.commands.claims import Double
from braid.funding.held import WrittenOnce
from braid.funding.models import Claim, ClaimEntry, ClaimEvidence
from braid.kernel.errors import InputFault, Refused
from braid.work.models import Evidence
from tests.cast import TODAY
from tests.factories.funding import ClaimFactory
from tests.factories.work import EvidenceFactory
from tests.funding.claims.story import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def states(claim) -> list[str]:
    return [entry.state for entry in queries.history(claim)]


def why(story, claim, to, by, **said) -> str:
    with pytest.raises(InputFault) as fault:
        story.step(claim, to, by, **said)
    return fault.value.reason


def test_a_claim_goes_from_its_draft_to_the_money(story, claimed):
    story.paid(claimed)
    assert states(claimed) == ["draft", "released", "submitted", "accepted", "paid"]
    last = queries.history(claimed)[-1]
    assert (last.payment_reference, last.amount) == ("FV-1", Decimal("800.00"))


def test_nobody_releases_what_they_prepared(story, claimed):
    assert why(story, claimed, "released", "ben") == "own_preparation"
    assert story.step(claimed, "released", "bea").state == "released"


def test_the_steward_is_the_second_pair_of_eyes_of_a_small_unit(story, claimed):
    assert story.step(claimed, "released", "sam").state == "released"
    with pytest.raises(Refused):
        story.step(claimed, "submitted", "sam")


@pytest.mark.parametrize(
    ("before", "to", "by"),
    [
        pytest.param("draft", "released", "nia", id="a funder releases nothing"),
        pytest.param("draft", "released", "ada", id="nor does a specialist"),
        pytest.param("released", "submitted", "nia", id="a funder sends nothing"),
        pytest.param("submitted", "accepted", "ben", id="a provider accepts nothing"),
        pytest.param("submitted", "rejected", "bea", id="nor rejects it"),
        pytest.param("accepted", "paid", "ben", id="nor pays it"),
        pytest.param("paid", "reversed", "ben", id="nor takes it back alone"),
        pytest.param("paid", "reversed", "nia", id="a funder takes nothing back alone"),
        pytest.param("submitted", "accepted", "femi", id="another funder answers not"),
    ],
)
def test_a_step_is_for_one_side(story, claimed, before, to, by):
    Claim.objects.system("so far").filter(pk=claimed.pk).update(state=before)
    claimed.refresh_from_db()
    with pytest.raises(Refused):
        story.step(claimed, to, by, text="Because", reason="repeat")


@pytest.mark.parametrize(
    ("before", "to", "by"),
    [
        pytest.param("draft", "submitted", "ben", id="before its release"),
        pytest.param("rejected", "submitted", "ben", id="after its rejection"),
        pytest.param("submitted", "paid", "nia", id="before it was accepted"),
        pytest.param("reversed", "paid", "nia", id="after it was taken back"),
    ],
)
def test_a_step_comes_in_its_place(story, claimed, before, to, by):
    Claim.objects.system("so far").filter(pk=claimed.pk).update(state=before)
    claimed.refresh_from_db()
    assert why(story, claimed, to, by) == "step_not_next"


def test_a_question_is_answered_and_both_stay_in_the_history(story, claimed):
    story.step(claimed, "released", "bea")
    story.step(claimed, "submitted", "ben")
    assert why(story, claimed, "queried", "nia") == "no_words"
    story.step(claimed, "queried", "nia", text="Which days does the letter cover?")
    story.step(claimed, "submitted", "ben", text="The whole of September")
    told = [entry.text for entry in queries.history(claimed) if entry.text]
    assert told == ["Which days does the letter cover?", "The whole of September"]


def test_a_rejected_claim_is_claimed_again_under_its_key(story, claimed):
    story.step(claimed, "released", "bea")
    story.step(claimed, "submitted", "ben")
    assert why(story, claimed, "rejected", "nia", text="No") == "no_reason"
    story.step(claimed, "rejected", "nia", text="No letter", reason="evidence_missing")
    made = commands.claim_again(
        actor=story.world.ben.actor, claim=claimed, text="Here it is", today=TODAY
    )
    assert (made.event_key, made.edition, made.state) == (claimed.event_key, 2, "draft")
    assert made.follows_id == claimed.pk
    assert [part.amount for part in queries.parts(made)] == [Decimal("800.00")]
    assert why(story, made, "released", "ben") == "own_preparation"
    with pytest.raises(InputFault):
        commands.claim_again(
            actor=story.world.ben.actor, claim=claimed, text="Again", today=TODAY
        )


def test_a_dispute_ends_with_a_difference_that_both_have_agreed_on(story, claimed):
    story.paid(claimed)
    story.step(claimed, "disputed", "nia", text="The hours were fewer")
    assert why_adjusted(story, claimed, "nia") == "refused"
    commands.propose_difference(
        actor=story.world.nia.actor,
        claim=claimed,
        amount=Decimal("-60.00"),
        text="Two weeks less",
        today=TODAY,
    )
    assert why_adjusted(story, claimed, "nia") == "refused"  # their own proposal
    story.step(claimed, "adjusted", "bea")
    (difference,) = queries.adjustments(claimed)
    assert (difference.kind, difference.amount) == ("difference", Decimal("-60.00"))
    assert difference.state == "accepted"
    assert claimed.amount == Decimal("800.00")  # what was claimed stays
    assert queries.balances([claimed]) == {claimed.pk: Decimal("740.00")}


def why_adjusted(story, claim, by) -> str:
    try:
        story.step(claim, "adjusted", by)
    except Refused:
        return "refused"
    except InputFault as fault:
        return fault.reason
    return "done"


def test_a_provider_corrects_what_was_paid_with_four_eyes(story, claimed):
    story.paid(claimed)
    commands.propose_difference(
        actor=story.world.ben.actor,
        claim=claimed,
        amount=Decimal("60.00"),
        text="A later payslip",
        today=TODAY,
    )
    claimed.refresh_from_db()
    assert why(story, claimed, "adjusted", "ben") == "own_proposal"
    with pytest.raises(Refused):
        story.step(claimed, "adjusted", "nia")
    story.step(claimed, "adjusted", "bea")
    (difference,) = queries.adjustments(claimed)
    assert difference in queries.claims(story.world.nia.actor)  # the funder is told
    assert difference.state == "submitted"


def test_a_difference_takes_back_no_more_than_was_claimed(story, claimed):
    story.paid(claimed)
    for amount in ("0.00", "-800.01"):
        with pytest.raises(InputFault):
            commands.propose_difference(
                actor=story.world.ben.actor,
                claim=claimed,
                amount=Decimal(amount),
                text="Because",
                today=TODAY,
            )


def test_a_steward_reverses_with_a_line_that_takes_everything_back(story, claimed):
    story.paid(claimed)
    with pytest.raises(InputFault):
        commands.reverse(
            actor=story.world.sam.actor, claim=claimed, text=" ", today=TODAY
        )
    commands.reverse(
        actor=story.world.sam.actor,
        claim=claimed,
        text="The job had ended before",
        today=TODAY,
    )
    (line,) = queries.adjustments(claimed)
    assert (line.kind, line.amount) == ("reversal", Decimal("-800.00"))
    assert queries.balances([claimed]) == {claimed.pk: Decimal(0)}


# What stands in the way of a release


def test_a_claim_without_its_papers_says_so_and_a_declared_gap_lets_it_go(story):
    story.run()
    claim = story.claims(milestone="profile")[0]
    assert why(story, claim, "released", "bea") == "nothing_to_pay"
    made = commands.declare_gap(
        actor=story.world.ben.actor,
        claim=claim,
        text="The person keeps the profile at home",
        today=TODAY,
    )
    assert (made.amount, made.edition) == (Decimal("300.00"), 2)
    assert why(story, made, "released", "ben") == "own_preparation"
    assert story.step(made, "released", "bea").state == "released"


def test_a_gap_that_was_declared_outlasts_the_next_run(story):
    first = story.run()
    claim = story.claims(milestone="profile")[0]
    made = commands.declare_gap(
        actor=story.world.ben.actor, claim=claim, text="At home", today=TODAY
    )
    story.paper(document__sha256="c" * 64)  # the letter of the employer, for the start
    assert story.run().pk != first.pk
    assert story.claims(milestone="profile") == [made]
    story.paid(made)
    assert story.run() is not None
    assert story.claims(kind="reversal") == []


def test_nothing_but_missing_evidence_is_accounted_for(story, claimed):
    with pytest.raises(InputFault):
        commands.declare_gap(
            actor=story.world.ben.actor, claim=claimed, text="Why", today=TODAY
        )


def test_a_file_of_two_people_stops_a_claim(story, claimed, world):
    EvidenceFactory(job=None, episode=world.quinn_episode, document__sha256="c" * 64)
    assert why(story, claimed, "released", "bea") == "evidence_shared"


def test_a_paper_that_changed_after_the_run_stops_a_claim(story, claimed):
    kept = Evidence.objects.system("somebody edits").filter(kind="employer_letter")
    kept.update(sha256="d" * 64)
    assert why(story, claimed, "released", "bea") == "evidence_changed"


def test_a_paper_that_was_taken_back_stops_a_claim(story, claimed):
    Evidence.objects.system("somebody takes back").filter(
        kind="employer_letter"
    ).delete()
    assert why(story, claimed, "released", "bea") == "evidence_gone"


def test_a_paper_that_changes_between_release_and_sending_stops_the_sending(
    story, claimed
):
    story.step(claimed, "released", "bea")
    kept = Evidence.objects.system("somebody edits").filter(kind="employer_letter")
    kept.update(sha256="d" * 64)
    assert why(story, claimed, "submitted", "ben") == "evidence_changed"


def test_a_start_that_was_moved_back_needs_a_word(story, claimed, world):
    before = DAY.replace(day=1)
    edit(world.ada.actor, story.job, action="job_changed", first_day=before)
    assert why(story, claimed, "released", "bea") == "start_back_dated"
    story.step(claimed, "released", "bea", text="The contract says the first")
    assert claimed.state == "released"


def test_a_start_that_was_moved_on_is_no_reason(story, claimed, world):
    after = DAY.replace(day=9)
    edit(world.ada.actor, story.job, action="job_changed", first_day=after)
    assert checks.changed([claimed]) == {claimed.pk: ()}


def test_two_that_would_be_paid_for_one_thing_wait_for_a_steward(story, claimed, world):
    met = ClaimFactory(
        agreement=story.agreement,
        number=90,
        document={**claimed.document, "reasons": ["duplicate_funding"]},
    )
    assert why(story, met, "released", "bea") == "duplicate_funding"
    double = Double("D2", met, claimed, met, "The other contract is a grant")
    with pytest.raises(Refused):
        commands.decide_double(actor=world.ben.actor, double=double, today=TODAY)
    commands.decide_double(actor=world.sam.actor, double=double, today=TODAY)
    assert story.step(met, "released", "bea").state == "released"


# What is written stays


def test_a_claim_and_its_entries_are_written_once(story, claimed):
    claimed.amount = Decimal("900.00")
    with pytest.raises(WrittenOnce):
        claimed.save()
    entry = queries.history(claimed)[0]
    with pytest.raises(WrittenOnce):
        entry.save()
    with pytest.raises(WrittenOnce):
        ClaimEntry.objects.system("somebody edits").update(text="Otherwise")


def test_one_live_claim_a_key(story, claimed):
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimFactory(agreement=story.agreement, number=91, event_key=claimed.event_key)


def test_a_correction_that_a_run_finds_adjusts_once_a_second_person_released_it(story):
    from tests.funding.claims.story import bind

    story.papers()
    story.run()
    claim = story.paid(story.claims(milestone="placement")[0])
    bind(story, "PLACEMENT", "860.00")
    story.run(snapshot=claim.run.snapshot)
    (found,) = story.claims(kind="difference")
    assert (found.amount, found.adjusts_id, found.state) == (
        Decimal("60.00"),
        claim.pk,
        "draft",
    )
    assert why(story, found, "released", "ben") == "own_preparation"
    story.step(found, "released", "bea")
    claim.refresh_from_db()
    assert (found.state, claim.state) == ("submitted", "adjusted")


# What a funder sees


def test_a_funder_sees_what_was_sent_and_nothing_that_is_prepared(story, claimed):
    nia = story.world.nia.actor
    assert list(queries.claims(nia)) == []
    story.step(claimed, "released", "bea")
    assert list(queries.claims(nia)) == []
    story.step(claimed, "submitted", "ben")
    assert list(queries.claims(nia)) == [claimed]
    assert queries.case_behind(nia, claimed) is None
    assert queries.case_behind(story.world.ben.actor, claimed) is not None
    assert {one.sha256 for one in ClaimEvidence.objects.visible_to(nia)} >= {"c" * 64}
