"""The log is looked through week by week: who is asked about, by whom, until signed off."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from click.testing import CliRunner
from django.http import Http404
from django.utils import timezone

from braid.access import audit, findings, reviewing, secrets
from braid.access.models import AuditEntry, Finding, ReviewSignOff
from braid.kernel.errors import InputFault, Refused
from braid.site import cli
from tests.cast import TODAY
from tests.factories.access import (
    ApplicantAccountFactory,
    BlockFactory,
    FindingFactory,
)
from tests.factories.people import ApplicantFactory, EpisodeFactory

MONDAY = date(2026, 10, 5)
TEN = datetime(2026, 10, 6, 8, tzinfo=timezone.get_fixed_timezone(0))
LATER = TEN + timedelta(days=7)


def opens(member, applicant, at=TEN, **values):
    with time_machine.travel(at, tick=False):
        audit.record(member.actor, "person_opened", applicant=applicant.pk, **values)


def found():
    reviewing.look_through(MONDAY, LATER)
    return [
        (one.organisation.slug, one.user.name.split()[0], sorted(one.rules))
        for one in Finding.objects.select_related("organisation", "user")
    ]


def test_work_is_left_alone(world):
    opens(world.ada, world.pat)
    opens(world.ben, world.pat)
    opens(world.cora, world.pat, holder=world.havnelund.pk)
    opens(world.dev, world.pat)
    assert found() == []


def test_whoever_works_with_nobody_of_the_kind_is_asked_about(world):
    opens(world.ola, world.pat)
    assert found() == [("elsewhere", "Ola", ["no_relation"])]


def test_both_organisations_ask_about_an_access_across(world):
    opens(world.ola, world.pat, holder=world.havnelund.pk)
    assert sorted(found()) == [
        ("elsewhere", "Ola", ["no_relation"]),
        ("havnelund", "Ola", ["no_relation"]),
    ]


def test_ones_own_record_is_asked_about_and_ones_own_visit_is_not(world):
    itself = ApplicantFactory(organisation=world.havnelund)
    EpisodeFactory(applicant=itself, unit=world.north, referred_on=date(2026, 8, 3))
    ApplicantAccountFactory(
        user=world.ada.user, applicant_id=itself.pk, organisation=world.havnelund
    )
    opens(world.ada, itself)
    opens(world.pat_account, world.pat)
    assert found() == [("havnelund", "Ada", ["not_own_caseload", "own_record"])]


def test_emergency_access_is_always_asked_about(world):
    opens(world.ada, world.pat, ground="broken_glass")
    assert found() == [("havnelund", "Ada", ["broken_glass"])]


def test_an_attempt_of_somebody_blocked_is_told_and_an_access_before_is_not(world):
    opens(world.blake, world.pat, outcome="absent")
    assert found() == [("havnelund", "Blake", ["blocked", "not_own_caseload"])]


def test_a_name_that_is_blocked_counts_as_the_person(world):
    BlockFactory(
        organisation=world.havnelund,
        applicant_id=world.pat.pk,
        user=None,
        name=world.dev.user.name,
        name_hash=secrets.name_hash(world.dev.user.name),
    )
    opens(world.dev, world.pat, outcome="absent")
    assert found() == [("havnelund", "Dev", ["blocked"])]


def test_the_week_is_one_of_the_local_calendar(world):
    sunday = datetime(2026, 10, 4, 21, 59, tzinfo=timezone.get_fixed_timezone(0))
    opens(world.ola, world.pat, sunday)
    assert found() == []
    opens(world.ola, world.pat, sunday + timedelta(minutes=1))
    assert len(found()) == 1


def test_a_steward_who_looks_after_the_log_is_nobody_who_reads(world):
    opens(world.sam, world.pat)
    assert found() == []


def test_an_applicant_whom_nobody_knows_is_left_out(world):
    with time_machine.travel(TEN, tick=False):
        audit.record(world.ada.actor, "person_opened", applicant=uuid4())
    assert found() == []


def test_looking_again_adds_to_what_is_open_and_leaves_alone_what_is_not(world):
    opens(world.ola, world.pat)
    found()
    first = Finding.objects.get()
    opens(world.ola, world.pat, TEN + timedelta(hours=1))
    found()
    again = Finding.objects.get()
    assert (again.pk, again.accesses) == (first.pk, 2)
    Finding.objects.update(state="asked")
    opens(world.ola, world.pat, TEN + timedelta(hours=2))
    found()
    assert Finding.objects.get().accesses == 2


def test_looking_through_is_itself_in_the_log(world):
    opens(world.ola, world.pat)
    found()
    entry = AuditEntry.objects.get(action="accesses_looked_through")
    assert (entry.system, entry.organisation_id, entry.count) == (
        reviewing.TASK,
        world.elsewhere.organisation_id,
        1,
    )


def test_the_shell_looks_through_the_week_before(world):
    opens(world.ola, world.pat)
    with time_machine.travel(LATER, tick=False):
        done = CliRunner().invoke(cli.main, ["audit", "review"])
    assert done.output == "week from 2026-10-05\nelsewhere: 1 to ask about\n"
    words = ["audit", "review", "--week", "2026-10-11", "--json"]
    assert '"elsewhere": 1' in CliRunner().invoke(cli.main, words).output


# ---- What becomes of a finding ---------------------------------------------------------


@pytest.fixture
def finding(world):
    return FindingFactory(
        organisation=world.havnelund,
        user=world.ada.user,
        applicant_id=world.pat.pk,
        day=MONDAY,
        rules=["no_relation"],
    )


def test_asked_answered_closed_and_signed_off(world, finding):
    sam, key = world.sam.actor, finding.pk
    opens(world.ada, world.pat)
    findings.ask(actor=sam, key=key, now=TEN)
    assert [one.pk for one in findings.asked(world.ada.actor)] == [key]
    words = "I stood in for Ben."
    findings.answer(actor=world.ada.actor, key=key, words=words, now=TEN)
    assert findings.asked(world.ada.actor) == []
    with pytest.raises(InputFault, match="Close every finding"):
        findings.sign_off(actor=sam, monday=MONDAY, now=LATER)
    findings.close(actor=sam, key=key, words="That is work.", now=TEN)
    findings.sign_off(actor=sam, monday=MONDAY, now=LATER)
    finding.refresh_from_db()
    assert (finding.state, finding.answer) == ("closed", words)
    assert ReviewSignOff.objects.get().found == 1
    (week, *_rest) = (
        one for one in findings.weeks(sam, LATER.date()) if one.monday == MONDAY
    )
    assert (week.signed_by, week.still_open) == (world.sam.user.name, 0)
    acts = AuditEntry.objects.filter(record_key=str(key)).values_list(
        "action", flat=True
    )
    assert list(acts) == ["reason_asked", "reason_given", "finding_closed"]


@pytest.mark.parametrize("name", ["ada", "ben", "cora", "dev", "femi", "pat_account"])
def test_only_a_steward_reviews(world, finding, name):
    actor = getattr(world, name).actor
    for act in (
        lambda: findings.of_week(actor, MONDAY),
        lambda: findings.weeks(actor, TODAY),
        lambda: findings.finding(actor, finding.pk),
        lambda: findings.ask(actor=actor, key=finding.pk, now=TEN),
        lambda: findings.close(actor=actor, key=finding.pk, words="x" * 20, now=TEN),
        lambda: findings.sign_off(actor=actor, monday=MONDAY, now=LATER),
    ):
        with pytest.raises(Refused):
            act()


def test_a_finding_of_another_organisation_is_not_there(world):
    other = FindingFactory(organisation=world.elsewhere.organisation)
    with pytest.raises(Http404):
        findings.finding(world.sam.actor, other.pk)


def test_a_steward_who_is_blocked_meets_nothing_of_the_applicant(world, finding):
    from dataclasses import replace

    sam = replace(world.sam.actor, hidden=frozenset({world.pat.pk}))
    assert findings.of_week(sam, MONDAY) == []
    assert [one.found for one in findings.weeks(sam, TODAY)] == [0]
    with pytest.raises(Http404):
        findings.finding(sam, finding.pk)


def test_nobody_judges_their_own_access(world, finding):
    Finding.objects.update(user=world.sam.user)
    for act in (findings.ask, findings.close):
        values = {"words": "That is work."} if act is findings.close else {}
        with pytest.raises(Refused, match="own_access"):
            act(actor=world.sam.actor, key=finding.pk, now=TEN, **values)


def test_only_whoever_was_asked_answers(world, finding):
    findings.ask(actor=world.sam.actor, key=finding.pk, now=TEN)
    with pytest.raises(Http404):
        findings.answer(
            actor=world.ben.actor, key=finding.pk, words="It was me.", now=TEN
        )


def test_too_few_words_are_no_reason(world, finding):
    findings.ask(actor=world.sam.actor, key=finding.pk, now=TEN)
    with pytest.raises(InputFault, match="at least 10"):
        findings.answer(actor=world.ada.actor, key=finding.pk, words="work", now=TEN)
    with pytest.raises(InputFault, match="at least 10"):
        findings.close(actor=world.sam.actor, key=finding.pk, words=" ", now=TEN)


def test_what_was_done_is_not_done_again(world, finding):
    sam = world.sam.actor
    findings.ask(actor=sam, key=finding.pk, now=TEN)
    with pytest.raises(InputFault, match="already"):
        findings.ask(actor=sam, key=finding.pk, now=TEN)
    findings.close(actor=sam, key=finding.pk, words="That is work.", now=TEN)
    with pytest.raises(InputFault, match="closed already"):
        findings.close(actor=sam, key=finding.pk, words="That is work.", now=TEN)
    opens(world.ada, world.pat)
    findings.sign_off(actor=sam, monday=MONDAY, now=LATER)
    with pytest.raises(InputFault, match="signed off already"):
        findings.sign_off(actor=sam, monday=MONDAY, now=LATER)


def test_a_week_is_signed_off_when_it_is_over(world):
    opens(world.ada, world.pat)
    with pytest.raises(InputFault, match="over"):
        findings.sign_off(actor=world.sam.actor, monday=MONDAY, now=TEN)


def test_weeks_go_back_to_the_first_entry_and_no_further_than_eight(world):
    opens(world.ada, world.pat, TEN - timedelta(days=14))
    weeks = findings.weeks(world.sam.actor, TODAY)
    assert [one.monday for one in weeks] == [
        MONDAY - timedelta(days=7 * number) for number in range(3)
    ]
    opens(world.ada, world.pat, TEN - timedelta(days=300))
    assert len(findings.weeks(world.sam.actor, TODAY)) == 8


def test_a_key_stands_for_an_applicant_the_same_each_time(world):
    first = findings.pseudonym(world.pat.pk)
    assert first == findings.pseudonym(world.pat.pk)
    assert first != findings.pseudonym(world.quinn.pk)
    assert first.replace("-", "").lower() not in world.pat.pk.hex
    assert findings.pseudonym(None) == ""


def test_the_log_of_a_finding_is_that_day_person_and_applicant(world, finding):
    at = datetime(2026, 10, 5, 10, tzinfo=timezone.get_fixed_timezone(0))
    opens(world.ada, world.pat, at)
    opens(world.ada, world.quinn, at)
    opens(world.ada, world.pat, at + timedelta(days=1))
    opens(world.ben, world.pat, at)
    (entry,) = findings.accesses(world.sam.actor, finding)
    assert (entry.actor_id, entry.applicant_key) == (world.ada.user.pk, world.pat.pk)
