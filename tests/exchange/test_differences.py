"""What a later file changes: shown before it is done, and then done as it was shown."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.exchange.conftest import CASELOAD, CONTACTS, FILES, SETUP
from tests.exchange.looking import imported, rows, unchanged

from braid.exchange import commands, linked, storage
from braid.exchange.commands import foreseeing
from braid.work.commands import change_contact


def shown(batch):
    return storage.read_preview(batch.unit_id, batch.pk)


def told(batch, kind=None):
    """Return (field, old, new) of what changes, of one kind or of all."""
    return [
        (one["field"], one["old"], one["new"])
        for change in shown(batch)["changes"]
        if kind in (None, change["kind"])
        for one in change["fields"]
    ]


def files(**texts):
    return FILES | {f"{name}.csv": text for name, text in texts.items()}


LEFT = CASELOAD.replace("2026-05-12,,,", "2026-05-12,2026-06-20,Moved,")
CHANGES = {
    "a longer contact": {"contacts": CONTACTS.replace(",45,", ",50,")},
    "a discharge": {"caseload": LEFT},
    "another name": {"caseload": CASELOAD.replace("Holt,Mia", "Holte-Lund,Mia")},
    "another birth date": {"caseload": CASELOAD.replace("1990-05-14", "1990-05-15")},
    "another team": {"caseload": CASELOAD.replace("East,Ada", "West,Ada")},
    "an end and new hours of a job": {
        "jobs": FILES["jobs.csv"].replace("2026-03-02,,16", "2026-03-02,2026-06-19,20")
    },
    "another employer's word": {
        "employers": FILES["employers.csv"].replace("Owner", "Manager")
    },
}


@pytest.mark.parametrize("texts", CHANGES.values(), ids=CHANGES)
def test_change_log_says_what_was_shown(bring, save, texts):
    save(bring())
    batch = bring(files(**texts))
    seen = [
        (one["of"], one["field"], text(one["old"]), text(one["new"]))
        for change in shown(batch)["changes"]
        for one in change["fields"]
        if one["does"] == "change"
    ]
    assert seen
    save(batch)
    log = apps.get_model("access.change").objects.all()
    done = [(e.record_kind, *named(e)) for e in log]
    assert sorted(done) == sorted(
        (of, field, *map(text, values)) for of, field, *values in seen
    )


def named(entry):
    """Return field, old and new of an entry of the change log, names instead of ids."""
    target = linked.points_at(entry.record_kind, entry.field)
    if not target:
        return entry.field, plain(entry.old), plain(entry.new)
    names = {str(row.pk): row.name for row in rows(target)}
    return entry.field.removesuffix("_id"), names[entry.old], names[entry.new]


def plain(value):
    """Return a number without its last noughts."""
    try:
        return format(Decimal(value).normalize(), "f")
    except ArithmeticError:
        return value


def text(value):
    return "" if value is None else str(value)


def test_first_import_changes_nothing_and_shows_what_is_new(bring):
    seen = shown(bring())
    assert seen["changes"] == [] and seen["vanished"] == []
    new = {one["kind"]: one["count"] for one in seen["examples"]}
    assert new == {
        "person": 5,
        "caseload": 5,
        "contacts": 3,
        "employer_contacts": 2,
        "jobs": 2,
    }
    job = next(one for one in seen["examples"] if one["kind"] == "jobs")["examples"][0]
    assert job["name"] == "Mia Holt"
    assert [(t["field"], t["value"]) for t in job["told"]] == [
        ("employer", "Baker Brun"),
        ("title", "Sales assistant"),
        ("first_day", "2026-03-02"),
    ]


def test_change_names_its_record_and_its_place(bring, save):
    save(bring())
    (change,) = shown(bring(files(contacts=CONTACTS.replace(",45,", ",50,"))))[
        "changes"
    ]
    assert (change["kind"], change["what"]) == ("contacts", "update")
    assert change["place"] == {"file": "contacts.csv", "sheet": None, "row": 2}
    assert (change["name"], change["edited_since"]) == ("Mia Holt", False)


def test_other_word_for_the_same_is_no_change(bring, save):
    save(bring())
    worded = CONTACTS.replace("Ida Berg,Phone", "Ida Berg,Telephone")
    assert worded != CONTACTS
    batch = bring(files(contacts=worded))
    assert shown(batch)["changes"] == []
    assert shown(batch)["outcome"]["contacts"].get("update", 0) == 0
    with unchanged():
        assert save(batch).summary["updated"] == {}


def test_specialist_who_is_new_is_named_before_they_are_made(bring, save):
    save(bring())
    setup = SETUP | {
        "specialists": [*SETUP["specialists"], {"name": "Nia Foss", "fte": 1.0}]
    }
    text = CONTACTS.replace("Mia Holt,Ada Specialist", "Mia Holt,Nia Foss")
    batch = bring(files(contacts=text), setup=setup)
    seen = shown(batch)
    # Who made a contact is part of its key: it is another one, and the old one is gone.
    assert seen["changes"] == []
    assert [(g["why"], g["perhaps"]["row"]) for g in seen["vanished"]] == [
        ("became", 2)
    ]
    team = CASELOAD.replace("East,Ada Specialist", "East,Nia Foss", 1)
    batch = bring(files(caseload=team), setup=setup)
    assert told(batch) == [("specialist", "Ada Specialist", "Nia Foss")]
    save(batch)
    spell = rows("people.caseloadspell").get(episode=imported("Mia Holt"))
    assert spell.specialist.name == "Nia Foss"


# Asked: changed in Braid since


def change_by_hand(world, minutes=44):
    change_contact(
        actor=world.ben.actor,
        contact=rows("work.contact").get(minutes=45),
        row_version=1,
        minutes=minutes,
    )


def test_edited_record_is_shown_with_both_sides_and_kept(bring, save, world):
    save(bring())
    change_by_hand(world)
    batch = bring(files(contacts=CONTACTS.replace(",45,", ",50,")))
    (change,) = shown(batch)["changes"]
    assert (change["what"], change["edited_since"]) == ("ask", True)
    assert told(batch) == [("minutes", 44, 50)]
    assert save(batch).summary["updated"] == {}
    assert rows("work.contact").filter(minutes=44).exists()


def test_decision_for_the_file_is_for_this_edit_alone(bring, save, world):
    save(bring())
    change_by_hand(world)
    later = files(contacts=CONTACTS.replace(",45,", ",50,"))
    said = {"file": "contacts.csv", "sheet": None, "row": 2, "answer": {"keep": "file"}}
    save(bring(later, answers=[said]))
    assert rows("work.contact").filter(minutes=50).exists()
    save(bring())
    rows("work.contact").filter(minutes=45).update(minutes=41, row_version=9)
    assert told(bring(later)) == [("minutes", 41, 50)]
    assert shown(bring(later))["changes"][0]["what"] == "ask"


def test_decision_for_braid_is_remembered_for_the_same_row(bring, save, world):
    save(bring())
    change_by_hand(world)
    later = files(contacts=CONTACTS.replace(",45,", ",50,"))
    said = {
        "file": "contacts.csv",
        "sheet": None,
        "row": 2,
        "answer": {"keep": "braid"},
    }
    save(bring(later, answers=[said]))
    assert shown(bring(later))["changes"] == []
    assert rows("work.contact").filter(minutes=44).exists()


def test_person_and_episode_of_one_row_are_decided_apart(bring, save, world):
    save(bring())
    mia = rows("people.applicant").get(given_name="Mia")
    for kind, key in (("people.applicant", mia.pk), ("people.episode", None)):
        some = rows(kind).filter(pk=key or imported("Mia Holt").pk)
        some.update(row_version=5)
    text = CASELOAD.replace("Holt,Mia", "Holte,Mia").replace(
        "2026-01-12", "2026-01-13", 1
    )
    asked = {f["kind"]: f for f in shown(bring(files(caseload=text)))["findings"]}
    person, row = asked["person_edited_since"], asked["edited_since"]
    answers = [
        {
            **person["place"],
            "field": person["field"],
            "answer": {"keep_person": "file"},
        },
        {**row["place"], "field": row["field"], "answer": {"keep": "braid"}},
    ]
    save(bring(files(caseload=text), answers=answers))
    episode = rows("people.episode").get(applicant=mia)
    mia.refresh_from_db()
    assert mia.family_name == "Holte"
    assert episode.accepted_on == date(2026, 1, 12)


# No longer in the files


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        pytest.param(
            {"contacts": CONTACTS.replace("2026-05-12,N-103", "2026-05-13,N-103")},
            {"contacts": "became"},
            id="its day was corrected",
        ),
        pytest.param(
            {"contacts": CONTACTS.replace("2026-01-14,N-101", "2026-06-31,N-101")},
            {"contacts": "before_first"},
            id="the list begins later now",
        ),
        pytest.param(
            {"jobs": FILES["jobs.csv"].replace("Baker Brun", "Baker Brandt")},
            {"jobs": "became"},
            id="its employer was corrected",
        ),
        pytest.param(
            {"caseload": "".join(CASELOAD.splitlines(keepends=True)[:-1])},
            {"caseload": "person_gone"},
            id="the person was taken off the list",
        ),
    ],
)
def test_record_that_is_gone_is_told_with_a_guess(bring, save, texts, why):
    save(bring())
    batch = bring(files(**texts))
    assert {g["kind"]: g["why"] for g in shown(batch)["vanished"]} == why
    held = {kind: rows(kind).count() for kind in ("work.contact", "work.job")}
    save(batch)
    assert all(rows(kind).count() >= number for kind, number in held.items())


def test_record_that_is_gone_is_known_again_by_what_is_told(bring, save):
    save(bring())
    (gone,) = shown(bring(files(contacts="\n".join(CONTACTS.splitlines()[:3]))))[
        "vanished"
    ]
    assert gone["place"] == {"file": "contacts.csv", "sheet": None, "row": 4}
    assert gone["name"] == "Sara Lind"
    assert [(t["field"], t["value"]) for t in gone["told"]] == [
        ("day", "2026-05-12"),
        ("staff", "Ada Specialist"),
        ("mode", "in_person"),
        ("minutes", 60),
    ]


# How often: equal keys stay as many as there are

TWICE = "2026-05-12,N-103,Sara Lind,Ada Specialist,Phone,,{},Y,\n"


def contacts_of(name):
    found = rows("work.contact").filter(episode=imported(name))
    return sorted(contact.minutes for contact in found)


@pytest.mark.parametrize(
    ("minutes", "held", "changes", "gone"),
    [
        pytest.param((5, 6), [5, 6, 60], 0, 0, id="as many as before"),
        pytest.param((6, 5), [5, 6, 60], 0, 0, id="in another order"),
        pytest.param((5,), [5, 6, 60], 0, 1, id="one less is kept"),
        pytest.param((5, 6, 7), [5, 6, 7, 60], 0, 0, id="one more is new"),
        pytest.param((5, 8), [5, 8, 60], 1, 0, id="one changed"),
    ],
)
def test_records_of_one_key(bring, save, minutes, held, changes, gone):
    def log(*some):
        return files(contacts=CONTACTS + "".join(TWICE.format(n) for n in some))

    save(bring(log(5, 6)))
    assert contacts_of("Sara Lind") == [5, 6, 60]
    batch = bring(log(*minutes))
    assert len(shown(batch)["changes"]) == changes
    assert len(shown(batch)["vanished"]) == gone
    save(batch)
    assert contacts_of("Sara Lind") == held


# The same thing under other names


def test_number_given_later_is_the_same_person(bring, save):
    save(bring(files(caseload=CASELOAD.replace("N-105,Falk", ",Falk"))))
    una = imported("Una Falk").applicant
    assert not rows("people.identifier").filter(applicant=una).exists()
    batch = bring()
    assert told(batch, "person") == [("value", None, "N-105")]
    save(batch)
    assert imported("Una Falk").applicant == una
    assert rows("people.identifier").filter(applicant=una).count() == 1


def test_second_referral_is_a_new_episode_of_the_same_person(bring, save):
    save(bring())
    again = CASELOAD + (
        "N-102,Krog,Jens,1985-11-02,West,Ida Berg,2026-06-10,2026-06-15,,,,\n"
    )
    batch = bring(files(caseload=again))
    assert shown(batch)["changes"] == [] and shown(batch)["vanished"] == []
    save(batch)
    jens = rows("people.applicant").get(given_name="Jens")
    assert rows("people.episode").filter(applicant=jens).count() == 2


RENAMED = CASELOAD.replace("Ref,Surname", "Dossier,Surname")


def test_headings_that_somebody_explained_are_known_again(bring, save, world):
    batch = bring({**FILES, "caseload.csv": RENAMED})
    seen = shown(batch)
    layout = commands.batches.Layout.from_dict(seen["layout"])
    tables = [mapped(table) for table in layout.tables]
    commands.set_layout(
        actor=world.ben.actor,
        batch=batch,
        layout=commands.batches.Layout(tuple(tables)),
        keep=[table for table in tables if table.kind == "caseload"],
    )
    commands.plan_batch(actor=world.ben.actor, batch=batch, today=date(2026, 10, 5))
    save(batch)
    july = bring({"july.csv": RENAMED, "contacts.csv": CONTACTS})
    assert shown(july)["changes"] == [] and shown(july)["vanished"] == []
    assert shown(july)["outcome"]["person"] == {"nothing": 5}


def mapped(table):
    """Let the first column of a caseload list be the client number."""
    if table.kind != "caseload":
        return table
    first, *others = table.columns
    return type(table)(
        table.file,
        table.sheet,
        table.caption,
        table.kind,
        (type(first)(first.letter, first.heading, "cid"), *others),
    )


def test_files_under_other_names_change_nothing(bring, save):
    save(bring())
    with unchanged():
        batch = bring({f"2026-07 {name}": text for name, text in FILES.items()})
        assert shown(batch)["changes"] == [] and shown(batch)["vanished"] == []
        save(batch)


def test_difference_takes_the_same_queries_whatever_the_rows(bring, save, world):
    def number(contacts):
        save(bring(files(contacts=contacts)))
        batch = bring(files(contacts=contacts.replace(",Y,", ",N,")))
        ready = commands.prepare(world.ben.actor, batch, date(2026, 10, 5))
        with CaptureQueriesContext(connection) as captured:
            found = foreseeing.differences_of(ready.plan, batch.unit, ready.existing)
        return len(found.changes), len(captured)

    few, queries = number(CONTACTS)
    many = CONTACTS + "".join(
        f"2026-05-{day:02},N-101,,Ada Specialist,Phone,,{day},Y,\n"
        for day in range(1, 29)
    )
    more, same = number(many)
    assert more > few and same == queries
