"""The next month's version of each of the four sets: the difference, exactly, and then
the record as if the new version alone had been brought, with what vanished kept.
"""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.exchange.conftest import TODAY
from tests.exchange.looking import rows
from tests.exchange.months import Table, Version, logged, more, record_of
from tests.factories.access import TeamFactory

from braid.exchange import commands, linked, storage
from braid.exchange.fields import field_name

pytestmark = pytest.mark.django_db


@dataclass
class Month:
    """A set a month later: its tables, and what the edits ought to come to."""

    version: Version
    caseload: Table
    contacts: Table
    visits: Table
    jobs: Table
    words: dict[str, str]
    in_post: tuple[str, str]
    changes: Counter[tuple[str, str, Any, Any]] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)

    @property
    def as_of(self) -> date:
        return self.version.as_of

    def ago(self, days: int) -> date:
        return self.as_of - timedelta(days=days)

    def told(self, kind, **fields):
        for name, (old, new) in fields.items():
            self.changes[kind, name.replace("__", "."), plain(old), plain(new)] += 1


def plain(value):
    return value.isoformat() if isinstance(value, date) else value


TABLES = {
    "uk-roster": ("Caseload", "Contacts", "Employer contacts", "Job outcomes"),
    "dk-csv": ("borgere.csv", "kontakter.csv", "virksomhedskontakter.csv", "job.csv"),
    "us-csv": (
        *("client_roster.csv", "service_notes.csv"),
        *("employer_contact_log.csv", "job_start_forms.csv"),
    ),
    "nl-xlsx": ("Cliënten", "Contacten", "Werkgeverscontacten", "Plaatsingen"),
}
WORDS = {
    "uk-roster": {"half": 30, "more": 45, "lost": "Lost contact after outreach"},
    "dk-csv": {"half": "0,50", "more": "0,75", "lost": "Kontakt tabt"},
    "us-csv": {"half": "30", "more": "45", "lost": "Lost contact after outreach"},
    "nl-xlsx": {"half": 30, "more": 45, "lost": "contact verloren"},
}


IN_POST = {
    "uk-roster": ("Sadia Marwood", "Ioan Prendergast"),
    "dk-csv": ("Mette Kærsgård", "Søs Abildtrup"),
    "us-csv": ("Lupe Arredondo-Fay", "Darnell Whitcomb"),
    "nl-xlsx": ("Marloes Hagedoorn", "Sietse Kromhout"),
}


def month(name):
    version = Version(name)
    sheet = "Marloes" if name == "nl-xlsx" else None
    tables = [version.table(title, sheet) for title in TABLES[name]]
    return Month(version, *tables, WORDS[name], IN_POST[name])


def day_of(value):
    """Read a day that a set writes without doubt, None for another."""
    if isinstance(value, datetime):
        return value.date()
    for form in ("%d-%m-%Y", "%m/%d/%Y") if value else ():
        with suppress(ValueError):
            return datetime.strptime(value, form).date()
    return None


def seen_once(table, *names):
    """Return a test whether a row is the only one with these values."""
    counts = Counter(
        tuple(table.told(row)[n] for n in names) for _p, row in table.data()
    )
    return lambda row: counts[tuple(row[n] for n in names)] == 1


def on_caseload(month):
    """Return a test for somebody with one plain row and nothing written after it."""
    alone = seen_once(
        month.caseload, *[n for n in ("cid", "name") if n in month.caseload.columns]
    )
    first, _second = month.in_post
    return lambda row: (
        alone(row)
        and day_of(row["accepted"])
        and day_of(row["referral"])
        and not any(row.get(n) for n in ("discharge", "prev_spec", "moved_to", "notes"))
        and row.get("spec", first) == first
    )


# What happens in the month


