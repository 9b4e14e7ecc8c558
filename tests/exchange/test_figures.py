"""The first figures: from a plan before anything is saved, the same as after saving."""

import json
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from django.urls import reverse
from tests.exchange.conftest import CONTACTS, FILES, SETUP, TODAY, pieces
from tests.exchange.looking import rows, unchanged, url
from tests.factories.access import TeamFactory

from braid.access.queries import system_actor
from braid.exchange import commands, storage
from braid.exchange.commands import prepare_from
from braid.exchange.figures.planned import figures_of, kept_figures
from braid.exchange.figures.shown import HEADLINES, reasons_of
from braid.exchange.planned_facts.laying import planned_facts
from braid.exchange.roster.plan import Existing, Layout
from braid.exchange.roster.setup import read_setup
from braid.facts.presenters import LEFT_OUT
from braid.facts.queries import unit_facts
from braid.facts.registry import maker
from braid.facts.schema import TABLES
from braid.facts.service_figures import FIGURES, service_figures

ROSTERS = Path(__file__).parents[1] / "rosters"
SETS = ("uk-roster", "dk-csv", "nl-xlsx", "us-csv")
SUFFIXES = {".xlsx", ".csv"}
WHEN = ("before_answers", "after_answers")
# Ids are made when a plan is saved; a team that no row names is in no facts.
NOT_COMPARED = {"organisations", "teams"}


@lru_cache
def truth(name):
    return json.loads((ROSTERS / name / "truth.json").read_text("utf-8"))


def answers(name, when):
    faults = truth(name)["faults"] if when == "after_answers" else ()
    return [fault for fault in faults if fault["action"] == "ask"]


def files(name):
    return [p for p in sorted((ROSTERS / name).iterdir()) if p.suffix in SUFFIXES]


def stated(name):
    return json.loads((ROSTERS / name / "unit.json").read_text("utf-8"))


@lru_cache
def figures_before_saving(name, when):
    """Return the figures of a unit that is yet to be made: no database is asked."""
    prepared = prepare_from(
        [(path.name, path) for path in files(name)],
        setup=read_setup(stated(name)),
        layout=Layout(),
        layout_id="",
        answers=answers(name, when),
        as_of=None,
        today=TODAY,
        existing=Existing(),
    )
    return figures_of(prepared.plan, None)


@pytest.mark.parametrize("key", FIGURES)
@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("name", SETS)
def test_figures_before_saving_are_those_of_the_truth(name, when, key):
    assert figures_before_saving(name, when)[key] == truth(name)["figures"][when][key]


# In a unit, before and after saving


class Service:
    """A unit of its own into which files are brought."""

    def __init__(self, world):
        self.unit = TeamFactory(
            organisation=world.havnelund, name="Calder", slug="calder", kind="ips_unit"
        )
        self.actor = system_actor(self.unit, "test")

    def plan(self, given, setup, said=()):
        batch = commands.open_batch(
            actor=self.actor, unit=self.unit, files=pieces(given), setup=setup
        )
        if said:
            commands.answer(actor=self.actor, batch=batch, answers=said)
        prepared = commands.plan_batch(actor=self.actor, batch=batch, today=TODAY)
        return batch, prepared

    def save(self, batch, prepared):
        commands.commit_batch(
            actor=self.actor,
            batch=batch,
            plan_hash=batch.plan_hash,
            today=TODAY,
            prepared=prepared,
        )

    def planned(self, plan):
        return planned_facts(plan, self.unit, self.tables(plan.as_of)).tables

    def facts(self, as_of):
        return unit_facts(self.actor, self.unit, as_of)

    def tables(self, as_of):
        with self.facts(as_of) as facts:
            return {name: facts.table(name) for name in TABLES}

    def figures(self, as_of):
        posts = self.unit.memberships.select_related("user")
        names = {str(post.user_id): post.user.name for post in posts}
        with self.facts(as_of) as facts:
            return service_figures(facts, as_of, str(self.unit.pk), names)


@pytest.fixture
def service(world):
    return Service(world)


def bags(tables, known=frozenset()):
    """Return what each table says; ids that are not known yet are all alike."""
    return {
        name: Counter(
            tuple(
                "new" if column.type == "id" and cell and cell not in known else cell
                for column, cell in zip(table.columns, row.values(), strict=True)
            )
            for row in tables[name].to_pylist()
        )
        for name, table in TABLES.items()
        if name not in NOT_COMPARED
    }


