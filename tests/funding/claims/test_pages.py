"""The pages of claims, as the unit, its funder and its steward read them."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import strip_tags

from braid.access.models import AuditEntry
from braid.funding.models import Agreement, ClaimEvidence, FunderEvent, Run, RunLine
from braid.work.models import Evidence
from tests.cast import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def text(answer) -> str:
    told = strip_tags(re.sub(r"<(script|style).*?</\1>", "", answer.content.decode()))
    return " ".join(told.split())


def at(name, *things) -> str:
    keys = [getattr(one, "pk", one) for one in things]
    return reverse(f"funding:{name}", args=keys)


@pytest.fixture
def ben(as_, story):
    return as_("ben")


@pytest.fixture
def ada(as_, story):
    return as_("ada")


@pytest.fixture
def bea(as_, story):
    return as_("bea")


@pytest.fixture
def nia(as_, story):
    return as_("nia")


def test_an_agreement_is_made_and_its_parties_are_filled_in(ben, story):
    answer = ben.post(
        at("agreement_new"),
        {
            "contract": "nl-municipal-2023",
            "unit": str(story.world.north.pk),
            "funder": str(story.desk.pk),
            "first_day": "2026-02-01",
            "payment_days": "30",
        },
    )
    assert answer.status_code == 302
    made = Agreement.objects.system("looks").get(contract="nl-municipal-2023")
    ben.post(at("party", made, "state"), {"name": "The State", "country": "nl"})
    shown = text(ben.get(at("agreement", made)))
    assert "The State" in shown
    assert "municipal fund" in shown  # the other payer of the split


def test_a_run_is_started_and_its_lines_say_why(ben, story):
    story.papers()
    ben.post(at("run_start", story.agreement))
    (run,) = Run.objects.system("looks")
    shown = text(ben.get(at("run", run)))
    assert "placement" in shown
    row = RunLine.objects.system("looks").get(run=run, milestone="placement")
    line = text(ben.get(at("run_line", run, row.number)))
    assert "Why it is paid, or why not" in line
    assert "Evidence" in line


def test_drafts_are_released_together_by_somebody_else(ben, bea, story, claimed):
    refused = text(
        ben.post(at("claims_take", story.agreement, "released"), follow=True)
    )
    assert "You prepared this claim yourself" in refused
    done = text(bea.post(at("claims_take", story.agreement, "released"), follow=True))
    assert "2 claims were taken on" in done
    assert {claim.state for claim in story.claims()} == {"released"}


def test_a_claim_is_sent_asked_about_accepted_paid_and_disputed(
    ben, bea, nia, story, claimed
):
    for client, to, said in (
        (bea, "released", {}),
        (ben, "submitted", {}),
        (nia, "queried", {"text": "Which letter?"}),
        (ben, "submitted", {"text": "The one of September"}),
        (nia, "accepted", {}),
        (nia, "paid", {"payment_reference": "FV-7", "day": "2026-10-05"}),
        (nia, "disputed", {"text": "Fewer hours"}),
    ):
        answer = client.post(at("claim_step", claimed, to), {"text": "", **said})
        assert answer.status_code == 302, (to, text(answer))
    nia.post(at("claim_difference", claimed), {"amount": "-50.00", "text": "A week"})
    ben.post(at("claim_step", claimed, "adjusted"), {"text": ""})
    claimed.refresh_from_db()
    assert claimed.state == "adjusted"
    shown = text(nia.get(at("claim", claimed)))
    for told in ("Which letter?", "FV-7", "Fewer hours", "−50.00", "750.00"):
        assert told.replace("−", "-") in shown.replace("−", "-")


def test_no_page_of_a_funder_says_whose_it_is(nia, story, world, claimed):
    story.paid(claimed)
    evidence = ClaimEvidence.objects.system("looks").filter(claim=claimed).first()
    for address in (
        at("home"),
        at("agreement", story.agreement),
        at("claims", story.agreement),
        at("claim", claimed),
        at("claim_evidence", evidence.token),
    ):
        answer = nia.get(address)
        assert answer.status_code == 200
        body = answer.content.decode()
        for told in (
            world.pat.given_name,
            str(world.pat.pk),
            str(world.pat_episode.pk),
        ):
            assert told not in body
        assert "Baker" not in body
    assert claimed.case in nia.get(at("claim", claimed)).content.decode()


def test_a_claim_that_leads_to_a_case_is_in_the_log_of_the_person(
    ben, nia, story, world, claimed
):
    story.paid(claimed)
    leads = at("events", world.pat_episode)
    assert leads in ben.get(at("claim", claimed)).content.decode()
    entry = AuditEntry.objects.filter(action="claim_opened").last()
    assert (entry.actor_id, entry.applicant_key) == (world.ben.user.pk, world.pat.pk)
    assert entry.information == "attendance,jobs,statistical"
    assert entry.ground == "own_care"
    assert leads not in nia.get(at("claim", claimed)).content.decode()
    entry = AuditEntry.objects.filter(action="claim_opened").last()
    assert (entry.applicant_key, entry.information) == (None, "statistical")


def test_a_funder_reads_no_run_and_no_line(nia, story, claimed):
    assert nia.get(at("run", claimed.run)).status_code in (403, 404)
    assert nia.get(at("run_line", claimed.run, 1)).status_code in (403, 404)
    assert nia.get(at("claim", claimed)).status_code == 404  # not sent yet
    assert nia.post(at("run_start", story.agreement)).status_code in (403, 404)


@pytest.mark.parametrize("name", ["ada", "cora", "dev", "una", "femi", "ola"])
def test_an_amount_is_for_supervisor_funder_and_steward_alone(
    as_, story, claimed, name
):
    client = as_(name)
    for address in (at("claims", story.agreement), at("claim", claimed)):
        assert client.get(address).status_code in (403, 404)


def test_evidence_is_held_against_the_document_without_showing_it(nia, story, world):
    from braid.work import commands as work
    from braid.work.commands.evidence import Paper

    data = b"Pat works here. Signed, the bakery.\n"
    work.add_paper(
        actor=world.ada.actor,
        episode=world.pat_episode,
        job=story.job,
        paper=Paper("employer_letter", "letter.txt", data, TODAY),
    )
    story.paper("other", "profile_document", document__sha256="b" * 64)
    story.run()
    claim = story.claims(milestone="placement")[0]
    for to, by in (("released", "bea"), ("submitted", "ben")):
        story.step(claim, to, by)
    digest = hashlib.sha256(data).hexdigest()
    shown = ClaimEvidence.objects.system("looks").filter(claim=claim)
    evidence = shown.get(sha256=digest)
    page = at("claim_evidence", evidence.token)
    shown = text(nia.get(page))
    assert "The document is the one that was claimed with" in shown
    assert "the bakery" not in shown
    same = nia.post(page, {"file": SimpleUploadedFile("a.txt", data), "sha256": ""})
    assert "It is the very same file" in text(same)
    other = nia.post(page, {"sha256": "a" * 64})
    assert "It is another file" in text(other)
    assert AuditEntry.objects.filter(action="evidence_checked").count() == 3


def test_a_document_that_is_gone_is_said(nia, story, claimed):
    story.step(claimed, "released", "bea")
    story.step(claimed, "submitted", "ben")
    evidence = ClaimEvidence.objects.system("looks").filter(claim=claimed).first()
    Evidence.objects.system("taken back").filter(pk=evidence.evidence_id).delete()
    assert "no longer held" in text(nia.get(at("claim_evidence", evidence.token)))


# What funders did, on the page of an episode


def test_a_specialist_notes_what_a_funder_did_and_sees_no_amount(ada, story, world):
    episode = world.pat_episode
    answer = ada.post(
        at("event_new", episode),
        {
            "agreement": str(story.agreement.pk),
            "kind": "end_report",
            "day": "2026-10-01",
            "reference": "SB-12",
        },
    )
    assert answer.status_code == 302
    shown = text(ada.get(at("events", episode)))
    assert "end report" in shown
    assert "SB-12" in shown
    assert "300" not in shown
    made = FunderEvent.objects.system("looks").get(kind="end_report")
    ada.post(at("event_back", made))
    assert "SB-12" not in text(ada.get(at("events", episode)))


def test_a_request_of_a_joint_body_is_refused_where_one_municipality_asks(
    ada, story, world
):
    from tests.factories.funding import AgreementFactory

    agreement = AgreementFactory(
        unit=world.north, funder=story.desk, contract="nl-municipal-2023"
    )
    asked = {
        "agreement": str(agreement.pk),
        "kind": "request",
        "day": "2026-10-01",
        "requester": "Joint body J",
        "requester_kind": "joint_body",
    }
    refused = ada.post(at("event_new", world.pat_episode), asked)
    assert refused.status_code == 422
    assert "requests of one municipality only" in text(refused)
    asked |= {
        "requester": "Municipality A",
        "requester_kind": "municipality",
        "executing_body": "Joint body J",
    }
    assert ada.post(at("event_new", world.pat_episode), asked).status_code == 302
    kept = FunderEvent.objects.system("looks").get(kind="request")
    assert (kept.requester, kept.executing_body) == ("Municipality A", "Joint body J")


def test_a_paper_that_was_seen_and_given_back_keeps_no_file(ada, story, world):
    ada.post(
        at("event_paper", world.pat_episode),
        {
            "kind": "other",
            "label": "bank_statement",
            "received_on": "2026-10-01",
            "is_given_back": "on",
        },
    )
    (kept,) = Evidence.objects.system("looks").filter(label="bank_statement")
    assert (kept.document_id, kept.seen_by_id) == (None, world.ada.user.pk)


def test_every_label_of_contracts_has_words():
    from braid.funding.events.forms import UNKNOWN

    assert set() == UNKNOWN