def a_job_ends(month):
    jobs = month.jobs
    ended = jobs.first(
        lambda row: (
            not row["end"]
            and row["hours"]
            and not row["changed_on"]
            and seen_once(jobs, "name")(row)
            and day_of(row["start"])
        )
    )
    jobs.set(ended, end=month.as_of)
    month.told(
        "jobs", last_day=(None, month.as_of), terms__last_day=(None, month.as_of)
    )


def a_contact_was_longer(month):
    contacts = month.contacts
    alone = seen_once(contacts, "date", "name")
    row = contacts.first(
        lambda row: row["minutes"] == month.words["half"] and alone(row)
    )
    contacts.set(row, minutes=month.words["more"])
    month.told("contacts", minutes=(30, 45))


def a_contact_goes_and_one_comes(month):
    contacts = month.contacts
    alone = seen_once(contacts, "date", "name")
    kept = [
        row
        for row in contacts.clean()
        if alone(contacts.told(row)) and day_of(contacts.get(row, "date"))
    ]
    contacts.add(kept[10], date=month.ago(1))
    contacts.delete(kept[20])
    month.new["contacts"] += 1
    month.gone["contacts"] += 1


def somebody_else_was_spoken_to(month):
    visits = month.visits
    alone = seen_once(visits, "date", "employer")
    row = visits.first(lambda row: row["person"] and alone(row))
    month.told(
        "employer_contacts", spoke_to=(visits.get(row, "person"), "Somebody else")
    )
    visits.set(row, person="Somebody else")


def a_person_leaves(month):
    people = month.caseload
    row = people.first(on_caseload(month))
    people.set(row, discharge=month.as_of, reason=month.words["lost"])
    last = month.ago(1)
    month.told(
        "caseload",
        exited_on=(None, month.as_of),
        exit_reason=("", "lost_contact"),
        state=("active", "exited"),
    )
    month.told(
        "caseload",
        caseload__last_day=(None, last),
        caseload__ended_because=("", "exit"),
        treatment__last_day=(None, last),
    )


def a_person_moves(month):
    people, (first, second) = month.caseload, month.in_post
    fits = on_caseload(month)
    row = people.first(
        lambda row: fits(row) and day_of(row["accepted"]) < month.ago(60)
    )
    day = month.ago(30)
    if month.version.name == "nl-xlsx":
        other = month.version.table("Cliënten", "Sietse")
        there = next(cells for _p, cells in other.data())
        other.add(there, **people.told(row) | {"prev_spec": first, "moved_on": day})
        people.set(row, moved_to=second, moved_off=day)
    else:
        people.set(row, spec=second, prev_spec=first, moved_on=day)
    month.told(
        "caseload",
        caseload__last_day=(None, day - timedelta(days=1)),
        caseload__ended_because=("", "handover"),
    )
    month.told(
        "caseload", caseload__specialist=(None, second), caseload__first_day=(None, day)
    )


def a_person_comes_and_one_comes_back(month):
    people, (first, _second) = month.caseload, month.in_post
    blank = dict.fromkeys(
        set(people.columns)
        - {"cid", "key", "last", "first", "name", "dob", "team", "source", "status"}
    )
    begun = blank | {"referral": month.ago(20), "accepted": month.ago(13)}
    if "spec" in people.columns:
        begun["spec"] = first
    alone = seen_once(people, *[n for n in ("cid", "name") if n in people.columns])
    left = people.first(
        lambda row: (
            alone(row)
            and (day_of(row["discharge"]) or month.as_of) < month.ago(90)
            and not any(row.get(n) for n in ("prev_spec", "moved_to"))
        )
    )
    people.add(left, **begun)
    known = {"cid": "Z-9001", "last": "Zandbergen", "first": "Wilhelmina"}
    new = {name: value for name, value in known.items() if name in people.columns}
    new |= {"name": "Zandbergen, Wilhelmina"} if "name" in people.columns else {}
    people.add(left, **begun, **new, dob=date(1988, 7, 19))
    month.new["caseload"] += 2
    month.new["person"] += 1