def ids(tables):
    return {
        cell
        for name, table in TABLES.items()
        for column in table.columns
        if column.type == "id"
        for cell in tables[name][column.name].to_pylist()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("name", SETS)
def test_plan_shows_the_facts_and_figures_that_saving_brings(service, name, when):
    given = {path.name: path.read_bytes() for path in files(name)}
    batch, prepared = service.plan(given, stated(name), answers(name, when))
    plan, expected = prepared.plan, truth(name)["figures"][when]
    planned = bags(service.planned(plan))
    assert figures_of(plan, service.unit) == expected
    service.save(batch, prepared)
    kept = bags(service.tables(plan.as_of))
    assert {k: v for k, v in kept.items() if not maker(k)} == {
        k: v for k, v in planned.items() if not maker(k)
    }
    assert service.figures(plan.as_of) == expected


SARA = "2026-05-12,,,"
NEW_PERSON = "N-106,Dahl,Eva,1988-08-08,East,Kai Nord,2026-06-02,2026-06-09,,,,\nN-105"
NEW_JOB = "N-103,Sara Lind,Nordkyst,Cook,Competitive,Permanent,2026-06-01,,10,\nN-102"
NEXT_MONTH = {
    "contact took longer": ("contacts.csv", ",45,", ",50,"),
    "contact was by another specialist": (
        "contacts.csv",
        "Sara Lind,Ada Specialist",
        "Sara Lind,Ida Berg",
    ),
    "visit was for somebody": ("employers.csv", "Phone,,", "Phone,N-102,"),
    "discharge": ("caseload.csv", SARA, "2026-05-12,2026-06-20,Moved,"),
    "discharge taken back": ("caseload.csv", "2026-06-01,Moved", ","),
    "discharge on another day": ("caseload.csv", "2026-06-01", "2026-06-11"),
    "accepted after waiting": (
        "caseload.csv",
        "East,,2026-06-15,,,",
        "East,Ida Berg,2026-06-15,2026-06-22,2026-06-24,",
    ),
    "another treatment team": ("caseload.csv", "East,Ada", "West,Ada"),
    "another birth date": ("caseload.csv", "1990-05-14", "1991-05-14"),
    "first contact corrected": ("caseload.csv", "2026-01-14,,", "2026-01-13,,"),
    "somebody new, with a new specialist": ("caseload.csv", "N-105", NEW_PERSON),
    "job ended": ("jobs.csv", "2026-03-02,,16", "2026-03-02,2026-06-12,16"),
    "job with more hours": ("jobs.csv", ",16,140", ",20,140"),
    "job of another kind": ("jobs.csv", "Wage subsidy", "Competitive"),
    "job with a new employer": ("jobs.csv", "N-102", NEW_JOB),
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", NEXT_MONTH.values(), ids=NEXT_MONTH)
def test_next_month_is_laid_over_what_the_unit_has(service, change):
    name, before, after = change
    assert before in FILES[name]
    service.save(*service.plan(FILES, SETUP))
    given = FILES | {name: FILES[name].replace(before, after, 1)}
    batch, prepared = service.plan(given, SETUP)
    plan = prepared.plan
    there = service.tables(plan.as_of)
    planned, figures = service.planned(plan), figures_of(plan, service.unit)
    known = ids(there)
    assert bags(planned, known) != bags(there, known)
    service.save(batch, prepared)
    assert bags(planned, known) == bags(service.tables(plan.as_of), known)
    assert figures == service.figures(plan.as_of)


@pytest.mark.django_db
def test_same_files_again_lay_nothing_over_the_facts(service):
    service.save(*service.plan(FILES, SETUP))
    _batch, prepared = service.plan(FILES, SETUP)
    there = service.tables(prepared.plan.as_of)
    assert bags(service.planned(prepared.plan), ids(there)) == bags(there, ids(there))


@pytest.mark.django_db
def test_what_braid_knows_beside_the_files_stays(service):
    service.save(*service.plan(FILES, SETUP))
    rows("work.contact").filter(minutes=45).update(phase="coaching")
    changed = FILES["contacts.csv"].replace(",45,", ",50,")
    _batch, prepared = service.plan(FILES | {"contacts.csv": changed}, SETUP)
    (contact,) = [
        row
        for row in service.planned(prepared.plan)["contacts"].to_pylist()
        if row["minutes"] == 50
    ]
    assert contact["phase"] == "coaching"


@pytest.mark.django_db
def test_figures_are_made_without_writing_and_name_nobody(service):
    with unchanged():
        _batch, prepared = service.plan(FILES, SETUP)
    kept = json.dumps(kept_figures(prepared.plan, service.unit))
    names = ("Holt", "Mia", "N-101", "Ada", "Baker", "1990")
    assert not [name for name in names if name in kept]


# The page


RECENT = "2026-06-10,N-101,Mia Holt,Ada Specialist,Face to face,{},45,Y,\n"
NO_PLACE = (
    "Date,Ref,Client,ES,How,Mins,Attended?,Notes\n"
    "2026-06-10,N-101,Mia Holt,Ada Specialist,Face to face,45,Y,\n"
)
AHEAD = {
    "no column for the place": (
        {"contacts.csv": NO_PLACE},
        "No column says where contacts took place.",
        "found",
    ),
    "a cell without a place": (
        {"contacts.csv": CONTACTS + RECENT.format("Home visit") + RECENT.format("")},
        "1 of 2 face-to-face contacts in eight weeks has no place.",
        "new",
    ),
    "share of full time not stated": (
        {},
        "State the share of full time of 1 specialist.",
        "once",
    ),
    "no jobs": ({"jobs.csv": None}, "No job is recorded.", "new"),
    "no contacts with employers": (
        {"employers.csv": None},
        "No contact with an employer is recorded.",
        "new",
    ),
    "open questions": (
        {},
        "3 questions are open. What they ask about is in no figure until then.",
        "questions",
    ),
    "team that a question is about": (
        {},
        "1 of 3 people on the caseload has no treatment team.",
        "questions",
    ),
}


def steps(client, batch, why):
    """Return the steps that the page names for this reason."""
    ahead = client.get(url("figures", batch)).context["ahead"]
    return [one for one in ahead if why in {reason.why for reason in one.reasons}]


@pytest.mark.parametrize("case", AHEAD.values(), ids=AHEAD)
def test_page_says_the_smallest_step_and_where_to_do_it(bring, ben, case):
    changed, why, page = case
    given = {name: text for name, text in (FILES | changed).items() if text}
    batch = bring(given)
    (step,) = steps(ben, batch, why)
    assert step.url == (reverse("exchange:new") if page == "new" else url(page, batch))


def test_step_names_the_columns_that_are_not_imported(bring, ben):
    table = NO_PLACE.replace("Notes", "Xyz").replace("Y,\n", "Y,Q7\n")
    batch = bring(FILES | {"contacts.csv": table})
    (step,) = steps(ben, batch, "No column says where contacts took place.")
    assert "“Xyz”" in step.step and "/found/" in step.url


def test_page_shows_each_figure_with_what_it_is_of(ben, batch):
    shown = ben.get(url("figures", batch)).content.decode()
    assert "Caseload for each full-time specialist" in shown
    assert "3 episodes on the caseload on the day" in shown
    assert "0.8 full-time posts of specialists in post" in shown
    assert "share of the people served who were in competitive work: 1 of 4" in shown
    assert "1 post without a share of full time" in shown
    assert "2026Q2" in shown and "Everybody on the caseload on the day" in shown


@pytest.mark.parametrize("headline", HEADLINES, ids=lambda one: one.measure)
def test_every_reason_for_leaving_out_can_be_said(headline):
    assert set(reasons_of(headline)) <= set(LEFT_OUT)


def test_fragment_is_the_page_without_its_frame(ben, batch):
    whole = ben.get(url("figures", batch)).content.decode()
    part = ben.get(url("figures", batch), headers={"HX-Request": "true"})
    assert "<h1" in whole and "<h1" not in part.content.decode()
    assert "Caseload for each full-time specialist" in part.content.decode()


def test_preview_asks_for_the_figures(ben, batch):
    shown = ben.get(url("preview", batch)).content.decode()
    assert f'hx-get="{url("figures", batch)}"' in shown


def test_preview_of_an_earlier_braid_offers_to_read_again(ben, batch):
    kept = storage.read_preview(batch.unit_id, batch.pk)
    del kept["figures"]
    storage.write_preview(batch.unit_id, batch.pk, kept)
    page = ben.get(url("figures", batch))
    assert url("restart", batch) in page.content.decode()


def test_supervisor_of_another_unit_gets_no_figures(as_, batch):
    assert as_("ola").get(url("figures", batch)).status_code == 404


def test_saved_import_has_no_page_of_first_figures(bring, save, ben):
    batch = save(bring())
    assert ben.get(url("figures", batch)).status_code == 302
