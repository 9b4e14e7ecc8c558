"""The pages of the facts: snapshots, what changed between two, and a unit's to take."""

import io
import json
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desk.test_pages import text
from tests.factories.work import ContactFactory
from tests.facts.test_snapshots import MAY_BUILD

from braid.access.models import AuditEntry
from braid.facts import commands, foreign, handing_on, schema_words, tasks
from braid.facts.comparing import Moved, Movement, Reason
from braid.facts.models import Snapshot
from braid.facts.schema import TABLES
from braid.facts.snapshot_presenters import movement
from braid.packs import measures

LIST = "facts:snapshots"


@pytest.fixture
def data(tmp_path, settings):
    settings.BRAID_DATA = tmp_path
    return tmp_path


@pytest.fixture
def two(lived, data, today):
    """Two snapshots: in the second somebody was met once more."""
    first = commands.build(actor=lived.ben.actor, today=today).manifest.snapshot
    ContactFactory(episode=lived.pat_episode, day=today - timedelta(days=1))
    second = commands.build(actor=lived.ben.actor, today=today).manifest.snapshot
    return first, second


@pytest.mark.parametrize(("name", "may"), MAY_BUILD.items())
def test_the_list_is_for_who_oversees_units(lived, data, as_, name, may):
    assert as_(name).get(reverse(LIST)).status_code == (200 if may else 403)


def test_an_empty_list_says_what_a_snapshot_is_for(lived, data, as_):
    page = as_("ben").get(reverse(LIST)).content.decode()
    assert "No facts were frozen yet" in page
    assert reverse("facts:compare") not in page


def test_a_snapshot_is_listed_with_who_made_it_and_how_much_it_holds(two, as_):
    page = as_("ben").get(reverse(LIST)).content.decode()
    kept = Snapshot.objects.get(pk=two[1])
    assert kept.hash[:12] in page
    assert f"<span>{sum(kept.rows.values())}</span>" in page
    one = as_("ben").get(reverse("facts:snapshot", args=[two[1]])).content.decode()
    assert kept.hash in one
    assert all(f"<code>{table}</code>" in one for table in TABLES)


def test_a_snapshot_of_other_units_is_not_there(two, lived, as_):
    Snapshot.objects.filter(pk=two[1]).update(units=[str(lived.elsewhere.pk)])
    client = as_("ben")
    gone = client.get(reverse("facts:snapshot", args=[two[1]]))
    assert gone.status_code == 404
    assert two[1] not in client.get(reverse(LIST)).content.decode()
    asked = {"before": two[0], "after": two[1]}
    assert client.get(reverse("facts:compare"), asked).status_code == 422


def test_asking_for_more_snapshots_asks_the_database_no_more(
    two, lived, today, as_, django_assert_num_queries
):
    client = as_("ben")
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(LIST))
    for _again in range(3):
        commands.build(actor=lived.ben.actor, today=today)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(reverse(LIST))


# Building


def test_a_build_goes_on_in_a_worker_and_is_found_when_done(lived, data, as_):
    client = as_("ben")
    answer = client.post(reverse("facts:build"))
    assert answer.status_code == 302
    made = Snapshot.objects.exclude(units=[]).get()
    assert made.made_by == lived.ben.user
    page = client.get(answer.url).content.decode()
    assert reverse("facts:snapshot", args=[made.pk]) in page
    assert as_("sam").get(answer.url).status_code == 404


def test_a_build_that_breaks_says_so_and_keeps_nothing(lived, data, as_, monkeypatch):
    def broken(**_options):
        raise OSError("the disk is full")

    monkeypatch.setattr(commands, "build", broken)
    answer = as_("ben").post(reverse("facts:build"))
    page = as_("ben").get(answer.url).content.decode()
    assert "could not be frozen" in page
    assert not Snapshot.objects.exclude(units=[]).exists()


def test_how_far_a_build_is_counts_the_tables(lived, data, today):
    told = []
    commands.build(
        actor=lived.ben.actor,
        today=today,
        progress=lambda done, of: told.append((done, of)),
    )
    assert told == [(done, len(TABLES)) for done in range(len(TABLES))]


def test_a_build_that_nobody_started_is_not_there(lived, as_):
    client = as_("ben")
    assert client.get(reverse("facts:building", args=[uuid4()])).status_code == 404
    assert tasks.building(lived.ben.actor, uuid4()) is None


# Comparing


def test_what_changed_is_told_by_table_and_unit(two, lived, as_):
    asked = {"before": two[0], "after": two[1]}
    page = as_("ben").get(reverse("facts:compare"), asked).content.decode()
    assert "Contact <code>contacts</code>" in page
    assert lived.north.name in page
    assert AuditEntry.objects.filter(action="facts_compared").exists()


def test_why_a_figure_moved_is_told_row_by_row(two, as_):
    asked = {"before": two[0], "after": two[1], "measure": "item24_community"}
    page = as_("ben").get(reverse("facts:compare"), asked).content.decode()
    assert "came in" in page
    assert "Contact came" in page


