"""A region is written from its facts; what is read back from the record is the same."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import click
import pytest
from django.db import connection, transaction
from django.utils import timezone

from braid.access import queries as access
from braid.access.models import AuditEntry, Membership, Team, User
from braid.access.policy import Role
from braid.facts import manifest
from braid.facts.commands import build
from braid.facts.extraction import extract
from braid.facts.models import Snapshot
from braid.facts.queries import latest_snapshot, snapshot_facts
from braid.facts.registry import maker
from braid.facts.schema import TABLES
from braid.people.models import (
    Applicant,
    CaseloadSpell,
    Episode,
    EpisodeEntry,
    Identifier,
)
from braid.people.rules import can_move, client_system
from braid.site.demo import cast, large, making
from braid.site.demo import mark as marks
from braid.site.demo.generated import Scale, record, write_facts, write_record
from braid.site.demo.generated.tables import tables
from braid.site.demo.generated.unit import draw
from braid.site.demo.keys import address
from braid.work.models import Contact, Employer, EmployerContact, Job
from tests.site.test_demo_generated import NOT_DRAWN

TODAY = date(2026, 10, 5)
NOW = datetime(2026, 10, 5, 7, tzinfo=UTC)
SCALE = Scale(3, 30)
TEST = "a look from the test"


def _all(model):
    return model.objects.system(TEST)


@pytest.fixture(scope="module")
def units():
    return [draw(SCALE, 1, number, TODAY) for number in range(SCALE.units)]


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield write_record(
            units=SCALE.units, people=SCALE.people, seed=1, today=TODAY, token="secret"
        )
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def extracted(written, units):
    return extract([UUID(str(unit.service.teams[0])) for unit in units])


@pytest.fixture
def actors(written):
    return {
        key: access.places(access.user_by_email(address(key)), NOW)[0].actor
        for key in (cast.ADA, cast.BEN, cast.SAM)
    }


# Two ways agree


@pytest.mark.parametrize("name", [name for name in TABLES if not maker(name)])
def test_facts_of_the_record_are_the_generated_ones(extracted, units, name):
    generated = [row for unit in units for row in tables(unit)[name].to_pylist()]
    assert bool(generated) is (name not in NOT_DRAWN)
    assert sorted(map(repr, extracted[name].to_pylist())) == sorted(
        map(repr, generated)
    )


def test_a_snapshot_of_the_record_has_the_hash_of_the_generated_facts(
    written, tmp_path, settings
):
    settings.BRAID_DATA = tmp_path
    built = build(actor=access.installation_actor("test"), today=TODAY)
    made = write_facts(
        tmp_path / "x", units=SCALE.units, people=SCALE.people, seed=1, today=TODAY
    )
    assert built.manifest.hash == made.hash
    assert built.manifest.units == made.units


# A record as it should be


def test_it_says_how_much_it_was(written, units):
    assert written.episodes == sum(len(unit.courses) for unit in units)
    assert written.contacts == _all(Contact).count()
    assert written.jobs == _all(Job).count()


def test_every_key_leads_somewhere(written):
    connection.check_constraints()


def test_the_cast_is_in_the_first_unit(actors):
    unit = Team.objects.get(slug="ips-nord")
    assert actors[cast.ADA].role == Role.SPECIALIST
    assert actors[cast.BEN].role == Role.SUPERVISOR
    assert actors[cast.ADA].teams == actors[cast.BEN].teams == {unit.pk}
    assert actors[cast.SAM].role == Role.STEWARD
    ada = Membership.objects.get(user_id=actors[cast.ADA].id)
    assert (ada.last_day, ada.fte) in {(None, 1), (None, None)}
    held = _all(CaseloadSpell).filter(specialist=ada.user_id, last_day__isnull=True)
    assert held.exists()


def test_nobody_of_the_staff_has_a_password_and_all_addresses_are_invented(written):
    users = User.objects.filter(memberships__isnull=False)
    assert not any(user.has_usable_password() for user in users)
    assert all(user.email.endswith(".example") for user in users)


def test_the_state_of_an_episode_is_its_last_entry(written):
    last = {
        entry.episode_id: entry.state for entry in _all(EpisodeEntry).order_by("number")
    }
    assert dict(_all(Episode).values_list("pk", "state")) == last
    assert set(last.values()) >= {"waiting", "active", "exited", "not_started"}


def test_the_course_of_an_episode_follows_the_rules(written):
    entries = _all(EpisodeEntry).order_by("episode_id", "number")
    before = None
    for entry in entries:
        came_from = before.state if before and entry.number > 1 else ""
        assert can_move(came_from, entry.state).ok, (came_from, entry.state)
        assert entry.number == 1 or before.day <= entry.day
        before = entry


def test_everybody_has_a_name_and_a_number_of_the_unit(written):
    unit = Team.objects.get(slug="ips-nord")
    numbers = _all(Identifier).filter(system=client_system(unit.pk))
    persons = _all(Applicant).filter(episodes__unit=unit).distinct()
    assert {number.applicant_id for number in numbers} == {p.pk for p in persons}
    assert all(person.given_name and person.family_name for person in persons)
    assert len({number.value_hash for number in numbers}) == len(numbers)


def test_employers_of_a_unit_have_different_names(written):
    for unit in Team.objects.filter(kind="ips_unit"):
        names = list(_all(Employer).filter(unit=unit).values_list("name", flat=True))
        assert len(set(names)) == len(names) > 50


def test_the_units_beyond_a_region_have_a_provider_of_their_own(written):
    far = draw(Scale(41, 8), 1, 40, TODAY)
    with transaction.atomic():
        record.write_unit(far, 1, "secret")
        unit = Team.objects.get(pk=UUID(str(far.service.teams[0])))
        assert unit.organisation != Team.objects.get(slug="ips-nord").organisation
        stewards = Membership.objects.filter(role="steward")
        assert stewards.filter(organisation=unit.organisation).count() == 1
        assert stewards.count() == 2
        transaction.set_rollback(True)


def test_next_steps_lie_ahead(written):
    steps = _all(EmployerContact).exclude(next_step="")
    assert steps.exists()
    assert not steps.filter(next_on__lt=TODAY - timedelta(days=1)).exists()


def test_the_audit_has_one_line_a_batch(written):
    lines = AuditEntry.objects.filter(system="demo")
    assert 0 < lines.count() <= 12 * SCALE.units
    contacts = lines.filter(action="contacts_recorded")
    assert sum(line.count for line in contacts) == written.contacts


# Made by the command


@pytest.fixture
def data(settings, tmp_path):
    settings.BRAID_DATA = tmp_path
    settings.BRAID_DEMO_MARK = tmp_path / "demo.json"
    return tmp_path


def test_a_region_has_record_facts_and_mark(db, data):
    made = large.make_region(1, Scale(2, 8))
    assert (made.size, made.finished, made.day) == (
        "region",
        True,
        timezone.localdate(),
    )
    assert marks.read() == made
    steward = access.places(access.user_by_email(address(cast.SAM)), timezone.now())[
        0
    ].actor
    snapshot = latest_snapshot(steward)
    stated = manifest.read(snapshot.folder)
    assert (stated.hash, dict(stated.rows)) == (snapshot.hash, snapshot.rows)
    assert stated.rows["contacts"] == made.filled.contacts
    with snapshot_facts(steward, snapshot) as facts:
        assert set(facts.units) == {
            str(team.pk) for team in Team.objects.filter(kind="ips_unit")
        }


def test_a_region_that_was_interrupted_is_not_shown_and_can_be_taken_away(
    db, data, monkeypatch
):
    write_unit = record.write_unit

    def interrupted(unit, seed, token):
        if unit.service.number == 1:
            raise KeyboardInterrupt
        write_unit(unit, seed, token)

    monkeypatch.setattr(record, "write_unit", interrupted)
    with pytest.raises(KeyboardInterrupt):
        large.make_region(1, Scale(2, 8))
    assert Team.objects.filter(kind="ips_unit").count() == 1
    assert not marks.read().finished
    with pytest.raises(click.UsageError, match="interrupted"):
        making.made("region", 1)
    assert making._may_go()


def test_the_snapshots_of_a_demo_go_with_it(db, data):
    large.make_region(1, Scale(1, 6))
    folder = Snapshot.objects.get().folder
    assert (folder / "contacts.parquet").exists()
    large.take_away_facts()
    assert not folder.exists()


def test_a_nation_is_facts_alone(db, data):
    found = large.make_nation(1, scale=Scale(2, 6))
    folder = large.nation_folder(1, timezone.localdate())
    rows = json.loads((folder / "manifest.json").read_text())["rows"]
    counts = (rows["episodes"], rows["contacts"], rows["jobs"])
    assert (found.episodes, found.contacts, found.jobs) == counts
    assert access.is_empty_installation()


def test_a_nation_that_is_there_is_kept_unless_reset(db, data):
    first = large.make_nation(1, scale=Scale(2, 6))
    kept = large.make_nation(1, scale=Scale(3, 6))
    fresh = large.make_nation(1, reset=True, scale=Scale(3, 6))
    assert kept.episodes == first.episodes < fresh.episodes
