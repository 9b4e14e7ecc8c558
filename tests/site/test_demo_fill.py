"""The region in the database: all of it, sound, and as the pages will read it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection, transaction

from braid.access import queries as access
from braid.access.models import AuditEntry, Membership, Organisation, Team
from braid.desk import queries as desk
from braid.funding.models import (
    Agreement,
    AnswerFile,
    Claim,
    ClaimEntry,
    Invoice,
    InvoicedClaim,
)
from braid.packs import contracts, loader
from braid.people.models import CaseloadSpell, Episode, EpisodeEntry, Note, Refusal
from braid.site.demo import cast, shelf
from braid.site.demo.fill import fill, provider_slug
from braid.site.demo.keys import address
from braid.teamwork.models import Attendance
from braid.work import queries as work
from braid.work.models import Absence, Contact, EmployerContact, Job
from tests.site.test_demo_region import TODAY, drawn, lives_of, visits_of
from tests.site.test_demo_stories import NEEDS

TEST = "a look from the test"


def _all(model):
    return model.objects.system(TEST)


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill(cast.SIZES["demo"], 1, TODAY, token="secret")
        transaction.set_rollback(True)


@pytest.fixture
def ada(filled):
    user = access.user_by_email(address(cast.ADA))
    return access.places(user, datetime.combine(TODAY, time(7), UTC))[0].actor


def test_everything_that_was_drawn_is_recorded(filled):
    records = drawn("demo", 1, TODAY)
    lives = lives_of(records)
    assert filled.episodes == len(lives) == _all(Episode).count()
    contacts = _all(Contact).filter(shared_note="")  # the others are of the corridor
    assert filled.contacts == _all(Contact).count() > contacts.count()
    assert contacts.count() == sum(len(life.contacts) for life in lives)
    assert filled.jobs == _all(Job).count() == sum(len(life.jobs) for life in lives)
    assert _all(EmployerContact).count() == len(list(visits_of(records)))
    assert _all(Note).count() == sum(len(life.notes) for life in lives)
    assert _all(Refusal).count() == sum(len(life.refusals) for life in lives)
    absences = [
        absence for life in lives for job in life.jobs for absence in job.absences
    ]
    assert _all(Absence).count() == len(absences)
    seats = _all(Attendance).filter(
        meeting__kind="treatment_team", staff__memberships__role="specialist"
    )
    assert seats.count() == sum(len(record.attendance) for record in records)


def test_every_key_leads_somewhere(filled):
    connection.check_constraints()


def test_the_region_has_its_bodies_and_its_staff(filled):
    assert Organisation.objects.filter(slug=provider_slug("secret")).count() == 1
    kinds = [team.kind for team in Team.objects.all()]
    assert [
        kinds.count(kind) for kind in ("ips_unit", "treatment_team", "job_centre")
    ] == [
        2,
        5,
        3,
    ]
    assert Organisation.objects.filter(sector="funder").count() == 2
    in_post = Membership.objects.filter(access.in_force(TODAY))
    assert in_post.filter(role="specialist").count() == 12
    assert in_post.filter(role="supervisor").count() == 2


def test_nobody_of_the_staff_has_a_password(filled):
    users = [member.user for member in Membership.objects.select_related("user")]
    assert not any(user.has_usable_password() for user in users)
    assert all(user.email.endswith(".example") for user in users)


def test_the_state_of_an_episode_is_its_last_entry(filled):
    last = {
        entry.episode_id: entry.state for entry in _all(EpisodeEntry).order_by("number")
    }
    states = dict(_all(Episode).values_list("pk", "state"))
    assert states == last
    assert set(states.values()) >= {
        "waiting",
        "active",
        "paused",
        "stepped_down",
        "exited",
        "not_started",
    }


def test_open_episodes_have_an_open_holder(filled):
    held = set(
        _all(CaseloadSpell)
        .filter(last_day__isnull=True)
        .values_list("episode_id", flat=True)
    )
    active = _all(Episode).filter(state__in=["active", "paused", "stepped_down"])
    assert set(active.values_list("pk", flat=True)) <= held


def test_notes_are_signed_and_the_rest_says_that_a_demo_wrote_it(filled):
    assert not _all(Note).filter(author__isnull=True).exists()
    entries = AuditEntry.objects.filter(actor_id__isnull=True)
    assert set(entries.values_list("system", flat=True)) <= {"demo", "first-run"}


def test_adas_page_reads_the_clocks_of_the_stories(ada):
    course = desk.caseload(ada, TODAY, specialist_id=ada.id)
    rows, found = course.rows, course.clocks
    for row in rows:
        given = row.name.split()[0]
        if given in NEEDS:
            kind, earliest, latest = NEEDS[given]
            left = [c.due_on - TODAY for c in found[row.episode_id] if c.kind == kind]
            assert [earliest <= days.days <= latest for days in left] == [True], given
            assert found[row.episode_id][0].kind == kind, given  # as Today has it
    assert {row.name.split()[0] for row in rows} >= NEEDS.keys()


def test_the_page_of_duplicates_has_something_to_show_and_not_too_much(ada):
    pairs = work.employers_alike(ada)
    assert 3 <= len(pairs) <= 8
    assert {pair.reason for pair in pairs} == {"register_number", "like_name"}


def test_a_step_down_that_was_offered_is_known(filled):
    offered = _all(Episode).filter(step_down_offered_on__isnull=False)
    assert offered.filter(state="stepped_down").exists()
    assert not offered.filter(step_down_offered_on__gt=TODAY).exists()


def test_the_history_ends_yesterday(filled):
    latest = _all(Contact).order_by("-day").values_list("day", flat=True)[0]
    assert TODAY - timedelta(days=4) <= latest < TODAY


def test_a_unit_for_measurements_is_filled_the_same_way(db):
    found = fill(cast.SIZES["unit"], 1, TODAY, token="another")
    assert found.contacts == pytest.approx(10_000, rel=0.12)
    assert Team.objects.filter(kind="ips_unit").count() >= 1


# ---- Who pays ----------------------------------------------------------------------------


def test_north_is_paid_in_kroner_by_a_contract_that_says_it_is_invented(filled):
    north = _all(Agreement).filter(unit__slug="ips-nord")
    assert {one.contract for one in north} == {"dk-havnelund", "us-or-vr-ips"}
    claims = _all(Claim).filter(contract="dk-havnelund")
    assert {claim.currency for claim in claims} == {"DKK"}
    states = {claim.state for claim in claims}
    assert {"draft", "submitted", "rejected", "paid"} <= states
    with shelf.at_hand():
        contract = contracts.get("dk-havnelund")
        assert "invented" in contract.title
        assert "invented" in contract.source
    assert "dk-havnelund" not in contracts.load(), "the demo's contract is the demo's"
    assert loader.check([shelf.FOLDER]).faults == ()


def test_invoices_stand_in_several_states_and_one_answer_came_as_a_file(filled):
    invoices = _all(Invoice).filter(agreement__contract="dk-havnelund")
    lines = _all(InvoicedClaim).select_related("claim")
    of_states = [
        {line.claim.state for line in lines if line.invoice_id == one.pk}
        for one in invoices
    ]
    assert len(of_states) >= 2
    assert any("paid" in states for states in of_states)
    assert any(states - {"paid"} for states in of_states)
    (file,) = _all(AnswerFile)
    told = _all(ClaimEntry).filter(answer_file=file)
    assert {entry.state for entry in told} >= {"paid"}
    assert any(entry.amount != entry.claim.amount for entry in told if entry.amount)
