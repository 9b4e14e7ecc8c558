"""Every page about somebody is in the log, whether or not its view thinks of it."""

import re

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from braid.access import opening
from braid.access.models import AuditEntry
from braid.access.policy import Information
from tests.consents import agree
from tests.factories.work import JobFactory
from tests.house.test_routes import (
    ALLAUTH,
    APPLICANT,
    OTHERS_OWN,
    POST_ONLY,
    ROWS,
    _at,
    names,
    things,  # noqa: F401
)

# Records that are about nobody, or that show no person: what their pages list is
# recorded as a list.
# A lead and a wish from outside name nobody who is known.
ABOUT_NOBODY = {
    *("employer", "measure", "membership", "provider", "unit"),
    *("lead", "enquiry"),
    # Meetings, and what is said at them of nobody: their pages record whom they list.
    *("gathering", "gathering_matter", "gathering_decision", "mentoring", "group"),
    *("treatment_team", "table", "team_meeting", "annotation"),
    *("own_report", "release", "unit_quarter", "snapshot"),
    *("planned_action", "unit_item"),
    *("agreement", "contract_value", "contract_name", "monitor_note"),
    *("invoice", "invoice_file", "double"),
    # Parties, runs and claims stand under pseudonyms. A claim that leads to a case is
    # in the log of that person: tests/funding/claims/test_pages.py.
    *("party", "run", "run_line", "claim", "claim_step", "claim_gap"),
    *("rejected_claim", "disputed_claim", "claim_evidence"),
    *("review", "review_step", "seat", "review_meeting", "piece"),
    *("told_review", "told_review_item", "told_review_passage"),
    "not_yet",  # the team's own word for somebody who has no record
}
PERSONAL = {about for _allowed, about in ROWS.values() if about} - ABOUT_NOBODY
LISTS_OF_PEOPLE = {
    "desk:log_contact",
    "desk:log_employer",
    "desk:log_job_start",
    "desk:log_job_end",
    "desk:log_note",
    "desk:task_new",
    *("desk:gathering", "desk:gathering_person_new"),
    *("desk:team_meeting", "desk:team_meeting_decide", "desk:team_meeting_text"),
    "funding:ahead",
}
SHOWN = sorted(
    name
    for name, (allowed, about) in ROWS.items()
    if allowed and (about in PERSONAL or name in LISTS_OF_PEOPLE)
)
OWN = sorted(
    name
    for name, (allowed, _about) in ROWS.items()
    if allowed == APPLICANT and name.startswith("desk:")
)
# Addresses with a key that name no person, or whose pages never say who it is.
NAMES_NOBODY = {
    *("work:employer", "work:employer_edit", "work:lead", "work:lead_edit"),
    "work:lead_people",  # records the list of whom it names
    "desk:leaving",  # and so does this
    *("access:team_enquiries", "people:enquiry_close"),
    *("access:member_invite", "access:member_end", "access:factors_take_away"),
    "access:provider_edit",
    "desk:request_lift",  # answered to POST only
    "desk:finding",  # whoever was read about has a pseudonym there
    "desk:finding_answer",  # records itself where it tells the name
    # These record the list of whom they name.
    *("desk:gathering", "desk:gathering_person_new", "desk:team_meeting"),
    *("desk:team_meeting_decide", "desk:team_meeting_text"),
    *("desk:team_meeting_paper", "desk:team_meeting_news"),
    "desk:gathering_decision",  # records itself where the decision is about somebody
    # What is written there is about nobody.
    *("desk:gathering_edit", "desk:gathering_guest", "desk:gathering_note_new"),
    *("desk:gathering_matter", "desk:gathering_matter_new"),
    *("desk:gathering_decision_new", "desk:gathering_observation"),
    *("desk:group", "desk:group_rename", "desk:group_member_new"),
    *("desk:team_meeting_details", "desk:not_yet_again"),
    *("integration:note", "integration:note_remove"),
    *("fidelity:action", "fidelity:action_progress"),
    *("fidelity:review", "fidelity:review_change", "fidelity:review_step"),
    *("fidelity:freeze", "fidelity:seat_new", "fidelity:seat_end", "fidelity:agenda"),
    *("fidelity:meeting_new", "fidelity:meeting", "fidelity:meeting_remove"),
    *("fidelity:pieces", "fidelity:piece", "fidelity:piece_file"),
    *("fidelity:evidence", "fidelity:evidence_new", "fidelity:evidence_remove"),
    *("fidelity:evidence_file", "fidelity:answer_file"),
    "fidelity:sample",  # records the list of whom it names
    # Scores are about a service; whom reviewers met is on other pages.
    *("fidelity:rate", "fidelity:rate_item", "fidelity:disagreement"),
    *("fidelity:consensus", "fidelity:consensus_item", "fidelity:moderation"),
    *("fidelity:moderation_item", "fidelity:answers", "fidelity:answer_item"),
    *("fidelity:final", "fidelity:final_item", "fidelity:correction"),
    "fidelity:stated_band",
    *("fidelity:report", "fidelity:report_passage"),
    *("fidelity:report_word", "fidelity:report_pdf"),
    "fidelity:questionnaire_response",
    *("outcomes:released", "outcomes:correct", "outcomes:share"),
    *("outcomes:released_file", "outcomes:run_again"),
    *("outcomes:note", "outcomes:note_remove", "outcomes:quarter"),
    *("facts:snapshot", "facts:building"),
    *("funding:agreement", "funding:agreement_change", "funding:party"),
    *("funding:run_start", "funding:run_complete", "funding:claims_take"),
    *("funding:run", "funding:run_line", "funding:claims", "funding:claim"),
    *("funding:claim_step", "funding:claim_gap", "funding:claim_again"),
    *("funding:claim_difference", "funding:claim_evidence"),
    *("funding:contract", "funding:contract_versions", "funding:contract_value"),
    *("funding:monitored", "funding:monitor_note", "funding:monitor_note_new"),
    *("funding:room_figures", "funding:simulation"),
    *("funding:invoices", "funding:invoice_new", "funding:invoice"),
    *("funding:invoice_take_back", "funding:invoice_file", "funding:answers"),
    *("funding:answers_take_in", "funding:reconciliation", "funding:double"),
    *("funding:paid_elsewhere", "funding:paid_elsewhere_new"),
}