def test_a_row_that_moved_a_figure_is_told_in_words(two, as_):
    asked = {"before": two[0], "after": two[1], "measure": "item24_community"}
    page = text(as_("ben").get(reverse("facts:compare"), asked))
    told = page.split("before,")[-1]
    said = "Contact · left out: 1 contact without a specialist Contact came came in"
    assert said in told
    measure = measures.get("item24_community")
    for name in (*measure.amounts, "left_out", "period "):
        assert name not in told


def test_what_changed_in_a_fact_is_told_from_what_to_what():
    was = {"job_id": "j", "last_day": None, "normal_rights": True, "end_reason": None}
    now = was | {"last_day": date(2026, 5, 3), "normal_rights": False}
    moved = Moved(
        {"job_id": "j", "period": "2026Q2", "served": 1, "left_out": None},
        {"job_id": "j", "period": "2026Q2", "served": 0, "left_out": "too_short"},
        [Reason("jobs", was, now), Reason("episodes", {"gender": "man"}, None)],
    )
    found = movement(measures.get("quarters"), Movement([], [], [moved]))
    (row,) = found.rows
    assert row.said == (
        "Job, 2026Q2 · people on the caseload on at least one day: 1 before, 0 after · "
        "left out: 1 job under a week whose paid hours are not known"
    )
    assert row.because == [
        "job changed: last day from not known to 3 May 2026; ordinary rights at work "
        "from yes to no",
        "episode went",
    ]


def test_every_table_and_column_of_the_facts_has_words():
    assert set(schema_words.THINGS) == set(TABLES)
    named = {
        column.name
        for table in TABLES.values()
        for column in table.columns
        if column.type != "id" and not column.name.endswith("_id")
    }
    assert named == set(schema_words.COLUMNS)


def test_outside_the_unit_no_row_is_told(two, as_):
    asked = {"before": two[0], "after": two[1], "measure": "item24_community"}
    page = as_("sam").get(reverse("facts:compare"), asked).content.decode()
    assert "only within the unit" in page
    assert "came in" not in page


WRONG = {
    "one and the same": lambda two: {"before": two[0], "after": two[0]},
    "no snapshot": lambda two: {"before": two[0], "after": "x'; DROP TABLE"},
    "a long one": lambda two: {"before": "9" * 10_000, "after": two[0]},
    "no measure": lambda two: {"before": two[0], "after": two[1], "measure": "luck"},
    "half of it": lambda two: {"before": two[0]},
}


@pytest.mark.parametrize("asked", WRONG.values(), ids=WRONG)
def test_what_cannot_be_compared_is_said_beside_the_field(two, as_, asked):
    answer = as_("ben").get(reverse("facts:compare"), asked(two))
    assert answer.status_code == 422
    assert "Rows that differ" not in answer.content.decode()


# Taking along


def taken(client, unit, form):
    answer = client.post(reverse("facts:download", args=[unit, form]))
    if answer.status_code != 200:
        return answer, None
    return answer, zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("form", handing_on.FORMS)
def test_what_is_taken_along_can_be_read_again(lived, data, as_, tmp_path, form):
    answer, archive = taken(as_("ben"), lived.north.slug, form)
    assert answer["Content-Disposition"].endswith(f'-{form}.zip"')
    package = json.loads(archive.read("datapackage.json"))
    listed = {resource["path"] for resource in package["resources"]}
    assert listed == {f"{table}.{form}" for table in TABLES}
    assert set(archive.namelist()) == listed | {"datapackage.json", "manifest.json"}
    archive.extractall(tmp_path / "taken")
    with foreign.read(tmp_path / "taken") as facts:
        assert facts.table("contacts").num_rows == 2
    held = b"".join(archive.read(name) for name in archive.namelist())
    for thing in (lived.pat, lived.pat_episode, lived.north):
        assert str(thing.pk).encode() not in held
    assert AuditEntry.objects.filter(action="facts_handed_on").exists()


@pytest.mark.parametrize(("name", "may"), MAY_BUILD.items())
def test_who_oversees_a_unit_may_take_its_facts(lived, data, as_, name, may):
    answer, archive = taken(as_(name), lived.north.slug, "csv")
    assert (archive is not None) is may
    assert answer.status_code == (200 if may else 403)


@pytest.mark.parametrize(("unit", "form"), [("elsewhere", "csv"), ("north", "exe")])
def test_there_is_nothing_else_to_take(lived, data, as_, unit, form):
    slug = getattr(lived, unit).slug
    answer, _nothing = taken(as_("ben"), slug, form)
    assert answer.status_code == 404


def test_the_list_of_units_to_take_names_only_ones_own(lived, as_):
    page = as_("ben").get(reverse("facts:take_along")).content.decode()
    assert lived.north.name in page
    assert lived.elsewhere.name not in page
