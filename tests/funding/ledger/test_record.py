"""Double funding as the record shows it: whoever asks, every agreement counts."""

from datetime import date

import pytest

from braid.access.models import AuditEntry
from braid.funding import commands, queries
from braid.funding.commands.claims import Double
from braid.funding.ledger import commands as notes
from braid.funding.ledger import queries as ledger
from braid.funding.ledger.barring import barred_claims
from braid.funding.ledger.commands import Elsewhere
from braid.funding.models import Claim, PaidElsewhere
from braid.kernel.errors import InputFault, Refused
from tests.cast import TODAY
from tests.factories.access import OrganisationFactory, TeamFactory
from tests.factories.funding import (
    AgreementFactory,
    CaseFactory,
    ClaimFactory,
    FunderEventFactory,
)

HARINGEY, HAMLETS = "uk-mhep-haringey-barnet", "uk-mhep-tower-hamlets"
GRANT = "uk-ipspc"
START = date(2026, 9, 7)


@pytest.fixture
def fund(world):
    other = OrganisationFactory(name="Second fund", slug="second-fund")
    return TeamFactory(organisation=other, name="Second desk", slug="second-desk")


def agreed(world, contract: str, funder=None, **other):
    return AgreementFactory(
        unit=world.north,
        funder=funder or world.job_centre,
        contract=contract,
        **{"first_day": date(2026, 1, 1)} | other,
    )


def claim(agreement, episode, milestone="start", **other) -> Claim:
    contract = agreement.contract
    case = CaseFactory(episode=episode, contract=contract)
    return ClaimFactory(
        agreement=agreement,
        contract=contract,
        case=case.token,
        milestone=milestone,
        **{"reached_on": START, "state": "draft"} | other,
    )


@pytest.fixture
def two(world, fund, today):
    """Pat's job start is claimed by two contracts that do not know each other."""
    return [
        claim(agreed(world, HARINGEY), world.pat_episode),
        claim(agreed(world, HAMLETS, fund), world.pat_episode),
    ]


def decide(world, two, pays, by="sam", **other):
    first, second = two
    told = {"rule": "D2", "first": first, "second": second, "text": "One is enough"}
    return commands.decide_double(
        actor=getattr(world, by).actor,
        double=Double(pays=pays, **told | other),
        today=TODAY,
    )


def test_one_job_start_by_two_contracts_is_paid_by_neither(two):
    assert barred_claims(two) == {one.pk: ("D2",) for one in two}


def test_two_people_are_two_outcomes(world, fund, today):
    claims = [
        claim(agreed(world, HARINGEY), world.pat_episode),
        claim(agreed(world, HAMLETS, fund), world.quinn_episode),
    ]
    assert barred_claims(claims) == {}


@pytest.mark.parametrize("state", ["rejected", "reversed"])
def test_a_claim_that_ended_stands_in_nobodys_way(world, fund, state):
    claims = [
        claim(agreed(world, HARINGEY), world.pat_episode),
        claim(agreed(world, HAMLETS, fund), world.pat_episode, state=state),
    ]
    assert barred_claims(claims) == {}


def test_a_steward_decides_which_of_the_two_is_paid(world, two):
    decide(world, two, pays=two[1])
    assert barred_claims(two) == {two[0].pk: ("D2",)}


def test_nobody_releases_what_waits_for_a_steward(world, two):
    assert queries.undecided(two) == {one.pk for one in two}
    assert queries.standing(two[0]).undecided
    decide(world, two, pays=two[0])
    assert queries.undecided(two) == {two[1].pk}


@pytest.mark.parametrize("by", ["ada", "ben", "femi", "dev", "ola"])
def test_nobody_but_a_steward_decides(world, two, by):
    with pytest.raises(Refused):
        decide(world, two, pays=two[0], by=by)


def test_contracts_that_exclude_one_another_wait_too(world, fund, today):
    grant, tariff = agreed(world, GRANT), agreed(world, HARINGEY, fund)
    events = {"episode": world.pat_episode, "day": date(2026, 8, 20)}
    for agreement in (grant, tariff):
        for kind in ("consent", "grant", "decision"):
            FunderEventFactory(agreement=agreement, kind=kind, **events)
    made = claim(tariff, world.pat_episode)
    CaseFactory(episode=world.pat_episode, contract=GRANT)
    assert "D4" in barred_claims([made])[made.pk]


def test_a_milestone_that_something_else_pays_for_waits(world, today):
    agreement = agreed(world, "us-wa-fcs")
    made = claim(agreement, world.pat_episode, milestone="unit")
    assert barred_claims([made]) == {}
    notes.note_elsewhere(
        actor=world.ben.actor,
        agreement=agreement,
        noted=Elsewhere("support", "WIPA", date(2026, 1, 1), "letter 7"),
    )
    assert barred_claims([made]) == {made.pk: ("D6",)}


def test_what_is_paid_elsewhere_ends_no_earlier_than_it_begins(world, today):
    noted = Elsewhere("support", "WIPA", TODAY, "letter 7", date(2026, 1, 1))
    with pytest.raises(InputFault):
        notes.note_elsewhere(
            actor=world.ben.actor, agreement=agreed(world, HARINGEY), noted=noted
        )
    assert not PaidElsewhere.objects.system("looks").exists()