def written(client, address, **asked):
    """Return what one request adds to the log."""
    before = set(AuditEntry.objects.values_list("pk", flat=True))
    answer = client.get(address, **asked)
    assert answer.status_code == 200
    return list(AuditEntry.objects.exclude(pk__in=before))


@pytest.mark.parametrize("name", SHOWN)
def test_whoever_opens_a_page_about_somebody_is_in_the_log(as_, world, things, name):  # noqa: F811
    allowed, about = ROWS[name]
    if name == "desk:finding_answer":
        things["finding"] = things["asked"]
    for member in sorted(allowed):
        entries = written(as_(member), _at(name, things.get(about)))
        told = [
            one
            for one in entries
            if one.applicant_key is not None or one.count is not None
        ]
        assert len(told) == 1, (member, [one.action for one in entries])
        assert told[0].actor_id == getattr(world, member).user.pk


@pytest.mark.parametrize("name", OWN)
def test_so_are_the_pages_of_ones_own(as_, world, things, name):  # noqa: F811
    entries = written(as_("pat_account"), _at(name, things.get(ROWS[name][1])))
    assert {one.applicant_key for one in entries} == {world.pat.pk}
    assert {one.ground for one in entries} <= {"own_record", ""}


def routes(patterns=None, prefix=""):
    """Yield every address by name with the names of its parts."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern.url_patterns, space)
        else:
            yield f"{prefix}{pattern.name}", set(pattern.pattern.converters)


def test_of_every_address_with_a_key_it_is_known_whose_record_it_is():
    unknown = {
        name
        for name, parts in routes()
        if parts & {"key", *opening.PARTS}
        and not parts & set(opening.PARTS)
        and name not in opening.RECORDS
        and name not in POST_ONLY | ALLAUTH | NAMES_NOBODY
        and not name.startswith(OTHERS_OWN)
    }
    assert unknown == set()
    every = set(names())
    assert set(opening.RECORDS) | set(opening.ASKED) | set(opening.SHOWN) <= every


def test_the_entry_says_whose_record_which_classes_and_why(as_, world):
    (entry,) = written(as_("ada"), reverse("people:goal", args=[world.pat_episode.pk]))
    assert (entry.action, entry.outcome) == ("goal_opened", "done")
    assert entry.applicant_key == world.pat.pk
    assert (entry.information, entry.ground) == ("identity,work_goals", "own_care")


def test_of_an_entry_of_the_sharing_it_knows_whose_it_is(as_, world):
    given = agree(world, world.pat, world.cora, Information.IDENTITY)
    (opened,) = written(as_("ben"), reverse("desk:sharing_until", args=[given.pk]))
    assert (opened.action, opened.applicant_key) == (
        "sharing_until_opened",
        world.pat.pk,
    )
    assert (opened.ground, opened.information) == ("own_care", "identity")


def test_who_reads_nobody_is_in_the_log_without_a_class(as_, world, things):  # noqa: F811
    """Sam looks after blocks and never reads a record: no class, no ground."""
    address = reverse("desk:set_aside", args=[things["block"]])
    (entry,) = written(as_("sam"), address)
    assert entry.applicant_key == world.pat.pk
    assert (entry.information, entry.ground, entry.holder_id) == ("", "", None)


@pytest.mark.parametrize("asked", ["person", "job"])
def test_a_page_that_is_asked_about_somebody_is_in_the_log(as_, world, asked):
    keys = {
        "person": world.pat_episode.pk,
        "job": JobFactory(episode=world.pat_episode).pk,
    }
    address = f"{reverse('desk:log_audience')}?{asked}={keys[asked]}"
    (entry,) = written(as_("ada"), address, headers={"HX-Request": "true"})
    assert entry.applicant_key == world.pat.pk


def test_asked_about_nobody_it_is_not(as_, world):
    assert written(as_("ada"), reverse("desk:log_audience")) == []


def test_a_form_that_comes_back_is_in_the_log_as_well(as_, world):
    client = as_("ada")
    address = reverse("people:details", args=[world.pat.pk])
    before = AuditEntry.objects.count()
    answer = client.post(address, {"given_name": ""})
    assert answer.status_code == 422
    assert AuditEntry.objects.count() == before + 1
    assert AuditEntry.objects.last().applicant_key == world.pat.pk


def test_a_fragment_is_in_the_log_as_well(as_, world):
    address = reverse("desk:audience", args=[world.pat.pk, "jobs"])
    (entry,) = written(as_("ada"), address, headers={"HX-Request": "true"})
    assert (entry.action, entry.applicant_key) == ("audience_opened", world.pat.pk)


def test_a_page_that_records_itself_has_no_second_entry(as_, world):
    (entry,) = written(as_("ada"), reverse("desk:person", args=[world.pat.pk]))
    assert entry.action == "person_opened"


def test_what_one_request_wrote_counts_for_no_other(as_, world):
    client = as_("ada")
    client.get(reverse("desk:person", args=[world.pat.pk]))
    address = reverse("people:numbers", args=[world.pat.pk])
    assert len(written(client, address)) == 1


def test_a_list_of_names_to_choose_from_says_how_many_and_not_who(as_, world):
    (entry,) = written(as_("ada"), reverse("desk:log_note"))
    assert (entry.action, entry.count) == ("log_note_opened", 2)
    assert (entry.information, entry.ground) == ("identity", "own_care")
    assert len(entry.digest) == 64
    assert entry.applicant_key is None


def test_no_page_leaves_without_its_entry(as_, world, monkeypatch):
    client = as_("ada")
    address = reverse("people:numbers", args=[world.pat.pk])

    def fails(*_args, **_values):
        raise opening.audit.Unwritten("The disk is full.")

    monkeypatch.setattr(opening.audit, "record", fails)
    with transaction.atomic():
        answer = client.get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert answer["Cache-Control"] == "no-store"
    assert not re.search(
        "Pat|Lund", re.sub(r'nonce="[^"]*"', "", answer.content.decode())
    )
