"""A run of a contract over frozen facts: the same inputs, the same lines, no line twice."""

from decimal import Decimal

import pytest

from braid.access.models import ConsentEntry
from braid.facts.models import Snapshot
from braid.funding import engine, pseudonyms
from braid.funding.commands import running
from braid.funding.models import Case, Claim, Run, RunLine
from braid.kernel.errors import Refused
from tests.cast import TODAY
from tests.funding.claims.story import DAY, bind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_a_run_gives_lines_with_every_step_and_claims_of_those_that_can_be_paid(story):
    story.papers()
    made = story.run()
    lines = list(RunLine.objects.system("the test looks").filter(run=made))
    assert {line.milestone for line in lines} >= {"profile", "placement"}
    assert all(line.document["steps"] for line in lines)
    profile, placement = story.claims()
    assert (profile.milestone, profile.amount) == ("profile", Decimal("300.00"))
    assert (placement.milestone, placement.amount) == ("placement", Decimal("800.00"))
    assert (placement.reached_on, placement.state) == (DAY, "draft")


def test_no_line_and_no_claim_says_whose_it_is(story, world):
    story.papers()
    story.run()
    ids = (str(world.pat.pk), str(world.pat_episode.pk), world.pat.given_name)
    for row in (*RunLine.objects.system("looks"), *Claim.objects.system("looks")):
        told = f"{row.document} {row.event_key} {row.case}"
        assert not [one for one in ids if one in told]
    case = Case.objects.system("looks").get(episode=world.pat_episode)
    assert case.token in {claim.case for claim in story.claims()}


def test_the_same_snapshot_again_is_the_same_run_byte_by_byte(story):
    story.papers()
    made = story.run()
    before, claims = made.digest, [claim.pk for claim in story.claims()]
    again = story.run(snapshot=made.snapshot)
    documents, totals = running.documents_of(again)
    assert again.pk == made.pk
    assert engine.lines_digest(documents, totals) == before
    assert [claim.pk for claim in story.claims()] == claims


def test_a_run_that_was_killed_is_completed_without_a_double_line(story, monkeypatch):
    story.papers()
    writing = running._claims

    def killed(*args):
        writing(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "_claims", killed)
    with pytest.raises(KeyboardInterrupt):
        story.run()
    (begun,) = Run.objects.system("the test looks")
    assert (begun.state, begun.digest, story.claims()) == ("begun", "", [])
    monkeypatch.undo()
    made = story.run(snapshot=Snapshot.objects.get(pk=begun.snapshot_id))
    lines = RunLine.objects.system("the test looks").filter(run=made)
    assert made.pk == begun.pk
    assert made.state == "complete"
    assert lines.count() == len(set(lines.values_list("number", flat=True)))
    assert len(story.claims()) == 2


def test_what_is_missing_is_said_and_the_next_run_takes_the_place_of_the_draft(story):
    first = story.run()
    (waiting, _other) = story.claims()
    assert waiting.reasons == ["evidence_missing"]
    story.papers()
    second = story.run()
    assert second.pk != first.pk
    profile, placement = story.claims()
    assert (profile.reasons, placement.reasons) == ([], [])
    assert profile.edition == 2
    assert profile.follows_id == waiting.pk
    waiting.refresh_from_db()
    assert waiting.is_live is False
    assert [entry.reason for entry in waiting.entries.system("looks")][
        -1
    ] == "superseded"


def test_an_open_amount_is_counted_and_never_a_sum(story):
    from braid.funding.models import Binding

    Binding.objects.system("the test forgets").all().delete()
    story.papers()
    made = story.run()
    claims = story.claims()
    assert {claim.amount for claim in claims} == {None}
    assert all("amount_unbound" in claim.reasons for claim in claims)
    assert made.totals["due"]["count"] == 0


def test_a_value_that_is_filled_in_anew_is_another_run_on_the_same_facts(story):
    story.papers()
    made = story.run()
    bind(story, "PLACEMENT", "900.00")
    again = story.run(snapshot=made.snapshot)
    assert again.pk != made.pk
    assert [claim.amount for claim in story.claims(milestone="placement")] == [
        Decimal("900.00")
    ]


def test_nothing_new_is_claimed_of_somebody_who_took_their_consent_back(
    story, world, monkeypatch
):
    story.papers()
    monkeypatch.setattr(
        running.consents, "withdrawn", lambda people, *_more: frozenset(people)
    )
    story.run()
    assert story.claims() == []


def test_the_pseudonym_ends_with_the_record_and_the_claim_stays(story, world):
    story.papers()
    story.run()
    token = story.claims()[0].case
    Case.objects.system("the record ends").filter(episode=world.pat_episode).delete()
    assert pseudonyms.episodes_behind(story.agreement.contract, [token]) == {}
    assert {claim.case for claim in story.claims()} == {token}


@pytest.mark.parametrize("name", ["ada", "cora", "dev", "femi", "sam", "ola"])
def test_only_a_supervisor_of_the_unit_runs_its_contract(story, name):
    with pytest.raises(Refused):
        story.run(by=name)


def test_consent_that_was_taken_back_is_read_from_the_ledger(story, world):
    from braid.access import agreements
    from braid.access.policy import Purpose

    fund = story.desk.organisation
    who = {world.pat.pk, world.quinn.pk}

    def entry(number, kind, applicant):
        ConsentEntry.objects.create(
            organisation=world.havnelund,
            number=number,
            applicant_id=applicant,
            recorded_at=f"2026-09-0{number}T07:00:00Z",
            kind=kind,
            purpose="funding",
            receiver=fund,
            first_day=DAY,
            last_day=TODAY,
            way="spoken",
        )

    assert agreements.withdrawn(who, Purpose.FUNDING, fund.pk) == frozenset()
    entry(1, "given", world.pat.pk)
    entry(2, "withdrawn", world.pat.pk)
    assert agreements.withdrawn(who, Purpose.FUNDING, fund.pk) == {world.pat.pk}
    entry(3, "given", world.pat.pk)
    assert agreements.withdrawn(who, Purpose.FUNDING, fund.pk) == frozenset()
