"""No sentence stands bare in a page, every one is translated, and Danish is Danish."""

import gettext
import re
from datetime import date, timedelta
from pathlib import Path

import allauth
import django
import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.translation import override, trans_real

from braid.packs.jurisdictions import Jurisdiction, of_country
from braid.web.days import month_text
from tests import messages
from tests.cast import TODAY
from tests.factories.access import InvitationFactory, MembershipFactory
from tests.factories.people import (
    ApplicantFactory,
    CaseloadSpellFactory,
    EpisodeFactory,
    IdentifierFactory,
    NoteFactory,
    RefusalFactory,
)
from tests.factories.work import (
    AbsenceFactory,
    ContactFactory,
    EmployerContactFactory,
    EmployerFactory,
    JobFactory,
    JobTermsFactory,
    PaidWorkFactory,
)
from tests.house.page_words import Words, bare
from tests.house.test_routes import ROWS

DAY = timedelta(days=1)
READERS = ("ada", "ben", "sam")
# Beside every page of the routes: other views of the same pages, and a fragment.
MORE = {
    "the caseload as a list": ("/caseload/?view=list&specialist=all", {"ada", "ben"}),
    "a choice that nobody meets": ("/caseload/?stage=resting", {"ada", "ben"}),
    "a search with finds": ("/search/?q=Lund", {"ada", "ben"}),
    "a search without": ("/search/?q=Xylander", {"ada", "ben"}),
    "employers without a find": ("/employers/?q=Xylander", {"ada", "ben"}),
    "jobs that have ended": ("/jobs/?going=ended", {"ada", "ben"}),
    "no page": ("/nowhere/", set(READERS)),
    "change of password": ("/account/password/change/", set(READERS)),
    "imports": ("/imports/", {"ben", "sam"}),
    "a new import": ("/imports/new/", {"ben", "sam"}),
}
DOORS = (
    "/account/login/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/inactive/",
    "/account/signup/",
    "/invitation/none/",
    "/nowhere/",
)


def test_every_string_is_translated_and_compiled():
    assert messages.faults() == []


# The pseudo-language: what is translated stands in ⟦ ⟧, what the database holds in « ».


class Pseudo(gettext.NullTranslations):
    """A catalogue that marks every text it knows, and lets the others stand bare."""

    def __init__(self, known: set[str]) -> None:
        super().__init__()
        self.known = known

    def gettext(self, message: str) -> str:
        text = message.rpartition("\x04")[2]
        return f"⟦{text}⟧" if message in self.known else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        text = msgid1 if n == 1 else msgid2
        return f"⟦{text}⟧" if msgid1 in self.known else text

    def language(self) -> str:
        return "da"

    def to_language(self) -> str:
        return "da"


def of_rooms() -> set[str]:
    """Return the texts of our rooms, with their contexts as gettext keeps them."""
    known = set()
    for room in messages.rooms():
        for message in messages.collected(room):
            text = message.id if isinstance(message.id, str) else message.id[0]
            known.add(f"{message.context}\x04{text}" if message.context else text)
    return known - {""}


def of_frameworks() -> set[str]:
    """Return the texts that Django and allauth translate for themselves."""
    known: set[str] = set()
    for package in (Path(django.__file__).parent, Path(allauth.__file__).parent):
        for path in package.glob("**/locale/da/LC_MESSAGES/django.mo"):
            known |= _keys(path)
        for path in package.glob("conf/locale/da/LC_MESSAGES/django.mo"):
            known |= _keys(path)
    return known


def _keys(path: Path) -> set[str]:
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    return {key if isinstance(key, str) else key[0] for key in catalogue} - {""}


@pytest.fixture(scope="module")
def known():
    return of_rooms() | of_frameworks()


@pytest.fixture
def pseudo(known, monkeypatch):
    """Let Danish be the pseudo-language for a test."""
    monkeypatch.setitem(trans_real._translations, "da", Pseudo(known))