def a_person_is_called_otherwise(month):
    people = month.caseload
    if "cid" not in people.columns:
        return  # the name is how people are known there
    fits = on_caseload(month)
    row = [row for row in people.clean() if fits(people.told(row))][-1]
    month.told("person", family_name=(people.get(row, "last"), "Nygaard-Winther"))
    people.set(row, last="Nygaard-Winther")


def rows_are_sorted_otherwise(month):
    month.contacts.turn_round()


EDITS = (
    a_job_ends,
    a_contact_was_longer,
    a_contact_goes_and_one_comes,
    somebody_else_was_spoken_to,
    a_person_leaves,
    a_person_moves,
    a_person_comes_and_one_comes_back,
    a_person_is_called_otherwise,
    rows_are_sorted_otherwise,
)


def bring(world, version, unit):
    """Plan the files of a version as Sam, who may bring them and reads nobody."""
    batch = commands.open_batch(
        actor=world.sam.actor, unit=unit, files=version.files(), setup=version.setup
    )
    return batch, commands.plan_batch(actor=world.sam.actor, batch=batch, today=TODAY)


def save(world, batch, prepared):
    commands.commit_batch(
        actor=world.sam.actor,
        batch=batch,
        plan_hash=batch.plan_hash,
        today=TODAY,
        prepared=prepared,
    )


def shown(batch):
    return storage.read_preview(batch.unit_id, batch.pk)


@pytest.fixture
def empty(world):
    """The unit before anybody is in it, and another one that stays so."""
    rows("people.applicant").all().delete()
    return world


def changes_of(seen):
    """Yield kind, field, old and new value of what a preview says changes."""
    for change in seen["changes"]:
        for one in change["fields"]:
            name = field_name(one["of"], one["field"])
            yield change["kind"], name, one["old"], one["new"]


def fields_of(seen):
    """Yield what the change log ought to say: the records and fields that change."""
    for change in seen["changes"]:
        for one in change["fields"]:
            if one["does"] == "change":
                is_id = linked.field(one["of"], one["field"]).is_relation
                yield one["of"], one["field"] + ("_id" if is_id else "")


def counted(seen, does):
    kinds = {kind: counts.get(does, 0) for kind, counts in seen["outcome"].items()}
    return Counter({kind: number for kind, number in kinds.items() if number})


@pytest.mark.parametrize("name", ["uk-roster", "nl-xlsx"])
def test_same_cells_written_anew_differ_in_nothing(empty, name):
    save(empty, *bring(empty, Version(name), empty.north))
    before = record_of(empty.north)
    batch, prepared = bring(empty, Version(name), empty.north)
    seen = shown(batch)
    assert (seen["changes"], seen["vanished"], seen["examples"]) == ([], [], [])
    save(empty, batch, prepared)
    assert record_of(empty.north) == before


@pytest.mark.parametrize("name", TABLES)
def test_next_month_differs_by_exactly_what_happened(empty, name):
    """Given last month's import, when files are brought that say what happened since,
    then exactly that is shown, exactly that is done, and it can be taken back.
    """
    save(empty, *bring(empty, Version(name), empty.north))
    before = record_of(empty.north)
    later = month(name)
    for happens in EDITS:
        happens(later)

    batch, prepared = bring(empty, later.version, empty.north)
    seen = shown(batch)
    assert Counter(changes_of(seen)) == later.changes
    assert counted(seen, "create") == later.new
    assert counted(seen, "vanished") == later.gone
    assert record_of(empty.north) == before

    save(empty, batch, prepared)
    assert logged(batch) == Counter(fields_of(seen))
    alone = TeamFactory(organisation=empty.havnelund, kind="ips_unit")
    save(empty, *bring(empty, later.version, alone))
    now, fresh = record_of(empty.north), record_of(alone)
    assert more(fresh, now) == {}
    assert more(now, fresh) == {"work.contact": later.gone["contacts"]}

    commands.undo_batch(actor=empty.sam.actor, batch=batch)
    assert record_of(empty.north) == before
