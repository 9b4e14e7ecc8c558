"""Whole rosters into the record: the database holds what their truth says."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.db.models import Count
from tests.exchange.conftest import TODAY
from tests.exchange.looking import counts, rows, unchanged

from braid.exchange import commands, storage
from braid.exchange.roster.codes import placement_word

ROSTERS = Path(__file__).parents[1] / "rosters"
SETS = ("uk-roster", "dk-csv", "nl-xlsx", "us-csv")
SUFFIXES = {".xlsx", ".csv"}

pytestmark = pytest.mark.django_db


def truth(name):
    return json.loads((ROSTERS / name / "truth.json").read_text("utf-8"))


def counted(world):
    """Return the counts of the rosters' README from the record itself."""
    of_unit = {"episode__unit": world.north}
    jobs = rows("work.job").filter(**of_unit).values_list("placement", flat=True)
    episodes = rows("people.episode").filter(unit=world.north)
    visits = rows("work.employercontact").filter(unit=world.north)
    types = Counter(placement_word(placement or None) for placement in jobs)
    return {
        "clients": episodes.aggregate(n=Count("applicant", distinct=True))["n"],
        "referrals": episodes.count(),
        "episodes": episodes.filter(accepted_on__isnull=False).count(),
        "contacts": rows("work.contact").filter(**of_unit).count(),
        "employer_contacts": visits.count(),
        "employer_contacts_f2f": visits.filter(mode="in_person").count(),
        "jobs": types.total(),
        "jobs_by_type": dict(types),
    }


def plan_set(world, name, answers=()):
    """Open and plan a whole set as Ben; return the import and what was prepared."""
    folder = ROSTERS / name
    files = [p for p in sorted(folder.iterdir()) if p.suffix in SUFFIXES]
    actor = world.ben.actor
    batch = commands.open_batch(
        actor=actor,
        unit=world.north,
        files=[(path.name, [path.read_bytes()]) for path in files],
        setup=json.loads((folder / "unit.json").read_text("utf-8")),
    )
    if answers:
        commands.answer(actor=actor, batch=batch, answers=answers)
    return batch, commands.plan_batch(actor=actor, batch=batch, today=TODAY)


def bring_set(world, name, answers=()):
    batch, prepared = plan_set(world, name, answers)
    commands.commit_batch(
        actor=world.ben.actor,
        batch=batch,
        plan_hash=batch.plan_hash,
        today=TODAY,
        prepared=prepared,
    )
    return batch


def answered(name):
    return [fault for fault in truth(name)["faults"] if fault["action"] == "ask"]


@pytest.fixture
def empty(world):
    """The unit before anybody is in it."""
    rows("people.applicant").all().delete()
    return world


@pytest.mark.parametrize("name", SETS)
def test_record_holds_what_the_truth_counts(empty, name):
    figures = truth(name)["figures"]
    before = counts()
    first = bring_set(empty, name)
    assert counted(empty) == figures["before_answers"]["counts"]
    with unchanged():
        again = bring_set(empty, name)
    assert again.summary["created"] == {} and again.summary["updated"] == {}
    second = bring_set(empty, name, answered(name))
    assert counted(empty) == figures["after_answers"]["counts"]
    for batch in (second, again, first):
        commands.undo_batch(actor=empty.ben.actor, batch=batch)
    assert counts() == before


@pytest.mark.parametrize("name", SETS)
def test_answers_at_once_come_to_the_same(empty, name):
    bring_set(empty, name, answered(name))
    assert counted(empty) == truth(name)["figures"]["after_answers"]["counts"]


@pytest.mark.parametrize("name", SETS)
def test_preview_lists_exactly_the_marked_rows(empty, name):
    batch, _prepared = plan_set(empty, name)
    shown = storage.read_preview(batch.unit_id, batch.pk)
    found = {
        (f["place"]["file"], f["place"]["sheet"], f["place"]["row"], f["action"])
        for f in shown["findings"]
    }
    marked = {
        (f["file"], f["sheet"], f["row"], f["action"])
        for f in truth(name)["faults"]
        if f["action"] != "accept"
    }
    assert found == marked


def test_meetings_of_treatment_teams_come_once_a_team_and_day(empty):
    bring_set(empty, "uk-roster")
    stated = truth("uk-roster")["data_rows"]["ips-tracker.xlsx/Team meetings"]
    assert rows("teamwork.attendance").count() == stated
    meetings = rows("teamwork.meeting")
    assert meetings.count() == meetings.values("team", "day").distinct().count()
