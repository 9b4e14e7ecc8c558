"""A build that draws what changed comes to what a build that draws everything does."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from random import Random
from uuid import UUID

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.access import (
    ConsentEntryFactory,
)
from tests.factories.facts import TouchedFactory
from tests.factories.people import EpisodeFactory
from tests.factories.work import ContactFactory, EmployerContactFactory
from tests.facts.changing import change, read_models

from braid.access import secrets
from braid.access.models import Organisation, Team
from braid.access.rights import erasing
from braid.facts import (
    commands,
    dependence,
    derived,
    extraction,
    hashing,
    journal,
    watching,
)
from braid.facts.models import Snapshot, Touched
from braid.facts.reading import Facts
from braid.facts.schema import DERIVED, TABLES
from braid.people.models import Applicant, Episode
from braid.teamwork.models import Discussion, Task
from braid.work.models import Contact, EmployerContact, Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path, settings, own_keys):
    settings.BRAID_DATA = tmp_path
    return tmp_path


@pytest.fixture
def build(lived, data, today):
    """Freeze the facts of all that Ben oversees, and say what came of it."""

    def built(day=today, **options):
        return commands.build(actor=lived.ben.actor, today=day, **options)

    return built


def in_order(rows):
    return sorted(rows, key=repr)


def must_equal_all_drawn(built, units, day):
    """Hold a build against the record as it stands, table by table."""
    drawn = extraction.extract(units)
    with Facts.of(drawn, as_of=day) as facts:
        expected = hashing.content_hash(facts)
        following = {name: derived.table(facts, name) for name in DERIVED}
    with Facts.read(built.folder) as frozen:
        for name in TABLES:
            found = in_order(frozen.table(name).to_pylist())
            assert found == in_order(drawn[name].to_pylist()), name
    assert built.manifest.hash == expected == hashing.folder_hash(built.folder)
    assert built.manifest.rows == {name: drawn[name].num_rows for name in TABLES}
    assert built.manifest.as_of == day
    for name, rows in following.items():
        kept = derived.read(built.folder, name)
        assert in_order(kept.to_pylist()) == in_order(rows.to_pylist()), name


def test_whatever_changed_it_is_as_if_all_were_drawn(lived, build, today):
    models, units = read_models(), [lived.north.pk]
    build()

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def law(dice):
        with transaction.atomic():
            day = today
            for _build in range(3):
                day += timedelta(dice.choice((0, 1, 30)))
                for _change in range(dice.randint(1, 12)):
                    change(dice, dice.choice(models))
                built = build(day)
                assert built.base is not None
                must_equal_all_drawn(built, units, day)
            transaction.set_rollback(True)

    law()


@pytest.mark.long
def test_were_the_notes_of_any_table_missing_the_law_would_see_it(
    lived, build, monkeypatch
):
    """Each table in turn is not heard of, and changes alone: all drawn is another set."""
    build()
    models = {model._meta.db_table: model for model in read_models()}
    noted, deaf_to = journal.touched_since, ""

    def heard(seen):
        return {
            source: keys
            for source, keys in noted(seen).items()
            if source.partition(".")[0] != deaf_to
        }

    def is_seen(model):
        with transaction.atomic():
            dice = Random(TRIES)
            found = any(_differs(dice, model, build, lived) for _ in range(TRIES))
            transaction.set_rollback(True)
        return found

    monkeypatch.setattr(journal, "touched_since", heard)
    unseen = set()
    for deaf_to in dependence.watched():
        if not is_seen(models[deaf_to]):
            unseen.add(deaf_to)
    assert unseen <= NOT_SEEN < dependence.watched().keys()


TRIES = 3
# What the facts read of these stays as it is, whatever `change` does to them alone.
NOT_SEEN = {
    *("access_applicantaccount", "access_user"),
    *("fidelity_review", "people_applicant"),
}


def _differs(dice, model, build, lived):
    """Change rows of a model and say whether a build is not what all drawn is."""
    for _change in range(40):
        change(dice, model)
    with Facts.of(extraction.extract([lived.north.pk]), as_of=date.max) as facts:
        return build().manifest.hash != hashing.content_hash(facts)


def test_nothing_changed_is_all_kept(lived, build):
    first = build()
    again = build()
    assert (str(again.base.pk), again.drawn) == (first.manifest.snapshot, {})
    assert again.manifest.hash == first.manifest.hash
    assert again.kept == sum(first.manifest.rows.values())
    shared = first.folder / "contacts.parquet", again.folder / "contacts.parquet"
    assert shared[0].stat().st_ino == shared[1].stat().st_ino
    assert again.manifest.snapshot != first.manifest.snapshot


def test_only_what_changed_is_drawn(lived, build, today):
    build()
    new = ContactFactory(episode=lived.pat_episode)
    built = build()
    assert built.drawn == {"contacts": 1}
    assert str(new.pk) in str(Facts.read(built.folder).table("contacts").to_pylist())
    must_equal_all_drawn(built, [lived.north.pk], today)


# One kind of change after the other


def brought_in_bulk(lived):
    rows = [ContactFactory.build(episode=lived.pat_episode) for _ in range(3)]
    Contact.objects.bulk_create(rows)


def taken_back(lived):
    everything(Contact).get(episode=lived.pat_episode).delete()


def corrected(_lived):
    everything(Contact).update(minutes=7)


def moved(lived):
    everything(Episode).filter(pk=lived.pat_episode.pk).update(unit=lived.elsewhere)


def known_from_earlier(lived):
    EpisodeFactory(applicant=lived.pat, unit=lived.north, referred_on=date(2020, 1, 1))


def visited_earlier(_lived):
    visit = everything(EmployerContact).filter(employer__isnull=False).first()
    EmployerContactFactory(
        unit=visit.unit, employer=visit.employer, day=visit.day - timedelta(20)
    )


def of_another_country(lived):
    everything(Organisation).filter(pk=lived.north.organisation_id).update(country="nl")


def took_the_decision_back(lived):
    line = everything(Discussion).filter(episode=lived.pat_episode).first()
    everything(Task).filter(meeting=line.meeting).update(meeting=None)


def withdrew_the_consent(lived):
    ConsentEntryFactory(applicant_id=lived.pat.pk, kind="withdrawn")


# What is drawn anew after it, by table.
CHANGES = {
    brought_in_bulk: {"contacts"},
    taken_back: {"contacts"},
    corrected: {"contacts"},
    known_from_earlier: {"episodes", "calendar"},
    visited_earlier: {"employer_contacts"},
    of_another_country: {"organisations", "calendar"},
    took_the_decision_back: {"tasks", "discussions"},
    withdrew_the_consent: set(),
}


def everything(model):
    return model._base_manager.order_by("pk")


@pytest.mark.parametrize("happens", CHANGES, ids=lambda one: one.__name__)
def test_what_a_change_reaches_is_drawn(lived, build, today, happens):
    build()
    happens(lived)
    built = build()
    assert built.base is not None
    assert set(built.drawn) == CHANGES[happens]
    must_equal_all_drawn(built, [lived.north.pk], today)


def test_whoever_moved_to_another_unit_takes_everything_along(lived, build, today):
    build()
    moved(lived)
    built = build()
    with Facts.read(built.folder) as facts:
        left = {name: facts.table(name).to_pylist() for name in TABLES}
    assert str(lived.pat_episode.pk) not in str(left["contacts"])
    must_equal_all_drawn(built, [lived.north.pk], today)


def test_a_day_that_passes_ends_what_ends_on_it(lived, build, today):
    everything(Job).update(last_day=today + timedelta(3), going_rate=True)
    build()
    built = build(today + timedelta(4))
    assert built.drawn == {}
    spells = derived.read(built.folder, "work_spells").to_pylist()
    assert today + timedelta(3) in {spell["last_day"] for spell in spells}
    must_equal_all_drawn(built, [lived.north.pk], today + timedelta(4))


def test_a_large_table_keeps_the_parts_in_which_nothing_changed(
    lived, build, today, monkeypatch
):
    monkeypatch.setattr("braid.facts.parts.PART", 2)
    monkeypatch.setattr("braid.facts.extraction.BATCH", 2)
    for _ in range(7):
        ContactFactory(episode=lived.pat_episode)
    first = build()
    everything(Contact).filter(pk=everything(Contact).last().pk).update(minutes=1)
    ContactFactory(episode=lived.quinn_episode)
    built = build()

    def parts_of(folder):
        return {path.stat().st_ino for path in (folder / "contacts.parquet").iterdir()}

    before, after = parts_of(first.folder), parts_of(built.folder)
    assert len(before - after) <= 2 < len(before & after) + 1
    must_equal_all_drawn(built, [lived.north.pk], today)


# What a build goes on from


def test_whoever_asks_for_it_gets_all_of_it_drawn(lived, build):
    build()
    assert build(afresh=True).base is None


def test_a_snapshot_of_other_units_is_nothing_to_go_on_from(lived, data, today, build):
    everything(Team).filter(pk=lived.elsewhere.pk).update(
        organisation=lived.north.organisation
    )
    commands.build(actor=lived.ben.actor, unit=lived.north, today=today)
    built = build()
    assert (built.base is None) == (len(built.manifest.units) > 1)


def test_after_a_month_all_is_drawn(lived, build, today):
    build()
    with time_machine.travel(f"{today + timedelta(36)}T07:00:00+00:00", tick=False):
        assert build(today + timedelta(36)).base is None


def test_somebody_erased_is_in_no_later_set(lived, build, today):
    build()
    erasing.erase(
        actor=lived.sam.actor,
        applicant_id=lived.pat.pk,
        reason="asked",
        now=datetime(2026, 10, 5, 8, tzinfo=UTC),
    )
    built = build()
    assert built.base is None
    assert (
        str(lived.pat_episode.pk)
        not in Facts.read(built.folder).table("episodes")["episode_id"].to_pylist()
    )
    must_equal_all_drawn(built, [lived.north.pk], today)
    assert build().base is not None


def order(lived):
    """Decide that Pat is erased, and take away nothing yet."""
    now = datetime(2026, 10, 5, 8, tzinfo=UTC)
    erasing.order(
        actor=lived.sam.actor, applicant_id=lived.pat.pk, reason="asked", now=now
    )


def carry_out(lived):
    """Decide that Pat is erased, and do all of it."""
    order(lived)
    erasing.finish(lived.pat.pk)


# What another process does, and what of a build it comes before.
MEANWHILE = {
    "erased while the record is read": (carry_out, "braid.facts.snapshots.write"),
    "decided while the record is read": (order, "braid.facts.snapshots.write"),
    "erased while changes are drawn": (carry_out, "braid.facts.renewing.write"),
    "decided as the build ends": (order, "braid.facts.footing.let_go"),
}


@pytest.fixture
def meanwhile(request, lived, monkeypatch):
    """Let something happen to Pat just after a step of a build, once."""
    happens, place = MEANWHILE[request.param]
    room, _dot, name = place.rpartition(".")
    step, done = getattr(import_module(room), name), []

    def stepped(*args, **options):
        found = step(*args, **options)
        if not done:
            done.append(happens(lived))
        return found

    return lambda: monkeypatch.setattr(place, stepped)


@pytest.mark.parametrize("meanwhile", MEANWHILE, indirect=True)
def test_whoever_is_erased_during_a_build_is_not_in_it(
    lived, data, build, today, request, meanwhile
):
    if "changes" in request.node.name:
        build()
    ContactFactory(episode=lived.quinn_episode)
    meanwhile()
    built = build()
    assert is_absent(lived.pat.pk, built.folder)
    snapshot = Snapshot.objects.get(pk=built.manifest.snapshot)
    assert snapshot.hash == built.manifest.hash == hashing.folder_hash(built.folder)
    assert snapshot.footing is None  # what was noted of Pat has been let go
    if not Applicant.objects.system("a test").filter(pk=lived.pat.pk).exists():
        must_equal_all_drawn(built, [lived.north.pk], today)


@pytest.mark.parametrize(
    "meanwhile", ["erased while the record is read"], indirect=True
)
def test_whoever_is_erased_meanwhile_is_in_no_set_handed_on(
    lived, data, today, meanwhile
):
    meanwhile()
    out = data / "handed-on"
    built = commands.build(actor=lived.ben.actor, out=out, today=today)
    (pseudonym,) = secrets.pseudonyms([str(lived.pat.pk)])
    assert is_absent(pseudonym, out) and not is_absent(
        *secrets.pseudonyms([str(lived.quinn.pk)]), out
    )
    assert built.manifest.hash == hashing.folder_hash(out)


def is_absent(person, folder):
    with Facts.read(folder) as facts:
        return not any(
            str(person) in facts.table(name)["person_key"].to_pylist()
            for name, table in TABLES.items()
            if "person_key" in table.names
        )


def test_nothing_noted_of_somebody_erased_is_left(lived, build):
    """Not even until the next build; other snapshots are drawn afresh for it."""
    build()
    ContactFactory(episode=lived.pat_episode)
    assert noted()
    carry_out(lived)
    assert not noted()
    assert not Snapshot.objects.filter(footing__isnull=False).exists()


def test_while_nobody_watches_all_is_drawn(lived, build):
    build()
    watching.before_migration([object()])
    everything(Contact).update(minutes=3)
    assert not watching.is_complete()
    assert build().base is None
    watching.after_migration()
    assert watching.is_complete()
    assert build().base is None
    assert build().base is not None


def test_another_way_of_drawing_begins_afresh(lived, build, monkeypatch):
    build()
    monkeypatch.setattr("braid.__version__", "99.0")
    assert build().base is None


# The journal


def noted():
    """Return the lines that tell of a row of the record."""
    return list(Touched.objects.exclude(source=journal.LET_GO).order_by("id"))


def test_a_line_that_becomes_visible_later_is_not_passed_over(lived):
    Touched.objects.all().delete()
    late = TouchedFactory.create_batch(4)[1]
    Touched.objects.filter(pk=late.pk).delete()  # begun, and not to be seen yet
    seen = journal.position()
    late.save(force_insert=True)
    assert journal.touched_since(seen) == {"work_contact.id": {UUID(late.key)}}
    journal.forget([seen])
    assert [line.key for line in noted()] == [late.key]


def test_what_every_snapshot_has_seen_is_forgotten(lived, build):
    ContactFactory(episode=lived.pat_episode)
    assert noted()
    build()
    assert not noted()


def test_every_table_but_these_is_drawn_by_what_changed():
    whole = {name for name in TABLES if dependence.is_whole(name)}
    assert whole == {
        *("organisations", "teams", "staff", "staff_teams"),
        # Its query asks for later versions of the same score; reviews are few.
        *("reports_shared", "calendar", "ratings"),
        # Its days are those of later entries; an agreement has some hundreds of claims.
        "claims",
    }