@pytest.fixture
def things(world):
    """Fill the world, so that every part of a page has something to say."""
    pat, unit = world.pat_episode, world.north
    first = EmployerFactory(
        unit=unit,
        name="Havnelund Bageri",
        city="Havnelund",
        contact_person="Else",
        size="under_10",
        learned="Early shifts.",
        register_number="13585628",
    )
    EmployerFactory(unit=unit, name="Bageri Havnelund", parent=first)
    EmployerFactory(unit=unit, name="Havnelund Bageriet")
    job = JobFactory(episode=pat, employer=first, note="Calm room.")
    JobTermsFactory(job=job, pay=185, pay_unit="hour", currency="DKK")
    PaidWorkFactory(job=job)
    AbsenceFactory(job=job)
    JobFactory(
        episode=world.quinn_episode,
        placement="",
        title="",
        first_day=date(2026, 8, 20),
        last_day=date(2026, 9, 1),
        end_known_on=date(2026, 9, 2),
        end_reason="quit",
        end_words="More hours next time.",
    )
    NoteFactory(episode=pat)
    pat.goal, pat.goal_seen_on = "Mornings, with my hands.", TODAY
    pat.referral_source = "clinician"
    pat.save()
    contact = ContactFactory(
        episode=pat, staff=world.ada.user, with_clinician=True, note="A good talk."
    )
    ContactFactory(episode=pat, attended=False, mode="phone", place="remote")
    EmployerContactFactory(
        unit=unit,
        employer=first,
        episode=pat,
        staff=world.ada.user,
        day=TODAY - DAY,
        spoke_to="Else",
        outcome="interview",
        learned="They need help on Saturdays.",
        next_step="Bring a CV",
        next_on=TODAY + DAY,
    )
    RefusalFactory(episode=pat, words="Wait a year.", decided_by="East")
    IdentifierFactory(applicant=world.pat)
    _more_people(world)
    membership = MembershipFactory(team=unit)
    InvitationFactory(user=membership.user)
    MembershipFactory(team=unit, last_day=date(2025, 1, 1))
    _mark_the_database()
    return {
        "person": world.pat.pk,
        "episode": pat.pk,
        "contact": contact.pk,
        "employer": first.pk,
        "job": job.pk,
        "membership": membership.pk,
    }


def _more_people(world) -> None:
    """Put people into every state and stage of an episode."""
    states = {
        "referred": {"referral_source": "self"},
        "waiting": {},
        "paused": {},
        "stepped_down": {},
        "exited": {"exited_on": TODAY - DAY, "exit_reason": "moved"},
        "not_started": {},
    }
    for state, values in states.items():
        episode = EpisodeFactory(
            applicant=ApplicantFactory(organisation=world.havnelund),
            unit=world.north,
            state=state,
            **values,
        )
        if state in ("paused", "stepped_down"):
            CaseloadSpellFactory(episode=episode, specialist=world.ada.user)


# Where words of people and of the world are kept.
HELD = [
    "name",
    "given_name",
    "family_name",
    "city",
    "address",
    "contact_person",
    "learned",
    "title",
    "goal",
    "note",
    "text",
    "words",
    "end_words",
    "referral_words",
    "spoke_to",
    "next_step",
    "decided_by",
    "funder_rule",
    "place_words",
]


def _mark_the_database() -> None:
    """Put every text that somebody wrote into « », word for word."""
    for model in apps.get_models():
        if not model.__module__.startswith("braid."):
            continue
        held = [
            field.name
            for field in model._meta.concrete_fields
            if field.name in HELD
            and isinstance(field, models.CharField | models.TextField)
        ]
        for row in model._base_manager.all() if held else ():
            texts = {name: marked(getattr(row, name)) for name in held}
            model._base_manager.filter(pk=row.pk).update(**texts)


def marked(text: str) -> str:
    return " ".join(f"«{word}»" for word in text.split())