# From when to when.


def support(world, day=TODAY, name="Pat Lund"):
    found = ledger.supports(world.ben.actor, day)
    return next(each for each in found if each.name == name)


def test_money_begins_with_the_entry_and_ends_with_the_permitted_length(world, today):
    agreement = agreed(world, "nl-uwv-ips")
    FunderEventFactory(
        episode=world.pat_episode, agreement=agreement, day=date(2026, 8, 24)
    )
    (span,) = support(world).spans
    assert (span.first_day, span.last_day) == (date(2026, 8, 24), date(2029, 8, 23))
    (gap,) = [each for each in support(world).gaps if each.last_day is not None]
    assert (gap.first_day, gap.last_day) == (date(2026, 8, 10), date(2026, 8, 23))


def test_the_end_of_an_agreement_is_told_early_and_ends_no_support(world, today):
    agreed(world, HARINGEY, last_day=date(2026, 11, 30))
    (ending,) = support(world).endings
    assert (ending.ends_on, ending.days_left, ending.then) == (
        date(2026, 11, 30),
        56,
        (),
    )
    world.pat_episode.refresh_from_db()
    assert world.pat_episode.exited_on is None


def test_whose_a_day_is_follows_the_consent_of_the_funder(world, today):
    agreement = agreed(world, "nl-amsterdam-like", first_day=date(2026, 1, 1))
    FunderEventFactory(
        episode=world.pat_episode, agreement=agreement, day=date(2026, 9, 1)
    )
    payers = {
        day: support(world).payers_on(day)
        for day in (date(2026, 8, 31), date(2026, 9, 1))
    }
    assert payers[date(2026, 9, 1)] == ("uwv_or_municipality",)
    assert payers[date(2026, 8, 31)] == ("insurer",)


# Pages.


def test_ben_sees_who_pays_for_whom_and_it_is_logged(world, as_):
    agreed(world, HARINGEY, last_day=date(2026, 11, 30))
    page = as_("ben").get("/funding/ledger/")
    assert b"Pat Lund" in page.content
    assert b"56 days" in page.content
    assert b"nobody yet" in page.content
    assert AuditEntry.objects.filter(action="ledger_opened").count() == 1


@pytest.mark.parametrize("by", ["ada", "cora", "dev", "femi", "kit", "sam"])
def test_a_page_of_who_pays_for_whom_is_for_who_claims_alone(world, as_, by):
    assert as_(by).get("/funding/ledger/").status_code == 403


def test_a_ledger_of_many_people_costs_as_many_questions_as_of_one(world, as_):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.factories.people import CaseloadSpellFactory, EpisodeFactory

    agreed(world, HARINGEY)
    client = as_("ben")
    client.get("/funding/ledger/")
    counts = []
    for _each in range(2):
        with CaptureQueriesContext(connection) as met:
            client.get("/funding/ledger/")
        counts.append(len(met))
        for _more in range(3):
            episode = EpisodeFactory(
                unit=world.north, state="active", accepted_on=date(2026, 8, 10)
            )
            CaseloadSpellFactory(
                episode=episode,
                specialist=world.ada.user,
                first_day=date(2026, 8, 10),
            )
    assert counts[0] == counts[1]


def test_sam_decides_on_the_page(world, two, as_):
    client = as_("sam")
    page = client.get("/funding/doubles/")
    assert b"one outcome, two contracts" in page.content
    assert b"Pat" not in page.content
    first = two[0].pk
    done = client.post(
        f"/funding/doubles/{first}/",
        {"pays": str(first), "text": "The first fund agreed"},
        follow=True,
    )
    assert b"is paid" in done.content
    assert set(barred_claims(two)) == {two[1].pk}


def test_a_decision_says_why(world, two, as_):
    address = f"/funding/doubles/{two[0].pk}/"
    assert as_("sam").post(address, {"pays": "neither"}).status_code == 422


def test_a_claim_without_a_conflict_has_no_page_to_decide_on(world, as_):
    made = claim(agreed(world, HARINGEY), world.pat_episode)
    assert as_("sam").get(f"/funding/doubles/{made.pk}/").status_code == 404


def test_a_funder_sees_that_another_would_pay_and_not_who(world, two, as_):
    two[0].entries.create(number=1, state="submitted", day=TODAY)
    page = as_("femi").get("/funding/doubles/")
    assert b"and a line of another agreement" in page.content
    assert HAMLETS.encode() not in page.content


def test_ben_notes_what_is_paid_elsewhere(world, as_):
    agreement = agreed(world, "us-wa-fcs")
    address = f"/funding/agreements/{agreement.pk}/paid-elsewhere/"
    client = as_("ben")
    assert b"Nothing is noted" in client.get(address).content
    told = {
        "activity": "benefits_counselling",
        "payer": "WIPA",
        "first_day": "2026-01-01",
        "source": "letter 7",
    }
    done = client.post(f"{address}new/", told, follow=True)
    assert b"WIPA" in done.content
    assert as_("femi").post(f"{address}new/", told).status_code == 403
