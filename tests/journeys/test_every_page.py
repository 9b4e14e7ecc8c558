"""Every page of the site: nobody is kept out of it, and nothing on it is broken.

The list of addresses comes from the code; one without a row here fails.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Enter, sign_in
from tests.journeys.serving import Site
from tests.journeys.sound import assert_sound

PERSON = (
    "SELECT {} FROM people_applicant a JOIN people_episode e ON e.applicant_id = a.id "
    "WHERE a.given_name || ' ' || a.family_name = ? ORDER BY e.referred_on DESC"
)
KEYS = {
    "person": PERSON.format("a.id"),
    "episode": PERSON.format("e.id"),
    "contact": PERSON.format("c.id").replace(
        "WHERE", "JOIN work_contact c ON c.episode_id = e.id WHERE"
    ),
    "job": PERSON.format("j.id").replace(
        "WHERE", "JOIN work_job j ON j.episode_id = e.id WHERE"
    ),
    "employer": "SELECT id FROM work_employer WHERE name = ?",
    "member": "SELECT m.id FROM access_membership m JOIN access_user u "
    "ON u.id = m.user_id WHERE u.name = ?",
}


@dataclass(frozen=True)
class Address:
    """A page: who opens it, its name, what it is about, and what is asked of it."""

    who: str
    name: str
    about: tuple[str, str] | None = None
    query: str = ""

    def __str__(self) -> str:
        what = f" {self.about[1]}" if self.about else ""
        return f"{self.who} {self.name}{what}{self.query}"

    def on(self, site: Site) -> str:
        keys = [site.key(KEYS[self.about[0]], self.about[1])] if self.about else []
        return reverse(self.name, args=keys) + self.query


SIGNE, OMAR = "Signe Lindholm", "Omar Saleh"
PAGES = [
    Address("", "demo:cards"),
    Address("", "account_login"),
    Address("", "account_reset_password"),
    Address("Ada", "desk:today"),
    Address("Ada", "desk:own_figures"),
    Address("Ada", "desk:caseload"),
    Address("Ada", "desk:caseload", query="?view=list&specialist=all"),
    Address("Ada", "desk:caseload", query="?specialist=none"),
    Address("Ada", "desk:search"),
    Address("Ada", "desk:search", query="?q=bageri+signe"),
    Address("Ada", "desk:search", query="?q=havn"),
    Address("Ada", "desk:person", ("person", SIGNE)),
    Address("Ada", "desk:person", ("person", OMAR)),
    Address("Ada", "desk:person", ("person", "Jonas Bech")),
    Address("Ada", "desk:person", ("person", "Rasmus Thorup")),
    Address("Ada", "desk:timeline", ("person", SIGNE)),
    Address("Ada", "desk:contact", ("contact", SIGNE)),
    Address("Ada", "desk:log_contact"),
    Address("Ada", "desk:log_employer"),
    Address("Ada", "desk:log_job_start"),
    Address("Ada", "desk:log_job_end"),
    Address("Ada", "desk:log_note"),
    Address("Ada", "people:refer"),
    Address("Ada", "people:details", ("person", SIGNE)),
    Address("Ada", "people:numbers", ("person", SIGNE)),
    Address("Ada", "people:goal", ("episode", SIGNE)),
    Address("Ada", "people:dates", ("episode", SIGNE)),
    Address("Ada", "people:hold", ("episode", OMAR)),
    Address("Ada", "people:treatment", ("episode", SIGNE)),
    Address("Ada", "people:state", ("episode", SIGNE)),
    Address("Ada", "people:end", ("episode", SIGNE)),
    Address("Ada", "people:refusal", ("episode", SIGNE)),
    Address("Ada", "work:employers"),
    Address("Ada", "work:employers", query="?q=xyzzy"),
    Address("Ada", "work:employer_new"),
    Address("Ada", "work:duplicates"),
    Address("Ada", "work:employer", ("employer", "Havnelund Bageri")),
    Address("Ada", "work:employer", ("employer", "Fjordmarked")),
    Address("Ada", "work:employer_edit", ("employer", "Havnelund Bageri")),
    Address("Ada", "work:jobs"),
    Address("Ada", "work:jobs", query="?going=ended&placement=volunteering"),
    Address("Ada", "work:job", ("job", SIGNE)),
    Address("Ada", "work:job", ("job", "Nadia Haddad")),
    Address("Ada", "work:job", ("job", "Mikkel Skov")),
    Address("Ada", "work:job_edit", ("job", SIGNE)),
    Address("Ada", "work:terms", ("job", SIGNE)),
    Address("Ada", "work:absence", ("job", SIGNE)),
    Address("Ada", "access:appearance"),
    Address("Ada", "access:no_page"),
    Address("Ada", "access:no_place"),
    Address("Ada", "account_set_password"),
    Address("Ada", "account_logout"),
    Address("Ben", "desk:unit"),
    Address("Ben", "desk:caseload"),
    Address("Ben", "access:members"),
    Address("Ben", "access:member_new"),
    Address("Ben", "access:member_invite", ("member", "Rania Aziz")),
    Address("Ben", "access:member_end", ("member", "Rania Aziz")),
    Address("Ben", "exchange:imports"),
    Address("Ben", "exchange:new"),
    Address("Sam", "access:members"),
    Address("Sam", "access:team_new"),
]
# Each is looked at on its own, below or in another journey.
ELSEWHERE = {
    "home": "leads on",
    "access:first_run": "an installation that is empty",
    "access:accept_invitation": "an invitation",
    "account_change_password": "an invitation",
    "account_reset_password_done": "a forgotten password",
    "exchange:batch": "leads on",
    **{
        f"exchange:{step}": "test_import"
        for step in (
            *("progress", "found", "table", "once", "questions", "question"),
            *("preview", "result", "undo"),
        )
    },
}
NO_PAGE = {
    "healthz": "for machines",
    "readyz": "for machines",
    **dict.fromkeys(
        (
            *("set_language", "desk:take_back", "work:confirm", "access:choose_place"),
            *("exchange:restart", "exchange:commit", "exchange:again", "demo:enter"),
        ),
        "answers to a form only",
    ),
}
# allauth's addresses for what Braid does not offer: its own list of addresses, signing up.
NOT_OFFERED = re.compile(
    r"account_(signup|email|inactive|reauthenticate|confirm_|reset_password_from_key)"
)


def names(patterns=None, space: str = "") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_has_a_row():
    known = {page.name for page in PAGES} | ELSEWHERE.keys() | NO_PAGE.keys()
    missing = {
        name
        for name in set(names()) - known
        if not name.startswith("web:") and not NOT_OFFERED.match(name)
    }
    assert missing == set()


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_a_page_is_sound(demo: Site, visit: Enter, address: Address):
    """Given the demo, when a page is opened, then it is sound at each size and colour."""
    page = visit(demo)
    if address.who:
        sign_in(page, address.who)
    answer = page.goto(address.on(demo))
    assert answer is not None and answer.ok
    assert_sound(page)