# What may stand bare, beside what is marked.
PLAIN = (
    r"\bBraid\b",  # the name of the program; its version has no letters
    r"\b[A-Z]{2,6}\b",  # currencies and registers, as DKK and CPR
    r"\S+@\S+",  # addresses of e-mail
)


@pytest.fixture(scope="module")
def plain():
    """Return what takes away all that may stand bare."""
    with override("da"):
        months = [month_text(date(2026, month, 1)) for month in range(1, 13)]
    words = sorted({*months, *pack_words(of_country("dk"))}, key=len, reverse=True)
    return re.compile("|".join((*map(re.escape, words), *PLAIN)))


def pack_words(pack: Jurisdiction):
    """Yield what a pack says in its own words: kinds of jobs, and sources of clocks."""
    for kind in pack.placements:
        yield kind.name(pack.customs.languages[0])
    for limit in pack.limits.values():
        yield limit.source


def addresses(reader: str, things: dict):
    """Yield what a reader can open, by name."""
    for name, (allowed, about) in sorted(ROWS.items()):
        if reader in allowed:
            yield name, reverse(name, args=[things[about]] if about else [])
    for name, (address, allowed) in MORE.items():
        if reader in allowed:
            yield name, address


def left_bare(page: str, plain: re.Pattern[str]) -> list[str]:
    """Return the texts of a page that are neither translated nor held nor plain."""
    return [
        text
        for text in bare(Words(page))
        if re.search(r"[^\W\d_]", plain.sub("", text))
    ]


def danish(client: Client, address: str) -> str:
    return client.get(address, headers={"accept-language": "da"}).content.decode()


@pytest.mark.parametrize("reader", READERS)
def test_no_text_stands_bare(as_, things, pseudo, plain, reader):
    client = as_(reader)
    pages = {
        name: danish(client, address) for name, address in addresses(reader, things)
    }
    found = {name: left_bare(page, plain) for name, page in pages.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert all("⟦" in page for page in pages.values())


@pytest.mark.parametrize("reader", READERS)
def test_no_fault_of_a_form_stands_bare(as_, things, pseudo, plain, reader):
    client = as_(reader)
    refused = {}
    for name, address in addresses(reader, things):
        answer = client.post(address, {}, headers={"accept-language": "da"})
        if answer.status_code == 422:
            refused[name] = answer.content.decode()
    found = {name: left_bare(page, plain) for name, page in refused.items()}
    assert {name: texts for name, texts in found.items() if texts} == {}
    assert len(refused) >= 3


@pytest.mark.parametrize("address", DOORS)
def test_no_text_of_the_doors_stands_bare(client, world, today, pseudo, plain, address):
    page = danish(client, address)
    assert "⟦" in page
    assert left_bare(page, plain) == []


def test_the_first_run_has_no_bare_text(client, db, pseudo, plain):
    answer = client.get("/", follow=True, headers={"accept-language": "da"})
    page = answer.content.decode()
    assert "⟦Braid" in page or "⟦" in page
    assert left_bare(page, plain) == []


@pytest.mark.parametrize("reader", READERS)
def test_danish_pages_are_danish(as_, things, reader):
    english = untranslated()
    client = as_(reader)
    found = {}
    for name, address in addresses(reader, things):
        page = Words(danish(client, address))
        assert page.language == "da", name
        texts = {" ".join(text.split()) for text in (*page.nodes, *page.spoken)}
        if texts & english:
            found[name] = texts & english
    assert found == {}


def untranslated() -> set[str]:
    """Return the English texts that Danish says otherwise, and no Danish text is like."""
    pairs = {}
    for room in messages.rooms():
        for message in messages.collected(room):
            if isinstance(message.id, str) and message.id:
                with override("da"):
                    pairs[message.id] = trans_real.gettext(message.id)
    said = set(pairs.values())
    return {text for text, other in pairs.items() if text != other} - said
